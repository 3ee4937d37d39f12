#include "base/bytes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace base {

namespace {

constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
// What each character stands for; -1: not in the alphabet.
constexpr auto base64url_values = [] {
    std::array<std::int8_t, 256> out{};
    out.fill(-1);
    for (std::size_t i = 0; i < base64url_alphabet.size(); ++i)
        out[static_cast<unsigned char>(base64url_alphabet[i])] = static_cast<std::int8_t>(i);
    return out;
}();

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// Decodes one code point at `at` and moves on; false for anything that is not strict UTF-8.
bool next_code_point(std::string_view text, std::size_t& at, char32_t& out) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    std::size_t size = 0;
    char32_t value = 0;
    if (lead < 0x80) {
        out = lead;
        ++at;
        return true;
    }
    if (lead >= 0xC2 && lead <= 0xDF)
        size = 2, value = lead & 0x1Fu;
    else if (lead >= 0xE0 && lead <= 0xEF)
        size = 3, value = lead & 0x0Fu;
    else if (lead >= 0xF0 && lead <= 0xF4)
        size = 4, value = lead & 0x07u;
    else
        return false;
    if (at + size > text.size()) return false;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xC0u) != 0x80u) return false;
        value = (value << 6) | (byte(at + i) & 0x3Fu);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    if (value < smallest.at(size) || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return false;
    out = value;
    at += size;
    return true;
}

void append_utf8(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

  private:
    int fd_;
};

}  // namespace

Bytes to_bytes(std::string_view text) {
    return Bytes(text.begin(), text.end());
}

std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string to_hex(ByteView bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const auto b : bytes) {
        out += digits[b >> 4];
        out += digits[b & 15];
    }
    return out;
}

Result<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return fail(FaultCode::BytesMalformed, "hex: odd length");
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]), low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return fail(FaultCode::BytesMalformed, "hex: not a digit");
        out.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return out;
}

std::string to_base64url(ByteView bytes) {
    std::string out;
    out.reserve(bytes.size() * 4 / 3 + 2);
    std::uint32_t bits = 0;
    int have = 0;
    for (const auto b : bytes) {
        bits = (bits << 8) | b;
        have += 8;
        while (have >= 6) {
            have -= 6;
            out += base64url_alphabet[(bits >> have) & 63];
        }
    }
    if (have > 0) out += base64url_alphabet[(bits << (6 - have)) & 63];
    return out;
}

Result<Bytes> from_base64url(std::string_view text) {
    Bytes out;
    std::uint32_t bits = 0;
    int have = 0;
    for (const char c : text) {
        const auto value = base64url_values[static_cast<unsigned char>(c)];
        if (value < 0) return fail(FaultCode::BytesMalformed, "base64url: not in the alphabet");
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        have += 6;
        if (have >= 8) {
            have -= 8;
            out.push_back(static_cast<std::uint8_t>(bits >> have));
        }
    }
    if (have >= 6 || (bits & ((1u << have) - 1)) != 0)
        return fail(FaultCode::BytesMalformed, "base64url: bits left over");
    return out;
}

Result<std::string> utf8_from_utf16le(ByteView bytes) {
    if (bytes.size() % 2 != 0) return fail(FaultCode::BytesMalformed, "utf-16: odd length");
    const auto unit = [&](std::size_t i) {
        return static_cast<char32_t>(bytes[i] | (static_cast<unsigned>(bytes[i + 1]) << 8));
    };
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        char32_t c = unit(i);
        if (c >= 0xD800 && c <= 0xDBFF) {
            if (i + 3 >= bytes.size()) return fail(FaultCode::BytesMalformed, "utf-16: cut pair");
            const char32_t low = unit(i + 2);
            if (low < 0xDC00 || low > 0xDFFF)
                return fail(FaultCode::BytesMalformed, "utf-16: lone surrogate");
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        } else if (c >= 0xDC00 && c <= 0xDFFF) {
            return fail(FaultCode::BytesMalformed, "utf-16: lone surrogate");
        }
        append_utf8(out, c);
    }
    return out;
}

Bytes utf16le_from_utf8(std::string_view valid_utf8) {
    Bytes out;
    const auto put = [&](char32_t unit) {
        out.push_back(static_cast<std::uint8_t>(unit & 0xFF));
        out.push_back(static_cast<std::uint8_t>(unit >> 8));
    };
    for (const char32_t c : code_points(valid_utf8)) {
        if (c < 0x10000) {
            put(c);
        } else {
            put(0xD800 + ((c - 0x10000) >> 10));
            put(0xDC00 + ((c - 0x10000) & 0x3FF));
        }
    }
    return out;
}

bool is_valid_utf8(std::string_view text) {
    char32_t ignored = 0;
    for (std::size_t at = 0; at < text.size();)
        if (!next_code_point(text, at, ignored)) return false;
    return true;
}

std::size_t count_code_points(std::string_view valid_utf8) {
    return code_points(valid_utf8).size();
}

std::u32string code_points(std::string_view valid_utf8) {
    std::u32string out;
    char32_t c = 0;
    for (std::size_t at = 0; at < valid_utf8.size();) {
        if (!next_code_point(valid_utf8, at, c)) break;
        out += c;
    }
    return out;
}

std::string utf8_from_code_points(std::u32string_view points) {
    std::string out;
    for (const char32_t c : points) append_utf8(out, c);
    return out;
}

Result<Bytes> read_file(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return fail(FaultCode::FileUnreadable, path);
    Bytes out;
    std::array<std::uint8_t, 65536> block;
    for (;;) {
        const auto got = ::read(file.get(), block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(FaultCode::FileUnreadable, path);
        if (got == 0) return out;
        out.insert(out.end(), block.begin(), block.begin() + got);
    }
}

Status write_file(const std::string& path, ByteView bytes, unsigned mode) {
    const std::string temporary = path + ".part";
    {
        const Descriptor file(
            ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
        if (file.get() < 0) return fail(FaultCode::FileUnwritable, path);
        for (std::size_t done = 0; done < bytes.size();) {
            const auto put = ::write(file.get(), bytes.data() + done, bytes.size() - done);
            if (put < 0 && errno == EINTR) continue;
            if (put < 0)
                return fail(errno == ENOSPC ? FaultCode::DiskFull : FaultCode::FileUnwritable,
                            path);
            done += static_cast<std::size_t>(put);
        }
        if (::fsync(file.get()) != 0) return fail(FaultCode::FileUnwritable, path);
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return fail(FaultCode::FileUnwritable, path);
    const auto slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() >= 0) ::fsync(directory.get());
    return {};
}

}  // namespace base
