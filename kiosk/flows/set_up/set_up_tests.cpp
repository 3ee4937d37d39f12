// The tests of the wizard: paper, sound, and the panel's own over its whole surface.
#include "flows/set_up/set_up_steps.hpp"

#include <cstdio>
#include <string>
#include <utility>

namespace session {

using namespace flows;
using domain::set_up::TestResult;
using domain::set_up::TestVerdict;
using Page = SettingUp::Page;

namespace {

constexpr std::size_t cells_named = 24;

double width_mm(const Machine& machine) {
    const auto& settings = machine.world.settings;
    return settings.panel_width / settings.pixels_per_mm;
}
double height_mm(const Machine& machine) {
    const auto& settings = machine.world.settings;
    return settings.panel_height / settings.pixels_per_mm;
}

std::string one_decimal(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

void print(SettingUp& next, const std::string& key, Machine& machine) {
    next.ticket = machine.new_ticket();
    next.printing = key;
    next.fault.reset();
    machine.run(PrintTestPage{next.ticket, key == "slips" ? domain::DeviceKind::receipt_printer
                                                          : domain::DeviceKind::document_printer});
}

bool begin_test(SettingUp& next, const std::string& key, Machine& machine) {
    next.since = machine.world.now;
    next.faults.clear();
    if (key == "documents" || key == "slips") {
        if (next.printing.empty()) print(next, key, machine);
    } else if (key == "speaker") {
        machine.run(PlayTestSound{});
    } else if (key == "touch_matrix") {
        begin_calibration(next, machine);
    } else if (key == "touch") {
        next.grid = domain::set_up::TouchGrid(width_mm(machine), height_mm(machine));
        next.page = Page::touch;
    } else if (key == "display") {
        next.colour = 0;
        next.page = Page::display;
    } else {
        return false;
    }
    return true;
}

void printed(SettingUp& next, const PrintEnded& ended, Machine& machine) {
    const bool out = ended.result && *ended.result == PrintResult::printed;
    const std::string test = next.printing == "slips" ? "slip" : "printer";
    TestResult result{test, out ? TestVerdict::passed : TestVerdict::failed, false,
                      machine.world.now};
    if (!ended.result) result.found = base::entry(ended.result.error().code).technician_zh;
    if (!ended.result) next.fault = ended.result.error();
    if (ended.result && !out) result.found = "不知道有没有打出来";
    put_result(next, std::move(result));
    next.printing.clear();
}

void judge_touch(SettingUp& next, double drift, Machine& machine) {
    const auto missed = next.grid.missed();
    std::string found;
    for (std::size_t i = 0; i < missed.size() && i < cells_named; ++i)
        found += (i == 0 ? "没有反应的格：" : "、") + missed[i];
    if (missed.size() > cells_named) found += " 等 " + std::to_string(missed.size()) + " 格";
    if (missed.empty()) found = "每一格都有反应";
    if (drift >= 0) found += "；划线偏差最大 " + one_decimal(drift) + " 毫米";
    const bool good = missed.empty() && drift <= domain::set_up::drift_mm_max;
    put_result(next, {"touch", good ? TestVerdict::passed : TestVerdict::failed, false,
                      machine.world.now, std::move(found)});
    next.values["touch"] = good ? "pass" : "fail";
    next.page = Page::question;
}

void swept(SettingUp& next, const domain::Strokes& strokes, Machine& machine) {
    next.since = machine.world.now;
    if (next.page == Page::touch) {
        next.grid.sweep(strokes);
        if (next.grid.left() == 0) next.page = Page::drift;
    } else if (const double drift =
                   domain::set_up::drift_mm(strokes, width_mm(machine), height_mm(machine));
               drift >= 0) {
        judge_touch(next, drift, machine);
    }
}

}  // namespace

void put_result(SettingUp& next, TestResult result) {
    std::erase_if(next.tests, [&](const TestResult& old) { return old.test == result.test; });
    next.tests.push_back(std::move(result));
}

bool handle_set_up_test(SettingUp& next, const Event& event, Machine& machine) {
    const bool on_panel = next.page == Page::touch || next.page == Page::drift;
    const auto* wanted = as<SetUpTestWanted>(event);
    const auto* drawn = as<SignatureDrawn>(event);
    const auto* ended = as<PrintEnded>(event);
    if (wanted && next.page == Page::question) return begin_test(next, wanted->key, machine);
    if (drawn && on_panel) {
        swept(next, *drawn->strokes, machine);
    } else if (as<SetUpTestTapped>(event) && next.page == Page::display) {
        next.since = machine.world.now;
        if (++next.colour >= display_steps) next.page = Page::question;
    } else if (ended && ended->ticket == next.ticket && !next.printing.empty()) {
        printed(next, *ended, machine);
    } else if (as<TimePassed>(event) && on_panel) {
        if (machine.world.now - next.since < panel_test_limit) return false;
        judge_touch(next, -1, machine);  // nobody draws any more
    } else if (as<WentBack>(event) && (on_panel || next.page == Page::display)) {
        next.page = Page::question;
    } else {
        return false;
    }
    return true;
}

}  // namespace session
