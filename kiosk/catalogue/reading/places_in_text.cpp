#include "catalogue/reading/places_in_text.hpp"

#include "catalogue/reading/json_tree.hpp"
#include "catalogue/reading/strict_object.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace catalogue::reading {

namespace {

// Called for every key and every list entry with its place and the byte it begins at; `false` ends
// the walk.
using Visit = std::function<bool(const std::string& place, std::string_view key, std::size_t at)>;

class Walk {
  public:
    Walk(std::string_view text, const Visit& visit) : text_(text), visit_(visit) {
        if (text.starts_with("\xEF\xBB\xBF")) at_ = 3;  // a mark that some editors write
    }

    // Of a member or entry, or of the whole document.
    bool value(const std::string& place, int depth) {
        skip_space();
        if (at_ >= text_.size() || depth > deepest_nesting) return false;
        const char first = text_[at_];
        if (first == '{') return object(place, depth);
        if (first == '[') return array(place, depth);
        if (first == '"') return string().has_value();
        const auto end = text_.find_first_of(",]} \t\r\n", at_);
        const std::size_t stop = end == std::string_view::npos ? text_.size() : end;
        if (stop == at_) return false;
        at_ = stop;
        return true;
    }

  private:
    void skip_space() {
        const auto next = text_.find_first_not_of(" \t\r\n", at_);
        at_ = next == std::string_view::npos ? text_.size() : next;
    }
    bool take(char expected) {
        skip_space();
        if (at_ >= text_.size() || text_[at_] != expected) return false;
        ++at_;
        return true;
    }
    // What is between the quotes, as written.
    std::optional<std::string_view> string() {
        const std::size_t begin = ++at_;
        while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
        if (at_ >= text_.size()) return std::nullopt;
        return text_.substr(begin, at_++ - begin);
    }
    bool object(const std::string& place, int depth) {
        ++at_;
        if (take('}')) return true;
        do {
            skip_space();
            if (at_ >= text_.size() || text_[at_] != '"') return false;
            const std::size_t begin = at_;
            const auto key = string();
            if (!key) return false;
            const std::string member = place_of(place, *key);
            if (!visit_(member, *key, begin) || !take(':') || !value(member, depth + 1))
                return false;
        } while (take(','));
        return take('}');
    }
    bool array(const std::string& place, int depth) {
        ++at_;
        if (take(']')) return true;
        std::size_t number = 0;
        do {
            skip_space();
            const std::string entry = place_of(place, number++);
            if (!visit_(entry, {}, at_) || !value(entry, depth + 1)) return false;
        } while (take(','));
        return take(']');
    }

    std::string_view text_;
    const Visit& visit_;
    std::size_t at_ = 0;
};

bool begins_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

// Once through the text for all of them; `offsets` in rising order.
std::map<std::size_t, TextPosition> positions_at(std::string_view text,
                                                 const std::set<std::size_t>& offsets) {
    std::map<std::size_t, TextPosition> found;
    TextPosition here;
    std::size_t at = 0;
    for (const std::size_t offset : offsets) {
        for (; at < std::min(offset, text.size()); ++at) {
            if (text[at] == '\n')
                ++here.line, here.column = 1;
            else if (at + 1 >= text.size() || begins_character(text[at + 1]))
                ++here.column;
        }
        found[offset] = here;
    }
    return found;
}

std::string parent_of(const std::string& place) {
    const auto stroke = place.rfind('/');
    return stroke == std::string::npos ? std::string() : place.substr(0, stroke);
}

}  // namespace

std::vector<TextPosition> positions_of(std::string_view json,
                                       const std::vector<std::string>& places) {
    if (places.empty()) return {};
    std::map<std::string, std::size_t> begins;  // of every place asked for and all above it
    constexpr std::size_t nowhere = std::string_view::npos;
    for (std::string place : places)
        while (!place.empty() && place.front() == '/' && begins.emplace(place, nowhere).second)
            place = parent_of(place);
    const Visit note = [&](const std::string& place, std::string_view, std::size_t at) {
        const auto wanted = begins.find(place);
        if (wanted != begins.end() && wanted->second == nowhere) wanted->second = at;
        return true;
    };
    Walk(json, note).value("", 0);
    std::vector<std::size_t> offsets;
    for (std::string place : places) {
        while (!place.empty() && (begins.count(place) == 0 || begins[place] == nowhere))
            place = parent_of(place);
        offsets.push_back(place.empty() ? 0 : begins[place]);
    }
    const auto positions = positions_at(json, {offsets.begin(), offsets.end()});
    std::vector<TextPosition> out;
    for (const std::size_t offset : offsets) out.push_back(positions.at(offset));
    return out;
}

std::optional<PlaceInText> key_written_twice(std::string_view json) {
    // A member's place has its object's before the last stroke, and no key has a stroke in a place.
    std::set<std::string> seen;
    std::optional<std::pair<std::string, std::size_t>> twice;
    const Visit look = [&](const std::string& place, std::string_view key, std::size_t at) {
        const std::string whole = parent_of(place) + "/" + std::string(key);
        if (key.data() == nullptr || seen.insert(whole).second) return true;
        twice.emplace(place, at);
        return false;
    };
    Walk(json, look).value("", 0);
    if (!twice) return std::nullopt;
    return PlaceInText{twice->first, positions_at(json, {twice->second}).at(twice->second)};
}

TextPosition in_characters(std::string_view text, TextPosition in_bytes) {
    std::size_t begin = 0;
    for (std::size_t line = 1; line < in_bytes.line; ++line) {
        const auto end = text.find('\n', begin);
        if (end == std::string_view::npos) return in_bytes;
        begin = end + 1;
    }
    const std::size_t offset = std::min(text.size(), begin + in_bytes.column - 1);
    return positions_at(text, {offset}).at(offset);
}

}  // namespace catalogue::reading
