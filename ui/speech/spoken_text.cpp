#include "ui/speech/spoken_text.hpp"

#include "base/messages.hpp"
#include "base/secret.hpp"
#include "ui/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace ui::speech {

namespace {

bool is_hanzi(char32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x323AF);
}
bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}
bool is_space(char32_t c) {
    return c == U' ' || c == U'\n' || c == 0x3000 || c == 0xA0;
}

using CodePoints = std::u32string;

CodePoints code_points(std::string_view text) {
    CodePoints out;
    for (std::size_t at = 0; at < text.size();) out.push_back(text::next_code_point(text, at));
    return out;
}
std::string utf8(const CodePoints& points, std::size_t from, std::size_t to) {
    std::string out;
    while (from < to && is_space(points[from])) ++from;
    while (to > from && is_space(points[to - 1])) --to;
    for (; from < to; ++from) text::append(out, points[from]);
    return out;
}

// A full stop in letters ends a sentence only before a space: 1.5 and 990511.1 stay whole.
bool ends_sentence(const CodePoints& points, std::size_t i) {
    const char32_t c = points[i];
    if (c == U'。' || c == U'！' || c == U'？' || c == U'；' || c == U'\n' || c == 0x3000)
        return true;
    const bool latin = c == U'.' || c == U'!' || c == U'?' || c == U';';
    return latin && i + 1 < points.size() && points[i + 1] == U' ';
}
bool ends_clause(const CodePoints& points, std::size_t i) {
    const char32_t c = points[i];
    if (c == U'，' || c == U'、' || c == U'：' || c == U'·') return true;
    const bool latin = c == U',' || c == U':';
    return latin && i + 1 < points.size() && points[i + 1] == U' ';
}

bool fits(const CodePoints& points, std::size_t from, std::size_t to) {
    const auto hanzi = std::count_if(points.begin() + static_cast<std::ptrdiff_t>(from),
                                     points.begin() + static_cast<std::ptrdiff_t>(to), is_hanzi);
    return static_cast<std::size_t>(hanzi) <= most_hanzi && to - from <= most_letters;
}

// The longest beginning that fits: up to a comma, else up to a space, else as it comes.
std::size_t cut(const CodePoints& points, std::size_t from, std::size_t to) {
    std::size_t comma = from, space = from, end = from;
    for (std::size_t i = from; i < to && fits(points, from, i + 1); ++i) {
        end = i + 1;
        if (ends_clause(points, i)) comma = i + 1;
        if (is_space(points[i])) space = i + 1;
    }
    if (end == to) return to;
    return comma > from ? comma : space > from ? space : end;
}

bool says_something(const CodePoints& points, std::size_t from, std::size_t to) {
    for (; from < to; ++from) {
        const char32_t c = points[from];
        if (is_hanzi(c) || is_digit(c) || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'))
            return true;
    }
    return false;
}

CodePoints without_masks(const CodePoints& points, base::Locale locale) {
    CodePoints out;
    const auto hidden = code_points(base::text(base::MessageId::speech_hidden, locale));
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (points[i] != U'*') {
            out.push_back(points[i]);
        } else if (i == 0 || points[i - 1] != U'*') {
            out += hidden;
        }
    }
    return out;
}

}  // namespace

std::size_t hanzi_in(std::string_view text) {
    const auto points = code_points(text);
    return static_cast<std::size_t>(std::count_if(points.begin(), points.end(), is_hanzi));
}

std::vector<std::string> in_prompts(std::string_view text, base::Locale locale) {
    CodePoints points = without_masks(code_points(text), locale);
    std::vector<std::string> prompts;
    std::size_t from = 0;
    const auto finish = [&](std::size_t to) {
        while (from < to) {
            const std::size_t end = cut(points, from, to);
            if (says_something(points, from, end)) prompts.push_back(utf8(points, from, end));
            from = end;
        }
    };
    for (std::size_t i = 0; i < points.size(); ++i)
        if (ends_sentence(points, i)) finish(i + 1);
    finish(points.size());
    base::wipe(points);
    return prompts;
}

std::vector<std::string> spelled(std::string_view text, base::Locale locale) {
    std::vector<std::string> prompts;
    std::string prompt;
    int in_prompt = 0;
    constexpr int characters_a_prompt = 8;
    for (const char32_t c : code_points(text)) {
        if (is_space(c)) continue;
        if (!prompt.empty()) prompt += ' ';
        if (c == U'*')
            prompt += base::text(base::MessageId::speech_star, locale);
        else
            text::append(prompt, c);
        if (++in_prompt == characters_a_prompt) {
            prompts.push_back(std::exchange(prompt, {}));
            in_prompt = 0;
        }
    }
    if (!prompt.empty()) prompts.push_back(std::move(prompt));
    return prompts;
}

std::string for_voice(std::string_view text) {
    constexpr std::size_t longest_number = 4;
    const auto points = code_points(text);
    std::string out;
    for (std::size_t i = 0; i < points.size();) {
        std::size_t end = i;
        while (end < points.size() && is_digit(points[end])) ++end;
        const bool apart = end - i > longest_number;
        if (end == i) end = i + 1;
        for (; i < end; ++i) {
            text::append(out, points[i]);
            if (apart) out += ' ';
        }
    }
    return out;
}

}  // namespace ui::speech
