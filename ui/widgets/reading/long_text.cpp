#include "ui/text/line_breaking.hpp"
#include "ui/widgets/blocks.hpp"
#include "ui/widgets/reading/scroller.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ui::widgets {

using screens::LongText;

namespace {

struct SetLine {
    std::string_view text;  // empty between two paragraphs
    bool heading = false;
    bool goes_on = false;  // broken off the line before it only for want of room
};

// Every line is as high as the next, an empty one between paragraphs, so that pages end between
// lines.
std::vector<SetLine> set_lines(const Context& c, const LongText& block, float width) {
    std::vector<SetLine> lines;
    for (const auto& p : block.paragraphs) {
        if (!lines.empty() && !lines.back().heading) lines.push_back({});
        const Type& type = p.heading ? c.theme.type.body_bold : c.theme.type.body;
        const char* begin = p.text.data();
        for (const auto& line : text::break_lines(p.text, width, [&](char32_t character) {
                 return c.canvas.fonts().advance(character, type);
             }))
            lines.push_back({line.text, p.heading,
                             line.text.data() > begin && *(line.text.data() - 1) != '\n'});
    }
    return lines;
}

// What is seen, said as it is written: a paragraph is one line of the tree, however it is set.
void add_words(std::string& words, const SetLine& line) {
    if (line.text.empty()) return;
    const bool abreast = line.goes_on && !words.empty();
    // Between two words of a language that has gaps the gap was lost where the line broke.
    const auto is_latin = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (abreast && is_latin(words.back()) && words.back() != ' ' && is_latin(line.text.front()))
        words += ' ';
    else if (!abreast && !words.empty())
        words += '\n';
    words += line.text;
}

float title_height(const Context& c, const LongText& block, float width) {
    if (block.title.empty()) return 0;
    return text_height(c, block.title, c.theme.type.label, width) + c.theme.px(10);
}

}  // namespace

Heights measure(const Context& c, const LongText& block, float width) {
    const float inner = width - 2 * c.theme.size.card_padding;
    const auto lines = static_cast<float>(set_lines(c, block, inner).size());
    const float frame = title_height(c, block, inner) + c.theme.px(56);
    const float whole = lines * c.theme.type.body.line_height + frame;
    const float turned = pager_height(c) + c.theme.size.gap_min + frame;
    const float few = 5 * c.theme.type.body.line_height + turned;
    // Two lines at a time are hard to read, but better than a page that does not fit its panel.
    const float fewest = 2 * c.theme.type.body.line_height + turned;
    return {std::min(whole, fewest), std::min(whole, std::max(few, c.panel.h * 0.45F))};
}

void draw(Context& c, const LongText& block, Rect area) {
    const auto& p = c.theme.colour;
    c.canvas.box(area, p.surface, p.border_quiet,
                 c.theme.large_type ? c.theme.size.border : c.theme.px(1),
                 c.theme.size.radius_card);
    Rect inner = area.inset(c.theme.size.card_padding, c.theme.px(28));
    if (!block.title.empty()) {
        write(c, {block.title, c.theme.type.label, p.text}, {inner.x, inner.y, inner.w, 0},
              Role::heading);
        const float title = title_height(c, block, inner.w);
        inner.y += title;
        inner.h -= title;
    }
    const auto lines = set_lines(c, block, inner.w);
    const float line = c.theme.type.body.line_height;
    const Scrolled s = scroll(c, block.id, inner, static_cast<float>(lines.size()) * line, line);
    Node node;
    node.id = block.id;
    node.role = Role::scroller;
    node.rect = s.view;
    node.sensitivity = block.sensitivity;
    const auto handle = c.tree.add(std::move(node));
    c.canvas.clip(s.view);
    std::string words;
    const auto first = static_cast<std::size_t>(s.offset / line);
    for (std::size_t i = first; i < lines.size(); ++i) {
        const float y = s.view.y + static_cast<float>(i) * line - s.offset;
        if (y >= s.view.bottom()) break;
        const Type& type = lines[i].heading ? c.theme.type.body_bold : c.theme.type.body;
        write_in_top(c, handle, {lines[i].text, type, p.text}, {s.view.x, y, s.view.w + 1, line});
        add_words(words, lines[i]);
    }
    c.tree[handle].text = std::move(words);
    c.canvas.unclip();
    // While it is pushed its first and last line are cut by the view.
    Rect& seen = c.tree[handle].text_rect;
    const float top = std::max(seen.y, s.view.y);
    seen = {seen.x, top, seen.w, std::min(seen.bottom(), s.view.bottom()) - top};
}

}  // namespace ui::widgets
