// The life of the cases in the office: what was done with each, one row after the other, never
// changed. Each row's digest covers the row before it, so that history cannot be rewritten unseen.
// Nothing personal stands here: a case is its number, its item and its states. One move is one
// transaction; of two at once one is refused. Faults as in the case store; CommandRefused: the move
// is not allowed, its detail is the sentence why; AnswerNotFound: no such case.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "domain/case_life.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace offline::intake {

struct CaseEvent {
    domain::CaseMove move;
    base::Instant at{};
    std::string by;                  // an account of the console, or "operator"
    std::int64_t promised_days = 0;  // of an acceptance: workdays; 0: not known
};

struct CaseLine {
    std::int64_t serial = 0;
    std::string case_number, item_code, item_name;
    std::string technical;  // CaseState's word: only APPLIED is the office's
    base::Instant received_at{};
    std::vector<CaseEvent> events;  // the oldest first
    bool whole = true;              // the chain of digests holds
};
inline constexpr int case_lines_max = 200;

class CaseBook {
  public:
    virtual ~CaseBook() = default;
    // The newest first, at most case_lines_max.
    virtual base::Result<std::vector<CaseLine>> newest() = 0;
    virtual base::Result<CaseLine> find(const std::string& case_number) = 0;
    virtual base::Result<std::vector<CaseEvent>> events(std::int64_t serial) = 0;
    // From which state it went.
    virtual base::Result<domain::OfficeState> move(const std::string& case_number,
                                                   const CaseEvent& event) = 0;
};

}  // namespace offline::intake
