// Answers the questions about appointments from the book of them.
#pragma once

#include "offline/intake/booking_book.hpp"
#include "offline/intake/question_desk.hpp"

namespace offline::intake {

class BookingAnswerer : public Answerer {
  public:
    BookingAnswerer(BookingBook book, sealing::IntakeKeys keys, const base::Clock& clock)
        : book_(std::move(book)), keys_(std::move(keys)), clock_(clock) {}

    questions::Kind kind() const override { return questions::Kind::booking; }
    base::Result<base::SecretText> answer(const sealing::OpenedQuestion& question,
                                          base::ByteView sealed) override;

  private:
    BookingBook book_;
    sealing::IntakeKeys keys_;
    const base::Clock& clock_;
};

}  // namespace offline::intake
