// What heads a page, and which of its blocks matter most.
#include "ui/screens/layout/field_in_use.hpp"
#include "ui/screens/layout/layout.hpp"

#include <algorithm>

namespace ui::screens {

using theme::Rect;
using widgets::Context;

namespace {

bool has_primary(const Block& block) {
    const auto* row = std::get_if<ButtonRow>(&block);
    return row && std::any_of(row->buttons.begin(), row->buttons.end(), [](const Button& button) {
               return button.look == ButtonLook::primary;
           });
}

}  // namespace

std::vector<const Block*> pointers(const std::vector<Block>& blocks) {
    std::vector<const Block*> all;
    for (const Block& block : blocks) all.push_back(&block);
    return all;
}

bool is_found(const Block& block) {
    const auto* choices = std::get_if<Choices>(&block);
    return choices && choices->style == ChoiceStyle::found;
}

std::vector<const Block*> essential(const Screen& screen) {
    // A search that found nothing to choose from says so below its field, where rows would stand.
    const bool answers_in_words =
        std::any_of(screen.blocks.begin(), screen.blocks.end(),
                    [](const Block& block) {
                        const auto* field = std::get_if<Field>(&block);
                        return field && field->focused && field->keyboard == Keyboard::search;
                    }) &&
        std::none_of(screen.blocks.begin(), screen.blocks.end(), is_found);
    std::vector<const Block*> all;
    for (const Block& block : screen.blocks)
        if (in_focus(block) || is_found(block) || has_primary(block) ||
            (answers_in_words && std::holds_alternative<Notice>(block)))
            all.push_back(&block);
    return all;
}

BareField::BareField(const std::vector<const Block*>& blocks) {
    for (const Block* block : blocks) {
        blocks_.push_back(*block);
        if (auto* field = std::get_if<Field>(&blocks_.back())) {
            field->hint.clear();
            field->error.clear();
        }
        if (auto* date = std::get_if<DateField>(&blocks_.back())) {
            date->hint.clear();
            date->error.clear();
        }
    }
}

BareField::~BareField() {
    for (Block& block : blocks_) wipe(block);
}

float title_height(const Context& c, const Screen& screen, float width, Heading heading) {
    if (heading == Heading::none) return 0;
    if (screen.title.empty() && screen.subtitle.empty()) return 0;
    float h = 0;
    if (!screen.title.empty())
        h += widgets::text_height(c, screen.title, c.theme.type.title, width);
    if (!screen.subtitle.empty() && heading == Heading::whole)
        h += c.theme.px(4) + widgets::text_height(c, screen.subtitle, c.theme.type.body, width);
    return h;
}

void draw_title(Context& c, const Screen& screen, Rect area, Heading heading) {
    if (heading == Heading::none) return;
    float y = area.y;
    y += widgets::write(c, {screen.title, c.theme.type.title, c.theme.colour.text}, area,
                        widgets::Role::heading, Sensitivity::open, "title");
    if (heading == Heading::brief) return;
    widgets::write(c, {screen.subtitle, c.theme.type.body, c.theme.colour.secondary},
                   {area.x, y + c.theme.px(4), area.w, 0}, widgets::Role::text, screen.heading,
                   "subtitle");
}

}  // namespace ui::screens
