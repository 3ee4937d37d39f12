#include "offline/sealing/sealing.hpp"

#include "offline/sealing/envelope.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <algorithm>

namespace offline::sealing {

using base::FaultCode;

base::Result<base::Bytes> seal_submission(const KeySet& keys, base::Instant now,
                                          const domain::SubId& sub_id, base::ByteView plaintext) {
    const PublicKey to = TRY(keys.sealing_key(now));
    return envelope::seal(envelope::submission_magic, keys.realm(), to, sub_id.bytes, plaintext);
}

base::Result<SealedQuestion> SealedQuestion::make(const KeySet& keys, base::Instant now,
                                                  base::ByteView plaintext) {
    const PublicKey to = TRY(keys.sealing_key(now));
    SealedQuestion question;
    question.one_time_ = TRY(suite(to.suite).new_sealing_pair());
    base::Bytes content(question.one_time_.public_key.bytes);
    content.reserve(content.size() + plaintext.size());
    const WipeAtEnd wipe(content);
    content.insert(content.end(), plaintext.begin(), plaintext.end());
    for (const auto& key : keys.keys(KeyPurpose::receipt))
        if (key.suite == to.suite) question.receipt_keys_.push_back(key);
    question.realm_ = keys.realm();
    question.bytes_ = TRY(envelope::seal(envelope::question_magic, keys.realm(), to, {}, content));
    return question;
}

base::Result<base::Secret<std::string>> SealedQuestion::open_answer(base::ByteView sealed) const {
    const Digest asked = digest(one_time_.public_key.suite, bytes_);
    base::Bytes content =
        TRY(envelope::open(envelope::answer_magic, realm_, one_time_, asked, sealed));
    const WipeAtEnd wipe(content);
    constexpr std::size_t signature_size = std::tuple_size_v<Signature>;
    if (content.size() < signature_size)
        return base::fail(FaultCode::SealBroken, "answer: too short");

    // What was signed: the question's digest and the answer, so an answer fits one question only.
    const auto text = base::ByteView(content).subspan(signature_size);
    base::Bytes signed_part(asked.size() + text.size());
    const WipeAtEnd wipe_signed_part(signed_part);
    std::copy(text.begin(), text.end(), std::copy(asked.begin(), asked.end(), signed_part.begin()));
    for (const auto& key : receipt_keys_)
        if (verify(key, context::answer, signed_part,
                   base::ByteView(content).first(signature_size)))
            return base::Secret<std::string>(std::string(text.begin(), text.end()));
    return base::fail(FaultCode::SignatureWrong, "answer");
}

base::Status verify_pack(const KeySet& keys, base::ByteView pack, base::ByteView signature) {
    for (const auto& key : keys.keys(KeyPurpose::pack))
        if (verify(key, context::pack, pack, signature)) return {};
    return base::fail(FaultCode::SignatureWrong, std::string(context::pack));
}

}  // namespace offline::sealing
