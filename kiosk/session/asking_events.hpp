// What happens while somebody asks for progress, asks the office, complains or rates. Part of
// session/event.hpp.
#pragma once

#include "base/result.hpp"
#include "catalogue/voice.hpp"
#include "domain/identifiers.hpp"
#include "domain/post_status.hpp"
#include "domain/voice_reply.hpp"

#include <string>
#include <vector>

namespace session {

// ---- asking for progress
struct ProgressByCardChosen {};
struct ProgressByCodeChosen {};
struct ProgressCaseOpened {
    std::size_t index = 0;  // of the cases that were answered
};
struct ReceiptScanOpened {};  // 扫回执: the camera looks for its code
struct CodeSubmitted {};

// ---- asking, complaining, rating
struct SpeakUpOpened {  // 咨询, 投诉建议, 办不成事
    catalogue::VoiceKind kind{};
};
struct VoiceTopicChosen {
    std::string key;
};
struct TriedToggled {};    // 把刚才试过的步骤一起交上去
struct VoiceWritten {};    // 下一步
struct VoiceUnnamed {};    // 不留姓名
struct VoiceNamed {};      // 放身份证
struct VoiceSubmitted {};  // 交上去
struct ReasonToggled {
    std::string key;
};
struct DimensionRated {
    std::string key;
    int level = 0;
};
struct RatingSubmitted {};
struct RepliesOpened {};  // 看答复
struct ReplyJudged {      // 现在满意吗
    std::string number;
    bool content = false;
};

// ---- results
struct ProgressAnswered {
    domain::Ticket ticket;
    base::Result<std::vector<domain::SubmissionStatus>> statuses;
};
struct RepliesAnswered {
    domain::Ticket ticket;
    base::Result<std::vector<domain::VoiceReply>> replies;
};

}  // namespace session
