#include "offline/sealing/opening.hpp"

#include "base/assert.hpp"
#include "offline/sealing/envelope.hpp"

#include <sodium.h>

#include <algorithm>

namespace offline::sealing {

namespace {

using base::FaultCode;

envelope::KeyPair pair_of(const IntakeKeys& keys) {
    return {keys.sealing_key(), keys.sealing_secret()};
}

}  // namespace

IntakeKeys IntakeKeys::generate(domain::Realm realm) {
    IntakeKeys keys(SigningKey::generate());
    keys.realm_ = realm;
    std::array<std::uint8_t, 32> secret{};
    crypto_box_keypair(keys.sealing_key_.data(), secret.data());
    keys.sealing_secret_ = base::Secret(secret);
    sodium_memzero(secret.data(), secret.size());
    return keys;
}

base::Result<IntakeKeys> IntakeKeys::parse(base::ByteView file) {
    const formats::Record record = TRY(formats::record_from_json(file));
    formats::Fields fields(record, FaultCode::KeyAbsent, "intake keys");
    TRY_STATUS(fields.exactly("v", 1));
    TRY_STATUS(fields.exactly("kind", "intake-keys"));
    const std::string realm = TRY(fields.text("realm", 16));
    Seed seed = TRY(fields.array<32>("receipt_seed"));
    std::array<std::uint8_t, 32> secret = TRY(fields.array<32>("sealing_secret"));
    TRY_STATUS(fields.finish());
    IntakeKeys keys(SigningKey::from_seed(seed));
    keys.realm_ = TRY(domain::realm_from(realm));
    crypto_scalarmult_base(keys.sealing_key_.data(), secret.data());
    keys.sealing_secret_ = base::Secret(secret);
    sodium_memzero(secret.data(), secret.size());
    sodium_memzero(seed.data(), seed.size());
    return keys;
}

base::Bytes IntakeKeys::as_file() const {
    // The seed of the receipt key stands in its own key file's field.
    const base::Bytes key_file = receipt_key_.as_file("receipt-key", realm_);
    const formats::Record receipt = formats::record_from_json(key_file).value();
    base::Bytes out = formats::to_json(
        {{"v", std::int64_t{1}},
         {"kind", std::string("intake-keys")},
         {"realm", std::string(domain::name(realm_))},
         {"receipt_seed", receipt.at("seed")},
         {"sealing_secret", base::Bytes(sealing_secret_->begin(), sealing_secret_->end())}});
    out.push_back('\n');
    return out;
}

base::Result<base::Secret<std::string>> open_submission(const IntakeKeys& keys,
                                                        const domain::SubId& sub_id,
                                                        base::ByteView envelope_bytes) {
    base::Bytes content = TRY(envelope::open(envelope::submission_magic, keys.realm(),
                                             pair_of(keys), sub_id.bytes, envelope_bytes));
    base::Secret<std::string> text(std::string(content.begin(), content.end()));
    base::wipe(content);
    return text;
}

base::Result<OpenedQuestion> open_question(const IntakeKeys& keys, base::ByteView sealed) {
    base::Bytes content =
        TRY(envelope::open(envelope::question_magic, keys.realm(), pair_of(keys), {}, sealed));
    if (content.size() < 32) return base::fail(FaultCode::SealBroken, "question: too short");
    OpenedQuestion question;
    std::copy_n(content.begin(), 32, question.reply_to.begin());
    question.digest = sha256(sealed);
    question.plaintext = base::Secret(std::string(content.begin() + 32, content.end()));
    base::wipe(content);
    return question;
}

base::Result<base::Bytes> seal_answer(const IntakeKeys& keys, const OpenedQuestion& question,
                                      base::ByteView answer) {
    base::Bytes signed_part(question.digest.begin(), question.digest.end());
    signed_part.insert(signed_part.end(), answer.begin(), answer.end());
    const Signature signature = keys.receipt_key().sign(context::answer, signed_part);
    base::Bytes content(signature.begin(), signature.end());
    content.insert(content.end(), answer.begin(), answer.end());
    auto sealed = envelope::seal(envelope::answer_magic, keys.realm(), question.reply_to,
                                 question.digest, content);
    base::wipe(signed_part);
    base::wipe(content);
    return sealed;
}

}  // namespace offline::sealing
