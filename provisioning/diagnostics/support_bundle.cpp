#include "provisioning/diagnostics/support_bundle.hpp"

#include "offline/sealing/suites/suite.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <map>
#include <memory>

namespace provisioning::diagnostics {

namespace {

using base::FaultCode;

constexpr std::int64_t unpacked_max = std::int64_t{64} << 20;

struct FreeWriter {
    void operator()(archive* a) const { archive_write_free(a); }
};
struct FreeReader {
    void operator()(archive* a) const { archive_read_free(a); }
};
struct FreeEntry {
    void operator()(archive_entry* e) const { archive_entry_free(e); }
};

tl::unexpected<base::Fault> failed(archive* a) {
    const char* word = archive_error_string(a);
    return base::fail(FaultCode::InternalError, word == nullptr ? "archive" : word);
}

la_ssize_t append(archive*, void* to, const void* bytes, std::size_t size) {
    const auto* first = static_cast<const std::uint8_t*>(bytes);
    auto& out = *static_cast<base::Bytes*>(to);
    out.insert(out.end(), first, first + size);
    return static_cast<la_ssize_t>(size);
}

// The same parts give the same bytes: no time, no owner.
base::Result<base::Bytes> packed(const std::vector<BundlePart>& parts) {
    base::Bytes out;
    const std::unique_ptr<archive, FreeWriter> writer(archive_write_new());
    archive_write_set_format_ustar(writer.get());
    archive_write_set_bytes_in_last_block(writer.get(), 1);  // a file, no tape: nothing behind it
    if (archive_write_add_filter_gzip(writer.get()) != ARCHIVE_OK ||
        archive_write_set_filter_option(writer.get(), "gzip", "timestamp", nullptr) != ARCHIVE_OK ||
        archive_write_open(writer.get(), &out, nullptr, append, nullptr) != ARCHIVE_OK)
        return failed(writer.get());
    for (const auto& part : parts) {
        const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
        archive_entry_set_pathname(entry.get(), part.name.c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(part.text.size()));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        if (archive_write_header(writer.get(), entry.get()) != ARCHIVE_OK ||
            archive_write_data(writer.get(), part.text.data(), part.text.size()) !=
                static_cast<la_ssize_t>(part.text.size()))
            return failed(writer.get());
    }
    if (archive_write_close(writer.get()) != ARCHIVE_OK) return failed(writer.get());
    return out;
}

std::string end_of(std::string text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    const auto line = text.find('\n', text.size() - bytes);
    return line == std::string::npos ? std::string() : text.substr(line + 1);
}

// A part as it goes out: cleaned before anything is cut, so that no half of a key is left.
struct Inside {
    BundlePart part;
    std::map<std::string, std::int64_t> removed;
    std::size_t whole = 0;  // bytes before anything stayed away
    bool text = true, there = true;
};

std::vector<Inside> cleaned(const std::vector<BundlePart>& parts,
                            std::span<const base::SecretText> values) {
    std::vector<Inside> out;
    for (const auto& part : parts) {
        Inside one{{part.name, {}, part.spare}, {}, part.text.size()};
        one.text = one.there = base::is_valid_utf8(part.text);
        if (one.text) {
            auto clean = clean_text(part.text, values);
            one.whole = clean.text.size();
            one.part.text = end_of(std::move(clean.text), bundle_part_bytes_max);
            one.removed = std::move(clean.removed);
        }
        out.push_back(std::move(one));
    }
    return out;
}

std::string digest_of(const std::string& text) {
    return base::to_hex(offline::sealing::digest(domain::SuiteId::one, base::to_bytes(text)));
}

std::string manifest_of(const std::vector<Inside>& inside) {
    std::string out = "support bundle of a terminal; part, bytes, SHA-256, what was taken out\n";
    for (const auto& one : inside) {
        const auto& part = one.part;
        if (!one.text) {
            out += fmt::format("{}\tleft out: it is no text\n", part.name);
            continue;
        }
        if (!one.there) {
            out += fmt::format("{}\tleft out: {} bytes, so that the bundle fits\n", part.name,
                               one.whole);
            continue;
        }
        out += fmt::format("{}\t{}\t{}", part.name, part.text.size(), digest_of(part.text));
        for (const auto& [kind, count] : one.removed) out += fmt::format("\t{} {}", kind, count);
        if (part.text.size() < one.whole)
            out += fmt::format("\tonly the end of it, {} bytes before it left out",
                               one.whole - part.text.size());
        out += one.removed.empty() ? "\tnothing\n" : "\n";
    }
    return out;
}

// Lets the oldest of it stay away. False: there is nothing that may.
bool spare_some(std::vector<Inside>& inside) {
    constexpr std::size_t worth_cutting = 4096;
    Inside* longest = nullptr;
    std::vector<Inside*> row;
    for (auto& one : inside) {
        if (!one.there) continue;
        if (one.part.spare == Spare::whole) row.push_back(&one);
        if (one.part.spare == Spare::oldest_lines &&
            (longest == nullptr || one.part.text.size() > longest->part.text.size()))
            longest = &one;
    }
    if (longest != nullptr && longest->part.text.size() > worth_cutting) {
        const std::size_t keep = longest->part.text.size() / 4 * 3;
        longest->part.text = end_of(std::move(longest->part.text), keep);
        return true;
    }
    for (std::size_t i = 0; i < (row.size() + 1) / 2; ++i) row[i]->there = false;
    if (row.empty() && longest != nullptr) longest->there = false;
    return !row.empty() || longest != nullptr;
}

}  // namespace

base::Result<BundleMade> make_bundle(const std::vector<BundlePart>& parts,
                                     std::span<const base::SecretText> values,
                                     std::size_t bytes_max) {
    auto inside = cleaned(parts, values);
    BundleMade out;
    for (;;) {
        out.manifest = manifest_of(inside);
        std::vector<BundlePart> going;
        for (const auto& one : inside)
            if (one.there) going.push_back(one.part);
        going.push_back({"MANIFEST.txt", out.manifest});
        out.file = TRY(packed(going));
        if (out.file.size() <= bytes_max) break;
        if (!spare_some(inside)) return base::fail(FaultCode::SubmissionTooLarge, "support bundle");
    }
    for (const auto& one : inside) {
        if (!one.text) continue;
        for (const auto& [kind, count] : one.removed) out.removed += count;
        out.left_out +=
            static_cast<std::int64_t>(one.whole - (one.there ? one.part.text.size() : 0));
    }
    // What goes out is read back and looked through: a promise is made of it.
    const auto read = TRY(read_bundle(out.file));
    for (const auto& part : read)
        if (part.name != "MANIFEST.txt" && !is_clean(part.text, values))
            return base::fail(FaultCode::SealBroken, "support bundle: " + part.name);
    return out;
}

base::Result<std::vector<BundlePart>> read_bundle(base::ByteView file) {
    const std::unique_ptr<archive, FreeReader> reader(archive_read_new());
    archive_read_support_format_tar(reader.get());
    archive_read_support_filter_gzip(reader.get());
    if (archive_read_open_memory(reader.get(), file.data(), file.size()) != ARCHIVE_OK)
        return base::fail(FaultCode::BytesMalformed, "support bundle");
    std::vector<BundlePart> out;
    std::int64_t left = unpacked_max;
    for (archive_entry* entry = nullptr;;) {
        const int next = archive_read_next_header(reader.get(), &entry);
        // What was cut off may look like an end: a whole one ends with its manifest.
        if (next == ARCHIVE_EOF && !out.empty() && out.back().name == "MANIFEST.txt") return out;
        if (next != ARCHIVE_OK) return base::fail(FaultCode::BytesMalformed, "support bundle");
        const auto size = archive_entry_size(entry);
        if (size < 0 || (left -= size) < 0)
            return base::fail(FaultCode::BytesMalformed, "support bundle: size");
        const char* name = archive_entry_pathname(entry);
        BundlePart part{name == nullptr ? "" : name,
                        std::string(static_cast<std::size_t>(size), '\0')};
        if (archive_read_data(reader.get(), part.text.data(), part.text.size()) != size)
            return base::fail(FaultCode::BytesMalformed, "support bundle: cut off");
        out.push_back(std::move(part));
    }
}

}  // namespace provisioning::diagnostics
