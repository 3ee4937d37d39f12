#include "ui/widgets/blocks.hpp"
#include "ui/widgets/reading/scroller.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::PagePicture;

Heights measure(const Context& c, const PagePicture&, float) {
    return {c.theme.px(420), std::max(c.theme.px(420), c.panel.h * 0.5F)};
}

void draw(Context& c, const PagePicture& block, Rect area) {
    const auto& p = c.theme.colour;
    c.canvas.box(area, p.surface, p.border, c.theme.size.border, c.theme.size.radius_card);
    const Rect inner = area.inset(c.theme.px(16));
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
    // Papers of several pages are one strip, page under page, all of the first page's shape.
    const domain::Picture& first = *block.pages.front();
    const float each =
        std::round(inner.w * static_cast<float>(first.height) / static_cast<float>(first.width));
    const auto count = static_cast<float>(block.pages.size());
    const Scrolled s = scroll(c, block.id, inner, each * count, std::round(each / 24));
    node.rect = s.view;
    c.tree.add(std::move(node));
    c.canvas.clip(s.view);
    for (std::size_t i = 0; i < block.pages.size(); ++i) {
        const Rect page{s.view.x, s.view.y + each * static_cast<float>(i) - s.offset, inner.w,
                        each};
        if (!page.overlaps(s.view)) continue;
        if (const auto id = c.show_page(i, *block.pages[i])) c.canvas.picture_rows(id, 0, 1, page);
        if (i > 0) c.canvas.fill({page.x, page.y - c.theme.px(1), page.w, c.theme.px(3)}, p.border);
    }
    c.canvas.unclip();
}

}  // namespace ui::widgets
