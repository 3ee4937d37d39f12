// What the operator's commands print: lines with tabs, a header first. Nothing in them is personal.
// Pure.
#pragma once

#include "offline/intake/store/case_store.hpp"

#include <string>
#include <vector>

namespace offline::intake {

std::string terminals_as_text(const std::vector<TerminalLine>& terminals);
std::string gaps_as_text(const std::vector<Gap>& gaps);
std::string quarantine_as_text(const std::vector<Refusal>& refusals);
// One refused submission as JSON: what its manifest says, why it was refused, sizes.
std::string refusal_as_json(const Refusal& refusal);

}  // namespace offline::intake
