#include "provisioning/diagnostics/support_bundle.hpp"

#include "offline/sealing/suites/suite.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

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

std::string end_of(const std::string& text) {
    if (text.size() <= bundle_part_bytes_max) return text;
    const auto line = text.find('\n', text.size() - bundle_part_bytes_max);
    return line == std::string::npos ? std::string() : text.substr(line + 1);
}

std::string digest_of(const std::string& text) {
    return base::to_hex(offline::sealing::digest(domain::SuiteId::one, base::to_bytes(text)));
}

}  // namespace

base::Result<BundleMade> make_bundle(const std::vector<BundlePart>& parts,
                                     std::span<const base::SecretText> values) {
    BundleMade out;
    std::vector<BundlePart> inside;
    out.manifest = "support bundle of a terminal; part, bytes, SHA-256, what was taken out\n";
    for (const auto& part : parts) {
        const std::string text = end_of(part.text);
        if (!base::is_valid_utf8(text)) {
            out.manifest += fmt::format("{}\tleft out: it is no text\n", part.name);
            continue;
        }
        auto clean = clean_text(text, values);
        out.manifest +=
            fmt::format("{}\t{}\t{}", part.name, clean.text.size(), digest_of(clean.text));
        for (const auto& [kind, count] : clean.removed) {
            out.manifest += fmt::format("\t{} {}", kind, count);
            out.removed += count;
        }
        if (text.size() < part.text.size()) out.manifest += "\tonly the end of it";
        out.manifest += clean.removed.empty() ? "\tnothing\n" : "\n";
        inside.push_back({part.name, std::move(clean.text)});
    }
    inside.push_back({"MANIFEST.txt", out.manifest});
    out.file = TRY(packed(inside));
    // What goes out is read back and looked through: a promise is made of it.
    for (const auto& part : TRY(read_bundle(out.file)))
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
