// Bytes and their spellings.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

Bytes to_bytes(std::string_view text);
std::string_view as_text(ByteView bytes);
std::string to_hex(ByteView bytes);
Result<Bytes> from_hex(std::string_view text);
std::string to_base64url(ByteView bytes);  // RFC 4648 section 5, no padding
Result<Bytes> from_base64url(std::string_view text);

// UTF-8 <-> UTF-16LE, strict: lone surrogates, overlong forms and cut sequences are faults.
Result<std::string> utf8_from_utf16le(ByteView bytes);
Bytes utf16le_from_utf8(std::string_view valid_utf8);
bool is_valid_utf8(std::string_view text);
std::size_t count_code_points(std::string_view valid_utf8);
std::u32string code_points(std::string_view valid_utf8);
std::string utf8_from_code_points(std::u32string_view points);

Result<Bytes> read_file(const std::string& path);
// Writes a temporary file beside it, fsyncs, renames: the old or the new file, never half.
Status write_file(const std::string& path, ByteView bytes, unsigned mode = 0600);

}  // namespace base
