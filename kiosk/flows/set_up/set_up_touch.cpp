// The calibration of the panel's touch: five crosses, and fifteen seconds to say that it is right.
#include "flows/set_up/set_up_steps.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

namespace session {

using namespace flows;
using domain::PanelPoint;
using domain::set_up::TestVerdict;
using Page = SettingUp::Page;

namespace {

// A finger that went farther drew something.
constexpr double still_mm = 8;

double width_mm(const Machine& machine) {
    return machine.world.settings.panel_width / machine.world.settings.pixels_per_mm;
}
double height_mm(const Machine& machine) {
    return machine.world.settings.panel_height / machine.world.settings.pixels_per_mm;
}

std::string one_decimal(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

// The middle of where the finger was; none: it did not stay in one place.
std::optional<PanelPoint> touched_at(const domain::Strokes& strokes, const Machine& machine) {
    if (strokes.lines.empty() || strokes.lines.front().empty()) return std::nullopt;
    const auto& line = strokes.lines.front();
    PanelPoint sum;
    float left = line.front().x, right = left, top = line.front().y, bottom = top;
    for (const auto& point : line) {
        sum = {sum.x + static_cast<double>(point.x), sum.y + static_cast<double>(point.y)};
        left = std::min(left, point.x);
        right = std::max(right, point.x);
        top = std::min(top, point.y);
        bottom = std::max(bottom, point.y);
    }
    if (std::hypot(static_cast<double>(right - left) * width_mm(machine),
                   static_cast<double>(bottom - top) * height_mm(machine)) > still_mm)
        return std::nullopt;
    const auto count = static_cast<double>(line.size());
    return PanelPoint{sum.x / count, sum.y / count};
}

void crossed(SettingUp& next, const domain::Strokes& strokes, Machine& machine) {
    next.since = machine.world.now;
    const auto at = touched_at(strokes, machine);
    if (!at) return;
    next.crossed.push_back(*at);
    if (next.crossed.size() < domain::set_up::crosses.size()) return;
    next.calibration =
        domain::set_up::calibrate(next.crossed, width_mm(machine), height_mm(machine));
    next.crossed.clear();
    if (!next.calibration.fault) next.page = Page::calibrated;
}

void confirmed(SettingUp& next, Machine& machine) {
    const auto& made = next.calibration;
    next.values["touch_matrix"] = domain::as_text(made.matrix);
    put_result(next, {"calibration", TestVerdict::passed, false, machine.world.now,
                      "校准前最多偏 " + one_decimal(made.before_mm) + " 毫米，校准后 " +
                          one_decimal(made.after_mm) + " 毫米"});
    next.page = Page::question;
}

}  // namespace

void begin_calibration(SettingUp& next, Machine& machine) {
    next.crossed.clear();
    next.calibration = {};
    next.since = machine.world.now;
    next.page = Page::cross;
}

bool handle_calibration(SettingUp& next, const Event& event, Machine& machine) {
    if (next.page != Page::cross && next.page != Page::calibrated) return false;
    const auto* drawn = as<SignatureDrawn>(event);
    const auto limit = next.page == Page::cross ? cross_limit : display_trial;
    if (drawn && drawn->strokes && next.page == Page::cross) {
        crossed(next, *drawn->strokes, machine);
    } else if (as<SetUpConfirmed>(event) && next.page == Page::calibrated) {
        confirmed(next, machine);
    } else if (as<WentBack>(event) ||
               (as<TimePassed>(event) && machine.world.now - next.since >= limit)) {
        next.page = Page::question;  // as it was
    } else {
        return false;
    }
    return true;
}

domain::TouchMatrix touch_in_use(const SettingUp& here, const Settings& settings) {
    if (here.page == Page::cross) return {};
    if (here.page == Page::calibrated) return here.calibration.matrix;
    if (here.decision != domain::set_up::Decision::screen || here.page == Page::loading)
        return settings.touch_matrix;
    const auto answer = here.values.find("touch_matrix");
    if (answer == here.values.end() || answer->second.empty()) return {};
    return domain::touch_matrix_from(answer->second).value_or(settings.touch_matrix);
}

}  // namespace session
