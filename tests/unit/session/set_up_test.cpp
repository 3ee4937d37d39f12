// The wizard on the screen: who comes in, what each decision needs, what is kept and what reverts.
#include "flows/set_up/set_up_steps.hpp"
#include "samples.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using domain::set_up::Decision;
using domain::set_up::TestVerdict;
using samples::Walker;
using Page = SettingUp::Page;

const SettingUp& wizard(const Walker& walker) {
    return std::get<SettingUp>(walker.session.state);
}
const domain::set_up::TestResult* result(const Walker& walker, const std::string& test) {
    for (const auto& one : wizard(walker).tests)
        if (one.test == test) return &one;
    return nullptr;
}
base::Secret<domain::Strokes> strokes(std::vector<std::vector<domain::StrokePoint>> lines) {
    domain::Strokes out;
    out.lines = std::move(lines);
    return base::Secret<domain::Strokes>(std::move(out));
}
// Every row of cells from left to right, but those between the two.
base::Secret<domain::Strokes> rows_without(float from, float to) {
    std::vector<std::vector<domain::StrokePoint>> lines;
    for (float y = 0.005F; y < 1; y += 0.01F)
        if (y < from || y > to) lines.push_back({{0, y}, {1, y}});
    return strokes(std::move(lines));
}

TEST(set_up, twelve_decisions_lead_to_a_restart_into_service) {
    Walker walker;
    walker.to_wizard();
    int decided = 0;
    for (; wizard(walker).page != Page::finished; ++decided) {
        ASSERT_LT(decided, domain::set_up::decision_count);
        EXPECT_EQ(static_cast<int>(wizard(walker).decision), decided);
        walker.decide();
    }
    EXPECT_EQ(decided, domain::set_up::decision_count);
    EXPECT_TRUE(wizard(walker).known.progress.finished);
    walker.on(SetUpRestartAsked{});
    EXPECT_TRUE(walker.effect<RestartProgram>());
    EXPECT_FALSE(walker.in<SettingUp>());
}

TEST(set_up, goes_on_at_the_decision_that_was_open_when_the_power_went) {
    for (int cut = 0; cut < domain::set_up::decision_count; ++cut) {
        Walker before;
        before.to_decision(static_cast<Decision>(cut));
        const auto known = wizard(before).known;
        Walker after;
        after.to_technician().on(SetUpOpened{});
        after.on(SetUpKnown{wizard(after).ticket, known});
        EXPECT_EQ(wizard(after).page, Page::question);
        EXPECT_EQ(static_cast<int>(wizard(after).decision), cut);
    }
}

TEST(set_up, each_decision_says_what_is_missing_before_it_goes_on) {
    for (const auto& one : domain::set_up::questions()) {
        if (one.decision == Decision::language || one.decision == Decision::enrolment ||
            one.decision == Decision::pack)
            continue;  // what the terminal knows already is answered
        Walker walker;
        walker.to_decision(one.decision).on(SetUpNext{});
        bool needs = false;
        for (const auto& field : one.fields)
            needs =
                needs || (field.needed && !wizard(walker).values.contains(std::string(field.key)));
        EXPECT_EQ(!wizard(walker).faults.empty(), needs) << domain::set_up::name(one.decision);
    }
}

TEST(set_up, what_changes_is_shown_old_and_new_and_kept_only_when_it_is_confirmed) {
    Walker walker;
    walker.to_decision(Decision::reader).answer({{"id_card_reader", "left-top"}}).on(SetUpNext{});
    ASSERT_EQ(wizard(walker).page, Page::confirm);
    const domain::set_up::Change change{"device_places.id_card_reader", "below-right", "left-top"};
    EXPECT_EQ(wizard(walker).changes, std::vector{change});
    EXPECT_FALSE(walker.effect<KeepSetUp>());
    walker.on(WentBack{});
    EXPECT_EQ(wizard(walker).page, Page::question);
    walker.on(SetUpNext{}).on(SetUpConfirmed{});
    ASSERT_TRUE(walker.effect<KeepSetUp>());
    EXPECT_EQ(walker.effect<KeepSetUp>()->decided.values.at("id_card_reader"), "left-top");
}

TEST(set_up, a_new_size_of_the_screen_reverts_by_itself_after_fifteen_seconds) {
    Walker walker;
    walker.to_decision(Decision::screen)
        .answer({{"display", "pass"}, {"touch", "pass"}, {"pixels_per_mm", "3.213"}})
        .on(SetUpNext{});
    ASSERT_EQ(wizard(walker).page, Page::trial);
    walker.wait(14s);
    EXPECT_EQ(wizard(walker).page, Page::trial);
    walker.wait(1s);
    EXPECT_EQ(wizard(walker).page, Page::question);
    EXPECT_EQ(wizard(walker).values.at("pixels_per_mm"), "4.034");
    EXPECT_FALSE(walker.effect<KeepSetUp>());
    walker.answer({{"display", "pass"}, {"touch", "pass"}, {"pixels_per_mm", "3.213"}})
        .on(SetUpNext{})
        .wait(14s)
        .on(SetUpConfirmed{});
    EXPECT_TRUE(walker.effect<KeepSetUp>());
}

TEST(set_up, the_touch_test_lists_every_cell_that_no_finger_reached) {
    Walker walker;
    walker.to_decision(Decision::screen).on(SetUpTestWanted{"touch"});
    const auto& settings = walker.terminal.settings;
    const auto& grid = wizard(walker).grid;
    EXPECT_LE(settings.panel_width / settings.pixels_per_mm / grid.columns(), 15.0);
    EXPECT_LE(settings.panel_height / settings.pixels_per_mm / grid.rows(), 15.0);
    EXPECT_EQ(grid.left(), grid.columns() * grid.rows());
    const float row = 1.0F / static_cast<float>(grid.rows());
    walker.on(SignatureDrawn{rows_without(2 * row, 3 * row)}).wait(9s);
    EXPECT_EQ(wizard(walker).page, Page::touch);
    walker.wait(1s);
    ASSERT_EQ(wizard(walker).page, Page::question);
    ASSERT_TRUE(result(walker, "touch"));
    EXPECT_EQ(result(walker, "touch")->verdict, TestVerdict::failed);
    EXPECT_FALSE(result(walker, "touch")->by_person);
    EXPECT_NE(result(walker, "touch")->found.find("没有反应的格：1-3、2-3、3-3"), std::string::npos)
        << result(walker, "touch")->found;
    EXPECT_EQ(wizard(walker).values.at("touch"), "fail");
}

TEST(set_up, a_whole_sweep_and_a_straight_line_pass_and_a_line_that_strays_does_not) {
    for (const auto& [stray, verdict] :
         {std::pair{0.0F, TestVerdict::passed}, {0.05F, TestVerdict::failed}}) {
        Walker walker;
        walker.to_decision(Decision::screen)
            .on(SetUpTestWanted{"touch"})
            .on(SignatureDrawn{rows_without(2, 2)});
        ASSERT_EQ(wizard(walker).page, Page::drift);
        walker.on(SignatureDrawn{strokes({{{0.4F, 0.4F}, {0.5F, 0.5F}}})});
        EXPECT_EQ(wizard(walker).page, Page::drift) << "too short to say";
        walker.on(SignatureDrawn{strokes({{{0, 0}, {0.5F + stray, 0.5F}, {1, 1}}})});
        ASSERT_TRUE(result(walker, "touch"));
        EXPECT_EQ(result(walker, "touch")->verdict, verdict);
        EXPECT_EQ(result(walker, "touch")->at, walker.terminal.now);
    }
}

// A finger on each of the five crosses, as a panel says it that adds so much to the right.
void touch_crosses(Walker& walker, double off, double last_off) {
    const auto& crosses = domain::set_up::crosses;
    for (std::size_t i = 0; i < crosses.size(); ++i) {
        const double more = i + 1 == crosses.size() ? last_off : off;
        walker.on(SignatureDrawn{strokes(
            {{{static_cast<float>(crosses[i].x + more), static_cast<float>(crosses[i].y)}}})});
    }
}

TEST(set_up, five_crosses_mend_the_touch_once_somebody_says_that_it_is_right) {
    Walker walker;
    walker.to_decision(Decision::screen).on(SetUpTestWanted{"touch_matrix"});
    ASSERT_EQ(wizard(walker).page, Page::cross);
    EXPECT_EQ(touch_in_use(wizard(walker), walker.terminal.settings), domain::TouchMatrix{});
    touch_crosses(walker, 0.05, 0.05);
    ASSERT_EQ(wizard(walker).page, Page::calibrated);
    const auto tried = touch_in_use(wizard(walker), walker.terminal.settings);
    EXPECT_NEAR(tried.of({0.55, 0.5}).x, 0.5, 0.001);
    walker.on(SetUpConfirmed{});
    ASSERT_EQ(wizard(walker).page, Page::question);
    EXPECT_EQ(wizard(walker).values.at("touch_matrix"), "1 0 -0.05 0 1 0");
    EXPECT_NEAR(touch_in_use(wizard(walker), walker.terminal.settings).n[2], -0.05, 1e-6);
    ASSERT_TRUE(result(walker, "calibration"));
    EXPECT_EQ(result(walker, "calibration")->verdict, TestVerdict::passed);
    // Old → new, and kept with the page's other answers.
    walker.answer({{"display", "pass"}, {"touch", "pass"}}).on(SetUpNext{});
    ASSERT_EQ(wizard(walker).page, Page::confirm);
    EXPECT_EQ(wizard(walker).changes.front().key, "kiosk.touch_matrix");
    walker.on(SetUpConfirmed{});
    ASSERT_TRUE(walker.effect<KeepSetUp>());
    EXPECT_EQ(walker.effect<KeepSetUp>()->decided.values.at("touch_matrix"), "1 0 -0.05 0 1 0");
}

TEST(set_up, a_calibration_that_nobody_confirms_goes_back_by_itself_after_fifteen_seconds) {
    Walker walker;
    walker.to_decision(Decision::screen).on(SetUpTestWanted{"touch_matrix"});
    touch_crosses(walker, 0.05, 0.05);
    walker.wait(14s);
    EXPECT_EQ(wizard(walker).page, Page::calibrated);
    walker.wait(1s);
    EXPECT_EQ(wizard(walker).page, Page::question);
    EXPECT_FALSE(wizard(walker).values.contains("touch_matrix"));
    EXPECT_EQ(touch_in_use(wizard(walker), walker.terminal.settings), domain::TouchMatrix{});
    EXPECT_FALSE(result(walker, "calibration"));
}

TEST(set_up, crosses_that_nobody_can_hit_are_left_by_themselves) {
    Walker walker;
    walker.to_decision(Decision::screen).on(SetUpTestWanted{"touch_matrix"}).wait(19s);
    EXPECT_EQ(wizard(walker).page, Page::cross);
    walker.wait(1s);
    EXPECT_EQ(wizard(walker).page, Page::question);
}

TEST(set_up, a_cross_that_was_missed_begins_them_anew_and_a_finger_that_slides_is_none) {
    Walker walker;
    walker.to_decision(Decision::screen).on(SetUpTestWanted{"touch_matrix"});
    walker.on(SignatureDrawn{strokes({{{0.1F, 0.1F}, {0.3F, 0.1F}}})});
    EXPECT_TRUE(wizard(walker).crossed.empty());
    touch_crosses(walker, 0, 0.2);
    ASSERT_EQ(wizard(walker).page, Page::cross);
    EXPECT_EQ(wizard(walker).calibration.fault, domain::set_up::CalibrationFault::inconsistent);
    EXPECT_TRUE(wizard(walker).crossed.empty());
    touch_crosses(walker, 0, 0);
    EXPECT_EQ(wizard(walker).page, Page::calibrated);
}

Walker at_wifi() {
    Walker walker;
    walker.to_decision(Decision::network).answer({{"kind", "wifi"}});
    walker.on(TextTyped{"ssid", base::SecretText("hall")});
    return walker.on(TextTyped{"passphrase", base::SecretText("correct horse")});
}
domain::set_up::Known after_joining(const Walker& walker, domain::set_up::JoinOutcome outcome) {
    auto known = wizard(walker).known;
    known.join = outcome;
    return known;
}

TEST(set_up, a_wireless_network_is_handed_to_its_service_and_the_passphrase_stays_nowhere) {
    Walker walker = at_wifi();
    EXPECT_FALSE(wizard(walker).values.contains("passphrase"));
    walker.on(SetUpJoinWanted{});
    ASSERT_TRUE(walker.effect<JoinNetwork>());
    EXPECT_EQ(walker.effect<JoinNetwork>()->name, "hall");
    EXPECT_EQ(*walker.effect<JoinNetwork>()->passphrase, "correct horse");
    ASSERT_EQ(wizard(walker).page, Page::joining);
    EXPECT_FALSE(wizard(walker).passphrase);
    walker.wait(1s);
    ASSERT_TRUE(walker.effect<ReadSetUp>());
    walker.on(SetUpKnown{wizard(walker).ticket, wizard(walker).known});
    EXPECT_EQ(wizard(walker).page, Page::joining) << "nothing came of it yet";
    using domain::set_up::JoinOutcome;
    walker.on(SetUpKnown{wizard(walker).ticket, after_joining(walker, JoinOutcome::joined)});
    ASSERT_EQ(wizard(walker).page, Page::question);
    EXPECT_EQ(result(walker, "wifi")->verdict, TestVerdict::passed);
    walker.on(SetUpNext{});
    ASSERT_TRUE(walker.effect<KeepSetUp>());
    EXPECT_EQ(walker.effect<KeepSetUp>()->decided.values,
              (domain::set_up::Values{{"kind", "wifi"}, {"ssid", "hall"}}));
}

TEST(set_up, a_wrong_passphrase_is_said_and_asked_again) {
    Walker walker = at_wifi().on(SetUpJoinWanted{}).wait(1s);
    walker.on(SetUpKnown{wizard(walker).ticket,
                         after_joining(walker, domain::set_up::JoinOutcome::wrong_passphrase)});
    ASSERT_EQ(wizard(walker).page, Page::question);
    EXPECT_EQ(wizard(walker).known.join, domain::set_up::JoinOutcome::wrong_passphrase);
    EXPECT_EQ(wizard(walker).focused, "passphrase");
    EXPECT_FALSE(wizard(walker).passphrase);
    EXPECT_EQ(wizard(walker).values.at("ssid"), "hall");
    walker.on(SetUpJoinWanted{});
    EXPECT_EQ(wizard(walker).faults.front().key, "passphrase");
    EXPECT_FALSE(walker.effect<JoinNetwork>());
}

TEST(set_up, a_passphrase_that_was_typed_is_used_before_the_wizard_goes_on) {
    Walker walker = at_wifi().on(SetUpNext{});
    EXPECT_EQ(wizard(walker).page, Page::joining);
    EXPECT_TRUE(walker.effect<JoinNetwork>());
    EXPECT_FALSE(walker.effect<KeepSetUp>());
}

TEST(set_up, a_network_that_says_nothing_is_given_up_by_time) {
    Walker walker = at_wifi().on(SetUpJoinWanted{});
    for (int i = 0; i < 80 && wizard(walker).page == Page::joining; ++i) walker.wait(1s);
    ASSERT_EQ(wizard(walker).page, Page::question);
    EXPECT_EQ(wizard(walker).known.join, domain::set_up::JoinOutcome::failed);
    // What is answered too late belongs to no page any more.
    walker.on(SetUpKnown{wizard(walker).ticket,
                         after_joining(walker, domain::set_up::JoinOutcome::joined)});
    EXPECT_EQ(wizard(walker).known.join, domain::set_up::JoinOutcome::failed);
}

TEST(set_up, a_name_or_passphrase_that_cannot_be_one_asks_nobody) {
    for (const auto& [ssid, passphrase, key] :
         {std::tuple{"", "correct horse", "ssid"},
          {"123456789012345678901234567890123", "correct horse", "ssid"},
          {"hall", "short", "passphrase"},
          {"hall", "中文的密码不行", "passphrase"}}) {
        Walker walker;
        walker.to_decision(Decision::network).answer({{"kind", "wifi"}, {"ssid", ssid}});
        walker.on(TextTyped{"passphrase", base::SecretText(passphrase)}).on(SetUpJoinWanted{});
        ASSERT_EQ(wizard(walker).faults.size(), 1U) << ssid << " " << passphrase;
        EXPECT_EQ(wizard(walker).faults.front().key, key);
        EXPECT_FALSE(walker.effect<JoinNetwork>());
    }
}

TEST(set_up, a_test_page_is_judged_by_the_printer_first_and_by_a_person_then) {
    Walker walker;
    walker.to_decision(Decision::printers).on(SetUpTestWanted{"documents"});
    ASSERT_TRUE(walker.effect<PrintTestPage>());
    const auto ticket = walker.effect<PrintTestPage>()->ticket;
    walker.on(SetUpTestWanted{"slips"});
    EXPECT_FALSE(walker.effect<PrintTestPage>()) << "one at a time";
    walker.on(PrintEnded{ticket, base::fail(base::FaultCode::PrinterPaperOut)});
    EXPECT_EQ(result(walker, "printer")->verdict, TestVerdict::failed);
    walker.answer({{"documents", "fail"}, {"slips", "unsupported"}}).on(SetUpNext{});
    ASSERT_TRUE(walker.effect<KeepSetUp>());
    const auto& tests = walker.effect<KeepSetUp>()->decided.tests;
    ASSERT_EQ(tests.size(), 2U);
    EXPECT_TRUE(tests[0].by_person);
    EXPECT_FALSE(tests[0].found.empty());
    EXPECT_EQ(tests[1].verdict, TestVerdict::unsupported);
}

TEST(set_up, an_invitation_is_handed_to_the_post_office_and_stays_nowhere) {
    Walker walker;
    walker.with_scanner().to_technician().on(SetUpOpened{});
    auto known = samples::set_up_known();
    known.enrolled = false;
    walker.on(SetUpKnown{wizard(walker).ticket, known});
    while (wizard(walker).decision != Decision::enrolment) walker.decide();
    walker.on(SetUpNext{});
    EXPECT_FALSE(wizard(walker).faults.empty()) << "nothing was chosen";
    walker.on(SetUpScanWanted{}).scan("CWC1:00000");
    EXPECT_TRUE(wizard(walker).foreign);
    EXPECT_FALSE(walker.effect<InviteTerminal>());
    const long before = base::live_secrets();
    walker.scan("CWE1|https://centre|service|x|y|z");
    ASSERT_TRUE(walker.effect<InviteTerminal>());
    EXPECT_EQ(wizard(walker).page, Page::enrolling);
    walker.effects.clear();
    EXPECT_EQ(base::live_secrets(), before);
    walker.wait(1s);
    ASSERT_TRUE(walker.effect<ReadSetUp>());
    known = wizard(walker).known;
    known.enrolled = true;
    walker.on(SetUpKnown{wizard(walker).ticket, known});
    EXPECT_EQ(wizard(walker).values.at("how"), "enrolled");
    // A code that the centre refuses: what the post office said stands on the page.
    Walker refused;
    refused.with_scanner().to_technician().on(SetUpOpened{});
    known.enrolled = false;
    refused.on(SetUpKnown{wizard(refused).ticket, known});
    EXPECT_EQ(wizard(refused).decision, Decision::enrolment);
    refused.on(SetUpScanWanted{}).scan("CWE1|used");
    for (int i = 0; i < 61; ++i) refused.wait(1s);
    EXPECT_EQ(wizard(refused).page, Page::question);
    EXPECT_EQ(wizard(refused).fault->code, base::FaultCode::PostUnreachable);
}

TEST(set_up, a_clock_at_1970_is_not_accepted) {
    Walker walker;
    walker.to_decision(Decision::clock);
    walker.terminal.now = base::Instant{1h};
    walker.answer({{"set_by", "hand"}}).on(SetUpNext{});
    EXPECT_EQ(wizard(walker).fault->code, base::FaultCode::SetUpAnswerWrong);
    EXPECT_FALSE(walker.effect<KeepSetUp>());
}

TEST(set_up, what_could_not_be_kept_stays_on_its_page_and_in_the_audit) {
    Walker walker;
    walker.to_decision(Decision::mode).answer({{"profile", "hall"}}).on(SetUpNext{});
    if (wizard(walker).page == Page::confirm) walker.on(SetUpConfirmed{});
    walker.on(SetUpKept{wizard(walker).ticket, base::fail(base::FaultCode::DiskFull)});
    EXPECT_EQ(wizard(walker).page, Page::question);
    EXPECT_EQ(wizard(walker).values.at("profile"), "hall");
    ASSERT_TRUE(walker.effect<RecordAct>());
    EXPECT_EQ(walker.effect<RecordAct>()->outcome, "DiskFull");
}

TEST(set_up, only_what_may_be_skipped_is_and_it_is_asked_for_no_verdict) {
    for (const auto& one : domain::set_up::questions()) {
        Walker walker;
        walker.to_decision(one.decision).on(SetUpSkipped{});
        EXPECT_EQ(walker.effect<KeepSetUp>() != nullptr, one.may_be_skipped)
            << domain::set_up::name(one.decision);
        if (one.may_be_skipped) {
            EXPECT_TRUE(walker.effect<KeepSetUp>()->decided.skipped);
        }
    }
}

TEST(set_up, the_camera_looks_on_its_page_only) {
    Walker walker;
    walker.to_decision(Decision::camera);
    EXPECT_TRUE(walker.effect<StartCamera>());
    EXPECT_TRUE(uses_camera(walker.session.state));
    walker.on(WentBack{});
    EXPECT_TRUE(walker.effect<StopCamera>());
    EXPECT_FALSE(uses_camera(walker.session.state));
    walker.decide().on(SetUpLater{});
    EXPECT_TRUE(walker.effect<StopCamera>());
}

TEST(set_up, a_terminal_that_is_not_set_up_serves_nobody_and_leads_its_technician_there) {
    Walker walker;
    walker.on(SetUpFound{});
    ASSERT_TRUE(walker.in<Suspended>());
    walker.on(ServicesOpened{});
    EXPECT_TRUE(walker.in<Suspended>());
    walker.to_technician();
    ASSERT_TRUE(walker.in<SettingUp>());
    walker.on(TechnicianLeft{});
    EXPECT_TRUE(walker.in<Suspended>() || walker.in<CardLeft>());
    EXPECT_TRUE(walker.in<Suspended>()->set_up);
}

TEST(set_up, before_the_enrolment_nobody_can_be_known_and_the_chain_of_taps_is_enough) {
    Walker bare;
    bare.terminal.settings.set_up_open = true;
    bare.terminal.settings.has_keys = false;
    bare.on(TechnicianCalled{});
    ASSERT_TRUE(bare.in<SettingUp>());
    EXPECT_EQ(wizard(bare).who.label, "T-0");
    // With keys it takes a technician, and one who may.
    Walker enrolled;
    enrolled.terminal.settings.set_up_open = true;
    enrolled.on(SetUpFound{}).to_technician({"T-0002", {}});
    EXPECT_TRUE(enrolled.in<TechnicianOverview>());
    enrolled.on(SetUpOpened{});
    EXPECT_TRUE(enrolled.in<TechnicianOverview>()->refused);
    // A terminal that is finished, keys or not, is no open door.
    Walker finished;
    finished.terminal.settings.has_keys = false;
    finished.on(TechnicianCalled{});
    EXPECT_TRUE(finished.in<TechnicianSigningIn>());
}

TEST(set_up, a_network_and_a_clock_are_judged_by_this_machine_and_not_by_a_post_that_has_no_keys) {
    Walker walker;
    walker.to_decision(Decision::network);
    walker.answer({{"kind", "ethernet"}}).decide();
    const auto* network = wizard(walker).known.progress.find(Decision::network);
    ASSERT_NE(network, nullptr);
    EXPECT_EQ(network->tests.front().verdict, TestVerdict::passed);
    // The cable is pulled while the page stands.
    walker.on(WentBack{}).wait(std::chrono::seconds{3});
    auto known = wizard(walker).known;
    known.links.front().up = false;
    walker.on(SetUpKnown{wizard(walker).ticket, known});
    walker.answer({{"kind", "ethernet"}}).on(SetUpNext{});
    EXPECT_EQ(result(walker, "network")->verdict, TestVerdict::failed);
}

TEST(set_up, a_clock_that_nobody_vouches_for_stops_there_unless_somebody_looked_at_it) {
    Walker walker;
    walker.to_decision(Decision::clock).wait(std::chrono::seconds{3});
    auto known = wizard(walker).known;
    known.clock_synchronised = false;
    walker.on(SetUpKnown{wizard(walker).ticket, known});
    walker.answer({{"set_by", "network"}}).on(SetUpNext{});
    ASSERT_TRUE(wizard(walker).fault);
    EXPECT_EQ(wizard(walker).decision, Decision::clock);
    walker.answer({{"set_by", "hand"}}).on(SetUpNext{});
    EXPECT_NE(wizard(walker).page, Page::question);
    EXPECT_TRUE(result(walker, "clock")->by_person);
}

TEST(set_up, new_devices_are_tried_after_a_restart_that_leads_back_into_the_wizard) {
    Walker walker;
    walker.to_decision(Decision::devices)
        .answer({{"receipt_printer", "usb"}})
        .on(SetUpNext{})
        .on(SetUpConfirmed{});
    auto known = wizard(walker).known;
    known.progress.put(walker.effect<KeepSetUp>()->decided);
    walker.on(SetUpKept{wizard(walker).ticket, known});
    ASSERT_EQ(wizard(walker).page, Page::finished);
    walker.on(SetUpRestartAsked{});
    const auto* restart = walker.effect<RestartProgram>();
    ASSERT_NE(restart, nullptr);
    EXPECT_NE(restart->set_up_goes_on_for, "");
    EXPECT_TRUE(walker.in<Suspended>() || walker.in<CardLeft>()) << "nobody is served in between";
    Walker after;
    after.on(SetUpFound{restart->set_up_goes_on_for});
    ASSERT_TRUE(after.in<SettingUp>());
    EXPECT_EQ(wizard(after).who.label, restart->set_up_goes_on_for);
    after.on(SetUpKnown{wizard(after).ticket, known});
    EXPECT_EQ(wizard(after).decision, Decision::screen);
}

TEST(set_up, a_proxy_is_typed_as_address_and_port) {
    Walker walker;
    walker.to_decision(Decision::network).answer({{"kind", "proxy"}}).on(SetUpNext{});
    EXPECT_EQ(wizard(walker).faults.size(), 1U);
    walker.on(TextTyped{"proxy_host", base::SecretText("10.0.0.9")})
        .on(TextTyped{"proxy_port", base::SecretText("3128")})
        .on(SetUpNext{});
    ASSERT_EQ(wizard(walker).page, Page::confirm);
    EXPECT_EQ(wizard(walker).changes.front().after, "http://10.0.0.9:3128");
}

}  // namespace
}  // namespace session
