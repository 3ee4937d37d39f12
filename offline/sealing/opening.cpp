#include "offline/sealing/opening.hpp"

#include "offline/sealing/envelope.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <algorithm>

namespace offline::sealing {

namespace {

using base::FaultCode;

base::Result<base::Bytes> opened(const IntakeKeys& keys, std::string_view magic,
                                 base::ByteView bound_to, base::ByteView sealed) {
    const envelope::Head head = TRY(envelope::head_of(magic, sealed));
    if (head.realm != keys.realm()) return base::fail(FaultCode::RealmMismatch, "envelope");
    const KeyPair pair = TRY(keys.sealing_pair(head.kid));
    return envelope::open(magic, keys.realm(), pair, bound_to, sealed);
}

base::Secret<std::string> secret_text(base::ByteView bytes) {
    return base::Secret<std::string>(std::string(bytes.begin(), bytes.end()));
}

}  // namespace

base::Result<base::Secret<std::string>> open_submission(const IntakeKeys& keys,
                                                        const domain::SubId& sub_id,
                                                        base::ByteView envelope_bytes) {
    base::Bytes content =
        TRY(opened(keys, envelope::submission_magic, sub_id.bytes, envelope_bytes));
    const WipeAtEnd wipe(content);
    return secret_text(content);
}

base::Result<OpenedQuestion> open_question(const IntakeKeys& keys, base::ByteView sealed) {
    base::Bytes content = TRY(opened(keys, envelope::question_magic, {}, sealed));
    const WipeAtEnd wipe(content);
    OpenedQuestion question;
    question.reply_to.suite = TRY(envelope::head_of(envelope::question_magic, sealed)).suite;
    const Suite& with = suite(question.reply_to.suite);
    const base::ByteView all(content);
    if (all.size() < with.public_key_bytes())
        return base::fail(FaultCode::SealBroken, "question: too short");
    const auto reply_to = all.first(with.public_key_bytes());
    question.reply_to.bytes.assign(reply_to.begin(), reply_to.end());
    question.digest = with.digest(sealed);
    question.plaintext = secret_text(all.subspan(reply_to.size()));
    return question;
}

base::Result<base::Bytes> seal_answer(const IntakeKeys& keys, base::Instant now,
                                      const OpenedQuestion& question, base::ByteView answer) {
    base::Bytes signed_part(question.digest.size() + answer.size());
    const WipeAtEnd wipe_signed_part(signed_part);
    std::copy(answer.begin(), answer.end(),
              std::copy(question.digest.begin(), question.digest.end(), signed_part.begin()));
    const SigningKey key = TRY(keys.receipt_key(question.reply_to.suite, now));
    const Signature signature = TRY(key.sign(context::answer, signed_part));
    base::Bytes content(signature.size() + answer.size());
    const WipeAtEnd wipe(content);
    std::copy(answer.begin(), answer.end(),
              std::copy(signature.begin(), signature.end(), content.begin()));
    return envelope::seal(envelope::answer_magic, keys.realm(), question.reply_to, question.digest,
                          content);
}

}  // namespace offline::sealing
