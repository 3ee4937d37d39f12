// Where the blocks of a page stand in the room that the frame leaves: one column upright; what is
// read and what is pressed side by side on a wide panel. Main thread.
#pragma once

#include "ui/screens/screen.hpp"
#include "ui/widgets/context.hpp"

#include <vector>

namespace ui::screens {

// `field`: the one the keys type into; null while no keyboard is up.
void draw_portrait(widgets::Context& c, const Screen& screen, theme::Rect room, const Field* field);
void draw_landscape(widgets::Context& c, const Screen& screen, theme::Rect room,
                    const Field* field);

// Blocks of the page in their order.
std::vector<const Block*> pointers(const std::vector<Block>& blocks);
// While the keyboard leaves no room for the whole page: the field in use, what it found, and the
// way on. The rest
// comes back when the keys are put away.
std::vector<const Block*> essential(const Screen& screen);
// What a search found, as far as there is room for it (Stack::shorten).
bool is_found(const Block& block);
// So many have room beside the keys where there is any, and so many before the keys grow.
inline constexpr std::size_t few_found = 2, enough_found = 4;
// The same where even that is too much: the field in use without its hint and its fault, which
// then stands above the keys.
class BareField {
  public:
    explicit BareField(const std::vector<const Block*>& blocks);
    BareField(const BareField&) = delete;
    BareField& operator=(const BareField&) = delete;
    ~BareField();
    std::vector<const Block*> blocks() const { return pointers(blocks_); }

  private:
    std::vector<Block> blocks_;
};

// brief: the question alone, where room is scarce; none: the field's own label must do.
enum class Heading { whole, brief, none };
float title_height(const widgets::Context& c, const Screen& screen, float width,
                   Heading heading = Heading::whole);
void draw_title(widgets::Context& c, const Screen& screen, theme::Rect area,
                Heading heading = Heading::whole);

}  // namespace ui::screens
