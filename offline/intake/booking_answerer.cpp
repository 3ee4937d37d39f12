#include "offline/intake/booking_answerer.hpp"

#include "offline/questions/booking_question.hpp"

namespace offline::intake {

base::Result<base::SecretText> BookingAnswerer::answer(const sealing::OpenedQuestion& question,
                                                       base::ByteView) {
    const auto asked = questions::read_booking_question(*question.plaintext);
    if (!asked) return base::SecretText(questions::refused_answer(questions::refusal::malformed));
    const auto found =
        TRY(book_.answer(asked->wish, person_hash(keys_, asked->person), clock_.now()));
    return questions::booking_answer(found);
}

}  // namespace offline::intake
