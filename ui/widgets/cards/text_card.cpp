#include "ui/text/line_breaking.hpp"
#include "ui/widgets/blocks.hpp"
#include "ui/widgets/cards/cut_text.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::Paragraph;
using screens::TextCard;

namespace {

const Type& type_of(const Context& c, const Paragraph& p, float width) {
    return p.secondary ? paragraph_type(c, p.text, width) : c.theme.type.body;
}

// A bold lead and the text behind it on the same line, broken as one paragraph. A lead that needs
// more than a line has its lines to itself.
struct Set {
    float lead_width = 0, lead_height = 0;
    std::vector<text::BrokenLine> lines;
    float height = 0;
};

Set set_paragraph(const Context& c, const Paragraph& p, float width) {
    const Type& type = type_of(c, p, width);
    Set set;
    set.lead_width = p.lead.empty() ? 0 : text_width(c, p.lead, c.theme.type.body_bold);
    if (set.lead_width > width) {
        set.lead_width = 0;
        set.lead_height = text_height(c, p.lead, c.theme.type.body_bold, width);
    }
    set.lines = text::break_lines(
        p.text, width,
        [&](char32_t character) { return c.canvas.fonts().advance(character, type); },
        set.lead_width);
    const bool lead_alone = set.lead_height > 0;
    const auto count =
        std::max<std::size_t>(set.lines.size(), p.lead.empty() || lead_alone ? 0 : 1);
    set.height = set.lead_height + static_cast<float>(count) * type.line_height;
    return set;
}

float paragraph_gap(const Context& c, const TextCard& card, std::size_t i) {
    if (i == 0) return 0;
    const Paragraph& p = card.paragraphs[i];
    if (!p.heading.empty()) return c.theme.px(20);
    return c.theme.px(p.lead.empty() ? 14 : 8);
}

}  // namespace

Heights measure(const Context& c, const TextCard& card, float width) {
    const float inner = width - 2 * c.theme.size.card_padding;
    float h = 0;
    if (!card.title.empty())
        h += text_height(c, card.title, c.theme.type.label, inner) + c.theme.px(10);
    for (std::size_t i = 0; i < card.paragraphs.size(); ++i) {
        const Paragraph& p = card.paragraphs[i];
        h += paragraph_gap(c, card, i);
        if (!p.heading.empty()) h += text_height(c, p.heading, c.theme.type.label, inner);
        h += set_paragraph(c, p, inner).height;
    }
    return {h + c.theme.px(32), h + c.theme.px(68)};
}

void draw(Context& c, const TextCard& card, Rect area) {
    const auto& colour = c.theme.colour;
    c.canvas.box(area, colour.surface, colour.border_quiet,
                 c.theme.large_type ? c.theme.size.border : c.theme.px(1),
                 c.theme.size.radius_card);
    const float x = area.x + c.theme.size.card_padding;
    const float w = area.w - 2 * c.theme.size.card_padding;
    const Heights own = measure(c, card, area.w);
    float y =
        area.y + std::round(std::min(c.theme.px(34), (area.h - own.min) / 2 + c.theme.px(16)));
    if (!card.title.empty())
        y += write(c, {card.title, c.theme.type.label, colour.text}, {x, y, w, 0}, Role::heading) +
             c.theme.px(10);
    for (std::size_t i = 0; i < card.paragraphs.size(); ++i) {
        const Paragraph& p = card.paragraphs[i];
        y += paragraph_gap(c, card, i);
        y += write(c, {p.heading, c.theme.type.label, colour.text}, {x, y, w, 0}, Role::heading);
        const Type& type = type_of(c, p, w);
        const Set set = set_paragraph(c, p, w);
        Node node;
        node.role = Role::text;
        node.rect = {x, y, w, set.height};
        node.em = type.em;
        node.sensitivity = p.sensitivity;
        const auto handle = c.tree.add(std::move(node));
        if (!p.lead.empty())
            write_in_top(c, handle, {p.lead, c.theme.type.body_bold, colour.text},
                         {x, y, w, type.line_height});
        const Colour ink = p.secondary ? colour.secondary : colour.text;
        Rect taken;
        for (std::size_t n = 0; n < set.lines.size(); ++n) {
            const float indent = n == 0 ? set.lead_width : 0;
            taken = taken.joined(write_lines(
                c, {set.lines[n].text, type, ink},
                {x + indent, y + set.lead_height + static_cast<float>(n) * type.line_height,
                 w - indent + 1, 0},
                &c.tree[handle].lines));
        }
        c.tree[handle].text += p.text;
        c.tree[handle].text_rect = c.tree[handle].text_rect.joined(taken);
        y += set.height;
    }
}

bool cut_first_entry(const Context& c, TextCard& head, TextCard& tail, float width, float room) {
    if (head.paragraphs.empty()) return false;
    const Paragraph whole = head.paragraphs.front();
    const Set set = set_paragraph(c, whole, width - 2 * c.theme.size.card_padding);
    head.paragraphs = {whole};
    const auto cut = cut_between_lines(whole.text, set.lines, [&](std::string_view beginning) {
        head.paragraphs.front().text = beginning;
        return measure(c, head, width).min <= room;
    });
    if (!cut) return false;
    Paragraph& other = tail.paragraphs.emplace(tail.paragraphs.begin(), whole)[0];
    other.text = whole.text.substr(*cut);
    other.heading.clear();
    other.lead.clear();
    return true;
}

}  // namespace ui::widgets
