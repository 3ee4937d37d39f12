// The test of the cabinet: its lamps are lit, and what its sensors notice is said.
#include "domain/cabinet.hpp"
#include "provisioning/technician/device_test_tools.hpp"

#include <fmt/format.h>

#include <array>

namespace provisioning::technician {

namespace {

const char* word(domain::Door door) {
    switch (door) {
        case domain::Door::service:
            return "机柜门";
        case domain::Door::paper:
            return "纸仓门";
        case domain::Door::tamper:
            break;
    }
    return "防撬开关";
}

const char* word(domain::PadKey key) {
    constexpr std::array words{"下一个", "上一个", "选择", "重听", "求助"};
    return words.at(static_cast<std::size_t>(key));
}

// What a sensor noticed; empty for what is none of the cabinet's.
std::string noticed(const drivers::DeviceEvent& event) {
    if (const auto* opened = std::get_if<drivers::DoorOpened>(&event))
        return fmt::format("{}打开", word(opened->door));
    if (const auto* closed = std::get_if<drivers::DoorClosed>(&event))
        return fmt::format("{}关上", word(closed->door));
    if (const auto* pressed = std::get_if<drivers::PadKeyPressed>(&event))
        return fmt::format("按了“{}”键", word(pressed->key));
    if (const auto* presence = std::get_if<drivers::PresenceChanged>(&event))
        return presence->somebody ? "面前有人" : "面前没有人";
    if (const auto* changed = std::get_if<drivers::PowerChanged>(&event))
        return changed->power.level == domain::PowerLevel::mains ? "市电恢复" : "市电断开";
    return {};
}

}  // namespace

bool test_cabinet(Bench& bench, DevicesAtWork& work) {
    if (!works(bench, work, domain::DeviceKind::cabinet)) return false;
    auto& cabinet = *work.devices().cabinet;
    domain::Lamps all;
    all.states.fill(domain::LampState::continuous);
    cabinet.light(all);
    bench.say("指示灯应当都亮着；请开关柜门、按键、站到前面或走开");
    const auto until = bench.clock.steady() + bench.patience;
    bool any = false;
    for (auto left = bench.patience; left.count() > 0 && !any;
         left = until - bench.clock.steady()) {
        const auto event = work.next(bench.stop, left);
        if (!event) break;
        const auto text = noticed(*event);
        any = !text.empty();
        if (any) bench.say("发现：" + text);
    }
    cabinet.light({});
    if (!any) bench.say("没有发现任何变化");
    return any;
}

}  // namespace provisioning::technician
