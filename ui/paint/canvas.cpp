#include "ui/paint/canvas.hpp"

#include "ui/paint/mask.hpp"

#include <SDL.h>
#include <backends/imgui_impl_sdlrenderer2.h>
#include <imgui.h>

#include <array>
#include <cmath>
#include <cstring>
#include <numbers>
#include <vector>

namespace ui::paint {

namespace {

ImU32 packed(Colour c) {
    return IM_COL32(c.r, c.g, c.b, c.a);
}
ImDrawList& list() {
    return *ImGui::GetBackgroundDrawList();
}

// A large opaque area: copied by the renderer instead of blended pixel by pixel, which is most of
// what a page costs on a machine without graphics hardware.
struct Flat {
    SDL_FRect rect;
    Colour colour;
};
void draw_flat(const ImDrawList*, const ImDrawCmd* command) {
    const auto* flat = static_cast<const Flat*>(command->UserCallbackData);
    const auto* state = static_cast<ImGui_ImplSDLRenderer2_RenderState*>(
        ImGui::GetPlatformIO().Renderer_RenderState);
    // The backend leaves the clip of whatever was drawn before.
    const ImVec4& to = command->ClipRect;
    const SDL_Rect clip{static_cast<int>(to.x), static_cast<int>(to.y),
                        static_cast<int>(to.z - to.x), static_cast<int>(to.w - to.y)};
    SDL_RenderSetClipRect(state->Renderer, &clip);
    SDL_SetRenderDrawBlendMode(state->Renderer, SDL_BLENDMODE_NONE);
    SDL_SetRenderDrawColor(state->Renderer, flat->colour.r, flat->colour.g, flat->colour.b, 255);
    SDL_RenderFillRectF(state->Renderer, &flat->rect);
}
constexpr float flat_pixels_min = 20'000;

// Two triangles that SDL's software renderer recognises as a rectangle.
void plain(float x, float y, float right, float bottom, Colour colour) {
    if (right <= x || bottom <= y) return;
    ImDrawList& l = list();
    if (colour.a == 255 && (right - x) * (bottom - y) >= flat_pixels_min) {
        Flat flat{{x, y, right - x, bottom - y}, colour};
        return l.AddCallback(draw_flat, &flat, sizeof flat);
    }
    l.PrimReserve(6, 4);
    l.PrimRect({x, y}, {right, bottom}, packed(colour));
}

Rect snapped(Rect r) {
    const float x = std::round(r.x), y = std::round(r.y);
    return {x, y, std::round(r.right()) - x, std::round(r.bottom()) - y};
}

Colour thinned(Colour c, float part) {
    c.a = static_cast<std::uint8_t>(static_cast<float>(c.a) * part + 0.5F);
    return c;
}

void fill_mask(const Mask& mask, Colour colour) {
    mask.runs([colour](float x, float y, float length, float coverage) {
        plain(x, y, x + length, y + 1, thinned(colour, coverage));
    });
}

// The four corners of a rounded rectangle: where the square of each begins and where its middle is.
struct Corner {
    float x, y;
    Point centre;
};
std::array<Corner, 4> corners(const Rect& r, float radius) {
    const float right = r.right() - radius, bottom = r.bottom() - radius;
    return {{{r.x, r.y, {r.x + radius, r.y + radius}},
             {right, r.y, {right, r.y + radius}},
             {r.x, bottom, {r.x + radius, bottom}},
             {right, bottom, {right, bottom}}}};
}

// How far a pixel of a corner square is inside a circle: 0…1 over the width of its edge.
float inside_circle(float px, float py, Point centre, float radius) {
    const float dx = px - centre.x, dy = py - centre.y;
    return std::clamp(radius + 0.5F - std::sqrt(dx * dx + dy * dy), 0.F, 1.F);
}

// Walks a corner square row by row and draws runs of one colour.
template <class ColourAt>
void fill_corner(const Corner& corner, float radius, ColourAt colour_at) {
    const auto side = static_cast<int>(radius);
    for (int row = 0; row < side; ++row) {
        const float y = corner.y + static_cast<float>(row);
        int from = 0;
        Colour now = colour_at(corner.x + 0.5F, y + 0.5F);
        for (int column = 1; column <= side; ++column) {
            const Colour next =
                column < side ? colour_at(corner.x + static_cast<float>(column) + 0.5F, y + 0.5F)
                              : Colour{0, 0, 0, 0};
            if (column < side && next == now) continue;
            if (now.a > 0)
                plain(corner.x + static_cast<float>(from), y, corner.x + static_cast<float>(column),
                      y + 1, now);
            from = column;
            now = next;
        }
    }
}

Rect around(std::span<const Point> points, float margin) {
    Rect r{points[0].x, points[0].y, 0, 0};
    float right = r.x, bottom = r.y;
    for (const Point& p : points) {
        r.x = std::min(r.x, p.x);
        r.y = std::min(r.y, p.y);
        right = std::max(right, p.x);
        bottom = std::max(bottom, p.y);
    }
    return {r.x - margin, r.y - margin, right - r.x + 2 * margin, bottom - r.y + 2 * margin};
}

}  // namespace

// A disc of a whole radius is drawn once, white, into the glyph atlas; a corner is a quarter of it.
void Canvas::quarter_disc(Quarter which, float x, float y, float radius, Colour colour) {
    const int r = static_cast<int>(radius);
    if (r < 1) return;
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    ImFontAtlasRect place;
    const auto [known, fresh] = discs_.try_emplace(r, 0);
    if (fresh || !atlas.GetCustomRect(known->second, &place)) {
        known->second = atlas.AddCustomRect(2 * r, 2 * r, &place);
        const Point centre{radius, radius};
        for (int row = 0; row < 2 * r; ++row) {
            for (int column = 0; column < 2 * r; ++column) {
                const float inside = inside_circle(static_cast<float>(column) + 0.5F,
                                                   static_cast<float>(row) + 0.5F, centre, radius);
                const Colour dot = thinned({255, 255, 255, 255}, inside);
                std::memcpy(atlas.TexData->GetPixelsAt(place.x + column, place.y + row), &dot,
                            sizeof dot);
            }
        }
    }
    const ImVec2 middle{(place.uv0.x + place.uv1.x) / 2, (place.uv0.y + place.uv1.y) / 2};
    const bool right = which == top_right || which == bottom_right;
    const bool bottom = which == bottom_left || which == bottom_right;
    const ImVec2 from{right ? middle.x : place.uv0.x, bottom ? middle.y : place.uv0.y};
    const ImVec2 to{right ? place.uv1.x : middle.x, bottom ? place.uv1.y : middle.y};
    ImDrawList& l = list();
    l.PrimReserve(6, 4);
    l.PrimRectUV({x, y}, {x + radius, y + radius}, from, to, packed(colour));
}

void Canvas::fill(Rect rect, Colour colour, float radius) {
    const Rect r = snapped(rect);
    if (r.w <= 0 || r.h <= 0) return;
    radius = std::round(std::min({radius, r.w / 2, r.h / 2}));
    const Colour c = colour;
    if (radius < 1) return plain(r.x, r.y, r.right(), r.bottom(), c);
    plain(r.x + radius, r.y, r.right() - radius, r.bottom(), c);
    plain(r.x, r.y + radius, r.x + radius, r.bottom() - radius, c);
    plain(r.right() - radius, r.y + radius, r.right(), r.bottom() - radius, c);
    quarter_disc(top_left, r.x, r.y, radius, c);
    quarter_disc(top_right, r.right() - radius, r.y, radius, c);
    quarter_disc(bottom_left, r.x, r.bottom() - radius, radius, c);
    quarter_disc(bottom_right, r.right() - radius, r.bottom() - radius, radius, c);
}

void Canvas::box(Rect rect, Colour ground, Colour border, float width, float radius) {
    const Rect r = snapped(rect);
    if (r.w <= 0 || r.h <= 0) return;
    width = std::round(width);
    radius = std::round(std::max(width, std::min({radius, r.w / 2, r.h / 2})));
    const Colour inner = ground, edge = border;
    const float l = r.x + radius, t = r.y + radius;
    const float right = r.right() - radius, bottom = r.bottom() - radius;
    plain(l, r.y + width, right, r.bottom() - width, inner);
    plain(r.x + width, t, l, bottom, inner);
    plain(right, t, r.right() - width, bottom, inner);
    plain(l, r.y, right, r.y + width, edge);
    plain(l, r.bottom() - width, right, r.bottom(), edge);
    plain(r.x, t, r.x + width, bottom, edge);
    plain(r.right() - width, t, r.right(), bottom, edge);
    // The border's corners, and the ground's smaller ones on them.
    const float small = radius - width;
    quarter_disc(top_left, r.x, r.y, radius, edge);
    quarter_disc(top_left, r.x + width, r.y + width, small, inner);
    quarter_disc(top_right, right, r.y, radius, edge);
    quarter_disc(top_right, right, r.y + width, small, inner);
    quarter_disc(bottom_left, r.x, bottom, radius, edge);
    quarter_disc(bottom_left, r.x + width, bottom, small, inner);
    quarter_disc(bottom_right, right, bottom, radius, edge);
    quarter_disc(bottom_right, right, bottom, small, inner);
}

void Canvas::gradient(Rect rect, Colour from, Colour to, float radius) {
    const Rect r = snapped(rect);
    radius = std::round(radius);
    // One strip per step of the strongest channel: exact in 8 bits, and plain rectangles only.
    const auto distance = [](int a, int b) { return a > b ? a - b : b - a; };
    const int steps =
        std::max({1, distance(from.r, to.r), distance(from.g, to.g), distance(from.b, to.b)});
    for (int i = 0; i < steps; ++i) {
        const auto part = static_cast<float>(i) / static_cast<float>(steps);
        const auto next = static_cast<float>(i + 1) / static_cast<float>(steps);
        const float left = std::round(r.x + r.w * part), right = std::round(r.x + r.w * next);
        const Colour c = theme::mixed(from, to, part);
        const auto inside = [&](float x) {
            return std::clamp(x, r.x + radius, r.right() - radius);
        };
        plain(inside(left), r.y, inside(right), r.bottom(), c);
        plain(left, r.y + radius, std::min(right, r.x + radius), r.bottom() - radius, c);
        plain(std::max(left, r.right() - radius), r.y + radius, right, r.bottom() - radius, c);
    }
    quarter_disc(top_left, r.x, r.y, radius, from);
    quarter_disc(bottom_left, r.x, r.bottom() - radius, radius, from);
    quarter_disc(top_right, r.right() - radius, r.y, radius, to);
    quarter_disc(bottom_right, r.right() - radius, r.bottom() - radius, radius, to);
}

void Canvas::line(Point from, Point to, Colour colour, float width) {
    if (from.y == to.y || from.x == to.x) {
        const Rect r =
            from.y == to.y
                ? Rect{std::min(from.x, to.x), from.y - width / 2, std::abs(to.x - from.x), width}
                : Rect{from.x - width / 2, std::min(from.y, to.y), width, std::abs(to.y - from.y)};
        return fill({r.x, r.y, r.w, std::max(1.0F, r.h)}, colour);
    }
    const std::array<Point, 2> ends = {from, to};
    stroke(ends, colour, width);
}

void Canvas::dashes(std::span<const Point> path, Colour colour, float width, float dash,
                    float gap) {
    float at = 0;  // how far into the current dash + gap
    for (std::size_t i = 1; i < path.size(); ++i) {
        const Point a = path[i - 1], b = path[i];
        const float length = std::hypot(b.x - a.x, b.y - a.y);
        float done = 0;
        while (done < length) {
            const bool drawing = at < dash;
            const float step = std::min(length - done, (drawing ? dash : dash + gap) - at);
            const auto point = [&](float d) {
                return Point{a.x + (b.x - a.x) * d / length, a.y + (b.y - a.y) * d / length};
            };
            if (drawing) line(point(done), point(done + step), colour, width);
            done += step;
            at += step;
            if (at >= dash + gap - 0.001F) at = 0;
        }
    }
}

void Canvas::stroke(std::span<const Point> path, Colour colour, float width) {
    if (path.empty()) return;
    Mask mask(around(path, width / 2));
    mask.add_capsule(path[0], path[0], width / 2);
    for (std::size_t i = 1; i < path.size(); ++i) mask.add_capsule(path[i - 1], path[i], width / 2);
    fill_mask(mask, colour);
}

void Canvas::polygon(std::span<const Point> convex, Colour colour) {
    if (convex.size() < 3) return;
    Mask mask(around(convex, 1));
    mask.add_convex(convex);
    fill_mask(mask, colour);
}

void Canvas::disc(Point centre, float radius, Colour colour) {
    const std::array<Point, 1> middle = {centre};
    stroke(middle, colour, 2 * radius);
}

void Canvas::ring(Point centre, Point radii, Colour colour, float width) {
    const Point outer{radii.x + width / 2, radii.y + width / 2};
    Mask mask({centre.x - outer.x, centre.y - outer.y, 2 * outer.x, 2 * outer.y});
    mask.add_ring(centre, outer, {radii.x - width / 2, radii.y - width / 2});
    fill_mask(mask, colour);
}

void Canvas::arc(Point centre, float radius, float from_turn, float to_turn, Colour colour,
                 float width) {
    constexpr float full = 2 * std::numbers::pi_v<float>;
    std::vector<Point> path;
    const int pieces = std::max(2, static_cast<int>((to_turn - from_turn) * 96));
    for (int i = 0; i <= pieces; ++i) {
        const float turn =
            from_turn + (to_turn - from_turn) * static_cast<float>(i) / static_cast<float>(pieces);
        path.push_back(
            {centre.x + std::sin(turn * full) * radius, centre.y - std::cos(turn * full) * radius});
    }
    stroke(path, colour, width);
}

void Canvas::text(std::string_view words, float x, float baseline, const theme::Type& type,
                  Colour colour) {
    fonts_.draw(words, x, baseline, type, colour);
}

void Canvas::icon(char32_t code_point, Rect square, Colour colour) {
    fonts_.draw_icon(code_point, square, colour);
}

void Canvas::picture(PictureId id, float picture_aspect, Rect rect, float radius,
                     Colour corner_ground) {
    const Rect r = snapped(rect);
    const float aspect = r.w / r.h;
    // The middle part of the picture that has the shape of the rectangle.
    const float u = picture_aspect > aspect ? aspect / picture_aspect : 1;
    const float v = picture_aspect > aspect ? 1 : picture_aspect / aspect;
    const ImVec2 from{0.5F - u / 2, 0.5F - v / 2}, to{0.5F + u / 2, 0.5F + v / 2};
    list().AddImage(static_cast<ImTextureID>(id), {r.x, r.y}, {r.right(), r.bottom()}, from, to);
    for (const Corner& corner : corners(r, radius)) {
        fill_corner(corner, radius, [&](float x, float y) {
            return thinned(corner_ground, 1 - inside_circle(x, y, corner.centre, radius));
        });
    }
}

void Canvas::picture_rows(PictureId id, float from, float to, Rect rect) {
    const Rect r = snapped(rect);
    list().AddImage(static_cast<ImTextureID>(id), {r.x, r.y}, {r.right(), r.bottom()}, {0, from},
                    {1, to});
}

void Canvas::clip(Rect rect) {
    const Rect r = snapped(rect);
    list().PushClipRect({r.x, r.y}, {r.right(), r.bottom()}, true);
}

void Canvas::unclip() {
    list().PopClipRect();
}

}  // namespace ui::paint
