// Asking, complaining, 办不成事: what is written, kept and answered. What a person wrote is in
// Secrets; who wrote it is there only when they put their card down.
#pragma once

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "base/secret.hpp"
#include "catalogue/voice.hpp"
#include "domain/citizen_identity.hpp"
#include "domain/device_health.hpp"
#include "domain/local_receipt.hpp"
#include "domain/printing.hpp"
#include "domain/voice_reply.hpp"
#include "flows/hand_in/hand_in_states.hpp"

#include <optional>
#include <string>
#include <vector>

namespace flows {

inline constexpr const char* voice_text_field = "voice_text";
inline constexpr const char* voice_telephone_field = "voice_telephone";

// One thing a page: about what, in which words, by whom, and all of it once more.
enum class SpeakPage { topic, words, who, check };

struct SpeakingUp {
    catalogue::VoiceKind kind{};
    SpeakPage page = SpeakPage::topic;
    std::string about_item{};  // where they came from
    std::string topic{};
    base::SecretText text{}, telephone{};
    base::Secret<domain::CitizenIdentity> person{};  // empty: no name is given
    std::vector<std::string> tried{};                // what there is to hand in along
    bool with_tried = false;                         // and only if it is wanted
    std::string focused = voice_text_field;
    bool text_missing = false, telephone_wrong = false;
};

// Until the post has it, so that a failed try can be repeated with the same id.
struct KeepingVoice {
    catalogue::Voice voice;
    domain::Ticket ticket;
    base::Instant since{};
};

struct VoiceProblem {
    catalogue::Voice voice;
    base::Fault fault;
    bool unknown = false;
};

// Kept: its number, and the slip. Nothing of what was written is here any more.
struct VoiceKept {
    catalogue::VoiceKind kind{};
    domain::LocalReceipt receipt;
    domain::Ticket ticket;  // of the newest print
    Paper paper = Paper::none;
    domain::DeviceKind printer = domain::DeviceKind::document_printer;
    std::optional<base::Fault> fault{};
    int prints = 0;
    domain::PaperSlots printed{};
    base::Instant settled{};  // when the paper last moved
};

// By the person of the card, or by the sub_id that a slip was found under.
struct AskingReplies {
    domain::Ticket ticket{};
    base::Secret<domain::CitizenIdentity> person{};
    std::string sub_id{};
    domain::ReplyAct act = domain::ReplyAct::ask;
    std::string number{};  // of what the act is about
    base::Instant since{};
};

struct ShowingReplies {
    base::Secret<domain::CitizenIdentity> person{};
    std::string sub_id{};
    std::vector<domain::VoiceReply> replies{};
    std::optional<base::Fault> fault{};
};

}  // namespace flows
