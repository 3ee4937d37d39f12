#include "catalogue/spelling.hpp"

#include <algorithm>

namespace catalogue {

namespace {

constexpr std::size_t longest_syllable = 6;  // zhuang

bool within(char32_t c, char32_t first, char32_t last) {
    return c >= first && c <= last;
}

// The next code point of what has been checked to be UTF-8 where it came in; 0 where it is not.
char32_t take_code_point(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (size > text.size() || within(first, 0x80, 0xBF)) {
        text = {};
        return 0;
    }
    char32_t c = size == 1 ? first : first & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i)
        c = (c << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
    text.remove_prefix(size);
    return c;
}

bool is_u_umlaut(char32_t c) {
    return c == 0xFC || c == 0xDC || within(c, 0x1D5, 0x1DC);  // with and without a tone
}

// Letters of any script but not the blocks of spaces, punctuation, symbols, emoji and private use.
bool is_other_letter(char32_t c) {
    if (c < 0xC0 || c == 0xD7 || c == 0xF7) return false;
    return !within(c, 0x2000, 0x2E7F) && !within(c, 0x2FF0, 0x3004) && c != 0x3006 &&
           !within(c, 0x3008, 0x303F) && c != 0x30FB && !within(c, 0xD800, 0xF8FF) &&
           !within(c, 0xFE00, 0xFE6F) && !within(c, 0xFEFF, 0xFFFF) && !within(c, 0x1F000, 0x1FAFF);
}

// 0 for what makes no difference to a search.
char32_t searched(char32_t c) {
    if (within(c, 0xFF01, 0xFF5E)) c -= 0xFEE0;  // full-width forms
    if (within(c, U'A', U'Z')) return c - U'A' + U'a';
    if (within(c, U'a', U'z') || within(c, U'0', U'9')) return c;
    if (is_u_umlaut(c)) return U'v';
    return is_other_letter(c) ? c : 0;
}

std::string_view take_word(std::string_view& pinyin) {
    pinyin.remove_prefix(std::min(pinyin.find_first_not_of(' '), pinyin.size()));
    const std::string_view word = pinyin.substr(0, pinyin.find(' '));
    pinyin.remove_prefix(word.size());
    return word;
}

bool is_syllable(std::string_view word) {
    return word.size() <= longest_syllable &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Walks through the pinyin beside the text.
class Speller {
  public:
    explicit Speller(std::string_view pinyin) : left_(pinyin) {}

    std::string_view syllable() {
        end_run();
        const auto word = next_word();
        if (fault_ == SpellingFault::none && !is_syllable(word))
            fault_ = SpellingFault::not_a_syllable;
        return fault_ == SpellingFault::none ? word : std::string_view();
    }
    void letter(char32_t c) {
        if (!in_run_) run_ = next_word();
        in_run_ = true;
        const char32_t spelled = run_.empty() ? 0 : searched(take_code_point(run_));
        if (spelled != c) note(SpellingFault::another_run);
    }
    void end_run() {
        if (in_run_ && !run_.empty()) note(SpellingFault::another_run);
        in_run_ = false;
    }
    SpellingFault finish() {
        end_run();
        if (!take_word(left_).empty()) note(SpellingFault::too_long);
        return fault_;
    }

  private:
    std::string_view next_word() {
        const auto word = take_word(left_);
        if (word.empty()) note(SpellingFault::too_short);
        return word;
    }
    void note(SpellingFault fault) {
        if (fault_ == SpellingFault::none) fault_ = fault;
    }

    std::string_view left_, run_;
    bool in_run_ = false;
    SpellingFault fault_ = SpellingFault::none;
};

}  // namespace

bool is_han(char32_t c) {
    return c == 0x3007 || within(c, 0x3400, 0x4DBF) || within(c, 0x4E00, 0x9FFF) ||
           within(c, 0xF900, 0xFAFF) || within(c, 0x20000, 0x3FFFF);
}

std::u32string searched_form(std::string_view text, std::size_t most) {
    std::u32string form;
    while (!text.empty() && form.size() < most)
        if (const char32_t c = searched(take_code_point(text)); c != 0) form += c;
    return form;
}

bool has_words(std::string_view text, std::u32string_view wanted) {
    bool at_word = true;
    while (!text.empty()) {
        std::string_view rest = text;
        std::size_t same = 0;
        while (at_word && !rest.empty() && same < wanted.size()) {
            const char32_t c = searched(take_code_point(rest));
            if (c != 0 && c != wanted[same]) break;
            if (c != 0) ++same;
        }
        if (same == wanted.size()) return true;
        at_word = searched(take_code_point(text)) == 0;
    }
    return false;
}

SpellingFault spell(std::string_view zh, std::string_view pinyin, std::vector<Sound>& sounds) {
    sounds.clear();
    Speller speller(pinyin);
    while (!zh.empty()) {
        const char32_t c = searched(take_code_point(zh));
        if (is_han(c)) {
            sounds.push_back({c, speller.syllable()});
        } else if (c != 0) {
            speller.letter(c);
            sounds.push_back({c, {}});
        } else {
            speller.end_run();
        }
    }
    return speller.finish();
}

}  // namespace catalogue
