// What became of a question, a complaint or a rating at the centre, as a citizen is told.
#pragma once

#include <string>

namespace domain {

// ask: how it stands. content, not_yet: 现在满意吗, answered.
enum class ReplyAct { ask, content, not_yet };

struct VoiceReply {
    std::string number;      // the centre's
    std::string kind;        // consult, complaint, stuck, rating
    std::string state;       // received, assigned, replied, satisfied, closed
    std::string since, due;  // ISO 8601: when it came, until when it is to be answered
    std::string reply;       // empty: not answered yet
    bool asks = false;       // the centre wants to hear whether that will do
    friend bool operator==(const VoiceReply&, const VoiceReply&) = default;
};

}  // namespace domain
