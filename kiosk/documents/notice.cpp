// What is needed, told once on paper: A4, the code beside the title, then one table after the
// other. A receipt printer gets the same words on a strip.
#include "base/messages.hpp"
#include "documents/page.hpp"

#include <algorithm>
#include <optional>

namespace documents {

namespace {

constexpr double margin = 20, top = 18, bottom = 26;
constexpr double code_size = 30, quiet_modules = 4;
constexpr double label_width = 46, padding = 2.2, row_gap = 1.1;

constexpr TextStyle organisation_style{10.5, Weight::regular, colours::secondary, 1.4, 0};
constexpr TextStyle title_style{21, Weight::bold, colours::ink, 1.4, 0.06};
constexpr TextStyle item_style{14, Weight::bold, colours::action, 1.5, 0};
constexpr TextStyle small_style{9, Weight::regular, colours::secondary, 1.5, 0};
constexpr TextStyle statement_style{13, Weight::bold, colours::ink, 1.45, 0};
constexpr TextStyle heading_style{12.5, Weight::bold, colours::ink, 1.4, 0};
constexpr TextStyle body_style{11, Weight::regular, colours::ink, 1.55, 0};
constexpr TextStyle strong_style{11, Weight::bold, colours::ink, 1.55, 0};

class Notice {
  public:
    // `pages` is known from a first drawing; 0 in that one.
    Notice(const NoticeDocument& document, const std::optional<QrModules>& code, int pages)
        : document_(document),
          code_(code),
          pages_(pages),
          page_(a4, document.title, document.locale) {
        width_ = page_.paper().width_mm - 2 * margin;
        begin_page();
    }

    Page& draw() {
        head();
        for (const auto& section : document_.sections)
            if (!section.rows.empty()) draw(section);
        foot();
        return page_;
    }

  private:
    double foot_height() const {
        return static_cast<double>(document_.footer.size()) * Page::line_height(small_style);
    }
    double lowest() const { return page_.paper().height_mm - bottom - foot_height(); }

    void begin_page() {
        mark_training(page_, document_.training, document_.locale);
        y_ = top;
    }
    void foot() {
        double at = lowest() + 5;
        page_.rule(margin, at, margin + width_, at, colours::rule);
        at += 2;
        if (pages_ > 0)
            page_.line_of_text(margin, at, width_,
                               base::text(base::MessageId::paper_page_of, document_.locale,
                                          {{"page", std::to_string(page_.number())},
                                           {"pages", std::to_string(pages_)}}),
                               small_style, Align::right);
        for (const auto& line : document_.footer) {
            page_.line_of_text(margin, at, width_, line, small_style);
            at += Page::line_height(small_style);
        }
    }
    void need(double height) {
        if (y_ + height <= lowest()) return;
        foot();
        page_.next();
        begin_page();
    }

    void head() {
        page_.line_of_text(margin, y_, width_, document_.organisation, organisation_style);
        y_ += Page::line_height(organisation_style) + 1.5;
        page_.rule(margin, y_, margin + width_, y_, colours::action, 0.6);
        y_ += 6;
        const double above = y_;
        double words = width_, below = y_;
        if (code_) {
            const double quiet = quiet_modules * code_size / code_->size;
            const double column = code_size + 2 * quiet, x = margin + width_ - column;
            words -= column + 4;
            page_.fill({x, above, column, column}, colours::white);
            page_.modules(*code_, x + quiet, above + quiet, code_size);
            below = above + column;
            for (const auto& line : document_.qr_caption)
                below += page_.text(x, below, column, line, small_style, Align::centre);
        }
        y_ += page_.text(margin, y_, words, document_.title, title_style) + 1;
        y_ += page_.text(margin, y_, words, document_.item_name, item_style) + 0.5;
        y_ += page_.text(margin, y_, words, document_.version, small_style) + 3;
        if (!document_.statement.empty())
            y_ += page_.text(margin, y_, words, document_.statement, statement_style) + 1;
        y_ = std::max(y_, below) + 2;
        for (const auto& line : document_.explanation)
            y_ += page_.text(margin, y_, width_, line, body_style);
    }

    void draw(const NoticeSection& section) {
        y_ += 3;
        need(Page::line_height(heading_style) + 3 * Page::line_height(body_style));
        page_.fill({margin, y_ + 0.9, 1.2, Page::line_height(heading_style) - 1.8},
                   colours::action);
        y_ += page_.text(margin + 3.5, y_, width_ - 3.5, section.heading, heading_style) + 1.5;
        page_.rule(margin, y_, margin + width_, y_, colours::rule);
        for (const auto& row : section.rows) draw(row);
    }
    // Line by line, so that a row of any length breaks over pages.
    void draw(const LabelledText& row) {
        const double value_width = width_ - label_width - 2 * padding;
        const auto labels = page_.lines_of(row.label, strong_style, label_width - 3);
        const TextStyle& style = row.strong ? strong_style : body_style;
        const auto values = page_.lines_of(row.value, style, value_width);
        const double height = Page::line_height(body_style);
        const std::size_t count = std::max(labels.size(), values.size());
        need(2 * row_gap + static_cast<double>(std::min<std::size_t>(count, 4)) * height);
        y_ += row_gap;
        for (std::size_t i = 0; i < count; ++i) {
            need(height);
            if (i < labels.size())
                page_.line_of_text(margin + padding, y_, label_width, labels[i], strong_style);
            if (i < values.size())
                page_.line_of_text(margin + padding + label_width, y_, value_width, values[i],
                                   style);
            y_ += height;
        }
        y_ += row_gap;
        page_.rule(margin, y_, margin + width_, y_, colours::rule);
    }

    const NoticeDocument& document_;
    const std::optional<QrModules>& code_;
    int pages_;
    Page page_;
    double width_ = 0;
    double y_ = 0;
};

}  // namespace

base::Result<Pdf> render_notice(const NoticeDocument& document) {
    std::optional<QrModules> code;
    if (!document.qr_text.empty()) code = TRY(qr_modules(document.qr_text));
    Notice counting(document, code, 0);
    const int pages = TRY(counting.draw().finish()).pages;
    Notice notice(document, code, pages);
    return notice.draw().finish();
}

base::Result<base::Secret<domain::BitPicture>> render_notice_slip(const NoticeDocument& document,
                                                                  int dots) {
    ReceiptDocument strip;
    strip.locale = document.locale;
    strip.training = document.training;
    strip.organisation = document.organisation;
    strip.title = document.title;
    strip.state_sentence = document.item_name;
    strip.explanation = {document.statement};
    strip.explanation.insert(strip.explanation.end(), document.explanation.begin(),
                             document.explanation.end());
    std::erase(strip.explanation, std::string{});
    for (const auto& section : document.sections)
        if (section.on_strips)
            strip.rows.insert(strip.rows.end(), section.rows.begin(), section.rows.end());
    strip.qr_text = document.qr_text;
    strip.qr_caption = document.qr_caption;
    strip.footer = document.footer;
    strip.footer.insert(strip.footer.begin(), document.version);
    return render_slip(strip, dots);
}

}  // namespace documents
