// The slip a citizen takes home: A5, what happened in one glance, the number large, the code apart.
#include "documents/page.hpp"

#include <algorithm>
#include <optional>

namespace documents {

namespace {

constexpr double margin = 12;
constexpr double card_padding = 5;
constexpr double code_size = 36;  // without its quiet zone
constexpr double quiet_modules = 4;
constexpr double column_gap = 5;

// Texts in one size that shrinks as a whole until the slip fits its page.
struct Sizes {
    double scale = 1;
    TextStyle organisation() const { return {11 * scale, Weight::bold, colours::ink, 1.4, 0}; }
    TextStyle title() const { return {11 * scale, Weight::regular, colours::secondary, 1.4, 0}; }
    TextStyle state() const { return {19 * scale, Weight::bold, colours::success, 1.4, 0}; }
    TextStyle body() const { return {10 * scale, Weight::regular, colours::ink, 1.5, 0}; }
    TextStyle label() const { return {8.5 * scale, Weight::regular, colours::secondary, 1.4, 0}; }
    TextStyle value() const { return {11 * scale, Weight::regular, colours::ink, 1.4, 0}; }
    TextStyle strong() const { return {15.5 * scale, Weight::bold, colours::ink, 1.35, 0.02}; }
    TextStyle small() const { return {8.5 * scale, Weight::regular, colours::secondary, 1.5, 0}; }
};

double draw_header(Page& page, const ReceiptDocument& document, const Sizes& sizes, double width) {
    double y = margin;
    page.line_of_text(margin, y, width, document.title, sizes.title(), Align::right);
    const double room = width - page.width_of(document.title, sizes.title()) - 6;
    y += page.text(margin, y, room, document.organisation, sizes.organisation()) + 2;
    page.rule(margin, y, margin + width, y, colours::action, 0.6);
    return y + 5;
}

double draw_state(Page& page, const ReceiptDocument& document, const Sizes& sizes, double y,
                  double width) {
    constexpr double radius = 8, text_left = 2 * radius + 2 * card_padding + 1;
    const double text_width = width - text_left - card_padding;
    double height = page.height_of(document.state_sentence, sizes.state(), text_width) + 1;
    for (const auto& line : document.explanation)
        height += page.height_of(line, sizes.body(), text_width);
    const double box = std::max(height, 2 * radius) + 2 * card_padding;
    page.fill({margin, y, width, box}, colours::success_tint, 2.5);

    const double cx = margin + card_padding + radius, cy = y + box / 2;
    page.circle(cx, cy, radius, colours::success, 1.3);
    page.pen({{cx - 3.2, cy + 0.3}, {cx - 0.9, cy + 2.6}, {cx + 3.4, cy - 2.4}}, colours::success,
             1.3);

    double at = y + (box - height) / 2;
    const double x = margin + text_left;
    at += page.text(x, at, text_width, document.state_sentence, sizes.state()) + 1;
    for (const auto& line : document.explanation)
        at += page.text(x, at, text_width, line, sizes.body());
    return y + box + 5;
}

double rows_height(const Page& page, const ReceiptDocument& document, const Sizes& sizes,
                   double width) {
    double height = 0;
    for (const auto& row : document.rows)
        height += page.height_of(row.label, sizes.label(), width) +
                  page.height_of(row.value, row.strong ? sizes.strong() : sizes.value(), width) + 4;
    return height;
}

void draw_rows(Page& page, const ReceiptDocument& document, const Sizes& sizes, double x, double y,
               double width) {
    for (std::size_t i = 0; i < document.rows.size(); ++i) {
        const auto& row = document.rows[i];
        y += page.text(x, y, width, row.label, sizes.label());
        y += page.text(x, y, width, row.value, row.strong ? sizes.strong() : sizes.value());
        if (i + 1 < document.rows.size()) page.rule(x, y + 1.8, x + width, y + 1.8, colours::rule);
        y += 4;
    }
}

double draw_card(Page& page, const ReceiptDocument& document, const Sizes& sizes,
                 const std::optional<QrModules>& code, double y, double width) {
    double quiet = 0, code_column = 0, code_height = 0;
    if (code) {
        quiet = quiet_modules * code_size / code->size;
        code_column = code_size + 2 * quiet;
        code_height = code_column + 1;
        for (const auto& line : document.qr_caption)
            code_height += page.height_of(line, sizes.small(), code_column);
    }
    const double rows_width =
        width - 2 * card_padding - (code ? code_column + column_gap - quiet : 0);
    const double rows = rows_height(page, document, sizes, rows_width);
    const double inner = std::max(rows - 4, code_height);
    const double height = inner + 2 * card_padding;
    page.frame({margin, y, width, height}, colours::rule, 0.3, 2.5);
    draw_rows(page, document, sizes, margin + card_padding, y + card_padding, rows_width);
    if (code) {
        const double x = margin + width - card_padding - code_column + quiet;
        double at = y + card_padding + std::max(0.0, (inner - code_height) / 2);
        // White under the code, so that nothing printed below disturbs it.
        page.fill({x, at, code_column, code_column}, colours::white);
        page.modules(*code, x + quiet, at + quiet, code_size);
        at += code_column + 1;
        for (const auto& line : document.qr_caption)
            at += page.text(x, at, code_column, line, sizes.small(), Align::centre);
    }
    return y + height + 5;
}

double footer_height(const Page& page, const ReceiptDocument& document, const Sizes& sizes,
                     double width) {
    double height = 2;
    for (const auto& line : document.footer) height += page.height_of(line, sizes.small(), width);
    return height;
}

struct Drawn {
    base::Result<Pdf> pdf;
    bool fits = false;
};

Drawn draw(const ReceiptDocument& document, const std::optional<QrModules>& code, Sizes sizes) {
    Page page(a5, document.title, document.locale);
    mark_training(page, document.training, document.locale);
    const double width = page.paper().width_mm - 2 * margin;
    double y = draw_header(page, document, sizes, width);
    y = draw_state(page, document, sizes, y, width);
    y = draw_card(page, document, sizes, code, y, width);
    double footer = page.paper().height_mm - margin - footer_height(page, document, sizes, width);
    const bool fits = y <= footer;
    page.rule(margin, footer, margin + width, footer, colours::rule);
    footer += 2;
    for (const auto& line : document.footer)
        footer += page.text(margin, footer, width, line, sizes.small(), Align::centre);
    return {page.finish(), fits};
}

}  // namespace

base::Result<Pdf> render_receipt(const ReceiptDocument& document) {
    std::optional<QrModules> code;
    if (!document.qr_text.empty()) code = TRY(qr_modules(document.qr_text));
    constexpr double smallest = 0.6;
    for (double scale = 1;; scale -= 0.08) {
        Drawn drawn = draw(document, code, Sizes{scale});
        if (drawn.fits || !drawn.pdf || scale - 0.08 < smallest) return std::move(drawn.pdf);
    }
}

}  // namespace documents
