// Codes that are shown to the terminal. What a page asks for happens at once; of anything else it
// is said what it is for, and nothing is done. A page that does not listen hears nothing.
#pragma once

#include "session/machine.hpp"

#include <chrono>

namespace session {

// How long the sentence about a code that means nothing here stands.
inline constexpr std::chrono::seconds code_note_time{20};

// With what this session's page listens now.
flows::Listening listening(const Session& session, const Settings& settings);
// True for every code, wanted or not.
bool handle_code(const Event& event, Machine& machine);
// The camera stops after a minute without a code, or when it is gone; sentences go after a while.
void watch_the_codes(Machine& machine);
// After each step: asks anew when another page listens or another person begins.
void follow_the_page(Machine& machine, const flows::CodeScan& before);

}  // namespace session
