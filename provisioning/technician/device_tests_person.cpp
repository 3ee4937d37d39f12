// The tests of what only a person can hear or touch (ux.md T08): the loudspeaker, the panel.
#include "provisioning/technician/device_test_tools.hpp"

#include <fmt/format.h>

#include <array>

namespace provisioning::technician {

namespace {

constexpr int times_said_max = 3;
constexpr std::array digits{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

bool is_done_by_nobody(Bench& bench, const char* why) {
    bench.say(why);
    bench.judged = Judged::by_nobody;
    return false;
}

}  // namespace

// A digit that is drawn: whoever did not hear it is right one time in ten.
bool test_speaker(Bench& bench, DevicesAtWork&) {
    if (!bench.say_aloud || !bench.ask) return is_done_by_nobody(bench, "没有人在听，没有测");
    const auto digit = bench.draw_digit() % digits.size();
    for (int said = 0; said < times_said_max; ++said) {
        bench.say("请听喇叭里说的数字");
        const auto heard =
            bench.say_aloud(fmt::format("声音测试。您听到的数字是，{}。", digits.at(digit)));
        if (!heard) {
            bench.say("没有放出声音：" + reason(heard.error()));
            if (heard.error().code == base::FaultCode::AudioDeviceMissing &&
                heard.error().safe_detail == "no card")
                bench.judged = Judged::nothing_there;
            return false;
        }
        const auto answer = bench.ask("喇叭里说的是哪个数字？[0–9，r 再听一遍，回车 没有听到]");
        if (!answer) return is_done_by_nobody(bench, "没有人回答，没有测");
        if (*answer == "r") continue;
        bench.judged = Judged::by_person;
        const bool right = *answer == std::to_string(digit) || *answer == digits.at(digit);
        bench.say(right ? "听到的数字是对的" : answer->empty() ? "没有听到" : "听到的数字不对");
        return right;
    }
    bench.judged = Judged::by_person;
    bench.say("说了几遍都没有听清");
    return false;
}

// This program has no screen: every cell of the panel is swept in the wizard, which keeps what it
// found.
bool test_panel(Bench& bench, DevicesAtWork&) {
    const auto record = bench.panel_record ? bench.panel_record() : std::nullopt;
    if (!record)
        return is_done_by_nobody(
            bench, "装上以后还没有测过：在本机屏幕的维护页面进“开通设置”，做“屏幕”一步");
    if (record->by_person) bench.judged = Judged::by_person;
    bench.say(fmt::format(
        "{} 在屏幕上测的：{}", base::iso8601_local(record->at),
        record->found.empty() ? (record->passed ? "通过" : "没有通过") : record->found.c_str()));
    return record->passed;
}

}  // namespace provisioning::technician
