// The characters that a terminal must be able to draw before it serves anybody: one or more of
// every block of Unicode in which names on identity cards stand, among them those a name is known
// to have failed by. FontStack::open() looks for each of them; a block that is not drawn is a font
// that is not installed. Blocks: Unicode 15.1; implementation level 3 of GB 18030-2022 names the
// same ones.
#pragma once

#include <string_view>

namespace ui::text {

inline constexpr std::u32string_view acceptance_list =
    // Everyday Hanzi, punctuation, the middle dot of minority names.
    U"市民姓名。，：（）￥·"
    // Extension A and the late additions to the basic block (U+9FA6 …).
    U"㐖㛃䶮鿍"
    // Extensions B, C, D, E, F.
    U"𠅤𠮷𧮳𨱏"
    U"𪟝𫓧"
    U"𫟽"
    U"𫖯𫍯𬌗𬍛𬭊𬱖𬴊𬼀"
    U"𭕄"
    // Extension G, in plane 3.
    U"𰻝𰄆";

}  // namespace ui::text
