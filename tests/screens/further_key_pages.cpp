#include "app/training/gallery/every_page.hpp"
#include "tests/screens/key_pages.hpp"

#include <string>

namespace key_pages {

namespace gallery = app::training::gallery;
namespace samples = app::training::samples;
using samples::Walker;
using ui::screens::Screen;
using ui::shell::Interface;

namespace {

constexpr Panel upright{}, lying{1920, 1080}, small{1366, 768, 3.955F};

app::Page sample(const std::string& name, const std::string& mode, base::Locale locale) {
    const auto pages = gallery::every_page();
    const auto modes = gallery::every_mode();
    for (const auto& page : pages)
        for (const auto& one : modes)
            if (page.name == name && one.name == mode) return page_of(page, one, locale);
    return {};
}

KeyPage sampled(const char* name, const char* page, const char* mode = "standard",
                Panel panel = upright, base::Locale locale = base::Locale::zh) {
    return {name, [page, mode, locale] { return sample(page, mode, locale); }, panel};
}

void settle(Interface& ui, const Screen& screen, base::ManualClock& clock) {
    clock.forward(base::Millis{2000});  // past every guard against touches of the page before
    ui.frame(screen);
}

// A page of the keyboard with something typed on it.
KeyPage keyboard(const char* name, std::string method, std::vector<std::string> keys) {
    KeyPage page = sampled(name, "form_address");
    page.then = [method = "method." + std::move(method), keys = std::move(keys)](
                    Interface& ui, const Screen& screen, base::ManualClock& clock) {
        settle(ui, screen, clock);
        ui.tap(method);
        settle(ui, screen, clock);
        for (const std::string& key : keys) {
            ui.tap(key);
            settle(ui, screen, clock);
        }
        settle(ui, screen, clock);
    };
    return page;
}

// Nobody has touched the first page for five minutes.
KeyPage attract() {
    KeyPage page = sampled("attract", "home");
    page.then = [](Interface& ui, const Screen& screen, base::ManualClock& clock) {
        clock.forward(std::chrono::minutes{5});
        ui.frame(screen);
    };
    return page;
}

// The ring of the five keys, some way down the list.
KeyPage ring() {
    KeyPage page = sampled("five_keys", "services");
    page.then = [](Interface& ui, const Screen& screen, base::ManualClock& clock) {
        for (int i = 0; i < 3; ++i) {
            ui.key(ui::screens::Key::next);
            settle(ui, screen, clock);
        }
    };
    return page;
}

app::Page curtain() {
    Walker walker;
    walker.to_form().on(session::PresenceChanged{false}).wait(std::chrono::seconds{10});
    return page_of(walker);
}

}  // namespace

std::vector<KeyPage> further() {
    return {
        {"curtain", curtain},
        attract(),
        ring(),
        sampled("card_left", "card_left"),
        sampled("goodbye_elder", "goodbye", "elder"),
        sampled("leave_over_the_form", "form_address+leave"),
        sampled("still_there_elder", "form_address+still_there", "elder"),
        sampled("help_elder", "home+help", "elder"),
        keyboard("keyboard_pinyin", "pinyin", {"key.x", "key.i", "key.n", "key.w", "key.u"}),
        keyboard("keyboard_nine_key", "nine_key", {"key.9", "key.4", "key.6"}),
        keyboard("keyboard_strokes", "strokes", {"key.h", "key.s", "key.p", "key.n"}),
        keyboard("keyboard_handwriting", "handwriting", {}),
        sampled("letter_english", "letter_undertaking", "standard", upright, base::Locale::en),
        sampled("review_english_landscape", "review", "standard", lying, base::Locale::en),
        sampled("home_small", "home", "standard", small),
        sampled("receipt_small", "receipt_printed", "standard", small),
        sampled("situation_elder", "situation_applicant", "elder"),
        sampled("hand_in_problem", "hand_in_no_post"),
    };
}

}  // namespace key_pages
