// What the app knows of the post office, and what the post and the centre say of one submission.
#pragma once

#include "domain/identifiers.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

// unknown: the post has not said yet. absent: kiosk-post does not answer.
enum class Line { unknown, online, offline, absent };

// A submission that was kept but whose receipt page was not shown (the app ended in between). It is
// offered on the first screen by its number, which names nobody.
struct KeptUnshown {
    std::string local_number;
    friend bool operator==(const KeptUnshown&, const KeptUnshown&) = default;
};

struct PostStatus {
    Line line = Line::unknown;
    bool taking = false;         // the post would accept a submission now
    std::int64_t waiting = 0;    // kept here, nothing at the centre yet
    std::int64_t sending = 0;    // verified R1: on their way
    std::int64_t attention = 0;  // set aside: a person must look
    std::vector<KeptUnshown> unshown;
    bool revoked = false;  // the centre took this terminal out of service: it takes nothing new
    // Still to be delivered by itself.
    std::int64_t undelivered() const { return waiting + sending; }
    friend bool operator==(const PostStatus&, const PostStatus&) = default;
};

// Where a submission is. The words for each are fixed (ARCHITECTURE.md, decision 1).
enum class Delivery {
    kept,       // 已封存在本机，尚未送达
    sending,    // verified R1: 正在送达
    received,   // verified R2 and case number: 已提交，中心已收件
    attention,  // cannot go on by itself
    unknown,    // nobody here knows
};
std::string_view name(Delivery delivery);

struct SubmissionStatus {
    Delivery delivery = Delivery::unknown;
    std::string local_number;
    std::string case_number;   // only when received
    std::string item_name;     // only from the centre's sealed answer
    std::string centre_state;  // the centre's own word for the case, e.g. RECEIVED
    std::string since;         // ISO 8601
    // Only of one that was looked up by its slip: what the centre may be asked by for its answer.
    std::string sub_id = {};
    std::string office = {};  // who has it; empty: unknown, as all that follows
    std::string due = {};     // ISO date: promised, or of a correction the last day
    std::string note = {};    // the office's own sentence
    std::string result = {};  // YES or NO
    friend bool operator==(const SubmissionStatus&, const SubmissionStatus&) = default;
};

}  // namespace domain
