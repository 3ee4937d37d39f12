// The wizard's pages: each decision as it begins, and where something else can stand on it.
#include "app/training/gallery/sample_walks.hpp"
#include "flows/set_up/set_up_steps.hpp"

namespace app::training::gallery {

using namespace session;
using domain::set_up::Decision;
using flows::SettingUp;
using samples::Walker;
using namespace std::chrono_literals;

namespace {

Walker at(Decision decision) {
    return Walker{}.to_decision(decision);
}

Walker tested(Decision decision, const char* key) {
    return at(decision).on(SetUpTestWanted{key});
}

// A finger across the panel, line by line, but for the lower right corner.
base::Secret<domain::Strokes> sweep(float upto) {
    domain::Strokes strokes;
    for (float y = 0.01F; y < upto; y += 0.02F)
        strokes.lines.push_back({{0.01F, y}, {y > 0.7F ? 0.6F : 0.99F, y}});
    return base::Secret<domain::Strokes>(std::move(strokes));
}

Walker crossed(std::size_t count, float last_off = 0) {
    Walker walker = tested(Decision::screen, "touch_matrix");
    const auto& crosses = domain::set_up::crosses;
    for (std::size_t i = 0; i < count; ++i) {
        domain::Strokes strokes;
        const float off = 0.03F + (i + 1 == crosses.size() ? last_off : 0);
        strokes.lines.push_back(
            {{static_cast<float>(crosses[i].x) + off, static_cast<float>(crosses[i].y)}});
        walker.on(SignatureDrawn{base::Secret<domain::Strokes>(std::move(strokes))});
    }
    return walker;
}

Walker wifi() {
    Walker walker = at(Decision::network).answer({{"kind", "wifi"}});
    walker.on(TextTyped{"ssid", base::SecretText("政务大厅")});
    return walker.on(TextTyped{"passphrase", base::SecretText("correct horse")});
}
Walker told(Walker walker, domain::set_up::JoinOutcome outcome) {
    walker.on(SetUpJoinWanted{}).wait(1s);
    auto known = walker.in<SettingUp>()->known;
    known.join = outcome;
    return walker.on(SetUpKnown{walker.in<SettingUp>()->ticket, known});
}

Walker not_enrolled() {
    auto known = samples::set_up_known();
    known.enrolled = false;
    Walker walker = Walker{}.to_technician().on(SetUpOpened{});
    walker.on(SetUpKnown{walker.in<SettingUp>()->ticket, known});
    while (walker.in<SettingUp>()->decision != Decision::enrolment) walker.decide();
    return walker;
}

Walker devices_changed() {
    Walker walker = at(Decision::devices).answer({{"receipt_printer", "usb"}}).on(SetUpNext{});
    walker.on(SetUpConfirmed{});
    auto known = walker.in<SettingUp>()->known;
    known.progress.put(walker.effect<KeepSetUp>()->decided);
    return walker.on(SetUpKept{walker.in<SettingUp>()->ticket, known});
}

Walker finished() {
    Walker walker = at(Decision::mode);
    return walker.decide();
}

Walker unreadable() {
    Walker walker = Walker{}.to_technician().on(SetUpOpened{});
    return walker.on(SetUpKnown{walker.in<SettingUp>()->ticket,
                                base::fail(base::FaultCode::ConfigInvalid, "kiosk.width")});
}

Walker not_kept() {
    Walker walker = at(Decision::mode).answer({{"profile", "hall"}}).on(SetUpNext{});
    if (walker.in<SettingUp>()->page == SettingUp::Page::confirm) walker.on(SetUpConfirmed{});
    return walker.on(SetUpKept{walker.in<SettingUp>()->ticket,
                               base::fail(base::FaultCode::DiskFull, "settings.toml")});
}

void open(SamplePage& page) {
    page.terminal.settings.set_up_open = true;
}
void without_keys(SamplePage& page) {
    open(page);
    page.terminal.settings.has_keys = false;
    page.in_service = false;
}

}  // namespace

void set_up_pages(Collector& pages) {
    pages.add("set_up_unfinished", Walker{}.on(SetUpFound{}), open);
    pages.add("set_up_unfinished_bare", Walker{}, without_keys);
    pages.add("set_up_loading", Walker{}.to_technician().on(SetUpOpened{}));
    pages.add("set_up_unreadable", unreadable());
    for (const auto& one : domain::set_up::questions())
        pages.add("set_up_" + std::string(domain::set_up::name(one.decision)), at(one.decision));
    pages.add(
        "set_up_network_proxy",
        at(Decision::network).on(SetUpAnswered{"kind", "proxy"}).on(FieldFocused{"proxy_host"}));
    pages.add("set_up_network_missing", at(Decision::network).on(SetUpNext{}));
    pages.add("set_up_network_wifi", wifi());
    pages.add("set_up_network_wifi_typed", wifi().on(FieldFocused{"passphrase"}));
    pages.add("set_up_joining", wifi().on(SetUpJoinWanted{}));
    pages.add("set_up_network_joined", told(wifi(), domain::set_up::JoinOutcome::joined));
    pages.add("set_up_network_wrong", told(wifi(), domain::set_up::JoinOutcome::wrong_passphrase));
    pages.add("set_up_enrolment_open", not_enrolled());
    pages.add("set_up_enrolment_scan", not_enrolled().on(SetUpScanWanted{}));
    Walker invited = not_enrolled().with_scanner().on(SetUpScanWanted{});
    pages.add("set_up_enrolling", invited.scan("CWE1|http://127.0.0.1:8470|training|x|x|x"));
    pages.add("set_up_printers_busy", tested(Decision::printers, "documents"));
    pages.add("set_up_confirm",
              at(Decision::reader).answer({{"id_card_reader", "left-top"}}).on(SetUpNext{}));
    pages.add("set_up_trial",
              at(Decision::screen)
                  .answer({{"display", "pass"}, {"touch", "pass"}, {"pixels_per_mm", "3.213"}})
                  .on(SetUpNext{})
                  .wait(4s));
    pages.add("set_up_keeping", at(Decision::language).on(SetUpNext{}));
    pages.add("set_up_not_kept", not_kept());
    pages.add("set_up_touch", tested(Decision::screen, "touch").on(SignatureDrawn{sweep(0.9F)}));
    Walker swept = tested(Decision::screen, "touch").on(SignatureDrawn{sweep(0.7F)});
    domain::Strokes rest;
    for (float y = 0.69F; y < 1; y += 0.01F) rest.lines.push_back({{0, y}, {1, y}});
    pages.add("set_up_touch_line",
              swept.on(SignatureDrawn{base::Secret<domain::Strokes>(std::move(rest))}));
    pages.add("set_up_screen_touched",
              tested(Decision::screen, "touch").on(SignatureDrawn{sweep(0.9F)}).wait(11s));
    pages.add("set_up_cross", crossed(1));
    pages.add("set_up_cross_middle", crossed(4));
    pages.add("set_up_cross_missed", crossed(5, 0.2F));
    pages.add("set_up_calibrated", crossed(5).wait(4s));
    pages.add("set_up_screen_calibrated", crossed(5).on(SetUpConfirmed{}));
    Walker display = tested(Decision::screen, "display");
    pages.add("set_up_display", display);
    for (int i = 1; i < flows::display_steps; ++i) display.on(SetUpTestTapped{});
    pages.add("set_up_display_ruler", display);
    Walker unvouched = at(Decision::clock);
    unvouched.answer({{"set_by", "network"}}).wait(3s);
    auto alone = unvouched.in<SettingUp>()->known;
    alone.clock_synchronised = false;
    unvouched.on(SetUpKnown{unvouched.in<SettingUp>()->ticket, alone});
    pages.add("set_up_clock_unvouched", unvouched.on(SetUpNext{}));
    pages.add("set_up_devices_changed", devices_changed());
    pages.add("set_up_finished", finished());
}

}  // namespace app::training::gallery
