// The wizard's samples: a terminal that is enrolled, and good answers to all that is asked.
#include "app/training/samples/samples.hpp"

namespace app::training::samples {

using namespace session;
using domain::set_up::Decision;
using domain::set_up::Known;
using domain::set_up::Values;
using flows::SettingUp;

Known set_up_known() {
    Known out;
    out.progress.terminal = "000101001001001";
    out.progress.begun = morning();
    out.current = {
        {"kiosk.width", "1080"},
        {"kiosk.height", "1920"},
        {"kiosk.pixels_per_mm", "4.034"},
        {"kiosk.lower_edge_mm", "850"},
        {"kiosk.camera_device", "/dev/v4l/by-path/pci-0000:00:14.0-usb-0:3:1.0-video-index0"},
        {"printers.document_queue", "paper"},
        {"device_places.id_card_reader", "below-right"}};
    out.found = {{"camera_device",
                  {"/dev/v4l/by-path/pci-0000:00:14.0-usb-0:3:1.0-video-index0",
                   "/dev/v4l/by-path/pci-0000:00:14.0-usb-0:4:1.0-video-index0"}},
                 {"document_queue", {"paper"}}};
    out.links = {{"eth0", false, true}};
    out.clock_synchronised = true;
    out.enrolled = true;
    return out;
}

Values set_up_answer(Decision decision) {
    switch (decision) {
        case Decision::language:
            return {{"language", "zh"}};
        case Decision::network:
            return {{"kind", "ethernet"}};
        case Decision::clock:
            return {{"set_by", "hand"}};
        case Decision::enrolment:
            return {{"how", "enrolled"}};
        case Decision::devices:
            return {{"document_queue", "paper"}};
        case Decision::screen:
            return {{"display", "pass"}, {"touch", "pass"}};
        case Decision::reader:
            return {{"id_card_reader", "left-middle"}};
        case Decision::printers:
            return {{"documents", "pass"}, {"slips", "unsupported"}};
        case Decision::camera:
            return {{"aim", "pass"}, {"light", "pass"}};
        case Decision::sound:
            return {{"speaker", "pass"},
                    {"quiet_from", "21:00"},
                    {"quiet_to", "07:00"},
                    {"quiet_volume", "2"}};
        case Decision::pack:
            return {{"catalogue", "present"}};
        case Decision::mode:
            break;
    }
    return {{"profile", "village"}};
}

Walker& Walker::to_wizard() {
    to_technician().on(SetUpOpened{});
    return on(SetUpKnown{in<SettingUp>()->ticket, set_up_known()});
}

Walker& Walker::answer(const Values& values) {
    for (const auto& [key, value] : values) on(SetUpAnswered{key, value});
    return *this;
}

Walker& Walker::decide() {
    answer(set_up_answer(in<SettingUp>()->decision)).on(SetUpNext{});
    if (in<SettingUp>()->page == SettingUp::Page::confirm ||
        in<SettingUp>()->page == SettingUp::Page::trial)
        on(SetUpConfirmed{});
    const auto* keep = effect<KeepSetUp>();
    if (keep == nullptr) return *this;
    // What the desk does with it.
    auto known = in<SettingUp>()->known;
    known.progress.put(keep->decided);
    if (keep->finished) known.progress.finished = terminal.now;
    for (const auto& setting : domain::set_up::settings_of(known.progress))
        known.current[setting.section + "." + setting.key] = setting.value;
    return on(SetUpKept{keep->ticket, std::move(known)});
}

Walker& Walker::to_decision(Decision decision) {
    to_wizard();
    while (in<SettingUp>()->decision != decision) decide();
    return *this;
}

}  // namespace app::training::samples
