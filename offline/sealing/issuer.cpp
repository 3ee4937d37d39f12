#include "offline/sealing/issuer.hpp"

namespace offline::sealing {

using base::FaultCode;

namespace {

// As offline/papers/local_number.hpp, which stands above this room.
constexpr std::string_view letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
constexpr std::size_t fingerprint_bytes = 20;

}  // namespace

base::Result<Validity> validity_in(formats::Fields& fields) {
    constexpr std::int64_t last = without_end.time_since_epoch().count();
    Validity out;
    out.not_before = base::Instant{base::Millis{TRY(fields.integer("not_before", 0, last))}};
    out.not_after = base::Instant{base::Millis{TRY(fields.integer("not_after", 0, last))}};
    if (out.not_after <= out.not_before) return fields.wrong("not_after");
    return out;
}

void put(formats::Record& record, const Validity& validity) {
    record["not_before"] = std::int64_t{validity.not_before.time_since_epoch().count()};
    record["not_after"] = std::int64_t{validity.not_after.time_since_epoch().count()};
}

base::Result<Issuer> Issuer::verify(base::ByteView file, const PinnedRoot& root) {
    const formats::Record record = TRY(formats::record_from_json(file));
    TRY_STATUS(verify_record(record, root.key, context::issuer));
    formats::Fields fields(record, FaultCode::BytesMalformed, "issuer");
    TRY_STATUS(fields.exactly("v", 1));
    TRY_STATUS(fields.exactly("kind", "issuer"));
    Issuer out;
    const std::string realm = TRY(fields.text("realm", 16));
    out.realm = TRY(domain::realm_from(realm));
    out.key = TRY(public_key_in(fields, "key"));
    out.validity = TRY(validity_in(fields));
    TRY(fields.bytes("signature", 64));
    TRY_STATUS(fields.finish());
    if (out.realm != root.realm) return base::fail(FaultCode::RealmMismatch, "issuer");
    if (out.key.suite != root.key.suite) return base::fail(FaultCode::SuiteMismatch, "issuer");
    out.file.assign(file.begin(), file.end());
    return out;
}

base::Result<Issuer> Issuer::issue(const Signer& root, domain::Realm realm, const PublicKey& key,
                                   const Validity& validity) {
    if (key.suite != root.public_key().suite) return base::fail(FaultCode::SuiteMismatch, "issuer");
    formats::Record record{{"v", std::int64_t{1}},
                           {"kind", std::string("issuer")},
                           {"realm", std::string(domain::name(realm))},
                           {"suite", std::string(domain::name(key.suite))},
                           {"key", key.bytes}};
    put(record, validity);
    record = TRY(signed_record(std::move(record), root, context::issuer));
    return Issuer{realm, key, validity, formats::to_json(record)};
}

std::string fingerprint(const PinnedRoot& root) {
    const Digest whole = digest(root.key.suite, root_file(root));
    std::string out;
    unsigned bits = 0, held = 0;
    for (std::size_t i = 0; i < fingerprint_bytes; ++i) {
        held = held << 8 | whole[i];
        for (bits += 8; bits >= 5; bits -= 5) {
            if (out.size() % 5 == 4) out += '-';
            out += letters[held >> (bits - 5) & 31];
        }
    }
    return out;
}

bool is_fingerprint(std::string_view text) {
    if (text.size() != 39) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i % 5 == 4 ? text[i] != '-' : letters.find(text[i]) == std::string_view::npos)
            return false;
    return true;
}

base::Bytes root_file(const PinnedRoot& root) {
    base::Bytes out = formats::to_json({{"v", std::int64_t{2}},
                                        {"kind", std::string("root")},
                                        {"realm", std::string(domain::name(root.realm))},
                                        {"suite", std::string(domain::name(root.key.suite))},
                                        {"key", root.key.bytes}});
    out.push_back('\n');
    return out;
}

}  // namespace offline::sealing
