// intake voices: what an operator asks and does about questions, complaints and ratings.
#pragma once

#include "offline/intake/operator_commands.hpp"

namespace offline::intake {

// A line for each work order, those that are due first come first; then the ratings by level.
Text voices_text(const Site& site, base::Instant now);
// Personal: the order and what was written, as JSON.
Text voice_text(const Site& site, const std::string& number);
Text assign_voice(const Site& site, const std::string& number);
Text reply_voice(const Site& site, const std::string& number, const std::string& text,
                 base::Instant now);
Text close_voice(const Site& site, const std::string& number);

}  // namespace offline::intake
