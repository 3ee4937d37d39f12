#include "catalogue/search.hpp"

#include "base/bytes.hpp"
#include "catalogue/spelling.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

namespace catalogue {

namespace {

constexpr std::size_t longest_query = 40;          // characters; what follows changes nothing
constexpr std::size_t shortest_english = 3;        // fewer letters begin too many words
constexpr std::size_t longest_query_bytes = 1024;  // with the spaces; nobody types this much

// The better the smaller.
enum class Fit {
    name_is,
    keyword_is,
    name_begins,
    keyword_begins,
    contains,
    name_sounds,
    keyword_sounds,
    in_the_middle
};

// Bit i: the first i characters of the query are used up where one sound ends and the next begins.
using Reached = std::uint64_t;
static_assert(longest_query < 64);

// ü is typed as u, too, where no keyboard has it.
bool is_typed_as(char32_t typed, char letter) {
    return typed == static_cast<unsigned char>(letter) || (typed == U'u' && letter == 'v');
}

bool has_two_letter_initial(std::string_view syllable) {
    return syllable.starts_with("zh") || syllable.starts_with("ch") || syllable.starts_with("sh");
}

// Where the query may have come to after `sound`: the character itself, its syllable, the initial
// of it, or, as the last that is typed, any beginning of it.
Reached after(const Sound& sound, Reached before, const std::u32string& query) {
    const auto bit = [](std::size_t i) { return Reached{1} << i; };
    Reached reached = 0;
    for (std::size_t i = 0; i < query.size(); ++i) {
        if ((before & bit(i)) == 0) continue;
        if (query[i] == sound.character) reached |= bit(i + 1);
        const auto syllable = sound.syllable;
        std::size_t same = 0;
        while (same < syllable.size() && i + same < query.size() &&
               is_typed_as(query[i + same], syllable[same]))
            ++same;
        if (same == 0) continue;
        reached |= bit(i + 1);
        if (same >= 2 && has_two_letter_initial(syllable)) reached |= bit(i + 2);
        if (same == syllable.size() || i + same == query.size()) reached |= bit(i + same);
    }
    return reached;
}

bool sounds_like(const std::vector<Sound>& sounds, const std::u32string& query, bool anywhere) {
    const Reached all = Reached{1} << query.size();
    Reached reached = 1;
    for (const Sound& sound : sounds) {
        reached = after(sound, anywhere ? reached | 1 : reached, query);
        if ((reached & all) != 0) return true;
        if (reached == 0 && !anywhere) return false;
    }
    return false;
}

std::optional<Fit> fit(const std::vector<Sound>& sounds, const std::u32string& query,
                       bool is_keyword) {
    const auto found =
        std::search(sounds.begin(), sounds.end(), query.begin(), query.end(),
                    [](const Sound& sound, char32_t c) { return sound.character == c; });
    if (found == sounds.begin() && found != sounds.end()) {
        if (sounds.size() == query.size()) return is_keyword ? Fit::keyword_is : Fit::name_is;
        return is_keyword ? Fit::keyword_begins : Fit::name_begins;
    }
    if (found != sounds.end()) return Fit::contains;
    if (sounds_like(sounds, query, false))
        return is_keyword ? Fit::keyword_sounds : Fit::name_sounds;
    if (sounds_like(sounds, query, true)) return Fit::in_the_middle;
    return std::nullopt;
}

// What a text must have for the query to fit it at all, seen without taking the text apart: most of
// a large pack is passed over by it.
class Needed {
  public:
    explicit Needed(const std::u32string& query) {
        for (const char32_t c : query)
            if (c >= U'a' && c <= U'z')
                letters_ |= letter(static_cast<char>(c));
            else if (is_han(c))
                han_.push_back(base::utf8_from_code_points(std::u32string_view(&c, 1)));
    }
    bool may_fit(std::string_view zh, std::string_view pinyin) const {
        for (const auto& character : han_)
            if (zh.find(character) == std::string_view::npos) return false;
        if (letters_ == 0) return true;
        std::uint32_t there = 0;
        for (const char c : pinyin) there |= letter(c);
        for (const char c : zh) there |= letter(c);
        if ((there & letter('v')) != 0) there |= letter('u');  // ü typed as u
        return (letters_ & ~there) == 0 ||
               zh.find_first_of("\xEF\xC3\xC7") != std::string_view::npos;  // full width, ü
    }

  private:
    static std::uint32_t letter(char c) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return c >= 'a' && c <= 'z' ? std::uint32_t{1} << (c - 'a') : 0;
    }
    std::uint32_t letters_ = 0;
    std::vector<std::string> han_;
};

struct Hit {
    Fit fit = Fit::in_the_middle;
    Found found;
};

}  // namespace

std::vector<Found> find_services(const Pack& pack, std::string_view query, std::size_t most) {
    if (query.size() > longest_query_bytes || !base::is_valid_utf8(query)) return {};
    const std::u32string asked = searched_form(query, longest_query);
    if (asked.empty()) return {};

    const Needed needed(asked);
    std::vector<Hit> hits;
    std::vector<Sound> sounds;
    for (const ServiceItem& item : pack.items) {
        std::optional<Fit> best;
        if (needed.may_fit(item.name.zh, item.name_pinyin)) {
            spell(item.name.zh, item.name_pinyin, sounds);
            best = fit(sounds, asked, false);
        }
        const Keyword* by = nullptr;
        for (const Keyword& keyword : item.keywords) {
            if (!needed.may_fit(keyword.zh, keyword.pinyin)) continue;
            spell(keyword.zh, keyword.pinyin, sounds);
            const auto here = fit(sounds, asked, true);
            if (!here || (best && *best <= *here)) continue;
            best = here;
            by = &keyword;
        }
        if (best) hits.push_back({*best, {&item, by}});
    }
    if (hits.empty() && asked.size() >= shortest_english)
        for (const ServiceItem& item : pack.items)
            if (has_words(item.name.en, asked)) hits.push_back({Fit::in_the_middle, {&item, {}}});
    std::stable_sort(hits.begin(), hits.end(),
                     [](const Hit& a, const Hit& b) { return a.fit < b.fit; });
    std::vector<Found> found;
    found.reserve(std::min(most, hits.size()));
    for (const Hit& hit : hits) {
        if (found.size() == most) break;
        found.push_back(hit.found);
    }
    return found;
}

}  // namespace catalogue
