// What widgets draw with: filled and framed shapes, text in em pixels, icons, one moving picture.
// It hides ImGui's draw list. Rounded shapes are plain rectangles with corners from a disc that is
// kept in the glyph atlas, which the software renderer copies fast. It lives as long as the fonts.
// Main thread, between the begin and end of a frame; nothing fails.
#pragma once

#include "ui/text/font_stack.hpp"
#include "ui/theme/geometry.hpp"
#include "ui/theme/theme.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>

namespace ui::paint {

using theme::Colour;
using theme::Point;
using theme::Rect;

// A picture the shell has put on the graphics side; 0 = none.
using PictureId = std::uintptr_t;

class Canvas {
  public:
    explicit Canvas(const text::FontStack& fonts) : fonts_(fonts) {}

    const text::FontStack& fonts() const { return fonts_; }

    void fill(Rect rect, Colour colour, float radius = 0);
    // A filled shape with a border inside its edge.
    void box(Rect rect, Colour ground, Colour border, float width, float radius);
    // Left to right.
    void gradient(Rect rect, Colour from, Colour to, float radius);

    void line(Point from, Point to, Colour colour, float width);
    void dashes(std::span<const Point> path, Colour colour, float width, float dash, float gap);
    // With round ends and joints.
    void stroke(std::span<const Point> path, Colour colour, float width);
    void polygon(std::span<const Point> convex, Colour colour);
    void disc(Point centre, float radius, Colour colour);
    void ring(Point centre, Point radii, Colour colour, float width);
    void arc(Point centre, float radius, float from_turn, float to_turn, Colour colour,
             float width);

    void text(std::string_view text, float x, float baseline, const theme::Type& type,
              Colour colour);
    void icon(char32_t icon, Rect square, Colour colour);

    // The picture cut to fill the rectangle, and the corners painted over.
    void picture(PictureId id, float picture_aspect, Rect rect, float radius, Colour corner_ground);
    // The rows of the picture from `from` to `to` (0 top … 1 bottom), over its whole width.
    void picture_rows(PictureId id, float from, float to, Rect rect);

    // What is drawn until unclip() shows inside the rectangle only.
    void clip(Rect rect);
    void unclip();

  private:
    enum Quarter { top_left, top_right, bottom_left, bottom_right };
    void quarter_disc(Quarter which, float x, float y, float radius, Colour colour);

    const text::FontStack& fonts_;
    std::unordered_map<int, int> discs_;  // radius → its place in the atlas
};

}  // namespace ui::paint
