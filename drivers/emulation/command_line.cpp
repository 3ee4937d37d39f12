#include "drivers/emulation/command_line.hpp"

#include <sstream>
#include <utility>

namespace drivers::emulation {

namespace {

// Whether the words fit "card place PERSON [fault FAULT]" and the like.
bool fits(std::string pattern, const Words& words) {
    if (const auto optional_at = pattern.find('['); optional_at != std::string::npos) {
        auto longer = pattern;
        std::erase_if(longer, [](char c) { return c == '[' || c == ']'; });
        if (fits(std::move(longer), words)) return true;
        pattern.resize(optional_at);
    }
    const auto wanted = words_of(pattern);
    if (wanted.size() != words.size()) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const bool given = wanted[i].front() >= 'A' && wanted[i].front() <= 'Z';
        if (!given && wanted[i] != words[i]) return false;
    }
    return true;
}

}  // namespace

Verb simple(const char* usage, const char* done, std::function<void()> act) {
    return {usage, [done, act = std::move(act)](const Words&) -> Answer {
                act();
                return std::string(done);
            }};
}

Words words_of(std::string_view line) {
    std::istringstream in{std::string(line)};
    Words words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

std::string joined(const Words& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " | ") + word;
    return out;
}

const Verb* verb_of(const Verbs& verbs, std::string_view line) {
    const auto words = words_of(line);
    for (const auto& verb : verbs)
        if (fits(verb.usage, words)) return &verb;
    return nullptr;
}

std::string usages(const Verbs& verbs) {
    std::string out;
    for (const auto& verb : verbs) out += std::string(verb.usage) + "\n";
    return out;
}

}  // namespace drivers::emulation
