// The commitment letter: A4, as many pages as it takes, each with its number. What has to stay
// together (a heading and its first line, the signature and its line) does.
#include "base/messages.hpp"
#include "documents/page.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace documents {

namespace {

constexpr double margin = 22;
constexpr double top = 20;
constexpr double bottom = 24;  // keeps room for the foot of the page

constexpr TextStyle organisation_style{10.5, Weight::regular, colours::secondary, 1.4, 0};
constexpr TextStyle title_style{24, Weight::bold, colours::ink, 1.4, 0.12};
constexpr TextStyle item_style{14, Weight::bold, colours::action, 1.5, 0};
constexpr TextStyle small_style{9, Weight::regular, colours::secondary, 1.5, 0};
constexpr TextStyle heading_style{13, Weight::bold, colours::ink, 1.4, 0};
constexpr TextStyle body_style{11, Weight::regular, colours::ink, 1.65, 0};
constexpr TextStyle label_style{10.5, Weight::regular, colours::secondary, 1.6, 0};
constexpr TextStyle value_style{11, Weight::regular, colours::ink, 1.55, 0};
constexpr TextStyle strong_style{11, Weight::bold, colours::ink, 1.55, 0};

class Letter {
  public:
    // `pages` is known from a first drawing; 0 in that one.
    Letter(const LetterDocument& document, int pages, double px_per_mm = 0)
        : document_(document),
          pages_(pages),
          page_(a4, document.title, document.locale, px_per_mm) {
        width_ = page_.paper().width_mm - 2 * margin;
        begin_page();
    }

    Page& draw() {
        head();
        numbered_part(document_.conditions_heading, document_.conditions);
        numbered_part(document_.consequences_heading, document_.consequences);
        application();
        clauses();
        signature();
        witness();
        foot();
        return page_;
    }

  private:
    double lowest() const { return page_.paper().height_mm - bottom; }

    void begin_page() {
        mark_training(page_, document_.training, document_.locale);
        y_ = top;
    }
    void foot() {
        const double at = page_.paper().height_mm - bottom + 5;
        page_.rule(margin, at, margin + width_, at, colours::rule);
        page_.line_of_text(margin, at + 2, width_, document_.reference, small_style);
        if (pages_ > 0)
            page_.line_of_text(margin, at + 2, width_,
                               base::text(base::MessageId::paper_page_of, document_.locale,
                                          {{"page", std::to_string(page_.number())},
                                           {"pages", std::to_string(pages_)}}),
                               small_style, Align::right);
    }
    void need(double height) {
        if (y_ + height <= lowest()) return;
        foot();
        page_.next();
        begin_page();
    }
    // Line by line, so that a text of any length breaks over pages.
    void flow(double x, double width, const std::string& text, const TextStyle& style) {
        for (const auto& line : page_.lines_of(text, style, width)) {
            need(Page::line_height(style));
            page_.line_of_text(x, y_, width, line, style);
            y_ += Page::line_height(style);
        }
    }
    void heading(const std::string& text, double room_for_what_follows) {
        y_ += 5;
        need(Page::line_height(heading_style) + room_for_what_follows);
        page_.fill({margin, y_ + 0.9, 1.2, Page::line_height(heading_style) - 1.8},
                   colours::action);
        flow(margin + 3.5, width_ - 3.5, text, heading_style);
        y_ += 1.5;
    }

    void head() {
        page_.line_of_text(margin, y_, width_, document_.organisation, organisation_style);
        y_ += Page::line_height(organisation_style) + 1.5;
        page_.rule(margin, y_, margin + width_, y_, colours::action, 0.6);
        y_ += 8;
        for (const auto& line : page_.lines_of(document_.title, title_style, width_)) {
            page_.line_of_text(margin, y_, width_, line, title_style, Align::centre);
            y_ += Page::line_height(title_style);
        }
        y_ += 1;
        y_ += page_.text(margin, y_, width_, document_.item_name, item_style, Align::centre) + 0.5;
        y_ += page_.text(margin, y_, width_, document_.basis, small_style, Align::centre) + 2;
    }

    void numbered_part(const std::string& title, const std::vector<std::string>& lines) {
        heading(title, 2 * Page::line_height(body_style));
        constexpr double indent = 8;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            need(Page::line_height(body_style));
            page_.line_of_text(margin, y_, indent - 2, fmt::format("{}.", i + 1), body_style,
                               Align::right);
            flow(margin + indent, width_ - indent, lines[i], body_style);
        }
    }

    void application() {
        heading(document_.application_heading, 3 * Page::line_height(value_style));
        constexpr double label_width = 42, padding = 2.2, gap = 1.1;
        const double value_width = width_ - label_width - 2 * padding;
        page_.rule(margin, y_, margin + width_, y_, colours::rule);
        for (const auto& row : document_.application) {
            const auto labels = page_.lines_of(row.label, label_style, label_width - 3);
            const TextStyle& style = row.strong ? strong_style : value_style;
            const double height = Page::line_height(value_style);
            const auto values = page_.lines_of(row.value, style, value_width);
            const std::size_t count = std::max(labels.size(), values.size());
            need(2 * gap + static_cast<double>(std::min<std::size_t>(count, 4)) * height);
            y_ += gap;
            for (std::size_t i = 0; i < count; ++i) {
                need(height);
                if (i < labels.size())
                    page_.line_of_text(margin + padding, y_, label_width, labels[i], label_style);
                if (i < values.size())
                    page_.line_of_text(margin + padding + label_width, y_, value_width, values[i],
                                       style);
                y_ += height;
            }
            y_ += gap;
            page_.rule(margin, y_, margin + width_, y_, colours::rule);
        }
    }

    // What is promised stands on one page with the signature below it, where it fits on one.
    double promise_height(double indent) {
        double height = 3 + Page::line_height(strong_style) + 4 + signature_height;
        for (const auto& clause : document_.clauses)
            height += page_.height_of(clause.text, body_style, width_ - indent) + 0.6;
        return height;
    }

    void clauses() {
        constexpr double indent = 9, box = 3.8;
        heading(document_.clauses_heading, promise_height(indent));
        for (const auto& clause : document_.clauses) {
            const double height = Page::line_height(body_style);
            need(height);
            const double x = margin + 2, y = y_ + (height - box) / 2;
            page_.frame({x, y, box, box}, colours::ink, 0.35, 0.5);
            if (clause.ticked)
                page_.pen({{x + 0.8, y + 2.0}, {x + 1.6, y + 2.9}, {x + 3.1, y + 0.9}},
                          colours::action, 0.6);
            flow(margin + indent, width_ - indent, clause.text, body_style);
            y_ += 0.6;
        }
        if (document_.choice.empty()) return;
        y_ += 3;
        const double line = Page::line_height(strong_style);
        need(line + 4);
        page_.fill({margin, y_, width_, line + 4}, colours::action_tint, 1.5);
        const double cx = margin + 5.5, cy = y_ + line / 2 + 2;
        page_.circle(cx, cy, 1.7, colours::action, 0.45);
        page_.circle(cx, cy, 0.5, colours::action, 1.0);
        page_.line_of_text(margin + 10, y_ + 2, width_ - 12, document_.choice, strong_style);
        y_ += line + 4;
    }

    void signature() {
        constexpr double pad_height = 30, label_width = 24, pad_right = 4;
        need(signature_height);
        y_ += 7;
        const double widest = width_ * 0.62;
        const double aspect =
            document_.signature ? std::clamp(document_.signature->aspect, 0.5, 6.0) : 3;
        const double pad_width = std::min(widest, pad_height * aspect);
        const double x = margin + width_ - pad_width - pad_right;
        page_.line_of_text(x - label_width - 3, y_ + pad_height - 7, label_width,
                           document_.signature_label, strong_style, Align::right);
        if (document_.signature) strokes(*document_.signature, {x, y_, pad_width, pad_height});
        if (document_.thumb_print) {
            const auto& print = *document_.thumb_print;
            const double width = pad_height * print.width / print.height;
            page_.picture(print, {x + (pad_width - width) / 2, y_, width, pad_height});
        }
        if (!document_.confirmed_text.empty()) {
            double line = y_ + 4;
            for (const auto& words :
                 page_.lines_of(document_.confirmed_text, body_style, pad_width)) {
                page_.line_of_text(x, line, pad_width, words, body_style);
                line += Page::line_height(body_style);
            }
        }
        y_ += pad_height + 1;
        page_.rule(x, y_, x + pad_width, y_, colours::secondary, 0.3);
        y_ += 2;
        page_.line_of_text(x, y_, pad_width, document_.date_text, value_style, Align::right);
        y_ += Page::line_height(value_style);
    }

    // The pad's proportions are kept: a name is never squeezed. It stands on the area's lower edge.
    void strokes(const domain::Strokes& drawn, const Area& area) {
        const double height =
            std::min(area.height, area.width / std::clamp(drawn.aspect, 0.5, 6.0));
        for (const auto& stroke : drawn.lines) {
            std::vector<std::pair<double, double>> points;
            for (const auto& point : stroke)
                points.emplace_back(
                    area.x + static_cast<double>(point.x) * area.width,
                    area.y + (area.height - height) + static_cast<double>(point.y) * height);
            page_.smooth_pen(points, colours::ink, 0.7);
        }
    }

    void witness() {
        if (document_.witness_text.empty()) return;
        constexpr double pad_height = 18, gap = 4;
        const double pad_width = pad_height * 3, words = width_ - pad_width - 10;
        const double text = page_.height_of(document_.witness_text, body_style, words);
        y_ += gap;
        need(std::max(pad_height, text) + 2 + Page::line_height(strong_style));
        page_.line_of_text(margin, y_, width_, document_.witness_label, strong_style);
        y_ += Page::line_height(strong_style) + 1;
        page_.text(margin, y_, words, document_.witness_text, body_style);
        const double x = margin + width_ - pad_width - 4;
        if (document_.witness_signature)
            strokes(*document_.witness_signature, {x, y_, pad_width, pad_height});
        y_ += std::max(pad_height, text) + 1;
        page_.rule(x, y_, x + pad_width, y_, colours::secondary, 0.3);
        y_ += 2;
    }

    static constexpr double signature_height = 7 + 30 + 12;

    const LetterDocument& document_;
    int pages_;
    Page page_;
    double width_ = 0;
    double y_ = 0;
};

}  // namespace

base::Result<Pdf> render_letter(const LetterDocument& document) {
    Letter counting(document, 0);
    const int pages = TRY(counting.draw().finish()).pages;
    Letter letter(document, pages);
    return letter.draw().finish();
}

base::Result<Pictures> picture_letter(const LetterDocument& document, int width_px) {
    Letter counting(document, 0);
    const int pages = TRY(counting.draw().finish()).pages;
    Letter letter(document, pages, width_px / a4.width_mm);
    return letter.draw().finish_pictures();
}

}  // namespace documents
