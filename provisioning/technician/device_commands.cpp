#include "provisioning/technician/device_test_tools.hpp"

#include <algorithm>

namespace provisioning::technician {

using domain::DeviceKind;

namespace {

std::string time_of(const base::Clock& clock) {
    constexpr std::size_t time_at = 11, time_size = 8;  // 2026-11-22T09:41:00+08:00
    return base::iso8601_local(clock.now()).substr(time_at, time_size);
}

// Asked before the drivers take the devices. Why one does not answer is its health's to say.
void ask_names(Bench& bench) {
    for (auto& device : bench.configured)
        if (device.kind == DeviceKind::id_card_reader) {
            const auto report = bench.ask_module();
            if (!report) continue;
            device.where = report->where;
            device.module = report->module;
        } else if (device.kind == DeviceKind::receipt_printer) {
            const auto report = bench.ask_receipt_printer();
            if (!report) continue;
            device.where = report->where;
            device.model = report->model;
        }
}

// Until every device that the terminal has has said how it is.
void settle(const Bench& bench, DevicesAtWork& work) {
    const auto until = bench.clock.steady() + bench.settle_limit;
    work.settle(bench.stop, bench.settle_limit, bench.clock);
    for (const auto& device : bench.configured)
        work.hear_of(device.kind, bench.stop, until - bench.clock.steady(), bench.clock);
}

std::vector<SeenDevice> seen(const Bench& bench, const DevicesAtWork& work) {
    std::vector<SeenDevice> out;
    for (const auto& device : bench.configured)
        out.push_back(
            {device, work.health_of(device.kind), findings_about(device.kind, bench.paper)});
    return out;
}

bool say_all(const std::vector<SeenDevice>& devices, const Say& say) {
    for (const auto& one : devices) {
        for (const auto& line : in_full(one.device, one.health)) say(line);
        say_findings(one.written, say);
    }
    return std::ranges::all_of(devices, &SeenDevice::is_well);
}

}  // namespace

bool SeenDevice::is_well() const {
    return written.well && (is_not_installed(health) || health.state == domain::DeviceState::ready);
}

std::vector<SeenDevice> look_at_devices(Bench& bench) {
    ask_names(bench);
    DevicesAtWork work(bench.make_devices);
    settle(bench, work);
    return seen(bench, work);
}

bool list_devices(Bench& bench) {
    return say_all(look_at_devices(bench), bench.say);
}

bool say_findings(const Finding& finding, const Say& say) {
    for (const auto& line : finding.lines) say("    " + line);
    return finding.well;
}

bool show_ledgers(const PaperRecords& records, const Say& say) {
    bool none = true, well = true;
    for (const auto kind : {DeviceKind::document_printer, DeviceKind::receipt_printer}) {
        const auto finding = findings_about(kind, records);
        if (finding.lines.empty()) continue;
        none = false;
        say(std::string(word(kind)));
        well = say_findings(finding, say) && well;
    }
    if (none) say("这台终端没有打印机");
    return well;
}

void watch_devices(Bench& bench) {
    ask_names(bench);
    DevicesAtWork work(bench.make_devices);
    settle(bench, work);
    say_all(seen(bench, work), bench.say);
    bench.say("—— 以下是变化，按 Ctrl-C 结束 ——");
    while (!bench.stop.stop_requested()) {
        const auto event = work.next(bench.stop, std::chrono::hours{1});
        if (!event) continue;
        if (const auto* changed = std::get_if<drivers::HealthChanged>(&*event))
            bench.say(time_of(bench.clock) + "  " + std::string(word(changed->device)) + "  " +
                      in_one_line(changed->health));
        else if (const auto* jack = std::get_if<drivers::HeadphonesChanged>(&*event))
            bench.say(time_of(bench.clock) + "  " + (jack->plugged ? "耳机插上了" : "耳机拔下了"));
        else if (const auto* presence = std::get_if<drivers::PresenceChanged>(&*event))
            bench.say(time_of(bench.clock) + "  " +
                      (presence->somebody ? "面前有人" : "面前没有人"));
    }
}

bool test_device(Bench& bench, const DeviceTest& test) {
    bench.judged = Judged::by_test;
    ask_names(bench);
    DevicesAtWork work(bench.make_devices);
    work.settle(bench.stop, bench.settle_limit, bench.clock);
    const bool passed = test.run(bench, work);
    const bool done = bench.judged != Judged::by_nobody && bench.judged != Judged::nothing_there;
    bench.say(!done ? "没有测" : passed ? "通过" : "没有通过");
    return passed;
}

}  // namespace provisioning::technician
