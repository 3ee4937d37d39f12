// One-line verbs: every bench of the emulation offers some, and one table of them serves the
// training panel, flow tests and the demonstration. Pure but for what a verb does when it runs.
#pragma once

#include "base/result.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace drivers::emulation {

using Words = std::vector<std::string>;
using Answer = base::Result<std::string>;  // what was done, in words

struct Verb {
    const char* usage;  // its first words are fixed, those in capitals are given: card fault FAULT
    std::function<Answer(const Words& words)> run;
};
using Verbs = std::vector<Verb>;

// A verb that takes nothing and always does the same.
Verb simple(const char* usage, const char* done, std::function<void()> act);

Words words_of(std::string_view line);
std::string joined(const Words& words);  // a | b | c
// The first verb that fits, or null: those of fixed words stand before those with a word to be
// given.
const Verb* verb_of(const Verbs& verbs, std::string_view line);
std::string usages(const Verbs& verbs);  // one a line

}  // namespace drivers::emulation
