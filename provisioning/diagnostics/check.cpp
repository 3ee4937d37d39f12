#include "provisioning/diagnostics/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace provisioning::diagnostics {

namespace {
constexpr std::array<std::string_view, 5> verdict_names{"failed", "attention", "skipped",
                                                        "unsupported", "passed"};
}  // namespace

std::string_view name(Verdict verdict) {
    return verdict_names.at(static_cast<std::size_t>(verdict));
}

std::optional<Verdict> verdict_from(std::string_view name) {
    const auto* const found = std::ranges::find(verdict_names, name);
    if (found == verdict_names.end()) return std::nullopt;
    return static_cast<Verdict>(found - verdict_names.begin());
}

std::string_view word(Verdict verdict) {
    constexpr std::array<std::string_view, 5> words{"没有通过", "要留意", "没有做", "不支持",
                                                    "通过"};
    return words.at(static_cast<std::size_t>(verdict));
}

std::string_view name(JudgedBy by) {
    return by == JudgedBy::machine ? "machine" : "person";
}

std::vector<Check> worst_first(std::vector<Check> checks) {
    std::ranges::stable_sort(checks, {}, &Check::verdict);
    return checks;
}

bool is_ready(const std::vector<Check>& checks) {
    return std::ranges::none_of(
        checks, [](const Check& check) { return check.verdict == Verdict::failed; });
}

std::string conclusion(const std::vector<Check>& checks) {
    const auto count = [&](Verdict verdict) {
        return std::ranges::count(checks, verdict, &Check::verdict);
    };
    if (const auto failed = count(Verdict::failed); failed > 0)
        return fmt::format("有 {} 项没有通过，不能投入使用", failed);
    if (const auto look = count(Verdict::attention) + count(Verdict::skipped); look > 0)
        return fmt::format("可以投入使用，有 {} 项要留意", look);
    return "可以投入使用";
}

std::string in_one_line(const Check& check) {
    std::string text = fmt::format("{}  {}：{}", word(check.verdict), check.title, check.found);
    if (!check.mend.empty()) text += " —— " + check.mend;
    return text;
}

}  // namespace provisioning::diagnostics
