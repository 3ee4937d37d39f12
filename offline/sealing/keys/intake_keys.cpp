#include "base/assert.hpp"
#include "offline/sealing/opening.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <sstream>

namespace offline::sealing {

namespace {

using base::FaultCode;

// How long a key set recommends a key: six years, longer than any terminal was ever away.
constexpr base::Millis recommended{std::int64_t{6} * 366 * 86'400'000};
constexpr std::size_t keys_max = 64;

struct Line {
    KeyPurpose purpose{};
    SuiteId suite{};
    base::Instant not_before{};
    SecretBytes secret;
};

// "purpose suite not_before secret", one space between.
base::Result<Line> line_from(const std::string& text) {
    const auto wrong = [] { return base::fail(FaultCode::KeyAbsent, "intake keys: a key"); };
    std::istringstream words(text);
    std::string purpose, suite_name, secret, more;
    std::int64_t not_before = -1;
    words >> purpose >> suite_name >> not_before >> secret;
    const WipeAtEnd wipe(secret);
    if (!words || words >> more || not_before < 0) return wrong();
    Line out;
    if (purpose == name(KeyPurpose::seal))
        out.purpose = KeyPurpose::seal;
    else if (purpose == name(KeyPurpose::receipt))
        out.purpose = KeyPurpose::receipt;
    else
        return wrong();
    out.suite = TRY(domain::suite_from(suite_name));
    out.not_before = base::Instant{base::Millis{not_before}};
    out.secret = SecretBytes(TRY(base::from_base64url(secret)));
    return out;
}

}  // namespace

IntakeKeys IntakeKeys::generate(domain::Realm realm, SuiteId suite_id) {
    IntakeKeys keys;
    keys.realm_ = realm;
    keys.index_suite_ = suite_id;
    keys.index_secret_ = SigningKey::generate(suite_id).secret();
    keys.rotate(suite_id, base::Instant{});
    return keys;
}

void IntakeKeys::rotate(SuiteId suite_id, base::Instant not_before) {
    auto sealing = suite(suite_id).new_sealing_pair();
    auto receipt = suite(suite_id).new_signing_pair();
    KIOSK_ASSERT(sealing && receipt);
    held_.push_back({KeyPurpose::seal, not_before, std::move(*sealing)});
    held_.push_back({KeyPurpose::receipt, not_before, std::move(*receipt)});
}

base::Result<IntakeKeys> IntakeKeys::parse(base::ByteView file) {
    formats::Record record = TRY(formats::record_from_json(file));
    const WipeAtEnd wipe_record(record);
    formats::Fields fields(record, FaultCode::KeyAbsent, "intake keys");
    TRY_STATUS(fields.exactly("v", 2));
    TRY_STATUS(fields.exactly("kind", "intake-keys"));
    IntakeKeys keys;
    const std::string realm = TRY(fields.text("realm", 16));
    keys.realm_ = TRY(domain::realm_from(realm));
    keys.index_suite_ = TRY(suite_in(fields));
    keys.index_secret_ = SecretBytes(TRY(fields.bytes("index_secret", 32)));
    const formats::Texts lines = TRY(fields.texts("keys", keys_max));
    TRY_STATUS(fields.finish());
    if (keys.index_secret_->size() != 32) return fields.wrong("index_secret");
    for (const auto& text : lines) {
        Line line = TRY(line_from(text));
        const Suite& of = suite(line.suite);
        KeyPair pair =
            TRY(line.purpose == KeyPurpose::seal ? of.sealing_pair(std::move(line.secret))
                                                 : of.signing_pair(std::move(line.secret)));
        keys.held_.push_back({line.purpose, line.not_before, std::move(pair)});
    }
    return keys;
}

base::Bytes IntakeKeys::as_file() const {
    formats::Texts lines;
    for (const auto& held : held_)
        lines.push_back(std::string(sealing::name(held.purpose)) + " " +
                        std::string(name(held.pair.public_key.suite)) + " " +
                        std::to_string(held.not_before.time_since_epoch().count()) + " " +
                        base::to_base64url(*held.pair.secret));
    formats::Record record{{"v", std::int64_t{2}},
                           {"kind", std::string("intake-keys")},
                           {"realm", std::string(domain::name(realm_))},
                           {"suite", std::string(name(index_suite_))},
                           {"index_secret", *index_secret_},
                           {"keys", std::move(lines)}};
    const WipeAtEnd wipe(record);
    base::Bytes out = formats::to_json(record);
    out.push_back('\n');
    return out;
}

base::Result<KeyPair> IntakeKeys::sealing_pair(std::string_view kid) const {
    for (const auto& held : held_)
        if (held.purpose == KeyPurpose::seal && key_id(held.pair.public_key) == kid)
            return held.pair;
    return base::fail(FaultCode::KeyUnknown, "sealed to another key");
}

base::Result<SigningKey> IntakeKeys::receipt_key(SuiteId of, base::Instant now) const {
    const Held* best = nullptr;
    for (const auto& held : held_) {
        if (held.purpose != KeyPurpose::receipt || held.pair.public_key.suite != of) continue;
        if (best == nullptr || comes_before(held.not_before, best->not_before, now)) best = &held;
    }
    if (best == nullptr) return base::fail(FaultCode::KeyAbsent, "no receipt key of this suite");
    return SigningKey::from_secret(of, best->pair.secret);
}

std::vector<ListedKey> IntakeKeys::listed() const {
    std::vector<ListedKey> out;
    for (const auto& held : held_)
        out.push_back(
            {held.purpose, held.pair.public_key, held.not_before, held.not_before + recommended});
    return out;
}

Digest IntakeKeys::index(base::ByteView bytes) const {
    return suite(index_suite_).mac(*index_secret_, bytes);
}

}  // namespace offline::sealing
