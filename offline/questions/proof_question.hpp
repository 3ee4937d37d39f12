// A paper made out for one person: asked with what they chose, answered with the PDF or a word why
// there is none. Both ends. Faults: BytesMalformed for a question; CentreRefused (with the centre's
// word) or CentreNonsense for an answer. Pure. Whether the paper is genuine, the terminal says
// (kiosk/app/genuine_paper.hpp): nothing here looks into it.
#pragma once

#include "base/secret.hpp"
#include "domain/proof_paper.hpp"
#include "offline/questions/kinds.hpp"

#include <map>

namespace offline::questions {

struct ProofAsked {
    Person holder;
    std::string type;                            // ProofWanted::type of the item
    std::map<std::string, std::string> answers;  // of the item's questions
    std::int64_t copies_max = 0;                 // that the item allows in a day
    std::string request;   // 32 hex digits: asked again with the same one, it counts once
    std::string asked_at;  // by the terminal's clock
    friend bool operator==(const ProofAsked&, const ProofAsked&) = default;
};

struct ProofTold {
    domain::ProofAnswer answer;
    std::string sha256;  // of the PDF, 64 hex digits; empty: there is none
    friend bool operator==(const ProofTold&, const ProofTold&) = default;
};

base::SecretText proof_question(const ProofAsked& asked);
base::Result<ProofTold> read_proof_answer(std::string_view json);

base::Result<ProofAsked> read_proof_question(std::string_view json);
base::SecretText proof_answer(const ProofTold& told);

// Twelve of 0-9A-Z and a thirteenth that checks them (ISO 7064 MOD 37,36).
bool is_proof_code(std::string_view code);

}  // namespace offline::questions
