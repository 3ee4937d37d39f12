#include "offline/sealing/signing.hpp"

#include "base/assert.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <algorithm>

namespace offline::sealing {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;

base::Bytes with_context(std::string_view context, base::ByteView bytes) {
    base::Bytes out = base::to_bytes(context);
    out.push_back(0);
    out.insert(out.end(), bytes.begin(), bytes.end());
    return out;
}

}  // namespace

SigningKey SigningKey::generate(SuiteId id) {
    auto pair = suite(id).new_signing_pair();
    KIOSK_ASSERT(pair);
    return SigningKey(std::move(*pair));
}

base::Result<SigningKey> SigningKey::from_secret(SuiteId id, SecretBytes secret) {
    return SigningKey(TRY(suite(id).signing_pair(std::move(secret))));
}

base::Result<SigningKey> SigningKey::parse(base::ByteView file, std::string_view kind,
                                           domain::Realm realm) {
    Record record = TRY(formats::record_from_json(file));
    const WipeAtEnd wipe(record);
    Fields fields(record, FaultCode::KeyAbsent, std::string(kind));
    TRY_STATUS(fields.exactly("v", 2));
    TRY_STATUS(fields.exactly("kind", kind));
    const std::string found = TRY(fields.text("realm", 16));
    const SuiteId id = TRY(suite_in(fields));
    SecretBytes secret(TRY(fields.bytes("secret", 32)));
    TRY_STATUS(fields.finish());
    if (found != domain::name(realm))
        return base::fail(FaultCode::RealmMismatch, std::string(kind));
    return from_secret(id, std::move(secret));
}

base::Bytes SigningKey::as_file(std::string_view kind, domain::Realm realm) const {
    Record record{{"v", std::int64_t{2}},
                  {"kind", std::string(kind)},
                  {"realm", std::string(domain::name(realm))},
                  {"suite", std::string(name(public_key().suite))},
                  {"secret", *pair_.secret}};
    const WipeAtEnd wipe(record);
    base::Bytes out = formats::to_json(record);
    out.push_back('\n');
    return out;
}

base::Result<Signature> SigningKey::sign(std::string_view context, base::ByteView bytes) const {
    return suite(public_key().suite).sign(pair_, with_context(context, bytes));
}

Digest SigningKey::derive(std::string_view purpose) const {
    return suite(public_key().suite).mac(*pair_.secret, base::to_bytes(purpose));
}

base::Status verify(const PublicKey& key, std::string_view context, base::ByteView bytes,
                    base::ByteView signature) {
    if (!suite(key.suite).verify(key.bytes, with_context(context, bytes), signature))
        return base::fail(FaultCode::SignatureWrong, std::string(context));
    return {};
}

base::Result<Record> signed_record(Record record, const Signer& key, std::string_view context) {
    record.erase("signature");
    const Signature signature = TRY(key.sign(context, formats::to_json(record)));
    record["signature"] = base::Bytes(signature.begin(), signature.end());
    return record;
}

base::Status verify_record(const Record& record, const PublicKey& key, std::string_view context) {
    Fields fields(record, FaultCode::SignatureWrong, std::string(context));
    const base::Bytes signature = TRY(fields.bytes("signature", 64));
    Record body = record;
    body.erase("signature");
    return verify(key, context, formats::to_json(body), signature);
}

base::Result<SuiteId> suite_in(Fields& fields) {
    const std::string text = TRY(fields.text("suite", 1));
    return domain::suite_from(text);
}

base::Result<PublicKey> public_key_in(Fields& fields, const std::string& name) {
    PublicKey key;
    key.suite = TRY(suite_in(fields));
    key.bytes = TRY(fields.bytes(name, 64));
    if (key.bytes.size() != suite(key.suite).public_key_bytes()) return fields.wrong(name);
    return key;
}

}  // namespace offline::sealing
