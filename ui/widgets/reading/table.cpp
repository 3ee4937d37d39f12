#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::Table;

namespace {

constexpr std::size_t most_rows = table_rows_most;
constexpr std::size_t list_rows = 3;    // fewer tell nothing of a list
constexpr float no_height = 1'000'000;  // that any page has

float pad(const Context& c) {
    return c.theme.px(c.theme.large_type ? 20 : 24);
}

// Left edge and width of each column's words. A number is never broken: its column is as wide as
// the widest; the others divide what is left.
std::vector<Rect> columns_of(const Context& c, const Table& table, float x, float width) {
    std::vector<float> widths(table.columns.size(), 0);
    float left = width;
    double shares = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (!table.columns[i].numbers) {
            shares += table.columns[i].share;
            continue;
        }
        for (const auto& row : table.rows)
            if (i < row.cells.size())
                widths[i] = std::max(widths[i], text_width(c, row.cells[i], c.theme.type.body));
        const float title = text_width(c, table.columns[i].title, c.theme.type.small_bold);
        widths[i] = std::min(std::max(widths[i], title) + 2 * pad(c) + c.theme.px(4), width / 2);
        left -= widths[i];
    }
    std::vector<Rect> columns;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const auto& column = table.columns[i];
        const float w =
            column.numbers ? widths[i] : left * static_cast<float>(column.share / shares);
        columns.push_back({std::round(x + pad(c)), 0, std::round(w - 2 * pad(c)), 0});
        x += w;
    }
    return columns;
}

bool tears(const Context& c, const Table& table, const std::vector<Rect>& columns) {
    const auto& type = c.theme.type.body;
    for (const auto& row : table.rows)
        for (std::size_t i = 0; i < columns.size() && i < row.cells.size(); ++i) {
            std::string_view rest = row.cells[i];
            while (!rest.empty()) {
                const std::string_view word = rest.substr(0, rest.find(' '));
                const bool latin =
                    std::all_of(word.begin(), word.end(), [](unsigned char l) { return l < 0x80; });
                if (latin && text_width(c, word, type) > columns[i].w) return true;
                rest.remove_prefix(std::min(word.size() + 1, rest.size()));
            }
        }
    return false;
}

struct Cell {
    std::string_view text;
    Rect rect;  // from the row's own corner
};
struct RowLayout {
    std::vector<Cell> cells;
    float height = 0;
};

// Column by column, each in the middle of the row's height.
RowLayout in_columns(const Context& c, const std::vector<std::string_view>& texts,
                     const theme::Type& type, const std::vector<Rect>& columns) {
    RowLayout row;
    for (std::size_t i = 0; i < columns.size() && i < texts.size(); ++i) {
        const float h = text_height(c, texts[i], type, columns[i].w);
        row.cells.push_back({texts[i], {columns[i].x, 0, columns[i].w, h}});
        row.height = std::max(row.height, h);
    }
    return row;
}

// One behind the other, in a new line where one has no room left.
RowLayout flowing(const Context& c, const std::vector<std::string_view>& texts,
                  const theme::Type& type, float width) {
    RowLayout row;
    const float left = pad(c), room = width - 2 * pad(c), between = c.theme.px(36);
    float x = 0, y = 0;
    for (const std::string_view text : texts) {
        if (text.empty()) continue;
        const float w = std::min(room, std::ceil(text_width(c, text, type)) + 1);
        if (x > 0 && x + w > room) {
            x = 0;
            y = row.height;
        }
        const float h = text_height(c, text, type, w);
        row.cells.push_back({text, {left + x, y, w, h}});
        row.height = std::max(row.height, y + h);
        x += w + between;
    }
    return row;
}

// What every row of a table has in common. As cards, the cells of a row flow like words, in the
// order of the header's.
struct Layout {
    std::vector<Rect> columns;
    bool cards = false;
};
Layout layout_of(const Context& c, const Table& table, float width) {
    Layout layout{columns_of(c, table, 0, width), table.piece == Table::Piece::cards};
    if (table.list && table.piece == Table::Piece::none)
        layout.cards = tears(c, table, layout.columns);
    return layout;
}

RowLayout lay_out(const Context& c, const Layout& layout,
                  const std::vector<std::string_view>& texts, const theme::Type& type,
                  float width) {
    return layout.cards ? flowing(c, texts, type, width)
                        : in_columns(c, texts, type, layout.columns);
}
RowLayout lay_out(const Context& c, const Layout& layout, const screens::TableRow& row,
                  float width) {
    return lay_out(c, layout, {row.cells.begin(), row.cells.end()}, c.theme.type.body, width);
}
RowLayout lay_out_header(const Context& c, const Layout& layout, const Table& table, float width) {
    std::vector<std::string_view> titles;
    for (const auto& column : table.columns) titles.push_back(column.title);
    return lay_out(c, layout, titles, c.theme.type.small_bold, width);
}

float row_height(const Context& c, const Layout& layout, const screens::TableRow& row,
                 float width) {
    return std::max(c.theme.size.list_row, lay_out(c, layout, row, width).height + c.theme.px(28));
}

float header_height(const Context& c, const Layout& layout, const Table& table, float width) {
    return lay_out_header(c, layout, table, width).height + c.theme.px(24);
}

float title_height(const Context& c, const Table& table, float width) {
    if (table.title.empty()) return 0;
    return text_height(c, table.title, c.theme.type.label, width) + c.theme.px(16);
}

// How many rows from each page's first on fit, page by page.
std::vector<std::size_t> divide(const Context& c, const Layout& layout, const Table& table,
                                float width, float room) {
    std::vector<std::size_t> starts{0};
    float used = 0;
    std::size_t on_page = 0;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const float h = row_height(c, layout, table.rows[i], width);
        if (on_page > 0 && (on_page == most_rows || used + h > room)) {
            starts.push_back(i);
            used = 0;
            on_page = 0;
        }
        used += h;
        ++on_page;
    }
    return starts;
}

float rows_height(const Context& c, const Layout& layout, const Table& table, float width,
                  std::size_t rows) {
    if (table.rows.empty()) return c.theme.size.list_row;
    // The tallest run of so many rows, so that every page of them fits.
    float tallest = 0;
    for (std::size_t i = 0; i < table.rows.size(); i += rows) {
        float run = 0;
        for (std::size_t n = i; n < std::min(i + rows, table.rows.size()); ++n)
            run += row_height(c, layout, table.rows[n], width);
        tallest = std::max(tallest, run);
    }
    return tallest;
}

void draw_row(Context& c, const Layout& layout, const Table& table, const screens::TableRow& row,
              Rect area) {
    const auto& p = c.theme.colour;
    const RowLayout cells = lay_out(c, layout, row, area.w);
    const auto handle = thing(c, Role::row, area);
    c.tree[handle].sensitivity = row.sensitivity;
    for (std::size_t i = 0; i < cells.cells.size(); ++i) {
        const Cell& cell = cells.cells[i];
        // In columns each stands in the middle; lines that flow stand in the middle together.
        const float height = layout.cards ? cells.height : cell.rect.h;
        const float y = std::round(area.centre_y() - height / 2) + cell.rect.y;
        const Align align = !layout.cards && table.columns[i].numbers ? Align::right : Align::left;
        write_in_top(c, handle, {cell.text, c.theme.type.body, p.text, align},
                     {area.x + cell.rect.x, y, cell.rect.w, cell.rect.h});
    }
}

}  // namespace

bool tears_words(const Context& c, const Table& table, float width) {
    return tears(c, table, columns_of(c, table, 0, width));
}

Heights measure(const Context& c, const Table& table, float width) {
    const bool piece = table.piece != Table::Piece::none;
    if (piece && table.rows.size() > most_rows) return {no_height, no_height};
    const Layout layout = layout_of(c, table, width);
    const float head = title_height(c, table, width) + header_height(c, layout, table, width);
    const float pages = pager_height(c) + c.theme.size.gap_min;
    const auto with_rows = [&](std::size_t rows) {
        return head + rows_height(c, layout, table, width, rows) +
               (table.rows.size() > rows ? pages : 0);
    };
    const std::size_t least = piece ? most_rows : table.list ? list_rows : 1;
    return {with_rows(least), with_rows(most_rows)};
}

void draw(Context& c, const Table& table, Rect area) {
    const auto& p = c.theme.colour;
    const Layout layout = layout_of(c, table, area.w);
    const float title = title_height(c, table, area.w);
    if (title > 0)
        write(c, {table.title, c.theme.type.label, p.text}, {area.x, area.y, area.w, 0},
              Role::heading);
    area.y += title;
    area.h -= title;
    const float head = header_height(c, layout, table, area.w);
    const float foot = pager_height(c) + c.theme.size.gap_min;
    std::vector<std::size_t> starts{0};
    if (table.piece == Table::Piece::none) starts = divide(c, layout, table, area.w, area.h - head);
    const bool paged = starts.size() > 1;
    if (paged) starts = divide(c, layout, table, area.w, area.h - head - foot);
    const int pages = static_cast<int>(starts.size());
    const int page = paged ? std::clamp(c.scratch.turned[table.id].page, 0, pages - 1) : 0;
    const std::size_t first = starts[static_cast<std::size_t>(page)];
    const std::size_t end =
        page + 1 < pages ? starts[static_cast<std::size_t>(page) + 1] : table.rows.size();
    float rows = table.rows.empty() ? c.theme.size.list_row : 0;
    for (std::size_t i = first; i < end; ++i) rows += row_height(c, layout, table.rows[i], area.w);

    const float border = c.theme.large_type ? c.theme.size.border : c.theme.px(1);
    const float radius = c.theme.size.radius_card;
    const Rect box{area.x, area.y, area.w, head + rows};
    c.canvas.box(box, p.surface, p.border_quiet, border, radius);
    // The header's ground: round above, straight below.
    const Rect ground{box.x + border, box.y + border, box.w - 2 * border, head - border};
    const Colour tint = p.key_ground;
    c.canvas.fill({ground.x, ground.y, ground.w, 2 * radius}, tint, radius - border);
    c.canvas.fill({ground.x, ground.y + radius, ground.w, ground.h - radius}, tint);
    const RowLayout titles = lay_out_header(c, layout, table, area.w);
    const auto header = thing(c, Role::row, {box.x, box.y, box.w, head}, table.id);
    for (std::size_t i = 0; i < titles.cells.size(); ++i) {
        const Cell& cell = titles.cells[i];
        const float height = layout.cards ? titles.height : cell.rect.h;
        const Align align = !layout.cards && table.columns[i].numbers ? Align::right : Align::left;
        write_in_top(c, header, {cell.text, c.theme.type.small_bold, p.text, align},
                     {box.x + cell.rect.x, std::round(box.y + (head - height) / 2) + cell.rect.y,
                      cell.rect.w, cell.rect.h});
    }
    float y = box.y + head;
    if (table.rows.empty()) {
        const Rect empty{box.x + pad(c), y, box.w - 2 * pad(c), rows};
        write_in(c, thing(c, Role::row, empty), {table.empty_text, c.theme.type.body, p.secondary},
                 empty);
    }
    for (std::size_t i = first; i < end; ++i) {
        const float h = row_height(c, layout, table.rows[i], area.w);
        if (i > first)
            c.canvas.fill({box.x + pad(c), y, box.w - 2 * pad(c), c.theme.px(1)}, p.border_quiet);
        draw_row(c, layout, table, table.rows[i], {box.x, y, box.w, h});
        y += h;
    }
    if (!paged) return;
    const Rect pager{area.x, area.bottom() - pager_height(c), area.w, pager_height(c)};
    c.scratch.turned[table.id].page = page + draw_pager(c, table.id, page, pages, pager);
}

}  // namespace ui::widgets
