#include "offline/sealing/sealing.hpp"

#include "base/assert.hpp"
#include "offline/sealing/envelope.hpp"
#include "offline/sealing/signing.hpp"

#include <sodium.h>

#include <algorithm>

namespace offline::sealing {

using base::FaultCode;

base::Result<PinnedRoot> PinnedRoot::parse(base::ByteView file) {
    const formats::Record record = TRY(formats::record_from_json(file));
    formats::Fields fields(record, FaultCode::KeyAbsent, "root");
    TRY_STATUS(fields.exactly("v", 1));
    TRY_STATUS(fields.exactly("kind", "root"));
    const std::string realm = TRY(fields.text("realm", 16));
    PinnedRoot root;
    root.realm = TRY(domain::realm_from(realm));
    root.key = TRY(fields.array<32>("key"));
    TRY_STATUS(fields.finish());
    return root;
}

base::Result<KeySet> KeySet::verify(base::ByteView file, const PinnedRoot& root) {
    const formats::Record record = TRY(formats::record_from_json(file));
    TRY_STATUS(verify_record(record, root.key, context::key_set));
    formats::Fields fields(record, FaultCode::KeyAbsent, "key set");
    TRY_STATUS(fields.exactly("v", 1));
    TRY_STATUS(fields.exactly("kind", "key-set"));
    KeySet keys;
    const std::string realm = TRY(fields.text("realm", 16));
    keys.realm_ = TRY(domain::realm_from(realm));
    if (keys.realm_ != root.realm) return base::fail(FaultCode::RealmMismatch, "key set");
    keys.sealing_key_ = TRY(fields.array<32>("sealing_key"));
    keys.receipt_key_ = TRY(fields.array<32>("receipt_key"));
    keys.pack_key_ = TRY(fields.array<32>("pack_key"));
    TRY(fields.bytes("signature", 64));
    TRY_STATUS(fields.finish());
    keys.sealing_kid_ = key_id(keys.sealing_key_);
    return keys;
}

base::Result<base::Bytes> seal_submission(const KeySet& keys, const domain::SubId& sub_id,
                                          base::ByteView plaintext) {
    return envelope::seal(envelope::submission_magic, keys.realm(), keys.sealing_key(),
                          sub_id.bytes, plaintext);
}

base::Result<SealedQuestion> SealedQuestion::make(const KeySet& keys, base::ByteView plaintext) {
    KIOSK_ASSERT(sodium_init() >= 0);
    std::array<std::uint8_t, 64> pair{};
    crypto_box_keypair(pair.data(), pair.data() + 32);
    base::Bytes content(pair.begin(), pair.begin() + 32);
    content.insert(content.end(), plaintext.begin(), plaintext.end());

    SealedQuestion question;
    question.one_time_keys_ = base::Secret(pair);
    sodium_memzero(pair.data(), pair.size());
    question.receipt_key_ = keys.receipt_key();
    question.realm_ = keys.realm();
    auto sealed =
        envelope::seal(envelope::question_magic, keys.realm(), keys.sealing_key(), {}, content);
    base::wipe(content);
    question.bytes_ = TRY(std::move(sealed));
    return question;
}

base::Result<base::Secret<std::string>> SealedQuestion::open_answer(base::ByteView sealed) const {
    envelope::KeyPair keys;
    std::copy_n(one_time_keys_->begin(), 32, keys.public_key.begin());
    std::copy_n(one_time_keys_->begin() + 32, 32, keys.secret_key.begin());
    auto opened = envelope::open(envelope::answer_magic, realm_, keys, sha256(bytes_), sealed);
    sodium_memzero(keys.secret_key.data(), keys.secret_key.size());
    base::Bytes content = TRY(std::move(opened));
    if (content.size() < 64) return base::fail(FaultCode::SealBroken, "answer: too short");

    // What was signed: the question's digest and the answer, so an answer fits one question only.
    const Digest asked = sha256(bytes_);
    base::Bytes signed_part(asked.begin(), asked.end());
    signed_part.insert(signed_part.end(), content.begin() + 64, content.end());
    const auto genuine =
        verify(receipt_key_, context::answer, signed_part, base::ByteView(content).first(64));
    base::Secret<std::string> text(std::string(content.begin() + 64, content.end()));
    base::wipe(content);
    base::wipe(signed_part);
    if (!genuine) return base::fail(genuine.error());
    return text;
}

base::Status verify_pack(const KeySet& keys, base::ByteView pack, base::ByteView signature) {
    return verify(keys.pack_key(), context::pack, pack, signature);
}

}  // namespace offline::sealing
