// What is to be paid and what was paid. Amounts are whole fen. Paid is said by the centre alone.
// Both ends. Faults: BytesMalformed for a question; CentreRefused or CentreNonsense for an answer.
// Pure.
#pragma once

#include "base/secret.hpp"
#include "offline/questions/kinds.hpp"

#include <cstdint>
#include <vector>

namespace offline::questions {

inline constexpr std::int64_t fen_max = 1'000'000'000'000;  // ten thousand million yuan

struct Fee {
    std::string order_no;
    std::string case_number;  // empty: not of a case
    std::string payee, purpose;
    std::string basis;  // the rule by which it is asked
    std::int64_t due_fen = 0, paid_fen = 0;
    std::string since;  // ISO 8601: of the last change
    // What is waived of it, and the rule for that; 0 and empty: nothing. May be left out.
    std::int64_t relief_fen = 0;
    std::string relief_basis{};
    friend bool operator==(const Fee&, const Fee&) = default;
};

base::SecretText fee_question(const Person& payer);
base::Result<std::vector<Fee>> read_fee_answer(std::string_view json);

base::Result<Person> read_fee_question(std::string_view json);
std::string fee_answer(const std::vector<Fee>& fees);

}  // namespace offline::questions
