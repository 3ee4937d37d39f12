// A text as it is searched: its characters, letters and digits without what stands between them,
// each Han character with the syllable it is read by. Pure; any thread. Internal to the catalogue:
// the search looks through it, the lint of a pack checks that text and pinyin agree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace catalogue {

// One Han character with its syllable, or one letter or digit, which stands for itself.
struct Sound {
    char32_t character = 0;
    std::string_view syllable;  // of the pinyin it was spelled from; empty for a letter or digit
};

enum class SpellingFault {
    none,
    too_short,       // a character or a run of letters and digits has nothing that spells it
    too_long,        // something is left over
    not_a_syllable,  // other than a to z, ü written v, at most six letters
    another_run      // letters and digits do not stand for themselves
};

bool is_han(char32_t c);

// Full-width forms become ASCII, capitals small, ü v; spaces, dots and other marks go. At most
// `most` characters, the rest is not looked at. Text that is no UTF-8 ends where it stops to be.
std::u32string searched_form(std::string_view text, std::size_t most);

// Whether `text` goes on with `searched` from the beginning of one of its words.
bool has_words(std::string_view text, std::u32string_view searched);

// Takes `zh` apart into `sounds`, whose space is used again. The syllables point into `pinyin`:
// one for each Han character, and each run of letters and digits once more as it stands
// ("24小时" is "24 xiao shi"). From the first fault on the syllables stay empty.
SpellingFault spell(std::string_view zh, std::string_view pinyin, std::vector<Sound>& sounds);

}  // namespace catalogue
