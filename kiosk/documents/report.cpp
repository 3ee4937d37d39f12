// The report of a terminal: A4, the conclusion in one glance, then a line for everything that was
// looked at, its mark in a column of its own.
#include "documents/page.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace documents {

namespace {

constexpr double margin = 20, top = 18, bottom = 22;
constexpr double mark_width = 22, title_width = 34, gap = 3;

constexpr Colour amber{0.55, 0.33, 0.02}, amber_tint{1.0, 0.953, 0.867};
constexpr Colour red{0.612, 0.102, 0.110}, red_tint{0.992, 0.914, 0.914};

constexpr TextStyle organisation_style{10.5, Weight::regular, colours::secondary, 1.4, 0};
constexpr TextStyle title_style{20, Weight::bold, colours::ink, 1.4, 0.04};
constexpr TextStyle label_style{9.5, Weight::regular, colours::secondary, 1.5, 0};
constexpr TextStyle value_style{10.5, Weight::regular, colours::ink, 1.45, 0};
constexpr TextStyle heading_style{12.5, Weight::bold, colours::ink, 1.4, 0};
constexpr TextStyle line_style{10.5, Weight::regular, colours::ink, 1.5, 0};
constexpr TextStyle note_style{9, Weight::regular, colours::secondary, 1.5, 0};
constexpr TextStyle small_style{8.5, Weight::regular, colours::secondary, 1.4, 0};

Colour ink_of(Tone tone) {
    return tone == Tone::good        ? colours::success
           : tone == Tone::attention ? amber
           : tone == Tone::bad       ? red
                                     : colours::secondary;
}
Colour tint_of(Tone tone) {
    return tone == Tone::good        ? colours::success_tint
           : tone == Tone::attention ? amber_tint
           : tone == Tone::bad       ? red_tint
                                     : colours::mark;
}

class Report {
  public:
    // `pages` is known from a first drawing; 0 in that one.
    Report(const ReportDocument& document, int pages)
        : document_(document), pages_(pages), page_(a4, document.title, base::Locale::zh) {
        width_ = page_.paper().width_mm - 2 * margin;
        begin_page();
    }

    Page& draw() {
        head();
        facts();
        for (const auto& section : document_.sections) draw(section);
        foot();
        return page_;
    }

  private:
    void begin_page() {
        mark_training(page_, document_.training, base::Locale::zh);
        y_ = top;
    }
    void foot() {
        const double at = page_.paper().height_mm - bottom + 5;
        page_.rule(margin, at, margin + width_, at, colours::rule);
        page_.line_of_text(margin, at + 2, width_, document_.footer, small_style);
        if (pages_ > 0)
            page_.line_of_text(margin, at + 2, width_,
                               fmt::format("第 {} 页，共 {} 页", page_.number(), pages_),
                               small_style, Align::right);
    }
    void need(double height) {
        if (y_ + height <= page_.paper().height_mm - bottom) return;
        foot();
        page_.next();
        begin_page();
    }

    void head() {
        y_ += page_.text(margin, y_, width_, document_.organisation, organisation_style) + 1;
        y_ += page_.text(margin, y_, width_, document_.title, title_style) + 3;
        TextStyle style{15, Weight::bold, ink_of(document_.tone), 1.4, 0};
        constexpr double padding = 5;
        const double height =
            page_.height_of(document_.conclusion, style, width_ - 2 * padding) + 2 * padding;
        page_.fill({margin, y_, width_, height}, tint_of(document_.tone), 2.5);
        page_.text(margin + padding, y_ + padding, width_ - 2 * padding, document_.conclusion,
                   style);
        y_ += height + 6;
    }

    // Two columns of label over value.
    void facts() {
        const double column = (width_ - 6) / 2;
        for (std::size_t i = 0; i < document_.facts.size(); i += 2) {
            double taken = 0;
            for (std::size_t j = i; j < std::min(i + 2, document_.facts.size()); ++j) {
                const auto& fact = document_.facts[j];
                const double x = margin + static_cast<double>(j - i) * (column + 6);
                double height = page_.text(x, y_, column, fact.label, label_style);
                height += page_.text(x, y_ + height, column, fact.value, value_style);
                taken = std::max(taken, height);
            }
            y_ += taken + 2.5;
        }
        y_ += 3;
    }

    double height_of(const ReportLine& line) const {
        double height = std::max(page_.height_of(line.title, line_style, title_width),
                                 page_.height_of(line.text, line_style, text_width()));
        if (!line.note.empty()) height += page_.height_of(line.note, note_style, text_width());
        return height + 4;
    }
    double text_width() const { return width_ - mark_width - title_width - 2 * gap; }

    void draw(const ReportSection& section) {
        if (section.lines.empty()) return;
        const double heading = Page::line_height(heading_style) + 2;
        need(heading + height_of(section.lines.front()));
        page_.line_of_text(margin, y_, width_, section.heading, heading_style);
        y_ += heading;
        page_.rule(margin, y_, margin + width_, y_, colours::rule);
        for (const auto& line : section.lines) {
            need(height_of(line));
            draw(line);
        }
        y_ += 5;
    }

    void draw(const ReportLine& line) {
        const double height = height_of(line);
        if (!line.mark.empty()) {
            const TextStyle style{9.5, Weight::bold, ink_of(line.tone), 1.4, 0};
            const double tall = Page::line_height(style) + 1.4;
            page_.fill({margin, y_ + 2, mark_width - 2, tall}, tint_of(line.tone), 1.5);
            page_.line_of_text(margin, y_ + 2.7, mark_width - 2, line.mark, style, Align::centre);
        }
        const double title_x = margin + mark_width + gap;
        page_.text(title_x, y_ + 2, title_width, line.title, line_style);
        const double x = title_x + title_width + gap;
        const double text = page_.text(x, y_ + 2, text_width(), line.text, line_style);
        if (!line.note.empty()) page_.text(x, y_ + 2 + text, text_width(), line.note, note_style);
        y_ += height;
        page_.rule(margin, y_, margin + width_, y_, colours::rule);
    }

    const ReportDocument& document_;
    const int pages_;
    Page page_;
    double width_ = 0, y_ = 0;
};

}  // namespace

base::Result<Pdf> render_report(const ReportDocument& document) {
    Report counted(document, 0);
    const int pages = counted.draw().number();
    return Report(document, pages).draw().finish();
}

}  // namespace documents
