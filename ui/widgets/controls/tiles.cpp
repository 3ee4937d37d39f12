#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::Tile;
using screens::Tiles;
using screens::TileSize;

namespace {

std::size_t per_row(const Context& c, const Tiles& tiles, float width) {
    switch (tiles.size) {
        case TileSize::large:
            return width >= c.theme.px(720) ? 2 : 1;
        case TileSize::medium:
            return std::clamp<std::size_t>(tiles.tiles.size(), 1, width >= c.theme.px(720) ? 4 : 2);
        case TileSize::elder_row:
            return c.landscape && width >= c.theme.px(1100) ? 2 : 1;
    }
    return 1;
}

float gap_of(const Context& c, const Tiles& tiles) {
    return tiles.size == TileSize::large ? c.theme.size.gap : c.theme.size.target_gap;
}

// Where the words of a tile stand, from its left edge, and how wide.
struct WordsRoom {
    float x, w;
};
WordsRoom words_room(const Context& c, TileSize size, float width) {
    const bool narrow = width < c.theme.px(620);
    switch (size) {
        case TileSize::large: {
            const float x =
                c.theme.px(32) + c.theme.px(narrow ? 88 : 120) + c.theme.px(narrow ? 20 : 28);
            return {x, width - x - c.theme.px(20)};
        }
        case TileSize::medium:
            return {c.theme.px(12), width - c.theme.px(24)};
        case TileSize::elder_row: {
            const float x = c.theme.px(narrow ? 144 : 200);
            return {x, width - x - c.theme.px(narrow ? 88 : 128)};
        }
    }
    return {};
}

const Type& title_type(const Context& c, TileSize size) {
    if (size == TileSize::medium) return c.theme.type.row_bold;
    return size == TileSize::elder_row && c.theme.large_type ? c.theme.type.title
                                                             : c.theme.type.heading;
}

// Words, and the sign above them where that is their place, with room around.
float content_height(const Context& c, TileSize size, const Tile& tile, float width) {
    const WordsRoom room = words_room(c, size, width);
    float h = text_height(c, tile.title, title_type(c, size), room.w);
    if (size == TileSize::medium) return h + c.theme.px(58 + 8 + 16);
    if (!tile.note.empty()) h += text_height(c, tile.note, c.theme.type.small, room.w);
    return h + c.theme.px(24);
}

Heights least_row_heights(const Context& c, const Tiles& tiles) {
    switch (tiles.size) {
        case TileSize::large:
            return {c.theme.px(136), c.theme.px(220)};
        case TileSize::medium:
            return {c.theme.px(132), c.theme.px(172)};
        case TileSize::elder_row:
            return {c.theme.px(c.landscape ? 104 : 124), c.theme.px(196)};
    }
    return {};
}

// Long names make every row higher, so that all stay alike.
Heights row_heights(const Context& c, const Tiles& tiles, float width) {
    Heights h = least_row_heights(c, tiles);
    for (const Tile& tile : tiles.tiles)
        h.min = std::max(h.min, content_height(c, tiles.size, tile, width));
    h.preferred = std::max(h.preferred, h.min + c.theme.px(16));
    return h;
}

void draw_large(Context& c, const Tile& tile, Rect rect, Colour ground, Colour ink, Colour note) {
    const auto node = control(c, tile.id, Role::tile, rect);
    c.canvas.box(rect, ground, c.theme.colour.border_quiet,
                 c.theme.large_type ? c.theme.size.border : c.theme.px(1),
                 c.theme.size.radius_card);
    const WordsRoom room = words_room(c, TileSize::large, rect.w);
    const float side = std::min(room.x - c.theme.px(32 + 20), rect.h - c.theme.px(32));
    const Rect square{rect.x + c.theme.px(32), std::round(rect.centre_y() - side / 2), side, side};
    c.canvas.fill(square, tile.strong ? c.theme.colour.action_pressed : c.theme.colour.tint,
                  c.theme.px(24));
    icon(c, tile.icon, {square.centre_x(), square.centre_y()}, std::round(side * 0.54F),
         tile.strong ? ink : c.theme.colour.action);
    const Type& title = title_type(c, TileSize::large);
    const Type& small = c.theme.type.small;
    const float x = std::min(rect.x + room.x, square.right() + c.theme.px(28));
    const Rect words{x, rect.y, rect.right() - x - c.theme.px(20), rect.h};
    const float title_h = text_height(c, tile.title, title, words.w);
    const float note_h = tile.note.empty() ? 0 : text_height(c, tile.note, small, words.w);
    const float y = std::round(rect.centre_y() - (title_h + note_h) / 2);
    write_in_top(c, node, {tile.title, title, ink}, {words.x, y, words.w, title_h});
    write_in_top(c, node, {tile.note, small, note}, {words.x, y + title_h, words.w, note_h});
}

void draw_medium(Context& c, const Tile& tile, Rect rect, Colour ground, Colour ink) {
    const auto node = control(c, tile.id, Role::tile, rect);
    c.canvas.box(rect, ground, c.theme.colour.border_quiet,
                 c.theme.large_type ? c.theme.size.border : c.theme.px(1),
                 c.theme.size.radius_card);
    const Type& type = title_type(c, TileSize::medium);
    const float side = c.theme.px(58);
    const float words_h = text_height(c, tile.title, type, rect.w - c.theme.px(24));
    const float y = std::round(rect.centre_y() - (side + c.theme.px(8) + words_h) / 2);
    icon(c, tile.icon, {rect.centre_x(), y + side / 2}, side,
         tile.strong ? ink : c.theme.colour.action);
    write_in_top(
        c, node, {tile.title, type, ink, Align::centre},
        {rect.x + c.theme.px(12), y + side + c.theme.px(8), rect.w - c.theme.px(24), words_h});
}

void draw_row(Context& c, const Tile& tile, Rect rect, Colour ground, Colour ink, Colour note) {
    const auto node = control(c, tile.id, Role::tile, rect);
    c.canvas.box(rect, ground, tile.strong ? ground : c.theme.colour.border, c.theme.size.border,
                 c.theme.size.radius_card);
    const Colour accent = tile.strong ? ink : c.theme.colour.action;
    const float size = std::min(c.theme.size.icon_large, rect.h - c.theme.px(32));
    const WordsRoom room = words_room(c, TileSize::elder_row, rect.w);
    icon(c, tile.icon, {rect.x + room.x / 2 + c.theme.px(4), rect.centre_y()}, size, accent);
    icon(c, "chevron-right",
         {rect.right() - (rect.w - room.x - room.w) / 2 - c.theme.px(12), rect.centre_y()},
         c.theme.px(56), accent);
    const Type& title = title_type(c, TileSize::elder_row);
    const Rect words{rect.x + room.x, rect.y, room.w, rect.h};
    const float title_h = text_height(c, tile.title, title, words.w);
    const float note_h =
        tile.note.empty() ? 0 : text_height(c, tile.note, c.theme.type.small, words.w);
    const float y = std::round(rect.centre_y() - (title_h + note_h) / 2);
    write_in_top(c, node, {tile.title, title, ink}, {words.x, y, words.w, title_h});
    write_in_top(c, node, {tile.note, c.theme.type.small, note},
                 {words.x, y + title_h, words.w, note_h});
}

}  // namespace

Heights measure(const Context& c, const Tiles& tiles, float width) {
    const std::size_t columns = per_row(c, tiles, width);
    const auto rows = static_cast<float>((tiles.tiles.size() + columns - 1) / columns);
    const float gap = gap_of(c, tiles);
    const float w = (width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const Heights one = row_heights(c, tiles, w);
    return {rows * one.min + (rows - 1) * c.theme.size.gap_min,
            rows * one.preferred + (rows - 1) * gap};
}

void draw(Context& c, const Tiles& tiles, Rect area) {
    const std::size_t columns = per_row(c, tiles, area.w);
    const std::size_t rows = (tiles.tiles.size() + columns - 1) / columns;
    if (rows == 0) return;
    const Heights wanted = measure(c, tiles, area.w);
    const bool roomy = area.h >= wanted.preferred - 1;
    const float gap = roomy ? gap_of(c, tiles) : c.theme.size.gap_min;
    const float w = (area.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const float h = (area.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
    const auto& p = c.theme.colour;
    for (std::size_t i = 0; i < tiles.tiles.size(); ++i) {
        const Tile& tile = tiles.tiles[i];
        const auto column = static_cast<float>(i % columns), row = static_cast<float>(i / columns);
        // A last one without a neighbour takes the whole row: no hole in the page.
        const bool alone = i + 1 == tiles.tiles.size() && i % columns == 0;
        const Rect rect{std::round(area.x + column * (w + gap)),
                        std::round(area.y + row * (h + gap)), std::floor(alone ? area.w : w),
                        std::floor(h)};
        const bool pressed = c.pressed(tile.id);
        const Colour ground = tile.strong ? (pressed ? p.action_pressed : p.action)
                                          : (pressed ? p.tint_pressed : p.surface);
        const Colour ink = tile.strong ? p.on_action : p.text;
        const Colour note = tile.strong ? p.on_action : p.secondary;
        switch (tiles.size) {
            case TileSize::large:
                draw_large(c, tile, rect, ground, ink, note);
                break;
            case TileSize::medium:
                draw_medium(c, tile, rect, ground, ink);
                break;
            case TileSize::elder_row:
                draw_row(c, tile, rect, ground, ink, note);
                break;
        }
    }
}

}  // namespace ui::widgets
