// The receipt for a receipt printer: one narrow strip of black dots, as long as it needs to be,
// with the same words as the page. The code stands on the printer's own dots, so that it stays
// sharp.
#include "documents/page.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace documents {

namespace {

constexpr double dots_per_mm = 8;   // 203 dots an inch
constexpr double longest_mm = 600;  // drawn on this, cut behind the last line
constexpr double margin = 1.5;
constexpr double label_column = 18;
constexpr int quiet_modules = 4;
constexpr int code_dots_most = 400;  // with its quiet zone; larger helps no camera
constexpr int code_module_dots_least = 3;
constexpr int black_below = 168;  // of 255: thin strokes of Hanzi stay whole

// Everything is black: a thermal head knows no grey.
TextStyle style(double size_pt, Weight weight = Weight::regular, double leading = 1.4,
                double spacing_em = 0) {
    return {size_pt, weight, Colour{0, 0, 0}, leading, spacing_em};
}
constexpr Colour black{0, 0, 0};

double on_a_dot(double mm) {
    return std::ceil(mm * dots_per_mm) / dots_per_mm;
}

class SlipPen {
  public:
    SlipPen(Page& page, double width) : page_(page), width_(width - 2 * margin) {}

    double y() const { return y_; }
    void gap(double mm) { y_ += mm; }
    void text(const std::string& words, const TextStyle& how, Align align = Align::left) {
        y_ += page_.text(margin, y_, width_, words, how, align);
    }
    // A sentence of two halves too long for one line is parted where it is spoken in parts.
    void sentence(const std::string& words, const TextStyle& how) {
        const std::string pause = "，";
        const auto at = words.find(pause);
        if (at == std::string::npos || page_.width_of(words, how) <= width_)
            return text(words, how);
        text(words.substr(0, at + pause.size()), how);
        text(words.substr(at + pause.size()), how);
    }
    // Beside its label where both fit: paper is saved, and the eye runs down one edge.
    void row(const LabelledText& row) {
        const auto label = style(9);
        const auto value =
            row.strong ? style(17, Weight::bold, 1.3, 0.02) : style(11, Weight::bold);
        const bool beside = !row.strong && page_.width_of(row.label, label) < label_column - 2 &&
                            page_.width_of(row.value, value) < width_ - label_column;
        if (beside) {
            // On one baseline, which lies at 0.77 of a line of this leading.
            const double lower = 0.77 * (Page::line_height(value) - Page::line_height(label));
            page_.line_of_text(margin, y_ + lower, label_column, row.label, label);
            page_.line_of_text(margin + label_column, y_, width_ - label_column, row.value, value);
            y_ += Page::line_height(value);
        } else {
            text(row.label, label);
            text(row.value, value);
        }
        gap(1.2);
    }
    void rule(double thick = 0.25) {
        gap(1.5);
        page_.rule(margin, y_, margin + width_, y_, black, thick);
        gap(2);
    }
    void boxed(const std::string& words) {
        const auto how = style(11, Weight::bold, 1.4, 0.2);
        const double height = page_.height_of(words, how, width_) + 1.5;
        page_.frame({margin, y_, width_, height}, black, 0.4, 1);
        page_.text(margin, y_ + 0.75, width_, words, how, Align::centre);
        y_ += height + 2;
    }
    // False when there is no room for modules that a camera can tell apart.
    bool code(const QrModules& modules) {
        const int across = modules.size + 2 * quiet_modules;
        const int room = static_cast<int>((width_ + 2 * margin) * dots_per_mm);
        const int module = std::min(room, code_dots_most) / across;
        if (module < code_module_dots_least) return false;
        const double size = module * modules.size / dots_per_mm;
        const double quiet = module * quiet_modules / dots_per_mm;
        const int left = (room - module * modules.size) / 2;
        y_ = on_a_dot(y_ + quiet);
        page_.modules(modules, left / dots_per_mm, y_, size);
        y_ += size + quiet;
        return true;
    }

  private:
    Page& page_;
    const double width_;
    double y_ = margin;
};

domain::BitPicture as_dots(const domain::Picture& picture, int height) {
    domain::BitPicture out{picture.width, std::min(height, picture.height), {}};
    out.bits.resize(out.row_bytes() * static_cast<std::size_t>(out.height));
    const auto* rgb = picture.rgb.data();
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x, rgb += 3) {
            const int light = (299 * rgb[0] + 587 * rgb[1] + 114 * rgb[2]) / 1000;
            if (light >= black_below) continue;
            const auto at =
                static_cast<std::size_t>(y) * out.row_bytes() + static_cast<std::size_t>(x) / 8;
            out.bits[at] = static_cast<std::uint8_t>(out.bits[at] | 0x80 >> x % 8);
        }
    return out;
}

}  // namespace

base::Result<base::Secret<domain::BitPicture>> render_slip(const ReceiptDocument& document,
                                                           int dots) {
    std::optional<QrModules> code;
    if (!document.qr_text.empty()) code = TRY(qr_modules(document.qr_text));
    const double width = dots / dots_per_mm;
    Page page({width, longest_mm}, document.title, document.locale, dots_per_mm);
    SlipPen pen(page, width);
    const auto mark = training_mark(document.training, document.locale);
    if (!mark.empty()) pen.boxed(mark);
    pen.text(document.organisation, style(11, Weight::bold), Align::centre);
    pen.text(document.title, style(11), Align::centre);
    pen.rule(0.5);
    pen.sentence(document.state_sentence, style(15, Weight::bold, 1.35));
    pen.gap(1);
    for (const auto& line : document.explanation) pen.text(line, style(9.5));
    pen.rule();
    for (const auto& row : document.rows) pen.row(row);
    pen.rule();
    if (code && !pen.code(*code))
        return base::fail(base::FaultCode::InternalError, "the code is too large for the slip");
    if (code)
        for (const auto& line : document.qr_caption) pen.text(line, style(9.5), Align::centre);
    pen.rule();
    for (const auto& line : document.footer) pen.text(line, style(9.5));
    if (!mark.empty()) {
        pen.gap(2);
        pen.boxed(mark);
    }
    pen.gap(margin);
    if (pen.y() > longest_mm)
        return base::fail(base::FaultCode::InternalError, "the slip is too long");
    const auto pictures = TRY(page.finish_pictures());
    return base::Secret(
        as_dots(*pictures.front(), static_cast<int>(std::ceil(pen.y() * dots_per_mm))));
}

}  // namespace documents
