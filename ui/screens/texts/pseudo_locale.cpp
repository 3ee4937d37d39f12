#include "ui/screens/texts/pseudo_locale.hpp"

#include "ui/screens/texts/every_text.hpp"
#include "ui/text/utf8.hpp"

#include <cmath>

namespace ui::screens {

std::string pseudo(std::string_view text, double by) {
    if (text.empty()) return {};
    const auto length = static_cast<double>(text::code_points(text));
    auto more = static_cast<long>(std::ceil(length * by)) - 2;  // the brackets count
    std::string longer = "⟦";
    longer += text;
    while (more > 0) {
        for (std::size_t at = 0; at < text.size() && more > 0;) {
            const char32_t c = text::next_code_point(text, at);
            if (c == U'\n') continue;
            text::append(longer, c);
            --more;
        }
        if (text.find_first_not_of('\n') == std::string_view::npos) break;
    }
    return longer + "⟧";
}

void lengthen(Screen& screen, double by) {
    struct Lengthener {
        double by;
        void words(std::string& text) { text = pseudo(text, by); }
        void value(std::string&) {}
        void secret(base::SecretText&) {}
    } lengthener{by};
    every_text(screen, lengthener);
}

}  // namespace ui::screens
