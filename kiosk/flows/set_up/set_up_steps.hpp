// What the wizard's transitions share with signing in, with scanned codes and with each other.
#pragma once

#include "session/machine.hpp"

namespace session {

// Its first page: what is known of the terminal is read.
void open_set_up(const flows::Below& below, const domain::Technician& who, Machine& machine);
// Who sets up a terminal, with every right: T-0 where nobody can be known yet.
domain::Technician set_up_technician(const std::string& label = "T-0");

bool awaits_invitation(const State& state);
void take_invitation(const CodeSeen& seen, Machine& machine);
void stop_awaiting_invitation(State& state);

// set_up_touch.cpp: the crosses that calibrate the touch, and the trial of what came of them.
bool handle_calibration(flows::SettingUp& next, const Event& event, Machine& machine);
void begin_calibration(flows::SettingUp& next, Machine& machine);
// The panel's numbers as this page needs them: none while crosses are touched, the new ones while
// they are tried, those of the answer on the page of the screen.
domain::TouchMatrix touch_in_use(const flows::SettingUp& here, const Settings& settings);

// set_up_network.cpp: a wireless network. True when it was one of its events.
bool handle_joining(flows::SettingUp& next, const Event& event, Machine& machine);

// set_up_tests.cpp: test pages, sound, the panel's own tests. True when it was one of their events.
bool handle_set_up_test(flows::SettingUp& next, const Event& event, Machine& machine);

// What a machine judged of a decision, in place of what it said before.
void put_result(flows::SettingUp& next, domain::set_up::TestResult result);

// How long without a touch until a panel test is over.
inline constexpr std::chrono::seconds panel_test_limit{10};
// UX-257: a display that nobody can read any more comes back by itself.
inline constexpr std::chrono::seconds display_trial{15};
inline constexpr std::chrono::seconds enrolment_limit{60};
inline constexpr std::chrono::seconds machine_look{2};  // at its network and its clock
// Nobody can be sure to hit a way back on a panel that is off: time is one.
inline constexpr std::chrono::seconds cross_limit{20};
inline constexpr std::chrono::seconds joining_limit{75};  // the service itself gives up before

}  // namespace session
