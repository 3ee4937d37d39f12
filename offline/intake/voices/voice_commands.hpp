// intake voices: what an operator asks and does about questions, complaints and ratings.
#pragma once

#include "offline/intake/operator_commands.hpp"

namespace offline::intake {

struct VoiceOrder {
    std::string act;  // list, show, assign, reply, close
    std::string number, text;
};
// list: a line for each work order, those that are due first come first; then the ratings by level.
Text voices_text(const Site& site, const VoiceOrder& order, base::Instant now);
// Personal: the order and what was written, as JSON.
Text voice_text(const Site& site, const std::string& number);

}  // namespace offline::intake
