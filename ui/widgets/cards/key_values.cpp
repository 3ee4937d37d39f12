#include "documents/documents.hpp"
#include "ui/text/line_breaking.hpp"
#include "ui/widgets/blocks.hpp"
#include "ui/widgets/cards/cut_text.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::KeyValue;
using screens::KeyValues;

namespace {

constexpr float quiet_zone_modules = 2;

float code_column(const Context& c, const KeyValues& block, float width) {
    return block.qr_text.empty() ? 0 : std::min(c.theme.px(c.theme.low ? 232 : 316), width * 0.4F);
}

float rows_width(const Context& c, const KeyValues& block, float width) {
    const float code = code_column(c, block, width);
    return width - 2 * c.theme.size.card_padding - (code > 0 ? code + c.theme.px(28) : 0);
}

float side_width(const Context& c, const KeyValue& row) {
    float w = 0;
    if (row.action) w += text_action_width(c, *row.action);
    if (row.reveal) w += text_action_width(c, *row.reveal) + c.theme.size.gap_min;
    if (!row.tag.empty()) w += tag_width(c, row.tag) + c.theme.px(16);
    return w;
}

const Type& value_type(const Context& c, const KeyValue& row) {
    return row.strong ? c.theme.type.heading : c.theme.type.row;
}

float row_content(const Context& c, const KeyValue& row, float width) {
    return text_height(c, row.label, c.theme.type.small, width) +
           text_height(c, row.value, value_type(c, row), width - side_width(c, row));
}

Heights row_heights(const Context& c, const KeyValue& row, float width) {
    const float content = row_content(c, row, width);
    const float floor =
        row.action || row.reveal ? c.theme.size.floor_target + c.theme.size.gap_min : 0;
    return {std::max(floor, content + c.theme.px(12)), std::max(floor, content + c.theme.px(24))};
}

float title_height(const Context& c, const KeyValues& block, float width) {
    return block.title.empty() ? 0
                               : text_height(c, block.title, c.theme.type.label,
                                             width - 2 * c.theme.size.card_padding) +
                                     c.theme.px(6);
}

// Below the code; on a low panel below the rows, where it takes fewer lines.
float caption_height(const Context& c, const KeyValues& block, float width) {
    float h = 0;
    for (const std::string& line : block.qr_caption)
        h += text_height(c, line, c.theme.type.small, width);
    return h;
}

void draw_caption(Context& c, const KeyValues& block, Rect area, Align align) {
    for (const std::string& line : block.qr_caption)
        area.y += write(c, {line, c.theme.type.small, c.theme.colour.secondary, align}, area);
}

void draw_code(Context& c, const KeyValues& block, Rect area) {
    const auto modules = documents::qr_modules(block.qr_text);
    const float captions = c.theme.low ? 0 : caption_height(c, block, area.w);
    float y = area.y + std::max(0.F, (area.h - area.w - captions - c.theme.px(16)) / 2);
    const Rect place{area.x, std::round(y), area.w, area.w};
    const auto node = thing(c, Role::picture, place, "qr");
    c.tree[node].value = block.qr_text;
    if (modules) {
        // Whole pixels per module: a scanner needs even edges.
        const float count = static_cast<float>(modules->size) + 2 * quiet_zone_modules;
        const float side = std::max(1.F, std::floor(place.w / count));
        const float x0 =
            std::round(place.centre_x() - side * static_cast<float>(modules->size) / 2);
        const float y0 =
            std::round(place.centre_y() - side * static_cast<float>(modules->size) / 2);
        const float quiet = side * quiet_zone_modules;
        const float whole = side * count;
        c.canvas.fill({x0 - quiet, y0 - quiet, whole, whole}, theme::rgb(0xFFFFFF));
        for (int row = 0; row < modules->size; ++row) {
            for (int from = 0; from < modules->size;) {
                const auto dark = [&](int column) {
                    return column < modules->size &&
                           modules->dark[static_cast<std::size_t>(row * modules->size + column)];
                };
                if (!dark(from)) {
                    ++from;
                    continue;
                }
                int to = from;
                while (dark(to)) ++to;
                c.canvas.fill(
                    {x0 + side * static_cast<float>(from), y0 + side * static_cast<float>(row),
                     side * static_cast<float>(to - from), side},
                    theme::rgb(0x000000));
                from = to;
            }
        }
    }
    if (!c.theme.low)
        draw_caption(c, block, {area.x, place.bottom() + c.theme.px(8), area.w, 0}, Align::centre);
}

}  // namespace

Heights measure(const Context& c, const KeyValues& block, float width) {
    const float inner = rows_width(c, block, width);
    Heights h = Heights::fixed(title_height(c, block, width));
    for (const KeyValue& row : block.rows) {
        const Heights one = row_heights(c, row, inner);
        h.min += one.min;
        h.preferred += one.preferred;
    }
    const float code = code_column(c, block, width);
    if (code > 0) {
        const float below = c.theme.low ? caption_height(c, block, inner) + c.theme.px(8) : 0;
        h.min += below;
        h.preferred += below;
        const float code_h =
            code + (c.theme.low ? 0 : c.theme.px(8) + caption_height(c, block, code));
        h.min = std::max(h.min, code_h);
        h.preferred = std::max(h.preferred, code_h);
    }
    return {h.min + c.theme.px(24), h.preferred + c.theme.px(48)};
}

void draw(Context& c, const KeyValues& block, Rect area) {
    const auto& p = c.theme.colour;
    c.canvas.box(area, p.surface, p.border_quiet,
                 c.theme.large_type ? c.theme.size.border : c.theme.px(1),
                 c.theme.size.radius_card);
    const float x = area.x + c.theme.size.card_padding, inner = rows_width(c, block, area.w);
    const Heights own = measure(c, block, area.w);
    const float part = own.preferred > own.min
                           ? std::clamp((area.h - own.min) / (own.preferred - own.min), 0.F, 1.F)
                           : 1;
    float y = area.y + c.theme.px(12) + c.theme.px(12) * part;
    write(c, {block.title, c.theme.type.label, p.text},
          {x, y, area.w - 2 * c.theme.size.card_padding, 0}, Role::heading);
    y += title_height(c, block, area.w);
    // A code taller than the rows leaves room that the rows share.
    float rows = 0;
    for (const KeyValue& row : block.rows) {
        const Heights one = row_heights(c, row, inner);
        rows += one.min + (one.preferred - one.min) * part;
    }
    const float below =
        c.theme.low && !block.qr_text.empty() ? caption_height(c, block, inner) + c.theme.px(8) : 0;
    const float room = area.bottom() - c.theme.px(12) * (1 + part) - below - y;
    y += std::max(0.F, (room - rows) / 2);
    for (std::size_t i = 0; i < block.rows.size(); ++i) {
        const KeyValue& row = block.rows[i];
        const Heights one = row_heights(c, row, inner);
        const Rect rect{x, std::round(y), inner,
                        std::floor(one.min + (one.preferred - one.min) * part)};
        const auto node = thing(c, Role::text, rect);
        c.tree[node].sensitivity = row.sensitivity;
        float at = std::round(rect.centre_y() - row_content(c, row, inner) / 2);
        at +=
            write_in_top(c, node, {row.label, c.theme.type.small, p.secondary}, {x, at, inner, 0});
        const float side = side_width(c, row);
        write_in_top(c, node, {row.value, value_type(c, row), p.text}, {x, at, inner - side, 0});
        float right = rect.right();
        const float h = std::max(c.theme.size.floor_target,
                                 std::min(rect.h - c.theme.size.gap_min, c.theme.px(84)));
        const float hang = c.theme.px(24);  // the words end with the card's text, not their padding
        // Read from left to right: 显示, then 修改.
        const float action_w = row.action ? text_action_width(c, *row.action) : 0;
        if (row.reveal) {
            const float w = text_action_width(c, *row.reveal);
            const float end = right - action_w - (row.action ? c.theme.size.gap_min : 0);
            draw_text_action(c, *row.reveal,
                             {end - w + hang, std::round(rect.centre_y() - h / 2), w, h});
            c.tree.newest().label = row.label;
        }
        if (row.action) {
            draw_text_action(
                c, *row.action,
                {right - action_w + hang, std::round(rect.centre_y() - h / 2), action_w, h});
            c.tree.newest().label = row.label;
        }
        right -= action_w + (row.reveal ? text_action_width(c, *row.reveal) : 0);
        if (!row.tag.empty())
            draw_tag(c, row.tag, {right - tag_width(c, row.tag), rect.centre_y()});
        y += rect.h;
        if (i + 1 < block.rows.size())
            c.canvas.fill({x, std::round(y) - 1, inner, std::max(1.F, c.theme.px(1))},
                          c.theme.colour.separator);
    }
    if (below > 0) draw_caption(c, block, {x, y + c.theme.px(8), inner, 0}, Align::left);
    if (!block.qr_text.empty()) {
        const float w = code_column(c, block, area.w);
        draw_code(c, block,
                  {area.right() - c.theme.size.card_padding - w + c.theme.px(8),
                   area.y + c.theme.px(12), w, area.h - c.theme.px(24)});
    }
}

bool cut_first_entry(const Context& c, KeyValues& head, KeyValues& tail, float width, float room) {
    if (head.rows.empty() || !head.qr_text.empty()) return false;
    const KeyValue whole = head.rows.front();
    const float inner = rows_width(c, head, width) - side_width(c, whole);
    const Type& type = value_type(c, whole);
    const auto lines = text::break_lines(whole.value, inner, [&](char32_t character) {
        return c.canvas.fonts().advance(character, type);
    });
    head.rows = {whole};
    const auto cut = cut_between_lines(whole.value, lines, [&](std::string_view beginning) {
        head.rows.front().value = beginning;
        return measure(c, head, width).min <= room;
    });
    if (!cut) return false;
    KeyValue& other = tail.rows.emplace(tail.rows.begin(), whole)[0];
    other.value = whole.value.substr(*cut);
    other.action.reset();
    other.reveal.reset();
    other.tag.clear();
    return true;
}

}  // namespace ui::widgets
