// A sheet of codes for a zone: A4, three beside each other, each with its service's name.
#include "documents/page.hpp"

#include <algorithm>

namespace documents {

namespace {

constexpr double margin = 15, top = 15, bottom = 18, gap = 5;
constexpr int columns = 3;
constexpr double code_size = 38, quiet_modules = 4;
constexpr double words_height = 19;

constexpr TextStyle title_style{18, Weight::bold, colours::ink, 1.4, 0.04};
constexpr TextStyle small_style{9, Weight::regular, colours::secondary, 1.4, 0};
constexpr TextStyle name_style{11.5, Weight::bold, colours::ink, 1.35, 0};

double begin_page(Page& page, const CodeSheetDocument& document, double width) {
    mark_training(page, document.training, base::Locale::zh);
    double y = top;
    page.line_of_text(margin, y, width, document.organisation, small_style);
    y += Page::line_height(small_style) + 1;
    y += page.text(margin, y, width, document.title, title_style) + 0.5;
    y += page.text(margin, y, width, document.note, small_style) + 4;
    const double foot = page.paper().height_mm - bottom + 4;
    page.line_of_text(margin, foot, width, document.footer, small_style);
    return y;
}

}  // namespace

base::Result<Pdf> render_code_sheet(const CodeSheetDocument& document) {
    Page page(a4, document.title, base::Locale::zh);
    const double width = page.paper().width_mm - 2 * margin;
    const double cell = (width - (columns - 1) * gap) / columns;
    double y = begin_page(page, document, width), row_height = 0;
    int column = 0;
    for (const auto& entry : document.entries) {
        const auto code = TRY(qr_modules(entry.qr_text));
        const double quiet = quiet_modules * code_size / code.size;
        const double height = code_size + 2 * quiet + words_height;
        if (column == columns) {
            y += row_height + gap;
            column = 0;
            row_height = 0;
        }
        if (column == 0 && y + height > page.paper().height_mm - bottom) {
            page.next();
            y = begin_page(page, document, width);
        }
        row_height = std::max(row_height, height);
        const double x = margin + column * (cell + gap), middle = x + (cell - code_size) / 2;
        page.frame({x, y, cell, height}, colours::rule, 0.25, 2);
        page.fill({middle - quiet, y + 0.5, code_size + 2 * quiet, code_size + 2 * quiet - 0.5},
                  colours::white);
        page.modules(code, middle, y + quiet, code_size);
        double at = y + code_size + 2 * quiet;
        // A name of any length takes two lines; the code says the rest.
        const auto lines = page.lines_of(entry.name, name_style, cell - 4);
        for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 2); ++i) {
            const bool cut = i == 1 && lines.size() > 2;
            page.line_of_text(x + 2, at, cell - 4, cut ? lines[i] + "…" : lines[i], name_style,
                              Align::centre);
            at += Page::line_height(name_style);
        }
        page.line_of_text(x + 2, at, cell - 4, entry.note, small_style, Align::centre);
        ++column;
    }
    return page.finish();
}

}  // namespace documents
