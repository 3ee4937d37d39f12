#include "provisioning/set_up/set_up_checks.hpp"

#include "base/messages.hpp"

#include <fmt/format.h>

namespace provisioning::set_up {

namespace {

using diagnostics::Check;
using diagnostics::Verdict;
using namespace domain::set_up;

std::string title(Decision decision) {
    return std::string(base::text(question(decision).title, base::Locale::zh));
}

Check as_a_whole(const Progress& progress, bool required, base::Instant now) {
    Check out{"set_up", "开通向导"};
    out.at = progress.finished.value_or(now);
    if (progress.finished) {
        out.verdict = Verdict::passed;
        out.found = fmt::format("{} 做完", base::iso8601_local(*progress.finished));
        return out;
    }
    const auto next = progress.next();
    out.verdict = required ? Verdict::failed : Verdict::unsupported;
    out.found = progress.decided.empty() ? std::string("没有做过")
                                         : fmt::format("做了 {} 步", progress.decided.size());
    if (next) out.found += fmt::format("，下一步是{}", title(*next));
    if (required) out.mend = "在本机屏幕继续，或运行 kiosk-technician set-up";
    return out;
}

Check of(Decision decision, const TestResult& test) {
    Check out{"set_up." + test.test, title(decision) + " · " + test.test};
    switch (test.verdict) {
        case TestVerdict::passed:
            out.verdict = Verdict::passed;
            break;
        case TestVerdict::failed:
            // What fails now says so by itself; what failed then is to be known.
            out.verdict = Verdict::attention;
            out.mend = test.test == profile_test
                           ? "在开通向导里改使用场所，或请中心按实际场所重新邀请"
                           : "修好后重做这一步：kiosk-technician set-up";
            break;
        case TestVerdict::unsupported:
            out.verdict = Verdict::unsupported;
            break;
    }
    out.by = test.by_person ? diagnostics::JudgedBy::person : diagnostics::JudgedBy::machine;
    out.found = test.found;
    out.at = test.at;
    return out;
}

}  // namespace

std::vector<Check> set_up_checks(const Progress& progress, bool required, base::Instant now,
                                 const std::optional<TestResult>& profile) {
    std::vector<Check> out{as_a_whole(progress, required, now)};
    for (const auto& decided : progress.decided) {
        for (const auto& test : decided.tests)
            if (!profile || test.test != profile_test) out.push_back(of(decided.decision, test));
        if (!decided.skipped) continue;
        Check skipped{"set_up." + std::string(name(decided.decision)), title(decided.decision)};
        skipped.verdict = Verdict::skipped;
        skipped.by = diagnostics::JudgedBy::person;
        skipped.found = "开通时跳过";
        skipped.at = decided.at;
        out.push_back(std::move(skipped));
    }
    if (profile) out.push_back(of(Decision::mode, *profile));
    return out;
}

std::optional<technician::RecordedTest> panel_record(const Progress& progress,
                                                     std::optional<base::Instant> since) {
    const auto* screen = progress.find(Decision::screen);
    if (screen == nullptr || screen->skipped) return std::nullopt;
    std::optional<technician::RecordedTest> touch;
    bool colours_wrong = false;
    for (const auto& test : screen->tests) {
        if (test.test == "touch" && test.verdict != TestVerdict::unsupported &&
            (!since || test.at > *since))
            touch = {test.verdict == TestVerdict::passed, test.by_person, test.found, test.at};
        colours_wrong =
            colours_wrong || (test.test == "display" && test.verdict == TestVerdict::failed);
    }
    if (touch && colours_wrong) {
        touch->passed = false;
        touch->found += touch->found.empty() ? "颜色不对" : "；颜色不对";
    }
    return touch;
}

}  // namespace provisioning::set_up
