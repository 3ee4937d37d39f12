// The nine keys of a telephone: which digit a letter lies on, and which syllables of standard
// Chinese a row of digits may begin with. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ui::ime {

// 2…9 for a…z (ITU-T E.161); 0 for anything else. ü is spelt v.
char digit_of(char letter);

// Every syllable whose digits the row begins with, longest first, then by the alphabet.
std::vector<std::string> syllables_at_start(std::string_view digits);

// What the keys mean while the first candidate stands for them: "94698" with the hint "xin yu" is
// "xin'yu". Letters already read and digits that the hint does not cover stay as they are; a hint
// that does not fit changes nothing.
std::string spelled(std::string_view keys, std::string_view hint);

}  // namespace ui::ime
