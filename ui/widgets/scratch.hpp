// What a page holds that is not yet an event: the finger on the panel, pinyin letters before they
// are chosen, the stroke being drawn, which part of a long page is shown. It dies with its page:
// wipe() runs whenever the screen's name changes and at the end of a session. Main thread.
#pragma once

#include "ui/ime/text_composer.hpp"
#include "ui/screens/screen.hpp"
#include "ui/widgets/touch.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ui::widgets {

enum class KeyboardMode { pinyin, latin, latin_upper, digits };

// Where a block is turned or pushed to.
struct Turned {
    int page = 0;
    float offset = 0, speed = 0;  // px, px per ms
    base::Millis at{};            // of the offset, while it moves by itself
    std::string initial;          // the letter chosen in a division picker
};

struct Scratch {
    std::string screen, page;  // what the finger was last shown
    base::Millis page_since{};
    Touch touch;
    std::string field;  // whose composition this is
    ime::Composition composition;
    std::size_t candidate = 0;         // the first one shown
    std::vector<std::size_t> earlier;  // first ones of the pages before
    KeyboardMode mode = KeyboardMode::pinyin;
    bool keyboard_hidden = false;
    std::map<std::string, Turned> turned;  // by the block's id
    int part = 0;                          // of a page that did not fit at once
    std::optional<screens::Action> next;   // what follows once a composition was finished

    void wipe_composition() {
        base::wipe(composition.letters);
        for (std::string& text : composition.candidates) base::wipe(text);
        composition = {};
        candidate = 0;
        earlier.clear();
    }
    // All but the finger, which may still be down when the next page comes.
    void wipe() {
        wipe_composition();
        field.clear();
        mode = KeyboardMode::pinyin;
        keyboard_hidden = false;
        turned.clear();
        part = 0;
        next.reset();
    }
};

}  // namespace ui::widgets
