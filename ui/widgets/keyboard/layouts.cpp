#include "ui/widgets/keyboard/layouts.hpp"

#include "base/messages.hpp"
#include "ui/text/utf8.hpp"

namespace ui::widgets {

using base::MessageId;
using screens::Keyboard;

namespace {

std::string word(const Context& c, MessageId id) {
    return std::string(base::text(id, c.locale));
}

Key letter(char32_t character, float units = 1) {
    Key key;
    text::append(key.label, character);
    key.id = "key." + key.label;
    key.units = units;
    return key;
}
Key function(const Context& c, std::string id, MessageId label, float units = 1) {
    return {"key." + std::move(id), word(c, label), units, KeyLook::function, {}, {}};
}
Key erase(const Context& c, float units = 1) {
    return {
        "key.delete", word(c, MessageId::key_delete), units, KeyLook::function, "backspace", {}};
}
Key space(const Context& c, float units = 1) {
    return {"key.space", word(c, MessageId::key_space), units, KeyLook::letter, {}, {}};
}
Row letters(std::u32string_view characters, float indent = 0) {
    Row row;
    row.indent_units = indent;
    for (const char32_t character : characters) row.keys.push_back(letter(character));
    return row;
}
Row followed_by(Row row, std::vector<Key> keys) {
    for (Key& key : keys) row.keys.push_back(std::move(key));
    return row;
}

Layout pinyin(const Context& c, Rows rows) {
    Row third = letters(U"zxcvbnm");
    third.keys.insert(third.keys.begin(), function(c, "divider", MessageId::key_divider, 1.5F));
    third.keys.push_back(erase(c, 1.5F));
    Layout layout{10, {letters(U"qwertyuiop"), letters(U"asdfghjkl", 0.5F), std::move(third)}};
    if (rows == Rows::all) layout.rows.push_back(last_row_of_pinyin(c).rows.front());
    return layout;
}

Layout latin(const Context& c, Rows rows) {
    const bool upper = c.scratch.capitals;
    Row third = letters(upper ? U"ZXCVBNM" : U"zxcvbnm");
    third.keys.insert(third.keys.begin(), function(c, "shift", MessageId::key_shift, 1.5F));
    third.keys.push_back(erase(c, 1.5F));
    Row last;
    last.keys = {letter(U'-', 1.5F), letter(U'@', 1.5F), space(c, 4), letter(U'.', 1.5F),
                 letter(U'_', 1.5F)};
    Layout layout{
        10,
        {letters(upper ? U"QWERTYUIOP" : U"qwertyuiop"),
         letters(upper ? U"ASDFGHJKL" : U"asdfghjkl", 0.5F), std::move(third), std::move(last)}};
    if (rows == Rows::all) layout.rows.insert(layout.rows.begin(), letters(U"1234567890"));
    return layout;
}

Layout symbols(const Context& c) {
    return {10,
            {letters(U"，。、；：？！…—·"), letters(U"“”‘’（）《》【】"), letters(U"-/#@&+=%~_"),
             followed_by(letters(U".,:;?!*"), {space(c, 1.5F), erase(c, 1.5F)})}};
}

// A telephone's digits, and beside them the words and signs of an address.
Layout digits(const Context& c) {
    return {7,
            {followed_by(letters(U"123号楼栋"), {erase(c)}), letters(U"456室层座，"),
             letters(U"789组村路。"), followed_by(letters(U"-0/#巷街"), {space(c)})}};
}

Layout nine_keys(const Context& c) {
    const auto key = [](char digit, std::string letters_on_it) {
        return Key{std::string("key.") + digit, std::move(letters_on_it), 1, KeyLook::letter, {},
                   std::string(1, digit)};
    };
    Layout layout{4, {}};
    layout.rows.resize(3);
    layout.rows[0].keys = {function(c, "divider", MessageId::key_divider), key('2', "ABC"),
                           key('3', "DEF"), erase(c)};
    layout.rows[1].keys = {key('4', "GHI"), key('5', "JKL"), key('6', "MNO"),
                           function(c, "rewrite", MessageId::key_rewrite)};
    layout.rows[2].keys = {key('7', "PQRS"), key('8', "TUV"), key('9', "WXYZ"), space(c)};
    return layout;
}

Layout strokes(const Context& c) {
    const auto key = [&c](char stroke, std::string drawn, MessageId name) {
        return Key{
            std::string("key.") + stroke, std::move(drawn), 1, KeyLook::letter, {}, word(c, name)};
    };
    Layout layout{4, {}};
    layout.rows.resize(2);
    layout.rows[0].keys = {key('h', "一", MessageId::stroke_across),
                           key('s', "丨", MessageId::stroke_down),
                           key('p', "丿", MessageId::stroke_left), erase(c)};
    layout.rows[1].keys = {key('n', "丶", MessageId::stroke_dot),
                           key('z', "乛", MessageId::stroke_bent), space(c),
                           function(c, "rewrite", MessageId::key_rewrite)};
    return layout;
}

Layout beside_the_pad(const Context& c) {
    Layout layout{2, {}};
    layout.rows.resize(2);
    layout.rows[0].keys = {function(c, "undo", MessageId::key_undo_stroke),
                           function(c, "rewrite", MessageId::key_rewrite)};
    layout.rows[1].keys = {space(c), erase(c)};
    return layout;
}

Key hide(const Context& c, float units = 1) {
    return function(c, "hide", MessageId::key_hide, units);
}

Layout numbers(const Context& c) {
    return {3,
            {letters(U"123"),
             letters(U"456"),
             letters(U"789"),
             {0, {hide(c), letter(U'0'), erase(c)}}}};
}
// With one sign more the twelve keys keep their places (UX-129); what puts them away stands beside.
Layout numbers_and(const Context& c, char32_t sign) {
    return {4,
            {followed_by(letters(U"123"), {hide(c)}),
             letters(U"456"),
             letters(U"789"),
             {0, {letter(sign), letter(U'0'), erase(c)}}}};
}

// GB 32100 leaves out I, O, Z, S and V.
Layout credit_code(const Context& c) {
    return {10,
            {letters(U"1234567890"), letters(U"QWERTYUP", 1), letters(U"ADFGHJKL", 1),
             followed_by(letters(U"XCBNM", 1), {hide(c, 2), erase(c, 2)})}};
}

Layout provinces(const Context& c) {
    return {
        10,
        {letters(U"京津冀晋蒙辽吉黑沪苏"), letters(U"浙皖闽赣鲁豫鄂湘粤桂"),
         letters(U"琼渝川贵云藏陕甘青宁"), followed_by(letters(U"新"), {hide(c, 2), erase(c, 2)})}};
}
Layout plate(const Context& c) {
    return {10,
            {letters(U"1234567890"), letters(U"QWERTYUOP警"), letters(U"ASDFGHJKL学"),
             followed_by(letters(U"ZXCVBNM挂"), {hide(c), erase(c)})}};
}

// What stands on a slip: capitals and digits without those that look alike (0 O, 1 I).
Layout code(const Context& c) {
    return {9,
            {followed_by(letters(U"23456789"), {erase(c)}), letters(U"QWERTYUP", 0.5F),
             letters(U"ASDFGHJKL"), followed_by(letters(U"ZXCVBNM"), {hide(c, 2)})}};
}

}  // namespace

Layout last_row_of_pinyin(const Context& c) {
    return {10, {{0, {letter(U'，', 1.5F), space(c, 7), letter(U'。', 1.5F)}}}};
}

Layout ascii_signs(const Context& c) {
    return {10,
            {letters(U"!\"#$%&'()*"), letters(U"+,-./:;<=>"), letters(U"?@[\\]^_`{|"),
             followed_by(letters(U"}~"), {space(c, 5), erase(c, 3)})}};
}

Layout layout_of(const Context& c, KeyboardMode mode, Rows rows) {
    switch (mode) {
        case KeyboardMode::pinyin:
            return pinyin(c, rows);
        case KeyboardMode::nine_key:
            return nine_keys(c);
        case KeyboardMode::handwriting:
            return beside_the_pad(c);
        case KeyboardMode::strokes:
            return strokes(c);
        case KeyboardMode::symbols:
            return symbols(c);
        case KeyboardMode::latin:
            return latin(c, rows);
        case KeyboardMode::digits:
            return digits(c);
    }
    return {};
}

Layout layout_of(const Context& c, const screens::Field& field) {
    switch (field.keyboard) {
        case Keyboard::code:
            return code(c);
        case Keyboard::credit_code:
            return credit_code(c);
        case Keyboard::plate:
            return field.value && !field.value->empty() ? plate(c) : provinces(c);
        case Keyboard::number_x:
            return numbers_and(c, U'X');
        case Keyboard::money:
            return numbers_and(c, U'.');
        case Keyboard::number:
        case Keyboard::none:
        case Keyboard::pinyin:
        case Keyboard::search:
        case Keyboard::ascii:
            break;
    }
    return numbers(c);
}

}  // namespace ui::widgets
