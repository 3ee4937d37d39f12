#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ui::widgets {

using screens::Table;

namespace {

constexpr std::size_t most_rows = 8;  // at a time (UX-047)

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

float row_height(const Context& c, const Table& table, const screens::TableRow& row, float width) {
    const auto columns = columns_of(c, table, 0, width);
    float tallest = 0;
    for (std::size_t i = 0; i < columns.size() && i < row.cells.size(); ++i)
        tallest = std::max(tallest, text_height(c, row.cells[i], c.theme.type.body, columns[i].w));
    return std::max(c.theme.size.list_row, tallest + c.theme.px(28));
}

float header_height(const Context& c, const Table& table, float width) {
    const auto columns = columns_of(c, table, 0, width);
    float tallest = 0;
    for (std::size_t i = 0; i < columns.size(); ++i)
        tallest = std::max(
            tallest, text_height(c, table.columns[i].title, c.theme.type.small_bold, columns[i].w));
    return tallest + c.theme.px(24);
}

float title_height(const Context& c, const Table& table, float width) {
    if (table.title.empty()) return 0;
    return text_height(c, table.title, c.theme.type.label, width) + c.theme.px(16);
}

// How many rows from each page's first on fit, page by page.
std::vector<std::size_t> divide(const Context& c, const Table& table, float width, float room) {
    std::vector<std::size_t> starts{0};
    float used = 0;
    std::size_t on_page = 0;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const float h = row_height(c, table, table.rows[i], width);
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

float rows_height(const Context& c, const Table& table, float width, std::size_t rows) {
    if (table.rows.empty()) return c.theme.size.list_row;
    // The tallest run of so many rows, so that every page of them fits.
    float tallest = 0;
    for (std::size_t i = 0; i < table.rows.size(); i += rows) {
        float run = 0;
        for (std::size_t n = i; n < std::min(i + rows, table.rows.size()); ++n)
            run += row_height(c, table, table.rows[n], width);
        tallest = std::max(tallest, run);
    }
    return tallest;
}

void draw_row(Context& c, const Table& table, const screens::TableRow& row, Rect area) {
    const auto& p = c.theme.colour;
    const auto columns = columns_of(c, table, area.x, area.w);
    const auto handle = thing(c, Role::row, area);
    c.tree[handle].sensitivity = row.sensitivity;
    for (std::size_t i = 0; i < columns.size() && i < row.cells.size(); ++i) {
        const float h = text_height(c, row.cells[i], c.theme.type.body, columns[i].w);
        const float y = std::round(area.centre_y() - h / 2);
        const Align align = table.columns[i].numbers ? Align::right : Align::left;
        write_in_top(c, handle, {row.cells[i], c.theme.type.body, p.text, align},
                     {columns[i].x, y, columns[i].w, h});
    }
}

}  // namespace

Heights measure(const Context& c, const Table& table, float width) {
    const float head = title_height(c, table, width) + header_height(c, table, width);
    const float pages = pager_height(c) + c.theme.size.gap_min;
    const auto with_rows = [&](std::size_t rows) {
        return head + rows_height(c, table, width, rows) + (table.rows.size() > rows ? pages : 0);
    };
    return {with_rows(1), with_rows(most_rows)};
}

void draw(Context& c, const Table& table, Rect area) {
    const auto& p = c.theme.colour;
    const float title = title_height(c, table, area.w);
    if (title > 0)
        write(c, {table.title, c.theme.type.label, p.text}, {area.x, area.y, area.w, 0},
              Role::heading);
    area.y += title;
    area.h -= title;
    const float head = header_height(c, table, area.w);
    const float foot = pager_height(c) + c.theme.size.gap_min;
    auto starts = divide(c, table, area.w, area.h - head);
    const bool paged = starts.size() > 1;
    if (paged) starts = divide(c, table, area.w, area.h - head - foot);
    Turned& turned = c.scratch.turned[table.id];
    const int pages = static_cast<int>(starts.size());
    const int page = std::clamp(turned.page, 0, pages - 1);
    const std::size_t first = starts[static_cast<std::size_t>(page)];
    const std::size_t end =
        page + 1 < pages ? starts[static_cast<std::size_t>(page) + 1] : table.rows.size();
    float rows = table.rows.empty() ? c.theme.size.list_row : 0;
    for (std::size_t i = first; i < end; ++i) rows += row_height(c, table, table.rows[i], area.w);

    const float border = c.theme.large_type ? c.theme.size.border : c.theme.px(1);
    const float radius = c.theme.size.radius_card;
    const Rect box{area.x, area.y, area.w, head + rows};
    c.canvas.box(box, p.surface, p.border_quiet, border, radius);
    // The header's ground: round above, straight below.
    const Rect ground{box.x + border, box.y + border, box.w - 2 * border, head - border};
    const Colour tint = p.key_ground;
    c.canvas.fill({ground.x, ground.y, ground.w, 2 * radius}, tint, radius - border);
    c.canvas.fill({ground.x, ground.y + radius, ground.w, ground.h - radius}, tint);
    const auto columns = columns_of(c, table, area.x, area.w);
    const auto header = thing(c, Role::row, {box.x, box.y, box.w, head}, table.id);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const float h =
            text_height(c, table.columns[i].title, c.theme.type.small_bold, columns[i].w);
        const Align align = table.columns[i].numbers ? Align::right : Align::left;
        write_in_top(c, header, {table.columns[i].title, c.theme.type.small_bold, p.text, align},
                     {columns[i].x, std::round(box.y + (head - h) / 2), columns[i].w, h});
    }
    float y = box.y + head;
    if (table.rows.empty()) {
        const Rect empty{box.x + pad(c), y, box.w - 2 * pad(c), rows};
        write_in(c, thing(c, Role::row, empty), {table.empty_text, c.theme.type.body, p.secondary},
                 empty);
    }
    for (std::size_t i = first; i < end; ++i) {
        const float h = row_height(c, table, table.rows[i], area.w);
        if (i > first)
            c.canvas.fill({box.x + pad(c), y, box.w - 2 * pad(c), c.theme.px(1)}, p.border_quiet);
        draw_row(c, table, table.rows[i], {box.x, y, box.w, h});
        y += h;
    }
    if (!paged) return;
    const Rect pager{area.x, area.bottom() - pager_height(c), area.w, pager_height(c)};
    turned.page = page + draw_pager(c, table.id, page, pages, pager);
}

}  // namespace ui::widgets
