// Text into a PDF as outlines that stay text. Cairo 1.16 drops subroutines when it subsets the CFF
// fonts of Noto Sans CJK, and a few characters (如 among them) come out blank with no error. So
// each font is wrapped in one whose glyphs are the outlines themselves (Type 3), with the
// characters attached: nothing is lost on paper, and the text can still be copied and searched.
// Internal to the room; belongs to one page, used by one thread.
#pragma once

#include <map>

struct _cairo;
struct _cairo_font_face;
struct _PangoLayoutLine;

namespace documents {

class OutlineText {
  public:
    OutlineText() = default;
    ~OutlineText();
    OutlineText(const OutlineText&) = delete;
    OutlineText& operator=(const OutlineText&) = delete;

    // Draws one line with its origin at (x, baseline) in the current colour; `text` is the whole
    // text of the line's layout.
    void show(_cairo* cairo, const _PangoLayoutLine* line, const char* text, double x,
              double baseline);

  private:
    _cairo_font_face* wrapped(_cairo_font_face* face);

    std::map<_cairo_font_face*, _cairo_font_face*> faces_;  // a reference of both is held
};

}  // namespace documents
