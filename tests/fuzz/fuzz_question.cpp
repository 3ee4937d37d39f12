// Questions and answers of every kind, the first byte chooses which; what is read is written again
// and says the same.
#include "offline/questions/certificate_question.hpp"
#include "offline/questions/draft_question.hpp"
#include "offline/questions/fee_question.hpp"
#include "offline/questions/payment_question.hpp"
#include "offline/questions/progress_question.hpp"
#include "offline/questions/proof_question.hpp"
#include "offline/questions/reply_question.hpp"

#include <cstdlib>

namespace {

using namespace offline::questions;

void must(bool promise) {
    if (!promise) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0] % 13) {
        case 0:
            if (const auto read = read_certificate_question(input))
                must(read_certificate_question(*certificate_question(*read)).value() == *read);
            break;
        case 1:
            if (const auto read = read_certificate_answer(input))
                must(read_certificate_answer(certificate_answer(*read)).value() == *read);
            break;
        case 2:
            if (const auto read = read_fee_question(input))
                must(read_fee_question(*fee_question(*read)).value() == *read);
            break;
        case 3:
            if (const auto read = read_fee_answer(input))
                must(read_fee_answer(fee_answer(*read)).value() == *read);
            break;
        case 4:
            if (const auto read = read_draft_question(input)) {
                const auto again = read_draft_question(*draft_question(*read)).value();
                must(*again.content == *read->content && again.asked_at == read->asked_at);
            }
            break;
        case 5:
            if (const auto read = read_draft_answer(input)) {
                const auto again = read_draft_answer(*draft_answer(*read)).value();
                must(*again.content == *read->content && again.until == read->until);
            }
            break;
        case 7:
            if (const auto read = read_reply_question(input))
                must(read_reply_question(*reply_question(*read)).value() == *read);
            break;
        case 8:
            if (const auto read = read_reply_answer(input))
                must(read_reply_answer(reply_answer(*read)).value() == *read);
            break;
        case 6:
            if (const auto read = read_progress_question(input))
                must(read_progress_question(*progress_question(read->id_number, read->name))
                         .value()
                         .name == read->name);
            static_cast<void>(read_progress_answer(input).has_value());
            if (const auto reason = refusal_in(input))
                must(refusal_in(refused_answer(*reason)) == reason);
            break;
        case 9:
            if (const auto read = read_proof_question(input))
                must(read_proof_question(*proof_question(*read)).value() == *read);
            break;
        case 10:
            if (const auto read = read_proof_answer(input))
                must(read_proof_answer(*proof_answer(*read)).value() == *read);
            break;
        case 11:
            if (const auto read = read_payment_question(input))
                must(read_payment_question(*payment_question(*read)).value() == *read);
            break;
        case 12:
            if (const auto read = read_payment_answer(input))
                must(read_payment_answer(payment_answer(*read)).value() == *read);
            break;
    }
    return 0;
}
