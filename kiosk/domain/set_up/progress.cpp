#include "domain/set_up/progress.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace domain::set_up {

namespace {
constexpr std::array<std::string_view, 3> verdicts{"passed", "failed", "unsupported"};
}

std::string_view name(TestVerdict verdict) {
    return verdicts.at(static_cast<std::size_t>(verdict));
}

std::optional<TestVerdict> verdict_from(std::string_view word) {
    const auto found = std::ranges::find(verdicts, word);
    if (found == verdicts.end()) return std::nullopt;
    return static_cast<TestVerdict>(found - verdicts.begin());
}

std::optional<TestVerdict> verdict_of_answer(std::string_view answer) {
    const auto& words = verdict_words();
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i].word == answer) return static_cast<TestVerdict>(i);
    return std::nullopt;
}

const Decided* Progress::find(Decision decision) const {
    for (const auto& one : decided)
        if (one.decision == decision) return &one;
    return nullptr;
}

std::optional<Decision> Progress::next() const {
    for (const auto& one : questions())
        if (find(one.decision) == nullptr) return one.decision;
    return std::nullopt;
}

void Progress::put(Decided one) {
    recorded.reset();
    std::erase_if(decided, [&](const Decided& old) { return old.decision == one.decision; });
    const auto at = std::ranges::find_if(
        decided, [&](const Decided& other) { return other.decision > one.decision; });
    decided.insert(at, std::move(one));
}

Values without_secrets(Decision decision, Values values) {
    for (const auto& field : question(decision).fields)
        if (is_secret(field.takes)) values.erase(std::string(field.key));
    return values;
}

std::vector<Setting> settings_of(const Progress& progress) {
    std::vector<Setting> out;
    for (const auto& one : progress.decided) {
        if (one.skipped) continue;
        for (auto& setting : settings_of(one.decision, one.values))
            out.push_back(std::move(setting));
    }
    return out;
}

}  // namespace domain::set_up
