#include "ui/text/line_breaking.hpp"

#include "ui/text/utf8.hpp"

#include <algorithm>
#include <optional>

namespace ui::text {

namespace {

constexpr std::u32string_view never_first =
    U"、，。．：；？！）〕］｝〉》」』】〗〙”’…—–～·・％‰℃°,.:;?!)]}%›»ー々〻";
constexpr std::u32string_view never_last = U"（〔［｛〈《「『【〖〘“‘￥＄¥$£€([{‹«№§";

bool is_blank(char32_t c) {
    return c == U' ' || c == U'\t' || c == U'\u3000';
}

// Letters and signs that make one word with their neighbours.
bool is_word(char32_t c) {
    if (c < 0x80) return c > U' ';
    return (c >= 0xC0 && c < 0x2000 && c != 0xB7) || c == U'\u00A0';
}

struct Position {
    std::size_t at = 0;    // byte where the character begins
    std::size_t next = 0;  // byte behind it
    char32_t character = 0;
    float width = 0;
};

bool may_break_between(char32_t before, char32_t after) {
    if (is_blank(after)) return false;  // blanks hang at the end of their line
    if (!may_start_line(after) || !may_end_line(before)) return false;
    if (is_blank(before)) return true;
    if (is_word(before) && is_word(after)) {
        // A long address or path may part behind these.
        return before == U'/' || (before == U'-' && after > U'9');
    }
    return true;
}

class Breaker {
  public:
    Breaker(std::string_view text, float width, const Advance& advance)
        : text_(text), width_(width) {
        for (std::size_t at = 0; at < text.size();) {
            Position p;
            p.at = at;
            p.character = next_code_point(text, at);
            p.next = at;
            p.width = p.character == U'\n' ? 0 : advance(p.character);
            positions_.push_back(p);
        }
    }

    std::vector<BrokenLine> run(float first_indent) {
        fill(0, width_ - first_indent, width_, first_indent > 0);
        mend_widow();
        return std::move(lines_);
    }

  private:
    void fill(std::size_t begin, float room, float later_room, bool may_be_empty) {
        while (begin < positions_.size()) {
            const std::size_t end = line_end(begin, room, may_be_empty);
            may_be_empty = false;
            begins_.push_back(begin);
            push(begin, end);
            begin = end;
            if (begin < positions_.size() && positions_[begin].character == U'\n') {
                ++begin;
            } else {
                while (begin < positions_.size() && is_blank(positions_[begin].character)) ++begin;
            }
            room = later_room;
        }
    }

    // One or two characters alone on the last line look lost: the line before gives some of its
    // own.
    void mend_widow() {
        if (lines_.size() < 2) return;
        const std::size_t last = lines_.size() - 1;
        const float em = positions_.back().width;
        if (lines_[last].width > 2.4F * std::max(em, width_ / 40)) return;
        const std::size_t begin = begins_[last - 1];
        for (std::size_t i = begin; i < begins_[last]; ++i)
            if (positions_[i].character == U'\n') return;
        const std::vector<BrokenLine> before = lines_;
        const float both = lines_[last].width + lines_[last - 1].width;
        if (lines_[last - 1].width < both * 0.75F) return;
        lines_.resize(last - 1);
        begins_.resize(last - 1);
        fill(begin, both * 0.72F, width_, false);
        if (lines_.size() != before.size()) lines_ = before;
    }

    // The index behind the last character of the line that begins at `begin`.
    std::size_t line_end(std::size_t begin, float room, bool may_be_empty) const {
        float used = 0;
        std::optional<std::size_t> opportunity;
        for (std::size_t i = begin; i < positions_.size(); ++i) {
            const Position& p = positions_[i];
            if (p.character == U'\n') return i;
            if (i > begin && may_break_between(positions_[i - 1].character, p.character))
                opportunity = i;
            used += p.width;
            if (used > room && !is_blank(p.character)) {
                if (opportunity) return *opportunity;
                if (may_be_empty) return begin;
                return std::max(i, begin + 1);
            }
        }
        return positions_.size();
    }

    void push(std::size_t begin, std::size_t end) {
        while (end > begin && is_blank(positions_[end - 1].character)) --end;
        BrokenLine line;
        for (std::size_t i = begin; i < end; ++i) line.width += positions_[i].width;
        if (end > begin) {
            const std::size_t from = positions_[begin].at;
            line.text = text_.substr(from, positions_[end - 1].next - from);
        }
        lines_.push_back(line);
    }

    std::string_view text_;
    float width_;
    std::vector<Position> positions_;
    std::vector<BrokenLine> lines_;
    std::vector<std::size_t> begins_;  // of each line, in positions
};

}  // namespace

bool may_start_line(char32_t c) {
    return never_first.find(c) == std::u32string_view::npos;
}
bool may_end_line(char32_t c) {
    return never_last.find(c) == std::u32string_view::npos;
}

std::vector<BrokenLine> break_lines(std::string_view text, float width, const Advance& advance,
                                    float first_indent) {
    return Breaker(text, width, advance).run(first_indent);
}

}  // namespace ui::text
