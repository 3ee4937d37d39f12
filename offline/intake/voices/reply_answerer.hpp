// Answers the question what became of what somebody said: by the card's person, or by the slip.
#pragma once

#include "offline/intake/question_desk.hpp"
#include "offline/intake/voices/voice_book.hpp"

namespace offline::intake {

class ReplyAnswerer final : public Answerer {
  public:
    ReplyAnswerer(VoiceBook book, sealing::IntakeKeys keys)
        : book_(std::move(book)), keys_(std::move(keys)) {}
    questions::Kind kind() const override { return questions::Kind::reply; }
    base::Result<base::SecretText> answer(const sealing::OpenedQuestion& question,
                                          base::ByteView sealed) override;

  private:
    VoiceBook book_;
    sealing::IntakeKeys keys_;
};

}  // namespace offline::intake
