#include "domain/set_up/known.hpp"

#include "base/messages.hpp"

#include <algorithm>

namespace domain::set_up {

std::vector<Change> changes_of(Decision decision, const Values& values,
                               const std::map<std::string, std::string>& current) {
    std::vector<Change> out;
    for (const auto& setting : settings_of(decision, values)) {
        const auto key = setting.section + "." + setting.key;
        const auto found = current.find(key);
        const auto before = found == current.end() ? std::string{} : found->second;
        if (before != setting.value) out.push_back({key, before, setting.value});
    }
    return out;
}

Values beginning_of(Decision decision, const Known& known) {
    Values out;
    const auto* before = known.progress.find(decision);
    if (before != nullptr) out = before->values;
    for (const auto& field : question(decision).fields) {
        const auto current = known.current.find(std::string(field.setting));
        if (!field.setting.empty() && current != known.current.end() && !current->second.empty())
            out.try_emplace(std::string(field.key), current->second);
    }
    // The centre's word stands there until somebody has said otherwise.
    if (decision == Decision::mode && before == nullptr && !known.enrolled_profile.empty())
        out["profile"] = known.enrolled_profile;
    if (decision == Decision::enrolment) {
        out.clear();
        if (known.enrolled) out["how"] = "enrolled";
    }
    return out;
}

bool is_plausible(base::Instant now) {
    constexpr base::Instant made{base::Millis{1'767'196'800'000}};  // 2026-01-01 in China
    constexpr auto lifetime = std::chrono::hours(24 * 365 * 40);
    return now >= made && now < made + lifetime;
}

TestResult judge_network(std::string_view kind, const std::vector<Link>& links, base::Instant at) {
    TestResult out{"network", TestVerdict::unsupported, false, at, "不联网"};
    if (kind == "none") return out;
    std::string up;
    bool good = false;
    for (const auto& link : links) {
        if (!link.up) continue;
        up += (up.empty() ? "" : "、") + link.name;
        // A proxy is reached over whatever there is.
        good = good || kind == "proxy" || link.wireless == (kind == "wifi");
    }
    out.verdict = good ? TestVerdict::passed : TestVerdict::failed;
    out.found = up.empty() ? std::string("没有接通的网络") : "接通：" + up;
    return out;
}

std::optional<TestResult> judge_profile(std::string_view chosen, std::string_view enrolled,
                                        base::Instant at) {
    if (enrolled.empty()) return std::nullopt;
    const auto label = [](std::string_view word) {
        for (const auto& field : question(Decision::mode).fields)
            for (const auto& each : field.words)
                if (each.word == word) return std::string(base::text(each.label, base::Locale::zh));
        return std::string(word);
    };
    TestResult out{std::string(profile_test), TestVerdict::passed, false, at, label(chosen)};
    if (chosen == enrolled) return out;
    out.verdict = TestVerdict::failed;
    out.found = "本机填的是" + label(chosen) + "，中心登记的是" + label(enrolled);
    return out;
}

}  // namespace domain::set_up
