// What the camera sees, mirrored, with an oval to stand in, one sentence of guidance and four
// checks. The lamp with words says that the camera runs (UX-093).
#include "domain/thumb_print.hpp"
#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui::widgets {

using screens::CameraPreview;

namespace {

constexpr Colour night_top = theme::rgb(0x222D41);
constexpr Colour white = theme::rgb(0xFFFFFF);

// In one row, or where the words are too wide for that, in two.
struct Checks {
    std::size_t across = 0;
    float row = 0, gap = 0, total = 0;
};

Checks checks_of(const Context& c, const CameraPreview& preview, float width) {
    Checks checks;
    const std::size_t count = preview.check_names.size();
    if (count == 0) return checks;
    checks.gap = c.theme.low ? c.theme.size.gap_min : c.theme.size.target_gap;
    const auto cells = static_cast<float>(count);
    bool fits = true;
    for (const std::string& name : preview.check_names)
        fits &= text_width(c, name, c.theme.type.row) + c.theme.px(76) <=
                (width - checks.gap * (cells - 1)) / cells;
    checks.across = fits ? count : (count + 1) / 2;
    const auto rows = static_cast<float>((count + checks.across - 1) / checks.across);
    checks.row = c.theme.px(c.theme.low ? 72 : c.theme.large_type ? 104 : 88);
    checks.total = rows * checks.row + (rows - 1) * checks.gap;
    return checks;
}

void draw_checks(Context& c, const CameraPreview& preview, const Checks& checks, Rect area) {
    const auto& p = c.theme.colour;
    const std::array good = {preview.measures.light_good, preview.measures.distance_good,
                             preview.measures.one_person, preview.measures.facing};
    const auto count = std::min(good.size(), preview.check_names.size());
    const auto across = static_cast<float>(checks.across);
    const float w = std::floor((area.w - checks.gap * (across - 1)) / across);
    for (std::size_t i = 0; i < count; ++i) {
        const auto column = static_cast<float>(i % checks.across);
        const auto row = static_cast<float>(i / checks.across);
        const Rect rect{area.x + column * (w + checks.gap),
                        area.y + row * (checks.row + checks.gap), w, checks.row};
        c.canvas.box(rect, p.surface, p.border_quiet,
                     c.theme.large_type ? c.theme.size.border : c.theme.px(1),
                     c.theme.size.radius_button);
        const auto node = thing(c, Role::status, rect);
        c.tree[node].selected = good.at(i);
        const Type& type = c.theme.type.row;
        const float words =
            std::min(text_width(c, preview.check_names[i], type), w - c.theme.px(72));
        const float mark = c.theme.px(36), space = c.theme.px(16);
        const float x = std::round(rect.centre_x() - (mark + space + words) / 2);
        icon(c, good.at(i) ? "circle-check" : "circle", {x + mark / 2, rect.centre_y()}, mark,
             good.at(i) ? p.success : p.border);
        write_in(c, node, {preview.check_names[i], type, good.at(i) ? p.text : p.secondary},
                 {x + mark + space, rect.y, words + 1, rect.h});
    }
}

// In use: a green lamp and words in the corner of the picture.
void draw_lamp(Context& c, const CameraPreview& preview, Rect picture) {
    if (preview.lamp_text.empty()) return;
    const Type& type = c.theme.type.small;
    const float w = text_width(c, preview.lamp_text, type) + c.theme.px(68);
    const Rect rect{picture.x + c.theme.px(24), picture.y + c.theme.px(24), w, c.theme.px(56)};
    c.canvas.fill(rect, theme::rgb(0x101826), rect.h / 2);
    c.canvas.disc({rect.x + c.theme.px(28), rect.centre_y()}, c.theme.px(8),
                  c.theme.colour.success_fill);
    const auto node = thing(c, Role::status, rect);
    write_in(c, node, {preview.lamp_text, type, white},
             {rect.x + c.theme.px(48), rect.y, w - c.theme.px(60), rect.h});
}

// The corners of the square that a code is held into.
void draw_corners(Context& c, Rect frame) {
    const float length = std::round(frame.w / 5), width = c.theme.px(10);
    for (const float x : {frame.x, frame.right() - length})
        for (const float y : {frame.y, frame.bottom() - width})
            c.canvas.fill({x, y, length, width}, white, width / 2);
    for (const float x : {frame.x, frame.right() - width})
        for (const float y : {frame.y, frame.bottom() - length})
            c.canvas.fill({x, y, width, length}, white, width / 2);
}

void draw_oval(Context& c, const CameraPreview& preview, Rect room) {
    const bool good = preview.measures.guidance == domain::FaceGuidance::good ||
                      preview.measures.guidance == domain::FaceGuidance::hold_still;
    const float tall = (room.h - c.theme.px(64)) / 2;
    const float wide = std::min(tall * 0.78F, room.w * 0.42F);
    c.canvas.ring({room.centre_x(), room.y + c.theme.px(40) + tall}, {wide, tall},
                  good ? c.theme.colour.success_fill : white, c.theme.px(10));
}

// The part of the picture that is cut out and kept, whatever of it the widget shows.
void draw_paper_frame(Context& c, Rect picture) {
    const float aspect = c.camera.id != 0 ? c.camera.aspect : 4.0F / 3;
    const float shown_h = std::max(picture.h, picture.w / aspect);
    const float h = shown_h * static_cast<float>(domain::print_frame_height);
    const float w = h * static_cast<float>(domain::print_aspect);
    const Rect frame{std::round(picture.centre_x() - w / 2), std::round(picture.centre_y() - h / 2),
                     std::round(w), std::round(h)};
    const Point corners[] = {{frame.x, frame.y},
                             {frame.right(), frame.y},
                             {frame.right(), frame.bottom()},
                             {frame.x, frame.bottom()},
                             {frame.x, frame.y}};
    c.canvas.stroke(corners, theme::rgb(0x101826), c.theme.px(14));
    c.canvas.stroke(corners, white, c.theme.px(8));
}

}  // namespace

Heights measure(const Context& c, const CameraPreview& preview, float width) {
    float checks = checks_of(c, preview, width).total;
    if (checks > 0) checks += c.theme.size.gap;
    const bool code = preview.frame == screens::PreviewFrame::code;
    return {c.theme.px(code ? 270 : c.theme.low ? 320 : 380) + checks,
            std::min(c.theme.px(860), width * 1.1F) + checks};
}

void draw(Context& c, const CameraPreview& preview, Rect area) {
    const bool code = preview.frame == screens::PreviewFrame::code;
    const Checks checks = checks_of(c, preview, area.w);
    const float h = area.h - (checks.total > 0 ? checks.total + c.theme.size.gap : 0);
    // A code needs less height than a face, and its sentence all the width.
    const float shape = code ? 2.0F : 1.25F;
    const float w = std::min({area.w, c.theme.px(800), std::round(h * shape)});
    const Rect picture{std::round(area.centre_x() - w / 2), area.y, w, h};
    const float radius = c.theme.px(28);
    const float words_w = w - c.theme.px(48);
    // On a low panel the picture needs the room that large words would take.
    const Type& type = c.theme.low ? c.theme.type.row_bold : c.theme.type.heading;
    const float band =
        std::max(c.theme.px((c.theme.large_type ? 152.F : 128.F) - (code ? 32.F : 0.F)),
                 text_height(c, preview.guidance, type, words_w) + c.theme.px(20));
    if (c.camera.id != 0) {
        c.canvas.picture(c.camera.id, c.camera.aspect, picture, radius, c.theme.colour.page);
        c.canvas.fill({picture.x, picture.bottom() - band, w, band - radius}, theme::rgb(0x151C2B));
        c.canvas.fill({picture.x, picture.bottom() - 2 * radius, w, 2 * radius},
                      theme::rgb(0x151C2B), radius);
    } else {
        c.canvas.fill(picture, night_top, radius);
    }
    if (code) {
        // Below the lamp where there is room, above the words.
        const float top = c.theme.px(h > c.theme.px(480) ? 96 : 24);
        const float room = h - band - top - c.theme.px(24);
        const float side = std::round(std::min(room, w * 0.6F));
        draw_corners(c, {std::round(picture.centre_x() - side / 2),
                         std::round(picture.y + top + (room - side) / 2), side, side});
    } else if (preview.frame == screens::PreviewFrame::paper) {
        draw_paper_frame(c, picture);
    } else {
        draw_oval(c, preview, {picture.x, picture.y, w, h - band});
    }
    draw_lamp(c, preview, picture);

    const Rect words{picture.x + c.theme.px(24), picture.bottom() - band, words_w, band};
    const auto node = thing(c, Role::status, words, "guidance");
    write_in(c, node, {preview.guidance, type, white, Align::centre}, words);
    if (checks.total > 0)
        draw_checks(c, preview, checks,
                    {area.x, area.bottom() - checks.total, area.w, checks.total});
    c.animating = true;
}

}  // namespace ui::widgets
