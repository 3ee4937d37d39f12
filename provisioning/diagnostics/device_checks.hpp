// The devices of a terminal, looked at and led through their tests. One thread; what has to be done
// or answered is said through the bench as it comes.
#pragma once

#include "provisioning/diagnostics/check.hpp"
#include "provisioning/technician/device_commands.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace provisioning::diagnostics {

// As they are, without a hand's work: one check for each. Pure.
std::vector<Check> device_checks(const std::vector<technician::SeenDevice>& devices,
                                 base::Instant now);
// Where no device may be touched: what was not looked at is not called broken. Pure.
Check devices_left_alone(base::Instant now);
// Model, number and place of each that is there, one line: what a swap is noticed by. Pure.
std::vector<std::string> device_lines(const std::vector<technician::SeenDevice>& devices);

// What a person says of a thing that only a person can judge.
enum class Answer { yes, no, skip };
// `test` is the word of a device test, `question` ends in 吗？
using AskPerson = std::function<Answer(const std::string& test, const std::string& question)>;

// Every test of a device that is configured, or of those in `only` (empty: all), one after the
// other; ends early when the bench is stopped, and then says what was not done.
std::vector<Check> guided_tests(technician::Bench& bench, const AskPerson& ask,
                                const std::set<std::string>& only);

}  // namespace provisioning::diagnostics
