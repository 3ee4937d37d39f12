#include "base/messages.hpp"

#include <array>

namespace base {

namespace {
using Row = std::array<std::string_view, 2>;
constexpr std::array<Row, message_count> table{{
#include "message_table.inc"
}};
}  // namespace

std::string_view text(MessageId id, Locale locale) {
    return table.at(static_cast<std::size_t>(id)).at(static_cast<std::size_t>(locale));
}

std::string text(MessageId id, Locale locale,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
    const std::string_view pattern = text(id, locale);
    std::string out;
    std::size_t at = 0;
    while (at < pattern.size()) {
        const auto open = pattern.find('{', at);
        if (open == std::string_view::npos) break;
        const auto close = pattern.find('}', open);
        if (close == std::string_view::npos) break;
        out += pattern.substr(at, open - at);
        const auto hole = pattern.substr(open + 1, close - open - 1);
        for (const auto& [name, value] : values)
            if (name == hole) out += value;
        at = close + 1;
    }
    return out.append(pattern.substr(at));
}

}  // namespace base
