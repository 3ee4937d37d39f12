#include "offline/sealing/envelope.hpp"

#include "offline/sealing/suites/wipe_at_end.hpp"

#include <algorithm>

namespace offline::sealing::envelope {

namespace {

using base::FaultCode;

base::Bytes joined(base::ByteView a, base::ByteView b) {
    base::Bytes out(a.begin(), a.end());
    out.insert(out.end(), b.begin(), b.end());
    return out;
}

std::size_t smallest(const Suite& suite) {
    return head_size + suite.wrapped_bytes() + suite.overhead();
}

}  // namespace

base::Result<base::Bytes> padded(base::ByteView content) {
    std::size_t size = smallest_padded;
    while (size < content.size() + 4) size *= 2;
    if (size > largest_padded) return base::fail(FaultCode::BytesMalformed, "envelope: too large");
    base::Bytes out(size);
    for (int i = 0; i < 4; ++i)
        out[static_cast<std::size_t>(i)] =
            static_cast<std::uint8_t>(content.size() >> (24 - 8 * i));
    std::copy(content.begin(), content.end(), out.begin() + 4);
    return out;
}

base::Result<base::Bytes> unpadded(base::ByteView padded_content) {
    if (padded_content.size() < 4) return base::fail(FaultCode::SealBroken, "padding");
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size = size << 8 | padded_content[i];
    if (size > padded_content.size() - 4) return base::fail(FaultCode::SealBroken, "padding");
    const auto content = padded_content.subspan(4, size);
    return base::Bytes(content.begin(), content.end());
}

base::Bytes head(std::string_view magic, domain::Realm realm, const PublicKey& to) {
    base::Bytes out = base::to_bytes(magic);
    out.push_back(static_cast<std::uint8_t>(to.suite));
    out.push_back(static_cast<std::uint8_t>(realm));
    const base::Bytes kid = base::from_hex(key_id(to)).value();
    out.insert(out.end(), kid.begin(), kid.end());
    return out;
}

base::Result<Head> head_of(std::string_view magic, base::ByteView sealed) {
    const auto no_envelope = [] { return base::fail(FaultCode::SealBroken, "not an envelope"); };
    if (sealed.size() < head_size || base::as_text(sealed.first(4)) != magic || sealed[4] < 1 ||
        sealed[4] > 2 || sealed[5] > 1)
        return no_envelope();
    const auto id = static_cast<SuiteId>(sealed[4]);
    if (sealed.size() < smallest(suite(id))) return no_envelope();
    return Head{id, static_cast<domain::Realm>(sealed[5]), base::to_hex(sealed.subspan(6, 8))};
}

base::Status check_head(std::string_view magic, domain::Realm realm, const PublicKey& to,
                        base::ByteView sealed) {
    const Head found = TRY(head_of(magic, sealed));
    if (found.realm != realm) return base::fail(FaultCode::RealmMismatch, "envelope");
    if (found.suite != to.suite || found.kid != key_id(to))
        return base::fail(FaultCode::KeyAbsent, "envelope: sealed to another key");
    return {};
}

base::Result<base::Bytes> seal(std::string_view magic, domain::Realm realm, const PublicKey& to,
                               base::ByteView bound_to, base::ByteView content) {
    const Suite& with = suite(to.suite);
    base::Bytes plain = TRY(padded(content));
    const WipeAtEnd wipe(plain);
    base::Bytes out = head(magic, realm, to);
    const base::Bytes bound = joined(out, bound_to);
    const SecretBytes data_key = with.new_data_key();
    const base::Bytes wrapped = TRY(with.wrap(to.bytes, *data_key));
    const base::Bytes sealed = TRY(with.seal(*data_key, bound, plain));
    out.insert(out.end(), wrapped.begin(), wrapped.end());
    out.insert(out.end(), sealed.begin(), sealed.end());
    return out;
}

base::Result<base::Bytes> open(std::string_view magic, domain::Realm realm, const KeyPair& keys,
                               base::ByteView bound_to, base::ByteView sealed) {
    TRY_STATUS(check_head(magic, realm, keys.public_key, sealed));
    const Suite& with = suite(keys.public_key.suite);
    const SecretBytes data_key =
        TRY(with.unwrap(keys, sealed.subspan(head_size, with.wrapped_bytes())));
    const base::Bytes bound = joined(sealed.first(head_size), bound_to);
    base::Bytes plain =
        TRY(with.open(*data_key, bound, sealed.subspan(head_size + with.wrapped_bytes())));
    const WipeAtEnd wipe(plain);
    return unpadded(plain);
}

}  // namespace offline::sealing::envelope
