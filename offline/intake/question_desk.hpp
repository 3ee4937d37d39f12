// The intake's side of sealed questions that are not about cases: certificates, fees, drafts.
// Whatever it says is sealed to the question and signed, refusals, too. Callable from any thread.
#pragma once

#include "base/event_log.hpp"
#include "offline/intake/answer_book.hpp"
#include "offline/intake/intake_service.hpp"
#include "offline/questions/draft_question.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace offline::intake {

// Answers one kind of question. Called one at a time, on any thread.
class Answerer {
  public:
    virtual ~Answerer() = default;
    virtual questions::Kind kind() const = 0;
    // The text of the answer; a refusal is an answer, too. A fault: ask again later. `sealed` is
    // the question as it came.
    virtual base::Result<base::SecretText> answer(const sealing::OpenedQuestion& question,
                                                  base::ByteView sealed) = 0;
};

class QuestionDesk {
  public:
    QuestionDesk(AnswerBook book, sealing::PinnedRoot root, sealing::IntakeKeys keys,
                 const base::Clock& clock, base::EventLog& log)
        : book_(std::move(book)), root_(root), keys_(std::move(keys)), clock_(clock), log_(log) {}

    // Before the first question.
    void add(std::unique_ptr<Answerer> answerer) { answerers_.push_back(std::move(answerer)); }

    // None: a question about the progress of cases, or not a question of a terminal at all; the
    // service answers that.
    std::optional<Reply> ask(base::ByteView body);

  private:
    base::Result<base::SecretText> answer(const std::string& kind,
                                          const sealing::OpenedQuestion& question,
                                          base::ByteView sealed);
    base::Result<base::SecretText> answer_draft(const questions::DraftAsked& asked,
                                                base::ByteView sealed);
    base::Result<base::SecretText> keep_draft(const questions::DraftAsked& asked,
                                              base::ByteView person, base::ByteView sealed);

    std::mutex one_at_a_time_;  // guards book_
    AnswerBook book_;
    std::vector<std::unique_ptr<Answerer>> answerers_;
    sealing::PinnedRoot root_;
    sealing::IntakeKeys keys_;
    const base::Clock& clock_;
    base::EventLog& log_;
};

}  // namespace offline::intake
