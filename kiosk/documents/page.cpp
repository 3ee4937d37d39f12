#include "documents/page.hpp"

#include "base/messages.hpp"
#include "documents/outline_text.hpp"

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace documents {

namespace {

constexpr double points_per_mm = 72.0 / 25.4;

// The screen's fonts in the screen's order: rare characters come from the last three.
constexpr const char* families = "Noto Sans CJK SC, HanaMinA, HanaMinB, BabelStone Han";

template <class T>
struct Unref {
    void operator()(T* object) const { g_object_unref(object); }
};
using Layout = std::unique_ptr<PangoLayout, Unref<PangoLayout>>;

cairo_status_t append(void* closure, const unsigned char* data, unsigned int size) {
    auto& bytes = *static_cast<base::Bytes*>(closure);
    try {
        bytes.insert(bytes.end(), data, data + size);
    } catch (const std::bad_alloc&) {
        return CAIRO_STATUS_NO_MEMORY;
    }
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct Page::Pen {
    base::Bytes bytes;
    Pictures pictures;
    double px_per_mm = 0;
    cairo_surface_t* surface = nullptr;
    cairo_t* cairo = nullptr;
    OutlineText outline_text;
    base::Locale locale = base::Locale::zh;

    ~Pen() {
        if (cairo != nullptr) cairo_destroy(cairo);
        if (surface != nullptr) cairo_surface_destroy(surface);
        base::wipe(bytes);
    }

    void colour(const Colour& c) const { cairo_set_source_rgb(cairo, c.red, c.green, c.blue); }

    Layout layout(const std::string& text, const TextStyle& style) const {
        Layout layout(pango_cairo_create_layout(cairo));
        // Exact positions: a page has no pixels to round to.
        PangoContext* context = pango_layout_get_context(layout.get());
        pango_context_set_round_glyph_positions(context, FALSE);
        cairo_font_options_t* exact = cairo_font_options_create();
        cairo_font_options_set_hint_style(exact, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(exact, CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context, exact);
        cairo_font_options_destroy(exact);
        pango_layout_context_changed(layout.get());
        PangoFontDescription* font = pango_font_description_from_string(families);
        pango_font_description_set_absolute_size(font, style.size_pt / points_per_mm * PANGO_SCALE);
        if (style.weight == Weight::bold)
            pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
        pango_layout_set_font_description(layout.get(), font);
        pango_font_description_free(font);
        PangoAttrList* attributes = pango_attr_list_new();
        pango_attr_list_insert(attributes, pango_attr_language_new(pango_language_from_string(
                                               locale == base::Locale::zh ? "zh-cn" : "en")));
        if (style.spacing_em != 0)
            pango_attr_list_insert(
                attributes, pango_attr_letter_spacing_new(static_cast<int>(
                                style.spacing_em * style.size_pt / points_per_mm * PANGO_SCALE)));
        pango_layout_set_attributes(layout.get(), attributes);
        pango_attr_list_unref(attributes);
        pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
        return layout;
    }

    void rounded(const Area& area, double radius) const {
        constexpr double quarter = std::numbers::pi / 2;
        const double r = std::min({radius, area.width / 2, area.height / 2});
        const double right = area.x + area.width, bottom = area.y + area.height;
        cairo_new_sub_path(cairo);
        cairo_arc(cairo, right - r, area.y + r, r, -quarter, 0);
        cairo_arc(cairo, right - r, bottom - r, r, 0, quarter);
        cairo_arc(cairo, area.x + r, bottom - r, r, quarter, 2 * quarter);
        cairo_arc(cairo, area.x + r, area.y + r, r, 2 * quarter, 3 * quarter);
        cairo_close_path(cairo);
    }

    void stroke(const Colour& c, double width_mm) const {
        colour(c);
        cairo_set_line_width(cairo, width_mm);
        cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(cairo);
    }
};

namespace {

// The pixels of one page, and then none of them in the library's hands.
domain::Picture picture_of(cairo_surface_t* surface) {
    cairo_surface_flush(surface);
    domain::Picture out{
        cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), {}};
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    unsigned char* const data = cairo_image_surface_get_data(surface);
    const auto width = static_cast<std::size_t>(out.width);
    const auto height = static_cast<std::size_t>(out.height);
    out.rgb.resize(width * height * 3);
    auto* rgb = out.rgb.data();
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < width; ++x, rgb += 3) {
            std::uint32_t pixel = 0;  // xRGB in the machine's own order
            std::memcpy(&pixel, data + y * stride + x * 4, sizeof pixel);
            rgb[0] = static_cast<std::uint8_t>(pixel >> 16);
            rgb[1] = static_cast<std::uint8_t>(pixel >> 8);
            rgb[2] = static_cast<std::uint8_t>(pixel);
        }
    base::wipe_memory(data, stride * height);
    cairo_surface_mark_dirty(surface);
    return out;
}

void white(cairo_t* cairo) {
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
}

}  // namespace

Page::Page(PaperSize paper, const std::string& title, base::Locale locale, double px_per_mm)
    : paper_(paper), pen_(std::make_unique<Pen>()) {
    pen_->locale = locale;
    pen_->px_per_mm = px_per_mm;
    if (px_per_mm > 0) {
        pen_->surface = cairo_image_surface_create(
            CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(paper.width_mm * px_per_mm)),
            static_cast<int>(std::lround(paper.height_mm * px_per_mm)));
        pen_->cairo = cairo_create(pen_->surface);
        white(pen_->cairo);
        cairo_scale(pen_->cairo, px_per_mm, px_per_mm);
        return;
    }
    pen_->bytes.reserve(256 * 1024);
    pen_->surface = cairo_pdf_surface_create_for_stream(
        append, &pen_->bytes, paper.width_mm * points_per_mm, paper.height_mm * points_per_mm);
    // One kind of file from every cairo: since 1.18 it packs its objects into compressed streams
    // (PDF 1.5), which printers that take PDF 1.4 do not read.
    cairo_pdf_surface_restrict_to_version(pen_->surface, CAIRO_PDF_VERSION_1_4);
    cairo_pdf_surface_set_metadata(pen_->surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_pdf_surface_set_metadata(pen_->surface, CAIRO_PDF_METADATA_CREATOR, "Citizen Window");
    pen_->cairo = cairo_create(pen_->surface);
    cairo_scale(pen_->cairo, points_per_mm, points_per_mm);
}

Page::~Page() = default;

void Page::next() {
    if (pen_->px_per_mm > 0) {
        pen_->pictures.emplace_back(picture_of(pen_->surface));
        white(pen_->cairo);
    } else {
        cairo_show_page(pen_->cairo);
    }
    ++number_;
}

double Page::line_height(const TextStyle& style) {
    return style.size_pt * style.leading / points_per_mm;
}

std::vector<std::string> Page::lines_of(const std::string& text, const TextStyle& style,
                                        double width) const {
    const Layout layout = pen_->layout(text, style);
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    std::vector<std::string> lines;
    for (int i = 0; i < pango_layout_get_line_count(layout.get()); ++i) {
        const PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), i);
        lines.push_back(text.substr(static_cast<std::size_t>(line->start_index),
                                    static_cast<std::size_t>(line->length)));
        while (!lines.back().empty() && lines.back().back() == ' ') lines.back().pop_back();
    }
    return lines;
}

void Page::line_of_text(double x, double y, double width, const std::string& text,
                        const TextStyle& style, Align align) {
    const Layout layout = pen_->layout(text, style);
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    PangoRectangle logical{};
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    const double taken = static_cast<double>(logical.width) / PANGO_SCALE;
    if (align == Align::centre) x += (width - taken) / 2;
    if (align == Align::right) x += width - taken;
    // Every font sits on one baseline, whatever heights the fallback fonts claim.
    const double em = style.size_pt / points_per_mm;
    const double baseline = y + (style.leading - 1.0) * em / 2 + 0.88 * em;
    pen_->colour(style.colour);
    pen_->outline_text.show(pen_->cairo, pango_layout_get_line_readonly(layout.get(), 0),
                            text.c_str(), x, baseline);
}

double Page::text(double x, double y, double width, const std::string& text, const TextStyle& style,
                  Align align) {
    double at = y;
    for (const auto& line : lines_of(text, style, width)) {
        line_of_text(x, at, width, line, style, align);
        at += line_height(style);
    }
    return at - y;
}

double Page::height_of(const std::string& text, const TextStyle& style, double width) const {
    return static_cast<double>(lines_of(text, style, width).size()) * line_height(style);
}

double Page::width_of(const std::string& text, const TextStyle& style) const {
    PangoRectangle logical{};
    pango_layout_get_extents(pen_->layout(text, style).get(), nullptr, &logical);
    return static_cast<double>(logical.width) / PANGO_SCALE;
}

void Page::rule(double x1, double y1, double x2, double y2, Colour colour, double width_mm) {
    pen({{x1, y1}, {x2, y2}}, colour, width_mm);
}

void Page::fill(const Area& area, Colour colour, double radius) {
    pen_->rounded(area, radius);
    pen_->colour(colour);
    cairo_fill(pen_->cairo);
}

void Page::frame(const Area& area, Colour colour, double width_mm, double radius) {
    pen_->rounded(area, radius);
    pen_->stroke(colour, width_mm);
}

void Page::pen(const std::vector<std::pair<double, double>>& points, Colour colour,
               double width_mm) {
    if (points.empty()) return;
    cairo_move_to(pen_->cairo, points[0].first, points[0].second);
    for (const auto& [x, y] : points) cairo_line_to(pen_->cairo, x, y);
    pen_->stroke(colour, width_mm);
}

void Page::smooth_pen(const std::vector<std::pair<double, double>>& points, Colour colour,
                      double width_mm) {
    if (points.size() < 3) return pen(points, colour, width_mm);
    // Catmull-Rom through every point, as cubic curves.
    const auto at = [&](std::size_t i, int step) {
        const auto index = static_cast<std::ptrdiff_t>(i) + step;
        const auto last = static_cast<std::ptrdiff_t>(points.size()) - 1;
        return points[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(index, 0, last))];
    };
    cairo_move_to(pen_->cairo, points[0].first, points[0].second);
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const auto before = at(i, -1), from = points[i], to = points[i + 1], after = at(i, 2);
        cairo_curve_to(pen_->cairo, from.first + (to.first - before.first) / 6,
                       from.second + (to.second - before.second) / 6,
                       to.first - (after.first - from.first) / 6,
                       to.second - (after.second - from.second) / 6, to.first, to.second);
    }
    pen_->stroke(colour, width_mm);
}

void Page::circle(double x, double y, double radius, Colour colour, double width_mm) {
    cairo_new_sub_path(pen_->cairo);
    cairo_arc(pen_->cairo, x, y, radius, 0, 2 * std::numbers::pi);
    pen_->stroke(colour, width_mm);
}

void Page::modules(const QrModules& code, double x, double y, double size) {
    const double module = size / code.size;
    for (int row = 0; row < code.size; ++row)
        for (int column = 0; column < code.size; ++column) {
            // Runs are one rectangle, so no printer draws hairs between modules.
            int end = column;
            while (end < code.size && code.dark[static_cast<std::size_t>(row * code.size + end)])
                ++end;
            if (end == column) continue;
            cairo_rectangle(pen_->cairo, x + column * module, y + row * module,
                            (end - column) * module, module);
            column = end;
        }
    cairo_set_source_rgb(pen_->cairo, 0, 0, 0);
    cairo_fill(pen_->cairo);
}

void Page::watermark(const std::string& text) {
    const double diagonal = std::hypot(paper_.width_mm, paper_.height_mm);
    TextStyle style{100, Weight::bold, colours::mark, 1.0, 0.15};
    style.size_pt = std::min(190.0, style.size_pt * 0.6 * diagonal / width_of(text, style));
    cairo_save(pen_->cairo);
    cairo_translate(pen_->cairo, paper_.width_mm / 2, paper_.height_mm / 2);
    cairo_rotate(pen_->cairo, -std::atan2(paper_.height_mm, paper_.width_mm));
    line_of_text(-diagonal / 2, -line_height(style) / 2, diagonal, text, style, Align::centre);
    cairo_restore(pen_->cairo);
}

void Page::picture(const domain::GreyPicture& picture, const Area& area) {
    const auto width = static_cast<std::size_t>(picture.width);
    const auto height = static_cast<std::size_t>(picture.height);
    cairo_surface_t* image =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.width, picture.height);
    unsigned char* const data = cairo_image_surface_get_data(image);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(image));
    for (std::size_t y = 0; data != nullptr && y < height; ++y)
        for (std::size_t x = 0; x < width; ++x)
            std::memset(data + y * stride + x * 4, picture.grey[y * width + x], 4);
    cairo_surface_mark_dirty(image);
    cairo_save(pen_->cairo);
    cairo_translate(pen_->cairo, area.x, area.y);
    cairo_scale(pen_->cairo, area.width / picture.width, area.height / picture.height);
    cairo_set_source_surface(pen_->cairo, image, 0, 0);
    cairo_paint(pen_->cairo);
    cairo_restore(pen_->cairo);
    cairo_surface_destroy(image);  // the heap overwrites what the paper does not keep
}

base::Result<Pictures> Page::finish_pictures() {
    const auto status = cairo_status(pen_->cairo);
    if (status != CAIRO_STATUS_SUCCESS)
        return base::fail(base::FaultCode::InternalError, cairo_status_to_string(status));
    pen_->pictures.emplace_back(picture_of(pen_->surface));
    return std::move(pen_->pictures);
}

base::Result<Pdf> Page::finish() {
    cairo_show_page(pen_->cairo);
    auto status = cairo_status(pen_->cairo);
    cairo_surface_finish(pen_->surface);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(pen_->surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return base::fail(base::FaultCode::InternalError, cairo_status_to_string(status));
    return Pdf{base::Secret<base::Bytes>(std::move(pen_->bytes)), number_};
}

std::string training_mark(bool training, base::Locale locale) {
    return training ? std::string(base::text(base::MessageId::paper_training_mark, locale)) : "";
}

void mark_training(Page& page, bool training, base::Locale locale) {
    if (const auto mark = training_mark(training, locale); !mark.empty()) page.watermark(mark);
}

}  // namespace documents
