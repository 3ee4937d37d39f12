#include "ui/screens/layout/field_in_use.hpp"

#include "ui/widgets/picking/date_text.hpp"

namespace ui::screens {

bool in_focus(const Block& block) {
    if (const auto* date = std::get_if<DateField>(&block)) return date->focused;
    const auto* field = std::get_if<Field>(&block);
    return field && field->focused && field->keyboard != Keyboard::none;
}

std::optional<Field> focused_field(const Screen& screen) {
    for (const Block& block : screen.blocks) {
        if (!in_focus(block)) continue;
        if (const auto* field = std::get_if<Field>(&block)) return *field;
        const auto& date = std::get<DateField>(block);
        Field digits;
        digits.id = date.id;
        digits.label = date.label;
        digits.keyboard = Keyboard::number;
        digits.max_code_points = 8;
        digits.focused = true;
        if (date.value) digits.value = base::SecretText(widgets::date_digits(*date.value));
        return digits;
    }
    return std::nullopt;
}

std::string_view fault_in_use(const Screen& screen) {
    for (const Block& block : screen.blocks) {
        if (!in_focus(block)) continue;
        if (const auto* field = std::get_if<Field>(&block)) return field->error;
        return std::get<DateField>(block).error;
    }
    return {};
}

void compose_date(const Screen& screen, std::optional<Action>& action) {
    auto* edit = action ? std::get_if<TextEdited>(&*action) : nullptr;
    if (!edit || !edit->text) return;
    for (const Block& block : screen.blocks) {
        const auto* date = std::get_if<DateField>(&block);
        if (date && date->id == edit->field)
            edit->text = base::SecretText(widgets::date_value(*edit->text));
    }
}

}  // namespace ui::screens
