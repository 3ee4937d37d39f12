// What a page holds that is not yet an event: the finger on the panel, pinyin letters before they
// are chosen, the stroke being drawn, which part of a long page is shown. It dies with its page:
// wipe() runs whenever the screen's name changes and at the end of a session. Main thread.
#pragma once

#include "ui/ime/text_composer.hpp"
#include "ui/screens/screen.hpp"
#include "ui/widgets/key_walk.hpp"
#include "ui/widgets/touch.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ui::widgets {

enum class KeyboardMode { pinyin, latin, latin_upper, digits };

struct Scratch {
    std::string screen, page;  // what the finger was last shown
    Touch touch;
    KeyWalk keys;
    std::string field;  // whose composition this is
    ime::Composition composition;
    std::size_t candidate = 0;         // the first one shown
    std::vector<std::size_t> earlier;  // first ones of the pages before
    KeyboardMode mode = KeyboardMode::pinyin;
    bool keyboard_hidden = false;
    int part = 0;                         // of a page that did not fit at once
    std::optional<screens::Action> next;  // what follows once a composition was finished

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
        part = 0;
        next.reset();
        keys.wipe();
    }
};

}  // namespace ui::widgets
