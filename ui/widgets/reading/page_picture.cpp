#include "base/messages.hpp"
#include "ui/widgets/blocks.hpp"
#include "ui/widgets/reading/scroller.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui::widgets {

using screens::PagePicture;

namespace {

// How wide a page is against the block, step by step: all of it, all of its writing, half of that.
// Below the first step a page is as high as the view.
constexpr std::array sizes{1.F, 1.25F, 2.F};
constexpr int smallest = -1, largest = static_cast<int>(sizes.size()) - 1;
// What a paper has at each side without writing (22 of 210 mm): not worth a column when it is
// large.
constexpr float margin = 0.1F;

// The strip all pages stand on, page under page, all of the first page's shape.
struct Strip {
    float width = 0, each = 0;  // of a page
    float line = 0;             // what turning keeps whole
    int columns = 1;
};

Strip strip_of(const Context& c, const PagePicture& block, Rect inner, int size) {
    const domain::Picture& first = *block.pages.front();
    const float shape = static_cast<float>(first.height) / static_cast<float>(first.width);
    Strip strip;
    if (size < 0) {
        const float room =
            block.pages.size() == 1 ? inner.h : inner.h - pager_height(c) - c.theme.size.gap_min;
        strip.each = std::floor(std::min(room, inner.w * shape));
        strip.width = std::round(strip.each / shape);
        strip.line = strip.each;
        return strip;
    }
    strip.width = inner.w * sizes.at(static_cast<std::size_t>(size));
    strip.each = std::round(strip.width * shape);
    strip.line = std::round(strip.each / 24);
    strip.columns = static_cast<int>(
        std::ceil(std::max(1.F, strip.width * (1 - 2 * margin) / inner.w - 0.01F)));
    return strip;
}

// How far the strip's left edge is left of the view's.
float left_of(const Strip& strip, float view, int column) {
    if (strip.columns == 1) return (strip.width - view) / 2;
    const float writing = strip.width * (1 - 2 * margin);
    return strip.width * margin +
           (writing - view) * static_cast<float>(column) / static_cast<float>(strip.columns - 1);
}

struct SizeButton {
    const char* name;
    base::MessageId text;
    const char* sign;
    int by;
};
constexpr std::array size_buttons{
    SizeButton{".smaller", base::MessageId::paper_smaller, "zoom-out", -1},
    SizeButton{".larger", base::MessageId::paper_larger, "zoom-in", +1}};

screens::Button as_button(const Context& c, const PagePicture& block, const SizeButton& one,
                          bool signs) {
    return {block.id + one.name, std::string(base::text(one.text, c.locale)),
            screens::ButtonLook::secondary, signs ? one.sign : screens::IconName{}};
}

// The room for the buttons is taken from above the paper, on a wide panel from beside it: height is
// scarce there.
struct Rooms {
    std::array<Rect, size_buttons.size()> buttons;
    Rect paper;
};
Rooms rooms_of(const Context& c, const PagePicture& block, Rect inner) {
    const float h = pager_height(c), gap = c.theme.size.gap_min;
    if (!c.landscape) {
        const float w = (inner.w - gap) / 2;
        return {{Rect{inner.x, inner.y, w, h}, Rect{inner.right() - w, inner.y, w, h}},
                {inner.x, inner.y + h + gap, inner.w, inner.h - h - gap}};
    }
    float w = 0;
    for (const auto& one : size_buttons)
        w = std::max(w, button_width(c, as_button(c, block, one, false)));
    const float x = inner.right() - w;
    return {{Rect{x, inner.y, w, h}, Rect{x, inner.y + h + gap, w, h}},
            {inner.x, inner.y, inner.w - w - gap, inner.h}};
}

// 缩小 and 放大, each in its own room, so that neither stands where the other was. The place on the
// paper is kept.
void choose_size(Context& c, const PagePicture& block, const Rooms& rooms) {
    Turned& turned = c.scratch.turned[block.id];
    for (std::size_t i = 0; i < size_buttons.size(); ++i) {
        const int to = turned.size + size_buttons.at(i).by;
        if (to < smallest || to > largest) continue;
        const auto one = as_button(c, block, size_buttons.at(i), !c.landscape);
        const auto before = c.action;
        if (c.activated(one.id)) {
            const float was = strip_of(c, block, rooms.paper, turned.size).each;
            turned.offset *= strip_of(c, block, rooms.paper, to).each / was;
            turned.speed = 0;
            turned.column = 0;
            turned.size = to;
            c.animating = true;
        }
        draw_button(c, one, rooms.buttons.at(i));
        c.action = before;  // how large it is seen is this page's own business
    }
}

}  // namespace

Heights measure(const Context& c, const PagePicture& block, float) {
    const float turning = pager_height(c) + c.theme.size.gap_min;
    float min = c.theme.px(420);
    if (block.sizes && c.landscape)
        min = c.theme.px(32) + turning + std::max(pager_height(c), c.theme.px(140));
    else if (block.sizes)
        min += turning;
    return {min, std::max(min, c.panel.h * 0.5F)};
}

void draw(Context& c, const PagePicture& block, Rect area) {
    const auto& p = c.theme.colour;
    c.canvas.box(area, p.surface, p.border, c.theme.size.border, c.theme.size.radius_card);
    Rect inner = area.inset(c.theme.px(16));
    Node node;
    node.id = block.id;
    node.role = Role::scroller;
    node.rect = inner;
    node.value = block.caption;
    node.sensitivity = block.sensitivity;
    if (block.pages.empty() || !c.show_page) {
        // An empty sheet where the pages will be, so that nothing below it moves when they come.
        const auto sheet = c.tree.add(std::move(node));
        write_in(c, sheet, {block.caption, c.theme.type.body, p.secondary, Align::centre}, inner);
        return;
    }
    int size = 0;
    if (block.sizes) {
        const Rooms rooms = rooms_of(c, block, inner);
        choose_size(c, block, rooms);
        inner = rooms.paper;
        size = c.scratch.turned[block.id].size;
    }
    const Strip strip = strip_of(c, block, inner, size);
    const auto count = static_cast<float>(block.pages.size());
    const Scrolled s = scroll(c, block.id, inner, strip.each * count, strip.line, strip.columns);
    node.rect = s.view;
    c.tree.add(std::move(node));
    c.canvas.clip(s.view);
    const float x = s.view.x - std::round(left_of(strip, s.view.w, s.column));
    for (std::size_t i = 0; i < block.pages.size(); ++i) {
        const Rect page{x, s.view.y + strip.each * static_cast<float>(i) - s.offset, strip.width,
                        strip.each};
        if (!page.overlaps(s.view)) continue;
        // White on white: where its edges are seen, they are drawn.
        if (size < 0) c.canvas.fill(page.inset(-c.theme.px(2)), p.border);
        if (const auto id = c.show_page(i, *block.pages[i])) c.canvas.picture_rows(id, 0, 1, page);
        if (i > 0) c.canvas.fill({page.x, page.y - c.theme.px(1), page.w, c.theme.px(3)}, p.border);
    }
    c.canvas.unclip();
}

}  // namespace ui::widgets
