// Every block of a Screen as a widget: how high it likes to be at a width, and drawing it into a
// rectangle of that width. One file per widget in the folders beside this header. Main thread.
#pragma once

#include "ui/widgets/context.hpp"

namespace ui::widgets {

Heights measure(const Context& c, const screens::Hero& block, float width);
Heights measure(const Context& c, const screens::Strip& block, float width);
Heights measure(const Context& c, const screens::Tiles& block, float width);
Heights measure(const Context& c, const screens::Chips& block, float width);
Heights measure(const Context& c, const screens::TextCard& block, float width);
Heights measure(const Context& c, const screens::Notice& block, float width);
Heights measure(const Context& c, const screens::KeyValues& block, float width);
Heights measure(const Context& c, const screens::Choices& block, float width);
Heights measure(const Context& c, const screens::OptionRow& block, float width);
Heights measure(const Context& c, const screens::Ticks& block, float width);
Heights measure(const Context& c, const screens::Field& block, float width);
Heights measure(const Context& c, const screens::ErrorSummary& block, float width);
Heights measure(const Context& c, const screens::SignaturePad& block, float width);
Heights measure(const Context& c, const screens::CameraPreview& block, float width);
Heights measure(const Context& c, const screens::DevicePicture& block, float width);
Heights measure(const Context& c, const screens::Progress& block, float width);
Heights measure(const Context& c, const screens::Line& block, float width);
Heights measure(const Context& c, const screens::ButtonRow& block, float width);
Heights measure(const Context& c, const screens::Table& block, float width);
Heights measure(const Context& c, const screens::LongText& block, float width);
Heights measure(const Context& c, const screens::PagePicture& block, float width);
Heights measure(const Context& c, const screens::DateField& block, float width);
Heights measure(const Context& c, const screens::DivisionPicker& block, float width);

void draw(Context& c, const screens::Hero& block, Rect area);
void draw(Context& c, const screens::Strip& block, Rect area);
void draw(Context& c, const screens::Tiles& block, Rect area);
void draw(Context& c, const screens::Chips& block, Rect area);
void draw(Context& c, const screens::TextCard& block, Rect area);
void draw(Context& c, const screens::Notice& block, Rect area);
void draw(Context& c, const screens::KeyValues& block, Rect area);
void draw(Context& c, const screens::Choices& block, Rect area);
void draw(Context& c, const screens::OptionRow& block, Rect area);
void draw(Context& c, const screens::Ticks& block, Rect area);
void draw(Context& c, const screens::Field& block, Rect area);
void draw(Context& c, const screens::ErrorSummary& block, Rect area);
void draw(Context& c, const screens::SignaturePad& block, Rect area);
void draw(Context& c, const screens::CameraPreview& block, Rect area);
void draw(Context& c, const screens::DevicePicture& block, Rect area);
void draw(Context& c, const screens::Progress& block, Rect area);
void draw(Context& c, const screens::Line& block, Rect area);
void draw(Context& c, const screens::ButtonRow& block, Rect area);
void draw(Context& c, const screens::Table& block, Rect area);
void draw(Context& c, const screens::LongText& block, Rect area);
void draw(Context& c, const screens::PagePicture& block, Rect area);
void draw(Context& c, const screens::DateField& block, Rect area);
void draw(Context& c, const screens::DivisionPicker& block, Rect area);

// One button in a rectangle; strips, rows and overlays use it.
void draw_button(Context& c, const screens::Button& button, Rect rect);
// Room a button's words and icon need on one line, with its padding.
float button_width(const Context& c, const screens::Button& button);
// A word in a small tinted box (已自动填写). Returns its width.
float draw_tag(Context& c, std::string_view text, Point left_middle);
float tag_width(const Context& c, std::string_view text);
// 上一页 · 第 n 页，共 m 页 · 下一页, with ids <prefix>.back and <prefix>.on; ≥ 20 mm high. Gives
// -1, 0 or 1: which way it was pressed.
int draw_pager(Context& c, std::string_view prefix, int page, int pages, Rect area);
float pager_height(const Context& c);
// In a column so narrow that the words of its buttons need two lines.
float pager_height(const Context& c, float width);
// Label and hint above an answer, and what is wrong with it below; heights and drawing.
float answer_head_height(const Context& c, std::string_view label, std::string_view hint,
                         float width);
float draw_answer_head(Context& c, std::string_view label, std::string_view hint, Rect area);
float answer_error_height(const Context& c, std::string_view error, float width);
void draw_answer_error(Context& c, std::string_view error, std::string_view id, Rect area);
// Bold words that are a target: 修改.
void draw_text_action(Context& c, const screens::Button& button, Rect rect);
// Room its words and icon need, with padding.
float text_action_width(const Context& c, const screens::Button& button);
// Rows of a table that are shown at once, at most (UX-047).
inline constexpr std::size_t table_rows_most = 8;
// A word of the table is wider than its column.
bool tears_words(const Context& c, const screens::Table& table, float width);
// Cuts the first entry of a block (its only one in `head`) between two lines, so that `head` is no
// higher than `room`; false where not even two lines stay.
bool cut_first_entry(const Context& c, screens::TextCard& head, screens::TextCard& tail,
                     float width, float room);
bool cut_first_entry(const Context& c, screens::Notice& head, screens::Notice& tail, float width,
                     float room);
bool cut_first_entry(const Context& c, screens::KeyValues& head, screens::KeyValues& tail,
                     float width, float room);

}  // namespace ui::widgets
