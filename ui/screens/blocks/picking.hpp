// Blocks to answer with a date or a place. Plain values.
#pragma once

#include "base/secret.hpp"
#include "ui/screens/blocks/button.hpp"

#include <string>
#include <vector>

namespace ui::screens {

// A known date, typed as digits into three boxes 年 月 日 (UX-132). The value is YYYY-MM-DD or what
// there is of it so far; so is the text of its TextEdited.
struct DateField {
    std::string id{};
    std::string label{}, hint{};
    base::SecretText value{};
    std::string error{};
    bool focused = false;
    Sensitivity sensitivity = Sensitivity::personal;
};

struct Division {
    std::string id{};       // of the press; the code of the division
    std::string name{};     // 示例村
    std::string initial{};  // S, of its pinyin; empty = under 全部 only
};
// A place by levels, from the county down (UX-133): what was chosen so far, and what can be chosen
// next, twelve at a time. Many choices get a row of initial letters. Every press is a Pressed.
struct DivisionPicker {
    std::string id{};
    std::string label{}, hint{};
    std::vector<Button> chosen{};  // levels from the top; a press goes back to that level
    std::vector<Division> choices{};
    Button other{};         // 不在里面，自己写; no id = none
    std::string edition{};  // of the table: 区划数据 2026年8月 (UX-134)
    std::string error{};
};

}  // namespace ui::screens
