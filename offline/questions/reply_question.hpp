// What an office answered to a question, a complaint or a rating, both ends. Whoever asks is the
// person of the card, or holds the slip: the post compares its code and then names the sub_id,
// which nobody can guess. Faults: BytesMalformed for a question; CentreRefused, CentreNonsense for
// an answer.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/voice_reply.hpp"
#include "offline/questions/kinds.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace offline::questions {

inline constexpr std::size_t reply_bytes_max = 4096;

struct ReplyAsked {
    domain::ReplyAct act = domain::ReplyAct::ask;
    std::string number;  // of what the act is about; empty of ask
    std::string sub_id;  // 32 hex digits; empty: by the person
    Person person{};     // empty: by the slip
    friend bool operator==(const ReplyAsked&, const ReplyAsked&) = default;
};

// kiosk
base::SecretText reply_question(const ReplyAsked& asked);
base::Result<std::vector<domain::VoiceReply>> read_reply_answer(std::string_view json);

// intake
base::Result<ReplyAsked> read_reply_question(std::string_view json);
std::string reply_answer(const std::vector<domain::VoiceReply>& orders);

}  // namespace offline::questions
