// Blocks one below the other in a column. Gaps shrink first, then blocks; what still does not fit
// is divided into parts that are shown one at a time; the last row of buttons stands on the last
// part, so that everything was seen before it is pressed. Main thread.
#pragma once

#include "ui/screens/screen.hpp"
#include "ui/widgets/context.hpp"

#include <memory>
#include <vector>

namespace ui::screens {

widgets::Heights measure(const widgets::Context& c, const Block& block, float width);
void draw(widgets::Context& c, const Block& block, theme::Rect area);

// Is it something to press?
bool is_control(const Block& block);

class Stack {
  public:
    // The blocks must outlive the stack.
    Stack(const widgets::Context& c, std::vector<const Block*> blocks, float width);
    Stack(const Stack&) = delete;
    Stack& operator=(const Stack&) = delete;
    ~Stack();

    bool empty() const { return blocks_.empty(); }
    widgets::Heights heights() const;
    // Takes the last rows from what was found until the blocks fit, but never the first ones.
    void shorten(float height, std::size_t keep);
    // How many parts the blocks need in this height; remembers them. The first part may have less,
    // where a heading stands above it alone.
    int divide(float height) { return divide(height, height); }
    int divide(float height, float first);
    // Draws a part, and the way to the others when there are `parts` of the page and this column
    // shows it. Controls stand below the reach line where there is room to move them down.
    enum class Pager { here, elsewhere };
    void draw(widgets::Context& c, int part, int parts, theme::Rect area,
              Pager pager = Pager::here);

  private:
    struct Placed {
        const Block* block;
        widgets::Heights heights;
    };
    using Part = std::vector<Placed>;

    widgets::Heights gap_before(const Part& part, std::size_t i) const;
    widgets::Heights heights_of(const Part& part) const;
    void place(widgets::Context& c, const Part& part, theme::Rect area) const;
    void draw_pager(widgets::Context& c, int part, int parts, theme::Rect area) const;
    float pager_height() const;
    void show_whole(Placed& placed);
    bool split(const Block& block, float room, const Block*& head, const Block*& tail);

    const widgets::Context& c_;
    float width_;
    Part blocks_;
    std::vector<Part> parts_;
    std::vector<std::unique_ptr<Block>> owned_;
};

}  // namespace ui::screens
