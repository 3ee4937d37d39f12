// Where the keys of each page of the keyboard stand: rows of keys in units of width. Pure, but for
// the words on the keys.
#pragma once

#include "ui/widgets/context.hpp"

namespace ui::widgets {

enum class KeyLook { letter, function };
struct Key {
    std::string id;
    std::string label;
    float units = 1;
    KeyLook look = KeyLook::letter;
    std::string_view icon = {};
    std::string caption = {};  // above the label, smaller
};
struct Row {
    float indent_units = 0;
    std::vector<Key> keys;
};
struct Layout {
    float units = 10;  // across the whole width
    std::vector<Row> rows;
};

// `few`: a row less, where all of them would be too low for fingers.
enum class Rows { all, few };
// A text field's page of keys. Handwriting has only those beside its pad. Pinyin with few rows has
// its last one in the place of the candidates, as long as there are none; Latin letters do without
// digits, which have a page of their own.
Layout layout_of(const Context& c, KeyboardMode mode, Rows rows = Rows::all);
Layout last_row_of_pinyin(const Context& c);
// The signs of ASCII, all of them.
Layout ascii_signs(const Context& c);
// The keyboard of a field that takes a number or a code only.
Layout layout_of(const Context& c, const screens::Field& field);

}  // namespace ui::widgets
