// A PDF, or pictures of its pages, being drawn: text, lines, boxes and pens in millimetres from the
// top left of the page. Internal to the room; used by one thread for one document. The library's
// first complaint is kept and comes out of finish().
#pragma once

#include "documents/documents.hpp"

#include <memory>
#include <string>
#include <vector>

namespace documents {

struct Colour {
    double red, green, blue;
};
namespace colours {
inline constexpr Colour ink{0.102, 0.133, 0.200};
inline constexpr Colour secondary{0.275, 0.318, 0.400};
inline constexpr Colour rule{0.780, 0.816, 0.863};
inline constexpr Colour action{0.043, 0.290, 0.608};
inline constexpr Colour action_tint{0.906, 0.941, 0.984};
inline constexpr Colour success{0.078, 0.353, 0.204};
inline constexpr Colour success_tint{0.902, 0.957, 0.922};
inline constexpr Colour mark{0.940, 0.949, 0.962};
inline constexpr Colour white{1, 1, 1};
}  // namespace colours

struct PaperSize {
    double width_mm, height_mm;
};
inline constexpr PaperSize a4{210, 297}, a5{148, 210};

enum class Weight { regular, bold };
enum class Align { left, centre, right };
struct TextStyle {
    double size_pt = 10.5;
    Weight weight = Weight::regular;
    Colour colour = colours::ink;
    double leading = 1.5;   // line height in ems
    double spacing_em = 0;  // between letters
};

struct Area {
    double x = 0, y = 0, width = 0, height = 0;
};

class Page {
  public:
    // `title` goes into the file's metadata: never a person. With px_per_mm > 0 the pages become
    // pictures of that resolution instead, drawn by the same calls.
    Page(PaperSize paper, const std::string& title, base::Locale locale, double px_per_mm = 0);
    ~Page();
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    PaperSize paper() const { return paper_; }
    int number() const { return number_; }
    void next();

    // The lines a text takes in a width, and what each of them takes in height.
    std::vector<std::string> lines_of(const std::string& text, const TextStyle& style,
                                      double width) const;
    static double line_height(const TextStyle& style);
    // One line with its top left at (x, y); `width` counts for centre and right.
    void line_of_text(double x, double y, double width, const std::string& text,
                      const TextStyle& style, Align align = Align::left);
    // All the lines of a text; returns the height taken.
    double text(double x, double y, double width, const std::string& text, const TextStyle& style,
                Align align = Align::left);
    double height_of(const std::string& text, const TextStyle& style, double width) const;
    double width_of(const std::string& text, const TextStyle& style) const;

    void rule(double x1, double y1, double x2, double y2, Colour colour, double width_mm = 0.2);
    void fill(const Area& area, Colour colour, double radius = 0);
    void frame(const Area& area, Colour colour, double width_mm = 0.3, double radius = 0);
    void pen(const std::vector<std::pair<double, double>>& points, Colour colour, double width_mm);
    // A pen stroke made smooth through its points, as a hand drew it.
    void smooth_pen(const std::vector<std::pair<double, double>>& points, Colour colour,
                    double width_mm);
    void circle(double x, double y, double radius, Colour colour, double width_mm);
    void modules(const QrModules& code, double x, double y, double size);
    // Large and pale across the page; draw it first, under everything.
    void watermark(const std::string& text);

    void picture(const domain::GreyPicture& picture, const Area& area);

    base::Result<Pdf> finish();                // of a PDF
    base::Result<Pictures> finish_pictures();  // of pictures

  private:
    struct Pen;
    PaperSize paper_;
    int number_ = 1;
    std::unique_ptr<Pen> pen_;
};

// What papers of this realm are marked with; empty = not at all.
std::string training_mark(bool training, base::Locale locale);
// Every page of a document of this realm gets the mark first.
void mark_training(Page& page, bool training, base::Locale locale);

}  // namespace documents
