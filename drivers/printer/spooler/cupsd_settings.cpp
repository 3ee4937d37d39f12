#include "drivers/printer/spooler/cupsd_settings.hpp"

#include "base/messages.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace drivers::printer {

namespace {

using base::MessageId;

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\v\f";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

struct Directive {
    int line = 0;
    std::string name;  // in lower case
    std::string value;
};

// Those outside of <Location>, <Policy> and <Limit>.
std::vector<Directive> directives_of(std::string_view text) {
    std::vector<Directive> out;
    int line = 0, depth = 0;
    while (!text.empty()) {
        ++line;
        const auto end = text.find('\n');
        auto one = trimmed(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (one.empty() || one.front() == '#') continue;
        if (one.front() == '<') {
            depth = std::max(0, depth + (one.starts_with("</") ? -1 : 1));
            continue;
        }
        if (depth > 0) continue;
        const auto blank = one.find_first_of(" \t");
        const auto value = blank == std::string_view::npos ? std::string_view{} : one.substr(blank);
        out.push_back({line, lower(one.substr(0, blank)), std::string(trimmed(value))});
    }
    return out;
}

// The last one counts, as in cupsd.
const Directive* find(const std::vector<Directive>& directives, std::string_view name) {
    const Directive* found = nullptr;
    for (const auto& directive : directives)
        if (directive.name == lower(name)) found = &directive;
    return found;
}

// A time as cupsd reads it, in seconds: 90, 1.5h, 2d; nothing for anything else.
std::optional<double> seconds_of(std::string_view value) {
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || number < 0) return std::nullopt;
    const std::string_view unit(end, static_cast<std::size_t>(value.data() + value.size() - end));
    constexpr std::array<std::pair<std::string_view, double>, 6> units{
        {{"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}, {"w", 604800}}};
    for (const auto& [name, factor] : units)
        if (lower(unit) == name) return number * factor;
    return std::nullopt;
}

bool is_no(std::string_view value) {
    const auto word = lower(value);
    return word == "no" || word == "off" || word == "false" || word == "0";
}

// A directive whose value is a time between two bounds.
struct TimeRule {
    const char* directive;
    double least, most;
    SettingsHarm harm;
    const char* wanted;
};
constexpr std::array<TimeRule, 4> time_rules{{
    // A released job is written down only at the next cleaning: a power cut before it forgets it.
    {"DirtyCleanInterval", 300, 1e9, SettingsHarm::prints_late, "600"},
    {"MaxJobTime", 1, 600, SettingsHarm::prints_late, "300"},
    {"MaxHoldTime", 1, 600, SettingsHarm::keeps_papers, "300"},
    {"JobKillDelay", 0, 60, SettingsHarm::prints_late, "30"},
}};

bool is_local(std::string_view address) {
    return address.starts_with("/") || address.starts_with("localhost") ||
           address.starts_with("127.") || address.starts_with("[::1]");
}

// The shipped drop-in, and what it runs before cupsd.
constexpr std::string_view service_file = "citizen-window.conf";
constexpr std::string_view clean_start = "/usr/bin/find /var/spool/cups -type f -delete";

bool policy_stops(std::string_view policy) {
    const auto word = lower(policy);
    return word != "abort-job" && word != "retry-current-job";
}

}  // namespace

std::vector<SettingsProblem> check_cupsd_settings(std::string_view cupsd_conf) {
    const auto directives = directives_of(cupsd_conf);
    std::vector<SettingsProblem> problems;
    const auto complain = [&](SettingsHarm harm, const Directive* at, const char* name,
                              const char* wanted) {
        problems.push_back({harm, at == nullptr ? 0 : at->line, name,
                            at == nullptr ? std::string{} : at->value, wanted});
    };

    const auto* files = find(directives, "PreserveJobFiles");
    if (files == nullptr || !is_no(files->value))
        complain(SettingsHarm::keeps_papers, files, "PreserveJobFiles", "No");

    const auto* history = find(directives, "PreserveJobHistory");
    const auto kept = history == nullptr ? std::nullopt : seconds_of(history->value);
    if (history != nullptr && is_no(history->value))
        complain(SettingsHarm::hides_outcome, history, "PreserveJobHistory", "60");
    else if (!kept || *kept > 300)
        complain(SettingsHarm::keeps_papers, history, "PreserveJobHistory", "60");

    for (const auto& rule : time_rules) {
        const auto* at = find(directives, rule.directive);
        const auto value = at == nullptr ? std::nullopt : seconds_of(at->value);
        if (!value || *value < rule.least || *value > rule.most)
            complain(rule.harm, at, rule.directive, rule.wanted);
    }

    const auto* policy = find(directives, "ErrorPolicy");
    if (policy == nullptr || policy_stops(policy->value))
        complain(SettingsHarm::stops, policy, "ErrorPolicy", "abort-job");

    for (const auto& directive : directives) {
        if (directive.name == "port")
            complain(SettingsHarm::lets_in, &directive, "Port", "Listen localhost:631");
        if ((directive.name == "listen" || directive.name == "ssllisten") &&
            !is_local(directive.value))
            complain(SettingsHarm::lets_in, &directive, "Listen", "localhost:631");
    }
    return problems;
}

// The command has to stand as it is shipped: whether another one empties the spool, too, no reader
// of text can tell. One whose failure is passed over ("-") does not count; the last empty
// assignment takes back all before it, as in systemd.
std::optional<SettingsProblem> check_cups_service(std::string_view drop_in) {
    constexpr std::string_view key = "ExecStartPre", wanted = clean_start;
    SettingsProblem problem{SettingsHarm::prints_late, 0, std::string(key), {}, std::string(wanted),
                            std::string(service_file)};
    bool in_service = false, cleans = false;
    for (int line = 1; !drop_in.empty(); ++line) {
        const auto end = drop_in.find('\n');
        const auto one = trimmed(drop_in.substr(0, end));
        drop_in = end == std::string_view::npos ? std::string_view{} : drop_in.substr(end + 1);
        if (one.starts_with('[')) in_service = one == "[Service]";
        const auto equals = one.find('=');
        if (!in_service || equals == std::string_view::npos ||
            trimmed(one.substr(0, equals)) != key)
            continue;
        const auto command = trimmed(one.substr(equals + 1));
        cleans = command == wanted || (cleans && !command.empty());
        problem.line = line;
        problem.found = command;
    }
    if (cleans) return std::nullopt;
    return problem;
}

std::optional<SettingsProblem> check_error_policy(std::string_view error_policy) {
    if (error_policy.empty() || !policy_stops(error_policy)) return std::nullopt;
    return SettingsProblem{SettingsHarm::stops,       0,           "printer-error-policy",
                           std::string(error_policy), "abort-job", {}};
}

std::string in_words(const SettingsProblem& problem, base::Locale locale) {
    constexpr std::array<MessageId, 5> harms{
        MessageId::cupsd_keeps_papers, MessageId::cupsd_prints_late, MessageId::cupsd_lets_in,
        MessageId::cupsd_stops, MessageId::cupsd_hides_outcome};
    const auto found = problem.found.empty()
                           ? std::string(base::text(MessageId::cupsd_default, locale))
                           : problem.found;
    const auto what = base::text(
        MessageId::cupsd_wanted, locale,
        {{"directive", problem.directive}, {"found", found}, {"wanted", problem.wanted}});
    std::string where;
    if (problem.file == service_file)
        where = base::text(MessageId::cupsd_service, locale, {{"file", problem.file}});
    if (problem.line != 0)
        where +=
            base::text(MessageId::cupsd_line, locale, {{"line", std::to_string(problem.line)}});
    return where + what +
           std::string(base::text(harms.at(static_cast<std::size_t>(problem.harm)), locale));
}

std::optional<base::Fault> as_fault(const std::vector<SettingsProblem>& problems) {
    const auto worst = std::ranges::min_element(problems, {}, &SettingsProblem::harm);
    if (worst == problems.end()) return std::nullopt;
    const bool privacy = worst->harm == SettingsHarm::keeps_papers ||
                         worst->harm == SettingsHarm::prints_late ||
                         worst->harm == SettingsHarm::lets_in;
    return base::Fault{
        privacy ? base::FaultCode::PrinterKeepsPapers : base::FaultCode::PrinterSetUpWrong,
        worst->file + ":" + std::to_string(worst->line) + " " + worst->directive};
}

}  // namespace drivers::printer
