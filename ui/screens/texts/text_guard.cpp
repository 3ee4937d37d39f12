#include "ui/screens/texts/text_guard.hpp"

#include "ui/screens/texts/every_text.hpp"
#include "ui/text/utf8.hpp"

namespace ui::screens {

namespace {

struct Check {
    bool clean = true;
    void words(const std::string& text) { clean = clean && text::is_clean(text); }
    void value(const std::string& text) { words(text); }
    void secret(const base::SecretText& text) {
        if (text) words(*text);
    }
};

struct Mender {
    void words(std::string& text) {
        if (text::is_clean(text)) return;
        std::string clean = text::mended(text);
        base::wipe(text);
        text = std::move(clean);
    }
    void value(std::string& text) { words(text); }
    void secret(base::SecretText& text) {
        if (text && !text::is_clean(*text)) text = base::SecretText(text::mended(*text));
    }
};

}  // namespace

bool is_clean(const Screen& screen) {
    Check check;
    every_text(screen, check);
    return check.clean;
}

void mend(Screen& screen) {
    Mender mender;
    every_text(screen, mender);
}

}  // namespace ui::screens
