#include "provisioning/set_up/carry_out.hpp"

#include "base/messages.hpp"
#include "provisioning/set_up/enrolled_profile.hpp"

#include <fmt/format.h>

#include <utility>

namespace provisioning::set_up {

namespace {

using base::FaultCode;
using diagnostics::Answer;
using diagnostics::Check;
using diagnostics::Verdict;
using namespace domain::set_up;

std::string value_of(const Values& values, const char* key) {
    const auto found = values.find(key);
    return found == values.end() ? std::string{} : found->second;
}

TestResult result_of(const Check& check) {
    TestVerdict verdict = TestVerdict::passed;
    if (check.verdict == Verdict::failed) verdict = TestVerdict::failed;
    if (check.verdict == Verdict::unsupported || check.verdict == Verdict::skipped)
        verdict = TestVerdict::unsupported;
    return {check.name, verdict, check.by == diagnostics::JudgedBy::person, check.at, check.found};
}

// What a person saw, where no machine could see it.
TestResult seen(const char* test, const Values& values, const char* key, base::Instant at) {
    return {test, verdict_of_answer(value_of(values, key)).value_or(TestVerdict::unsupported), true,
            at};
}

base::Result<std::vector<TestResult>> network(const Values& values, const Surroundings& here) {
    const auto kind = value_of(values, "kind");
    const auto at = here.clock.now();
    const auto passphrase = value_of(values, "passphrase");
    if (kind == "wifi" && !passphrase.empty()) {
        const auto name = value_of(values, "ssid");
        const auto outcome = here.join({name, base::SecretText(passphrase)});
        if (outcome != JoinOutcome::joined)
            return base::fail(FaultCode::SetUpAnswerWrong,
                              base::text(sentence(outcome), base::Locale::zh, {{"name", name}}));
    }
    return std::vector{judge_network(kind, here.links(), at)};
}

base::Result<std::vector<TestResult>> clock(const Values& values, const Surroundings& here) {
    const auto now = here.clock.now();
    if (!is_plausible(now))
        return base::fail(FaultCode::SetUpAnswerWrong,
                          "时间是 " + base::iso8601_local(now) + "，先把系统时间调对");
    const bool by_hand = value_of(values, "set_by") == "hand";
    if (!by_hand && !here.clock_synchronised())
        return base::fail(FaultCode::SetUpAnswerWrong,
                          "系统还没有和网上的标准时间对过；连上网再试，或人工核对后填 hand");
    return std::vector{
        TestResult{"clock", TestVerdict::passed, by_hand, now, base::iso8601_local(now)}};
}

base::Result<std::vector<TestResult>> enrolment(const Values& values, const Surroundings& here) {
    if (value_of(values, "how") != "enrolled") TRY_STATUS(here.enrol(values));
    auto who = TRY(here.identity());
    return std::vector{
        TestResult{"enrolment", TestVerdict::passed, false, here.clock.now(), std::move(who)}};
}

std::vector<TestResult> results_of(const std::vector<Check>& checks) {
    std::vector<TestResult> out;
    for (const auto& check : checks) out.push_back(result_of(check));
    return out;
}

// The machine tries what the terminal has; of what it has not, nothing is tried.
std::vector<TestResult> tried(const config::Config& candidate, const Values& values,
                              const Surroundings& here,
                              const std::vector<std::pair<const char*, const char*>>& tests) {
    std::set<std::string> only;
    for (const auto& [test, key] : tests)
        if (value_of(values, key) != "unsupported") only.insert(test);
    const auto ask = [&](const std::string& test, const std::string&) {
        for (const auto& [name, key] : tests)
            if (test == name) {
                const auto verdict = verdict_of_answer(value_of(values, key));
                return verdict == TestVerdict::passed   ? Answer::yes
                       : verdict == TestVerdict::failed ? Answer::no
                                                        : Answer::skip;
            }
        return Answer::skip;
    };
    auto out =
        only.empty() ? std::vector<TestResult>{} : results_of(here.guided(candidate, ask, only));
    for (const auto& [test, key] : tests) {
        bool is_there = false;
        for (const auto& result : out) is_there = is_there || result.test == test;
        if (!is_there)
            out.push_back({test, TestVerdict::unsupported, !only.contains(test), here.clock.now(),
                           "这台终端没有配置"});
    }
    return out;
}

base::Result<std::vector<TestResult>> pack(const Values& values, const config::Config& candidate,
                                           const Surroundings& here) {
    const auto version = here.pack_version(candidate);
    const auto at = here.clock.now();
    if (version)
        return std::vector{
            TestResult{"pack", TestVerdict::passed, false, at, fmt::format("第 {} 版", *version)}};
    if (value_of(values, "catalogue") == "present") return base::fail(version.error());
    return std::vector{TestResult{"pack", TestVerdict::unsupported, false, at, "以后从中心取"}};
}

}  // namespace

base::Result<std::vector<TestResult>> carry_out(Decision decision, const Values& values,
                                                const config::Config& candidate,
                                                const Surroundings& here) {
    const auto at = here.clock.now();
    switch (decision) {
        case Decision::network:
            return network(values, here);
        case Decision::clock:
            return clock(values, here);
        case Decision::enrolment:
            return enrolment(values, here);
        case Decision::devices:
            return results_of(here.devices(candidate));
        case Decision::screen:
            return std::vector{seen("display", values, "display", at),
                               seen("touch", values, "touch", at)};
        case Decision::printers:
            return tried(candidate, values, here, {{"printer", "documents"}, {"slip", "slips"}});
        case Decision::camera: {
            auto out = tried(candidate, values, here, {{"camera", "aim"}});
            out.push_back(seen("light", values, "light", at));
            return out;
        }
        case Decision::sound:
            return std::vector{seen("speaker", values, "speaker", at)};
        case Decision::pack:
            return pack(values, candidate, here);
        case Decision::mode:
            if (auto same =
                    judge_profile(value_of(values, "profile"), enrolled_profile(candidate), at))
                return std::vector{std::move(*same)};
            break;
        case Decision::language:
        case Decision::reader:
            break;
    }
    return std::vector<TestResult>{};
}

}  // namespace provisioning::set_up
