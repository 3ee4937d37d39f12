#include "offline/intake/voices/reply_answerer.hpp"

#include "offline/questions/reply_question.hpp"

#include <algorithm>

namespace offline::intake {

base::Result<base::SecretText> ReplyAnswerer::answer(const sealing::OpenedQuestion& question,
                                                     base::ByteView /*sealed*/) {
    const auto asked = questions::read_reply_question(*question.plaintext);
    if (!asked) return base::SecretText(questions::refused_answer(questions::refusal::malformed));
    const auto own = [&]() -> base::Result<std::vector<WorkOrder>> {
        if (!asked->sub_id.empty()) return book_.of_sub_id(asked->sub_id);
        return book_.of_person(person_hash(keys_, asked->person));
    };
    auto found = TRY(own());
    if (asked->act != domain::ReplyAct::ask) {
        // Only of one's own, and only of what was answered; said twice it is still said once.
        const auto at = std::find_if(found.begin(), found.end(), [&](const auto& order) {
            return order.number == asked->number;
        });
        if (at != found.end() && at->state == "replied") {
            TRY_STATUS(book_.heard(asked->number, asked->act));
            found = TRY(own());
        }
    }
    std::vector<domain::VoiceReply> out;
    out.reserve(found.size());
    for (const auto& order : found) out.push_back(told(order));
    return base::SecretText(questions::reply_answer(out));
}

}  // namespace offline::intake
