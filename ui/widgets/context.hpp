// What every widget gets for one frame, and the few verbs all of them share: write text, be a
// control, say what was pressed. Text cannot be drawn past the semantic tree: these verbs do both.
// Main thread.
#pragma once

#include "base/locale.hpp"
#include "domain/touch_settings.hpp"
#include "ui/ime/handwriting.hpp"
#include "ui/ime/text_composer.hpp"
#include "ui/paint/canvas.hpp"
#include "ui/screens/screen.hpp"
#include "ui/theme/theme.hpp"
#include "ui/widgets/scratch.hpp"
#include "ui/widgets/semantic_tree.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ui::widgets {

using theme::Colour;
using theme::Point;
using theme::Rect;
using theme::Type;

// What the camera shows now; id 0 = no picture yet.
struct MovingPicture {
    paint::PictureId id = 0;
    float aspect = 1;
};

struct Context {
    paint::Canvas& canvas;
    const theme::Theme& theme;
    SemanticTree& tree;
    Scratch& scratch;
    ime::TextComposer* composer = nullptr;
    ime::Handwriting* handwriting = nullptr;
    base::Locale locale = base::Locale::zh;
    base::Millis now{};
    domain::TouchSettings touch{};
    base::Millis untouched{};  // how long no finger has been on the panel
    MovingPicture camera{};
    // Puts a page of a paper where the canvas can draw it; 0 when there is no room for it.
    std::function<paint::PictureId(std::size_t page, const domain::Picture&)> show_page{};
    Rect panel{};
    float reach_top = 0;  // controls stand below this line
    bool landscape = false;
    bool old_hands = false;    // elder mode: larger keys, wider apart (UX-003, UX-004)
    bool still = false;        // nothing moves that need not (elder mode, reduced motion)
    bool transitions = false;  // pages and presses take their time to come and go

    std::optional<screens::Action> action{};
    bool animating = false;  // something moves: draw again soon

    bool activated(std::string_view id) const { return scratch.touch.activated(id); }
    bool pressed(std::string_view id) const { return scratch.touch.pressed(id); }
    void act(screens::Action done) {
        if (!action) action = std::move(done);
    }
};

enum class Align { left, centre, right };

// How a block likes to stand: `preferred` where there is room, never below `min`.
struct Heights {
    float min = 0, preferred = 0;
    static Heights fixed(float h) { return {h, h}; }
};

float text_width(const Context& c, std::string_view text, const Type& type);
// Height of the text broken to the width; at least one line.
float text_height(const Context& c, std::string_view text, const Type& type, float width);
// The small type, or the body's where the text takes three lines: that is read as a paragraph
// (UX-021).
const Type& paragraph_type(const Context& c, std::string_view text, float width);

struct Words {
    std::string_view text;
    const Type& type;
    Colour colour;
    Align align = Align::left;
};
// Draws broken lines from the top of the area. Gives the area they took, and adds the
// lines to those of the node they belong to.
Rect write_lines(Context& c, const Words& words, Rect area,
                 std::vector<WrittenLine>* written = nullptr);

// Text that stands by itself: drawn and registered. Returns the height it took.
float write(Context& c, const Words& words, Rect area, Role role = Role::text,
            screens::Sensitivity sensitivity = screens::Sensitivity::open,
            std::string_view id = {});
// Text inside a node: drawn, joined to its words. The area is where it may stand; it is centred
// downwards in it.
void write_in(Context& c, SemanticTree::Handle owner, const Words& words, Rect area);
// The same from the top of the area; returns the height it took.
float write_in_top(Context& c, SemanticTree::Handle owner, const Words& words, Rect area);

// Registers a control and, when it was activated, records Pressed{id}.
SemanticTree::Handle control(Context& c, std::string_view id, Role role, Rect rect,
                             bool enabled = true);
// Registers something that is only seen.
SemanticTree::Handle thing(Context& c, Role role, Rect rect, std::string_view id = {});

// An icon by its name, centred in a square of `size`.
void icon(Context& c, std::string_view name, Point centre, float size, Colour colour);

struct ToneColours {
    Colour text, ground, border;
};
ToneColours tone_colours(const theme::Palette& p, screens::Tone tone);

}  // namespace ui::widgets
