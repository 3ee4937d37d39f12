#include "provisioning/diagnostics/findings.hpp"

#include "provisioning/technician/device_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace provisioning::diagnostics {

namespace {

using documents::Tone;
using offline::papers::ServiceKind;

std::string line(std::string text) {
    std::ranges::replace_if(
        text, [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; }, ' ');
    constexpr std::size_t longest = offline::papers::service_line_bytes_max;
    if (text.size() <= longest) return text;
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
    return text;
}

std::string without_tabs(std::string text) {
    std::ranges::replace(text, '\t', ' ');
    return text;
}

std::string line_of(const Check& check) {
    return line(fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", check.name, name(check.verdict),
                            name(check.by), check.at.time_since_epoch().count(), check.took.count(),
                            without_tabs(check.title), without_tabs(check.found),
                            without_tabs(check.mend)));
}

Tone tone_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::failed:
            return Tone::bad;
        case Verdict::attention:
        case Verdict::skipped:
            return Tone::attention;
        case Verdict::passed:
            return Tone::good;
        case Verdict::unsupported:
            break;
    }
    return Tone::plain;
}

const char* title_of(ServiceKind kind) {
    switch (kind) {
        case ServiceKind::commissioning:
            return "终端验收记录";
        case ServiceKind::swap:
            return "设备更换记录";
        case ServiceKind::update:
            return "更新记录";
        case ServiceKind::inspection:
            break;
    }
    return "终端状况报告";
}

// 2026-11-22 09:41
std::string minute(base::Instant at) {
    std::string text = base::iso8601_local(at).substr(0, 16);
    std::ranges::replace(text, 'T', ' ');
    return text;
}

documents::ReportLine line_for(const Check& check) {
    documents::ReportLine out{std::string(word(check.verdict)), tone_of(check.verdict), check.title,
                              check.found, check.mend};
    if (check.by == JudgedBy::person) out.note += out.note.empty() ? "由人确认" : "（由人确认）";
    if (check.took.count() > 0)
        out.note += fmt::format("{}用时 {:.1f} 秒", out.note.empty() ? "" : "，",
                                static_cast<double>(check.took.count()) / 1000);
    return out;
}

std::string device_title(const std::string& kind) {
    for (int i = 0; i <= static_cast<int>(domain::DeviceKind::cabinet); ++i)
        if (const auto one = static_cast<domain::DeviceKind>(i); domain::name(one) == kind)
            return std::string(technician::word(one));
    return kind;
}

std::vector<std::string> parts_of(const std::string& line) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= line.size();) {
        const auto end = std::min(line.find('\t', at), line.size());
        parts.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

std::optional<std::int64_t> number_of(const std::string& text) {
    std::int64_t out = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, problem] = std::from_chars(text.data(), end, out);
    return problem == std::errc{} && stopped == end ? std::optional(out) : std::nullopt;
}

// As line_of() wrote it.
std::optional<Check> check_of(const std::string& line) {
    auto parts = parts_of(line);
    if (parts.size() < 6 || parts.size() > 8) return std::nullopt;
    parts.resize(8);  // of one that was cut
    const auto verdict = verdict_from(parts[1]);
    const auto at = number_of(parts[3]), took = number_of(parts[4]);
    if (!verdict || !at || !took) return std::nullopt;
    if (parts[2] != name(JudgedBy::person) && parts[2] != name(JudgedBy::machine))
        return std::nullopt;
    Check out{parts[0], parts[5], *verdict};
    out.by = parts[2] == name(JudgedBy::person) ? JudgedBy::person : JudgedBy::machine;
    out.found = parts[6];
    out.mend = parts[7];
    out.at = base::Instant{base::Millis{*at}};
    out.took = base::Millis{*took};
    return out;
}

// kind TAB place TAB model TAB number
documents::ReportLine line_for_device(const std::string& line) {
    auto parts = parts_of(line);
    parts.resize(4, "-");
    documents::ReportLine out;
    out.title = device_title(parts[0]);
    for (const auto& [label, value] :
         {std::pair{"接在 ", parts[1]}, {"型号 ", parts[2]}, {"编号 ", parts[3]}})
        if (value != "-") out.text += (out.text.empty() ? "" : "，") + (label + value);
    if (out.text.empty()) out.text = "没有更多信息";
    return out;
}

}  // namespace

offline::papers::ServiceContent content_of(const Findings& findings) {
    offline::papers::ServiceContent out;
    out.kind = findings.kind;
    out.made_at = findings.at;
    out.technician = findings.technician;
    out.software = findings.software;
    const auto& machine = findings.machine;
    for (const auto& [key, value] : {std::pair{"system", machine.system},
                                     {"model", machine.model},
                                     {"number", machine.number},
                                     {"disk_bytes", std::to_string(machine.disk_bytes)},
                                     {"memory_bytes", std::to_string(machine.memory_bytes)}})
        out.machine.push_back(line(std::string(key) + "\t" + value));
    for (const auto& device : findings.devices) out.devices.push_back(line(device));
    for (const auto& check : findings.checks) out.checks.push_back(line_of(check));
    constexpr auto most = offline::papers::service_lines_max;
    if (out.checks.size() > most) out.checks.resize(most);
    if (out.devices.size() > most) out.devices.resize(most);
    return out;
}

base::Result<Findings> findings_of(const offline::papers::ServiceContent& content,
                                   const std::string& terminal, domain::Realm realm) {
    Findings out;
    out.kind = content.kind;
    out.at = content.made_at;
    out.terminal = terminal;
    out.realm = realm;
    out.technician = content.technician;
    out.software = content.software;
    for (const auto& fact : content.machine) {
        const auto parts = parts_of(fact);
        if (parts.size() != 2) return base::fail(base::FaultCode::BytesMalformed, "machine");
        if (parts[0] == "system") out.machine.system = parts[1];
        if (parts[0] == "model") out.machine.model = parts[1];
        if (parts[0] == "number") out.machine.number = parts[1];
        if (parts[0] == "disk_bytes") out.machine.disk_bytes = number_of(parts[1]).value_or(0);
        if (parts[0] == "memory_bytes") out.machine.memory_bytes = number_of(parts[1]).value_or(0);
    }
    out.devices = {content.devices.begin(), content.devices.end()};
    for (const auto& line : content.checks) {
        auto check = check_of(line);
        if (!check) return base::fail(base::FaultCode::BytesMalformed, "check");
        out.checks.push_back(std::move(*check));
    }
    return out;
}

documents::ReportDocument report_of(const Findings& findings,
                                    const std::optional<std::string>& signed_as) {
    documents::ReportDocument out;
    out.training = findings.realm == domain::Realm::training;
    out.organisation = "市民之窗 · 自助服务终端";
    out.title = title_of(findings.kind);
    out.conclusion = conclusion(findings.checks);
    const auto sorted = worst_first(findings.checks);
    out.tone = !is_ready(sorted)                                                  ? Tone::bad
               : !sorted.empty() && sorted.front().verdict < Verdict::unsupported ? Tone::attention
                                                                                  : Tone::good;
    const auto& machine = findings.machine;
    out.facts = {{"终端编号", findings.terminal},
                 {"时间", minute(findings.at)},
                 {"维护人员", findings.technician.empty() ? "没有登记" : findings.technician},
                 {"程序版本", findings.software},
                 {"机器", machine.model.empty() ? "没有型号" : machine.model},
                 {"系统", machine.system}};
    documents::ReportSection wrong{"要处理的", {}}, well{"其余各项", {}}, devices{"设备", {}};
    for (const auto& check : sorted)
        (check.verdict < Verdict::unsupported ? wrong : well).lines.push_back(line_for(check));
    for (const auto& device : findings.devices) devices.lines.push_back(line_for_device(device));
    out.sections = {std::move(wrong), std::move(well), std::move(devices)};
    out.footer = signed_as ? "由本终端签名：" + *signed_as : "没有签名：收发程序没有回应";
    return out;
}

}  // namespace provisioning::diagnostics
