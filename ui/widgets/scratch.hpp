// What a page holds that is not yet an event: the finger on the panel, letters and strokes before
// their characters are chosen, the stroke being drawn, which part of a long page is shown. It dies
// with its page: wipe() runs whenever the screen's name changes and at the end of a session. Main
// thread.
#pragma once

#include "domain/strokes.hpp"
#include "ui/ime/text_composer.hpp"
#include "ui/screens/screen.hpp"
#include "ui/widgets/key_walk.hpp"
#include "ui/widgets/touch.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ui::widgets {

// The pages of the text keyboard, in the order of the row that switches between them.
enum class KeyboardMode { pinyin, nine_key, handwriting, strokes, symbols, latin, digits };

// Where a block is turned or pushed to.
struct Turned {
    int page = 0;
    float offset = 0, speed = 0;  // px, px per ms
    base::Millis at{};            // of the offset, while it moves by itself
    int column = 0;               // of what is wider than its block
    int size = 0;                 // steps larger (or smaller, below 0) than a paper is drawn first
    std::string initial;          // the letter chosen in a division picker
};

struct Scratch {
    std::string screen, page;  // what the finger was last shown
    base::Millis page_since{};
    Touch touch;
    KeyWalk keys;
    std::string field;  // whose composition this is
    ime::Composition composition;
    std::size_t candidate = 0;         // the first one shown
    std::vector<std::size_t> earlier;  // first ones of the pages before
    std::size_t reading = 0;           // nine keys: the first reading shown
    domain::Strokes ink;               // handwriting: what stands on the pad
    // How this person writes, kept until the session ends; signs and digits only for one field.
    std::optional<KeyboardMode> method, aside;
    bool capitals = false;
    bool keyboard_hidden = false;
    std::map<std::string, Turned> turned;  // by the block's id
    int part = 0;                          // of a page that did not fit at once
    bool faults_shown = false;             // the page listed what has to be mended
    std::optional<screens::Action> next;   // what follows once a composition was finished

    void wipe_composition() {
        base::wipe(composition.letters);
        for (std::string& text : composition.candidates) base::wipe(text);
        for (std::string& text : composition.readings) base::wipe(text);
        composition = {};
        candidate = 0;
        reading = 0;
        earlier.clear();
        ink.wipe();
    }
    // All but the finger, which may still be down when the next page comes, and the method.
    void wipe() {
        wipe_composition();
        field.clear();
        aside.reset();
        capitals = false;
        keyboard_hidden = false;
        turned.clear();
        part = 0;
        faults_shown = false;
        next.reset();
        keys.wipe();
    }
    void end_session() {
        wipe();
        method.reset();
    }
};

}  // namespace ui::widgets
