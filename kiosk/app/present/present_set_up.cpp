// The wizard that sets a terminal up: one page for each decision, old → new, the tests over the
// whole panel, the end.
#include "app/present/set_up.hpp"
#include "flows/set_up/set_up_steps.hpp"

#include <algorithm>

namespace app {

using domain::set_up::Decision;
using screens::Tone;
using Stage = flows::SettingUp::Page;

namespace {

std::string number_of(Decision decision) {
    return std::to_string(static_cast<int>(decision) + 1);
}

std::string step_words(const flows::SettingUp& here, PageBuilder& b) {
    return b.say(MessageId::set_up_step_of,
                 {{"n", number_of(here.decision)},
                  {"m", std::to_string(domain::set_up::decision_count)}}) +
           " · " + b.say(domain::set_up::question(here.decision).title);
}

void add_changes(const flows::SettingUp& here, PageBuilder& b) {
    screens::KeyValues card;
    for (const auto& change : here.changes)
        card.rows.push_back(
            {setting_label(b, change.key),
             b.say(MessageId::set_up_change, {{"before", value_words(b, change.key, change.before)},
                                              {"after", value_words(b, change.key, change.after)}}),
             false,
             {},
             {},
             {},
             {}});
    b.add(std::move(card));
}

void question_page(const flows::SettingUp& here, PageBuilder& b) {
    const auto& question = domain::set_up::question(here.decision);
    b.name("set_up_" + std::string(domain::set_up::name(here.decision)));
    b.title(b.say(question.question), step_words(here, b));
    add_set_up_question(here, b);
    screens::ButtonRow row;
    if (here.decision == Decision::language)
        row.buttons.push_back(
            b.secondary("set_up_later", MessageId::set_up_later, session::SetUpLater{}));
    else
        row.buttons.push_back(
            b.secondary("set_up_back", MessageId::set_up_back, session::WentBack{}));
    if (question.may_be_skipped)
        row.buttons.push_back(
            b.secondary("set_up_skip", MessageId::set_up_skip, session::SetUpSkipped{}));
    row.buttons.push_back(b.primary("set_up_next", MessageId::set_up_next, session::SetUpNext{}));
    b.add(std::move(row));
}

void confirm_page(const flows::SettingUp& here, PageBuilder& b) {
    b.name("set_up_confirm");
    b.title(b.say(MessageId::set_up_confirm_title), b.say(MessageId::set_up_confirm_note));
    add_changes(here, b);
    b.add(screens::ButtonRow{
        {b.secondary("set_up_back", MessageId::set_up_confirm_no, session::WentBack{}),
         b.primary("set_up_confirm", MessageId::set_up_confirm_yes, session::SetUpConfirmed{})}});
}

// Of a trial, until what was before comes back.
std::string seconds_left(const flows::SettingUp& here, const PageBuilder& b) {
    const auto left = session::display_trial - (b.in.now - here.since);
    return std::to_string(
        (std::max<std::int64_t>(0, std::chrono::duration_cast<base::Millis>(left).count()) + 999) /
        1000);
}

// UX-257: the page itself is drawn as it would be, and goes back by itself.
void trial_page(const flows::SettingUp& here, PageBuilder& b) {
    b.name("set_up_trial");
    b.title(b.say(MessageId::set_up_trial_title),
            b.say(MessageId::set_up_trial_note, {{"n", seconds_left(here, b)}}));
    add_changes(here, b);
    b.add(screens::ButtonRow{
        {b.secondary("set_up_back", MessageId::set_up_trial_no, session::WentBack{}),
         b.primary("set_up_confirm", MessageId::set_up_trial_yes, session::SetUpConfirmed{})}});
    screens::PanelTrial trial{b.in.settings.pixels_per_mm, b.in.settings.lower_edge_mm};
    for (const auto& change : here.changes) {
        const double value = std::atof(change.after.c_str());
        if (change.key == "kiosk.pixels_per_mm" && value > 0) trial.pixels_per_mm = value;
        if (change.key == "kiosk.lower_edge_mm") trial.lower_edge_mm = value;
    }
    b.page.screen.trial = trial;
}

// The touch is as it would be, and goes back by itself.
void calibrated_page(const flows::SettingUp& here, PageBuilder& b) {
    b.name("set_up_calibrated");
    b.title(b.say(MessageId::set_up_cross_trial_title),
            b.say(MessageId::set_up_cross_trial_note, {{"n", seconds_left(here, b)}}));
    screens::KeyValues card;
    const auto millimetres = [&](double value) {
        return b.say(MessageId::set_up_millimetres, {{"n", decimal(value, 1)}});
    };
    card.rows = {fact(b, MessageId::set_up_cross_before, millimetres(here.calibration.before_mm)),
                 fact(b, MessageId::set_up_cross_after, millimetres(here.calibration.after_mm))};
    b.add(std::move(card));
    b.add(screens::ButtonRow{
        {b.secondary("set_up_back", MessageId::set_up_cross_trial_no, session::WentBack{}),
         b.primary("set_up_confirm", MessageId::set_up_cross_trial_yes,
                   session::SetUpConfirmed{})}});
}

void finished_page(const flows::SettingUp& here, PageBuilder& b) {
    // Devices are opened when the program starts; with decisions open it goes on there.
    const auto open = here.known.progress.next();
    b.name(open ? "set_up_devices_changed" : "set_up_finished");
    if (open)
        b.title(b.say(MessageId::set_up_devices_changed_title),
                b.say(MessageId::set_up_devices_changed_note,
                      {{"n", std::to_string(static_cast<int>(*open) + 1)}}));
    else
        b.title(b.say(MessageId::set_up_finished_title), b.say(MessageId::set_up_finished_note));
    screens::KeyValues card;
    for (const auto& one : domain::set_up::questions()) {
        const auto* decided = here.known.progress.find(one.decision);
        if (decided == nullptr) continue;
        std::string words = b.say(decided->skipped ? MessageId::set_up_summary_skipped
                                                   : MessageId::set_up_summary_done);
        const auto failed = std::ranges::count_if(decided->tests, [](const auto& test) {
            return test.verdict == domain::set_up::TestVerdict::failed;
        });
        if (failed > 0)
            words = b.say(MessageId::set_up_summary_failed, {{"n", std::to_string(failed)}});
        card.rows.push_back(fact(b, one.title, std::move(words)));
    }
    if (!open) b.add(std::move(card));
    b.add(screens::ButtonRow{
        {b.secondary("set_up_review", MessageId::set_up_finished_review, session::SetUpReviewed{}),
         b.primary(
             "set_up_restart",
             open ? MessageId::set_up_devices_changed_restart : MessageId::set_up_finished_restart,
             session::SetUpRestartAsked{})}});
}

screens::PanelTest cross_to_touch(const flows::SettingUp& here, PageBuilder& b) {
    using domain::set_up::CalibrationFault;
    screens::PanelTest test;
    b.name("set_up_cross");
    test.kind = screens::PanelTest::Kind::cross;
    test.id = b.bind("panel_test", session::Touched{});
    test.cross = domain::set_up::crosses.at(here.crossed.size());
    const auto& refused = here.calibration.fault;
    test.guidance =
        b.say(!refused || !here.crossed.empty()            ? MessageId::set_up_cross_guide
              : *refused == CalibrationFault::inconsistent ? MessageId::set_up_cross_missed
                                                           : MessageId::set_up_cross_same);
    test.note =
        b.say(MessageId::set_up_cross_step, {{"n", std::to_string(here.crossed.size() + 1)},
                                             {"m", std::to_string(domain::set_up::crosses.size())},
                                             {"s", std::to_string(session::cross_limit.count())}});
    return test;
}

void panel_test(const flows::SettingUp& here, PageBuilder& b) {
    using Kind = screens::PanelTest::Kind;
    b.page.on_press.clear();  // nothing else of the page is there to be pressed
    screens::PanelTest test;
    if (here.page == Stage::cross) {
        test = cross_to_touch(here, b);
    } else if (here.page == Stage::touch || here.page == Stage::drift) {
        b.name(here.page == Stage::touch ? "set_up_touch" : "set_up_touch_line");
        test.kind = here.page == Stage::touch ? Kind::touch : Kind::drift;
        test.id = b.bind("panel_test", session::Touched{});
        test.guidance = b.say(here.page == Stage::touch ? MessageId::set_up_touch_guide
                                                        : MessageId::set_up_touch_line);
        test.note = here.page == Stage::touch ? b.say(MessageId::set_up_touch_left,
                                                      {{"n", std::to_string(here.grid.left())}})
                                              : b.say(MessageId::set_up_touch_all);
        test.columns = here.grid.columns();
        test.rows = here.grid.rows();
        for (int row = 0; row < test.rows; ++row)
            for (int column = 0; column < test.columns; ++column)
                test.touched.push_back(here.grid.touched(column, row));
    } else {
        const bool ruler = here.colour + 1 >= flows::display_steps;
        b.name(ruler ? "set_up_display_ruler" : "set_up_display");
        test.kind = ruler ? Kind::ruler : Kind::colour;
        test.colour = here.colour;
        test.id = b.bind("panel_test", session::SetUpTestTapped{});
        test.guidance =
            b.say(ruler ? MessageId::set_up_display_ruler : MessageId::set_up_display_guide);
        test.note = b.say(
            MessageId::set_up_display_step,
            {{"n", std::to_string(here.colour + 1)}, {"m", std::to_string(flows::display_steps)}});
    }
    // Over everything, the frame as well.
    auto& screen = b.page.screen;
    screen.header = {};
    screen.utility.clear();
    screen.speech.clear();
    screen.training_band.clear();
    screen.power_band.clear();
    screen.panel_test = std::move(test);
}

void busy_page(const char* name, MessageId text, PageBuilder& b) {
    b.name(name);
    b.page.screen.low = true;
    b.add(screens::Progress{"settings", b.say(text)});
}

void loading_page(const flows::SettingUp& here, PageBuilder& b) {
    if (!here.fault) return busy_page("set_up_loading", MessageId::set_up_loading, b);
    b.name("set_up_unreadable");
    b.title(b.say(MessageId::set_up_title));
    b.add(screens::Notice{Tone::danger,
                          "alert-circle",
                          fault_words(b, *here.fault),
                          {here.fault->safe_detail},
                          false});
    b.add(screens::ButtonRow{
        {b.primary("set_up_later", MessageId::set_up_later, session::SetUpLater{})}});
}

}  // namespace

void show(const flows::SettingUp& here, PageBuilder& b) {
    switch (here.page) {
        case Stage::loading:
            return loading_page(here, b);
        case Stage::question:
            return question_page(here, b);
        case Stage::confirm:
            return confirm_page(here, b);
        case Stage::trial:
            return trial_page(here, b);
        case Stage::keeping:
            return busy_page("set_up_keeping", MessageId::set_up_keeping, b);
        case Stage::enrolling:
            return busy_page("set_up_enrolling", MessageId::set_up_enrol_busy, b);
        case Stage::joining:
            return busy_page("set_up_joining", MessageId::set_up_wifi_joining, b);
        case Stage::calibrated:
            return calibrated_page(here, b);
        case Stage::cross:
        case Stage::touch:
        case Stage::drift:
        case Stage::display:
            return panel_test(here, b);
        case Stage::finished:
            return finished_page(here, b);
    }
}

}  // namespace app
