// A form that is not finished, kept at the centre for the one person who began it: stored, fetched,
// deleted. A terminal keeps none. The centre keeps the sealed question itself, so a draft lies
// there as sealed as it came. `asked_at` is the app's time: of two words about the same draft the
// later one holds, and a question that somebody kept and sends again changes nothing.
// Faults: BytesMalformed for a question; CentreRefused (older, too-large …), CentreNonsense for an
// answer. Pure.
#pragma once

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "offline/questions/kinds.hpp"

#include <cstdint>

namespace offline::questions {

inline constexpr std::size_t draft_bytes_max = 256 << 10;
inline constexpr std::int64_t draft_hours_max = 7 * 24;

enum class DraftAction { store, fetch, remove };
struct DraftAsked {
    DraftAction action{};
    Person person;
    std::string item_code;
    base::Instant asked_at{};
    std::int64_t keep_hours = 0;  // of store: 1 … draft_hours_max; else 0
    base::SecretText content = base::SecretText(std::string());  // of store: the app's, UTF-8
};

struct DraftAnswer {
    enum class Outcome { stored, found, none, removed } outcome{};
    base::Instant until{};                                       // of stored and found
    base::SecretText content = base::SecretText(std::string());  // of found
};

base::SecretText draft_question(const DraftAsked& asked);
base::Result<DraftAnswer> read_draft_answer(std::string_view json);

base::Result<DraftAsked> read_draft_question(std::string_view json);
base::SecretText draft_answer(const DraftAnswer& answer);

}  // namespace offline::questions
