#include "provisioning/diagnostics/device_checks.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace provisioning::diagnostics {

namespace {

using domain::DeviceKind;
using domain::DeviceState;
using domain::Supply;
using technician::SeenDevice;

// Which device a test is about, and what only a person can say of it.
struct Guide {
    std::string_view test;
    DeviceKind kind;
    const char* title;
    const char* question;  // empty: the machine can judge it alone
};
constexpr std::array guides{
    Guide{"card", DeviceKind::id_card_reader, "试读卡", ""},
    Guide{"camera", DeviceKind::camera, "试摄像头", ""},
    Guide{"code", DeviceKind::code_scanner, "试扫码", ""},
    Guide{"printer", DeviceKind::document_printer, "试打文件",
          "测试页上的字都清楚、四边都完整吗？"},
    Guide{"slip", DeviceKind::receipt_printer, "试打回执", "测试回执上的字都清楚、切纸整齐吗？"},
    Guide{"document", DeviceKind::document_camera, "试高拍仪", ""},
    Guide{"cabinet", DeviceKind::cabinet, "试机柜", "刚才指示灯都依次亮过吗？"},
    Guide{"headphones", DeviceKind::headphones, "试耳机插孔", ""},
    Guide{"speaker", DeviceKind::speech, "试喇叭", ""},
    Guide{"panel", DeviceKind::panel, "试触摸屏", ""},
};

bool has(const technician::Bench& bench, DeviceKind kind) {
    return std::ranges::any_of(bench.configured,
                               [kind](const auto& device) { return device.kind == kind; });
}

// Where there is no scanner the camera reads codes. Loudspeaker and panel stand in no
// configuration.
bool applies(const technician::Bench& bench, const Guide& guide) {
    if (guide.kind == DeviceKind::speech) return bench.say_aloud != nullptr;
    if (guide.kind == DeviceKind::panel) return bench.panel_record != nullptr;
    return has(bench, guide.kind) ||
           (guide.kind == DeviceKind::code_scanner && has(bench, DeviceKind::camera));
}

// Without these no citizen gets anywhere; without the others the journey has another way.
bool is_needed(DeviceKind kind) {
    return kind == DeviceKind::id_card_reader || kind == DeviceKind::document_printer ||
           kind == DeviceKind::receipt_printer || kind == DeviceKind::panel;
}

Check of(const SeenDevice& seen) {
    Check out{std::string(domain::name(seen.device.kind)),
              std::string(technician::word(seen.device.kind))};
    out.found = technician::in_one_line(seen.health);
    if (seen.health.fault && technician::is_held_by_others(*seen.health.fault)) {
        out.verdict = Verdict::skipped;
        out.found = "正在为群众服务，没有查看";
        out.mend = "停下 citizen-window-kiosk 再查，或在终端的维护页面看";
        return out;
    }
    if (technician::is_not_installed(seen.health)) {
        out.verdict = Verdict::unsupported;
        return out;
    }
    const bool no_paper = seen.health.supply == Supply::out;
    const bool works = seen.health.state != DeviceState::unavailable && !no_paper;
    out.verdict = !works ? (is_needed(seen.device.kind) ? Verdict::failed : Verdict::attention)
                  : seen.health.state == DeviceState::degraded ||
                          seen.health.supply == Supply::low || !seen.written.well
                      ? Verdict::attention
                      : Verdict::passed;
    if (seen.health.fault)
        out.mend = "由" +
                   std::string(technician::word(base::entry(seen.health.fault->code).mender)) +
                   "处理";
    else if (no_paper || seen.health.supply == Supply::low)
        out.mend = "加纸";
    if (!seen.written.well)
        for (const auto& line : seen.written.lines) out.found += "；" + line;
    return out;
}

// A verdict that did not come from the device's own words.
void put_judgement(Check& out, technician::Judged judged) {
    if (judged == technician::Judged::by_person) out.by = JudgedBy::person;
    if (judged == technician::Judged::by_nobody) out.verdict = Verdict::skipped;
    if (judged == technician::Judged::nothing_there) out.verdict = Verdict::unsupported;
}

Check guided(technician::Bench& bench, const Guide& guide, const technician::DeviceTest& test,
             const AskPerson& ask) {
    Check out{std::string(guide.test), guide.title};
    const auto outer = bench.say;
    // The last thing that was said before the verdict tells best what was found; what is indented
    // are details of the line before.
    bench.say = [&](const std::string& line) {
        if (!line.starts_with("请") && !line.starts_with(' ') && line != "通过" &&
            line != "没有通过" && line != "没有测" && !line.empty())
            out.found = line;
        outer(line);
    };
    const auto began = bench.clock.steady();
    const bool passed = technician::test_device(bench, test);
    bench.say = outer;
    out.took = bench.clock.steady() - began;
    out.verdict = passed ? Verdict::passed : Verdict::failed;
    put_judgement(out, bench.judged);
    // What the machine read again from the paper itself no person has to look at.
    if (passed && *guide.question != '\0' && bench.judged == technician::Judged::by_test) {
        out.by = JudgedBy::person;
        switch (ask(out.name, guide.question)) {
            case Answer::yes:
                break;
            case Answer::no:
                out.verdict = Verdict::failed;
                out.found = std::string("人看了说不对：") + guide.question;
                break;
            case Answer::skip:
                out.verdict = Verdict::skipped;
                out.found = "机器说通过，没有人看过";
                break;
        }
    }
    if (out.verdict == Verdict::failed)
        out.mend = "按提示处理后再测：kiosk-technician devices test " + out.name;
    out.at = bench.clock.now();
    return out;
}

}  // namespace

std::vector<Check> device_checks(const std::vector<SeenDevice>& devices, base::Instant now) {
    std::vector<Check> out;
    for (const auto& seen : devices) {
        out.push_back(of(seen));
        out.back().at = now;
    }
    return out;
}

Check devices_left_alone(base::Instant now) {
    return {"devices",
            "设备",
            Verdict::skipped,
            JudgedBy::machine,
            "没有查看：这个程序在碰不到设备的地方运行，应用自己看到的在 log/app-report.txt",
            "",
            now};
}

std::vector<std::string> device_lines(const std::vector<SeenDevice>& devices) {
    std::vector<std::string> out;
    for (const auto& [device, health, written] : devices) {
        if (technician::is_not_installed(health)) continue;
        std::string line(domain::name(device.kind));
        for (const auto& part : {device.where, device.model, device.module})
            line += "\t" + (part.empty() ? "-" : part);
        out.push_back(std::move(line));
    }
    return out;
}

std::vector<Check> guided_tests(technician::Bench& bench, const AskPerson& ask,
                                const std::set<std::string>& only) {
    std::vector<Check> out;
    for (const auto& guide : guides) {
        const std::string name(guide.test);
        if (!applies(bench, guide) || (!only.empty() && !only.contains(name))) continue;
        if (bench.stop.stop_requested()) {
            out.push_back({name, guide.title, Verdict::skipped, JudgedBy::machine, "中途停下了", "",
                           bench.clock.now()});
            continue;
        }
        for (const auto& test : technician::device_tests())
            if (name == test.name) {
                bench.say("—— " + std::string(guide.title) + " ——");
                out.push_back(guided(bench, guide, test, ask));
            }
    }
    return out;
}

}  // namespace provisioning::diagnostics
