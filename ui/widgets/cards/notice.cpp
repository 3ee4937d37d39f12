#include "ui/text/line_breaking.hpp"
#include "ui/widgets/blocks.hpp"
#include "ui/widgets/cards/cut_text.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::Notice;

namespace {

struct Layout {
    float words_x = 0, words_w = 0, words_h = 0, icon = 0;
};

const Type& title_type(const Context& c, const Notice& n) {
    return !n.large ? c.theme.type.label : c.theme.low ? c.theme.type.heading : c.theme.type.title;
}
const Type& line_type(const Context& c, const Notice& n, std::string_view line, float width) {
    return n.large ? c.theme.type.body : paragraph_type(c, line, width);
}

// In a narrow column the words need the room of the sign; what it says they say as well.
bool has_icon(const Context& c, const Notice& notice, float width) {
    const float words = width - c.theme.px(notice.large && !c.theme.low ? 240 + 36 : 124 + 36);
    return !notice.icon.empty() && words >= 8 * title_type(c, notice).em;
}

Layout layout_of(const Context& c, const Notice& notice, float width) {
    Layout l;
    const bool icon = has_icon(c, notice, width);
    const bool large = notice.large && !c.theme.low;
    l.icon = !icon          ? 0
             : large ? c.theme.px(148)
                     : c.theme.px(c.theme.large_type ? 64 : 52);
    l.words_x = !icon          ? c.theme.px(36)
                : large ? c.theme.px(240)
                               : c.theme.px(c.theme.large_type ? 124 : 108);
    l.words_w = width - l.words_x - c.theme.px(36);
    if (!notice.title.empty())
        l.words_h += text_height(c, notice.title, title_type(c, notice), l.words_w);
    for (const std::string& line : notice.lines)
        l.words_h += text_height(c, line, line_type(c, notice, line, l.words_w), l.words_w);
    return l;
}

}  // namespace

Heights measure(const Context& c, const Notice& notice, float width) {
    const Layout l = layout_of(c, notice, width);
    const float content = std::max(l.words_h, l.icon);
    if (notice.large) return {content + c.theme.px(40), content + c.theme.px(112)};
    return {content + c.theme.px(32), content + c.theme.px(60)};
}

void draw(Context& c, const Notice& notice, Rect area) {
    const auto& p = c.theme.colour;
    const Layout l = layout_of(c, notice, area.w);
    const ToneColours tone = tone_colours(p, notice.tone);
    // Calm tones are only tinted; a warning has an edge as well, for eyes that see no colour.
    const bool framed = c.theme.large_type || notice.tone == screens::Tone::warn ||
                        notice.tone == screens::Tone::danger;
    if (framed) {
        c.canvas.box(area, tone.ground, c.theme.large_type ? p.border : tone.border,
                     c.theme.size.border + 1, c.theme.size.radius_card);
    } else if (notice.tone == screens::Tone::plain) {
        c.canvas.box(area, tone.ground, tone.border, c.theme.px(1), c.theme.size.radius_card);
    } else {
        c.canvas.fill(area, tone.ground, c.theme.size.radius_card);
    }
    if (l.icon > 0)
        icon(c, notice.icon, {area.x + l.words_x / 2 + c.theme.px(4), area.centre_y()}, l.icon,
             tone.text);
    const bool loud = notice.tone != screens::Tone::info && notice.tone != screens::Tone::plain;
    const auto node = thing(c, Role::status, area);
    c.tree[node].sensitivity = notice.sensitivity;
    float y = std::round(area.centre_y() - l.words_h / 2);
    const float x = area.x + l.words_x;
    y += write_in_top(c, node, {notice.title, title_type(c, notice), loud ? tone.text : p.text},
                      {x, y, l.words_w, 0});
    for (const std::string& line : notice.lines)
        y += write_in_top(c, node, {line, line_type(c, notice, line, l.words_w), p.text}, {x, y, l.words_w, 0});
}

bool cut_first_entry(const Context& c, Notice& head, Notice& tail, float width, float room) {
    if (head.lines.empty()) return false;
    const std::string whole = head.lines.front();
    const float words_w = layout_of(c, head, width).words_w;
    const Type& type = line_type(c, head, whole, words_w);
    const auto lines = text::break_lines(whole, words_w, [&](char32_t character) {
        return c.canvas.fonts().advance(character, type);
    });
    head.lines = {whole};
    const auto cut = cut_between_lines(whole, lines, [&](std::string_view beginning) {
        head.lines.front() = beginning;
        return measure(c, head, width).min <= room;
    });
    if (!cut) return false;
    tail.lines.insert(tail.lines.begin(), whole.substr(*cut));
    return true;
}

}  // namespace ui::widgets
