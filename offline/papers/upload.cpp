#include "offline/papers/upload.hpp"

#include <charconv>

namespace offline::papers::upload {

namespace {

using base::FaultCode;

base::Result<std::string> field(const Headers& headers, const std::string& name) {
    const auto found = headers.find(name);
    if (found == headers.end()) return base::fail(FaultCode::BytesMalformed, "upload: " + name);
    return found->second;
}

base::Result<std::int64_t> count(const Headers& headers, const std::string& name) {
    const std::string text = TRY(field(headers, name));
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size() || value < 0 ||
        value > attachment_bytes_max)
        return base::fail(FaultCode::BytesMalformed, "upload: " + name);
    return value;
}

// RFC 9530: sha-256=:base64: (with padding). The slice's digest guards the way, not the content:
// it is SHA-256 in both suites.
std::string content_digest(base::ByteView slice) {
    std::string text = base::to_base64url(sealing::digest(sealing::SuiteId::one, slice));
    for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
    return "sha-256=:" + text + "=:";  // 32 bytes are 43 characters and one of padding
}

}  // namespace

Headers headers_of(const Offset& offset) {
    return {{"upload-offset", std::to_string(offset.at)},
            {"upload-length", std::to_string(offset.length)},
            {"upload-complete", offset.complete ? "?1" : "?0"},
            {"cache-control", "no-store"}};
}

base::Result<Offset> offset_in(const Headers& headers) {
    Offset out;
    out.at = TRY(count(headers, "upload-offset"));
    out.length = TRY(count(headers, "upload-length"));
    const std::string complete = TRY(field(headers, "upload-complete"));
    if (complete != "?0" && complete != "?1")
        return base::fail(FaultCode::BytesMalformed, "upload: upload-complete");
    out.complete = complete == "?1";
    if (out.at > out.length || (out.complete && out.at != out.length))
        return base::fail(FaultCode::BytesMalformed, "upload: upload-offset");
    return out;
}

Headers slice_headers(std::int64_t at, base::ByteView slice) {
    return {{"upload-offset", std::to_string(at)}, {"content-digest", content_digest(slice)}};
}

base::Result<std::int64_t> slice_offset_in(const Headers& headers) {
    return count(headers, "upload-offset");
}

base::Result<std::int64_t> slice_in(const Headers& headers, base::ByteView slice) {
    const std::int64_t at = TRY(slice_offset_in(headers));
    const std::string digest = TRY(field(headers, "content-digest"));
    if (digest != content_digest(slice))
        return base::fail(FaultCode::BytesMalformed, "upload: content-digest");
    return at;
}

}  // namespace offline::papers::upload
