// Whatever somebody holds before a scanner: told apart, and shown.
#include "base/bytes.hpp"
#include "domain/scanned_code.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto code = domain::scanned_code(text, {"HLJID:"});
    // What is carried further is a piece of what was scanned, and nothing of what is unknown.
    if (text.find(code.value) == std::string::npos) std::abort();
    if ((code.purpose == domain::CodePurpose::unknown) != code.value.empty()) std::abort();
    // Only text is for anything.
    for (const char c : code.value)
        if (c <= ' ' || c > '~') std::abort();
    const auto shown = domain::shown_text(text);
    if (!base::is_valid_utf8(shown)) std::abort();
    for (const char c : shown)
        if (static_cast<unsigned char>(c) < ' ') std::abort();
    return 0;
}
