// Sealed questions and their answers: one shape for all kinds. The kind stands outside as a word,
// so that the post can say what was answered; who asks, about whom and what comes back is sealed to
// the intake and to the question's own key. Inside, both are JSON objects that begin with the kind,
// read strictly at both ends. An answer of the kind "refused" says in one word why there is none;
// it is sealed and signed like any other, so nobody on the line can make one. Pure.
#pragma once

#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace offline::questions {

enum class Kind {
    progress,
    certificate,
    fee,
    draft,
    proof,    // a paper made out for somebody: which there are, and one of them as a PDF
    booking,  // offices, their times, what somebody has booked
    payment,  // an order to pay, and whether it was paid
    reply     // what an office answered to a question, a complaint, a rating
};
std::string_view name(Kind kind);
std::optional<Kind> kind_from(std::string_view name);

// Whom a question is about: as the card says it.
struct Person {
    std::string id_number, name;
    friend bool operator==(const Person&, const Person&) = default;
};

namespace refusal {
inline constexpr const char* unknown_kind = "unknown-kind";  // this centre does not answer such
inline constexpr const char* other_kind = "other-kind";      // outside it says something else
inline constexpr const char* malformed = "malformed";
inline constexpr const char* older = "older";          // of a draft: a later word was heard before
inline constexpr const char* too_large = "too-large";  // of a draft
}  // namespace refusal
std::string refused_answer(std::string_view reason);
// The word of a refused answer; none: it is not one.
std::optional<std::string> refusal_in(std::string_view answer);

}  // namespace offline::questions
