// What stands round the box of an answer: its question above, its fault below.
#include "ui/widgets/blocks.hpp"

namespace ui::widgets {

float answer_head_height(const Context& c, std::string_view label, std::string_view hint,
                         float width) {
    float h = label.empty() ? 0 : text_height(c, label, c.theme.type.body_bold, width);
    if (!hint.empty()) h += text_height(c, hint, c.theme.type.small, width);
    return h > 0 ? h + c.theme.px(10) : 0;
}

float draw_answer_head(Context& c, std::string_view label, std::string_view hint, Rect area) {
    const auto& p = c.theme.colour;
    const float words =
        write(c, {label, c.theme.type.body_bold, p.text}, {area.x, area.y, area.w, 0});
    write(c, {hint, c.theme.type.small, p.secondary}, {area.x, area.y + words, area.w, 0});
    return answer_head_height(c, label, hint, area.w);
}

float answer_error_height(const Context& c, std::string_view error, float width) {
    if (error.empty()) return 0;
    return c.theme.px(8) + text_height(c, error, c.theme.type.small_bold, width - c.theme.px(44));
}

void draw_answer_error(Context& c, std::string_view error, std::string_view id, Rect area) {
    if (error.empty()) return;
    const Type& type = c.theme.type.small_bold;
    const float size = c.theme.px(32), y = area.y + c.theme.px(8);
    icon(c, "alert-circle", {area.x + size / 2, y + type.line_height / 2}, size,
         c.theme.colour.danger);
    write(c, {error, type, c.theme.colour.danger},
          {area.x + c.theme.px(44), y, area.w - c.theme.px(44), 0}, Role::status,
          screens::Sensitivity::open, std::string(id) + ".error");
}

}  // namespace ui::widgets
