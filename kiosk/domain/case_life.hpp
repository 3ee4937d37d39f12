// The life of a case in the office, from received to delivered, and which move is allowed from
// where: a table. Pure. Source: domain.md 3.4. How far a submission is delivered is another matter
// (post_status.hpp).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace domain {

enum class OfficeState {
    received,    // 已收件
    correction,  // 待补正: one list of all that is to be mended, until a day
    accepted,    // 已受理: the limit runs
    refused,     // 不予受理: why, and where it belongs
    in_review,   // 审核中: with an office
    special,     // 特别程序: the limit stands still
    decided,     // 已决定: yes or no
    finished,    // 已办结
    delivered,   // 已送达
    withdrawn,   // 已撤回 by the person
    lapsed,      // 补正 did not come in time
};
inline constexpr std::array office_states{
    OfficeState::received,  OfficeState::correction, OfficeState::accepted, OfficeState::refused,
    OfficeState::in_review, OfficeState::special,    OfficeState::decided,  OfficeState::finished,
    OfficeState::delivered, OfficeState::withdrawn,  OfficeState::lapsed};

std::string_view word(OfficeState state);  // RECEIVED, IN_REVIEW
std::optional<OfficeState> office_state_from(std::string_view word);
std::string_view name_zh(OfficeState state);  // for who works at the centre

bool may_move(OfficeState from, OfficeState to);
bool is_end(OfficeState state);

inline constexpr std::size_t office_text_max = 500;  // bytes of UTF-8

// What somebody in the office wants to become of a case.
struct CaseMove {
    OfficeState to = OfficeState::received;
    std::string office;  // who has it now
    std::string until;   // ISO date: a correction's
    std::string note;    // the office's sentence for the person; names nobody
    std::string result;  // of a decision: YES or NO
};
// Why it is not done, as a sentence for who works at the centre; nothing: it may be done.
std::optional<std::string> objection(OfficeState from, const CaseMove& move);

}  // namespace domain
