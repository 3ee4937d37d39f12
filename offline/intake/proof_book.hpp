// The papers that the bureau made out and handed over, ready to print: by holder, kind and what was
// chosen. One SQLite file of its own (proofs.sqlite). A person is found by the keyed hash that only
// the intake can compute. How many a person got on a day is counted here, once for each request.
// One thread at a time.
#pragma once

#include "base/clock.hpp"
#include "offline/intake/question_desk.hpp"
#include "offline/questions/proof_question.hpp"
#include "offline/store/database.hpp"

#include <optional>
#include <string>

namespace offline::intake {

// What whoever got the paper is told: nothing that it does not say itself.
struct VerifiedProof {
    std::string type, title, masked_holder, issued_at, valid_to;
};

class ProofBook {
  public:
    static base::Result<ProofBook> open(const std::string& folder);

    // {"proofs": [{"holder": {"id_number", "name"}, "type", "answers": {question: value}, "title",
    // "period", "pages", "code", "issued_at", "valid_to", "pdf": base64url or "file": a path from
    // `beside`}], "not_now": [types that the bureau makes none out of now]}: all or nothing; what
    // has the same code is replaced. How many; BytesMalformed: which entry.
    base::Result<std::int64_t> load(std::string_view json, const std::string& beside,
                                    const sealing::IntakeKeys& keys);

    // Counts the request, where a paper goes out for it.
    base::Result<questions::ProofTold> answer(const questions::ProofAsked& asked,
                                              base::ByteView person, base::Instant now);

    base::Result<std::optional<VerifiedProof>> verify(const std::string& code);

  private:
    explicit ProofBook(store::Database database) : database_(std::move(database)) {}
    store::Database database_;
};

class ProofAnswerer : public Answerer {
  public:
    ProofAnswerer(ProofBook book, sealing::IntakeKeys keys, const base::Clock& clock)
        : book_(std::move(book)), keys_(std::move(keys)), clock_(clock) {}
    questions::Kind kind() const override { return questions::Kind::proof; }
    base::Result<base::SecretText> answer(const sealing::OpenedQuestion& question,
                                          base::ByteView sealed) override;

  private:
    ProofBook book_;
    sealing::IntakeKeys keys_;
    const base::Clock& clock_;
};

}  // namespace offline::intake
