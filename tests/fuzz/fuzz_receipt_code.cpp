// Whatever a scanner reads off a slip.
#include "offline/papers/receipt_code.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace offline::papers;
    const std::string text(data, data + size);
    const auto code = parse_receipt_code(text);
    // What parses names a number that checks; and nobody signed it with the key of zeros.
    if (code && !is_local_number(code->local_number)) std::abort();
    if (verify_receipt_code(text, {})) std::abort();
    const auto typed = without_grouping(text);
    if (const auto token = token_from(typed); token && token_text(*token) != typed) std::abort();
    return 0;
}
