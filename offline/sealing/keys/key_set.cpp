#include "offline/sealing/keys/key_set.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace offline::sealing {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t keys_max = 64;
constexpr std::array<std::string_view, 6> purpose_names{"feed", "pack",        "receipt",
                                                        "seal", "terminal-ca", "release"};

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}

base::Result<base::Instant> instant_from(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || value < 0 ||
        std::to_string(value) != text)
        return base::fail(FaultCode::KeyAbsent, "key set: time");
    return base::Instant{base::Millis{value}};
}

// "purpose suite kid not_before not_after key", one space between.
base::Result<ListedKey> listed_key(std::string_view line) {
    std::array<std::string_view, 6> words;
    std::size_t count = 0;
    for (std::string_view rest = line; count < words.size(); ++count) {
        const auto end = rest.find(' ');
        words.at(count) = rest.substr(0, end);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    const auto wrong = [] { return base::fail(FaultCode::KeyAbsent, "key set: a key"); };
    const auto* purpose = std::find(purpose_names.begin(), purpose_names.end(), words[0]);
    if (count != words.size() - 1 || purpose == purpose_names.end()) return wrong();
    ListedKey out;
    out.purpose = static_cast<KeyPurpose>(purpose - purpose_names.begin());
    out.key.suite = TRY(domain::suite_from(words[1]));
    out.not_before = TRY(instant_from(words[3]));
    out.not_after = TRY(instant_from(words[4]));
    out.key.bytes = TRY(base::from_base64url(words[5]));
    // Written back it must be the same line: one spelling, and the kid is the key's.
    if (out.key.bytes.size() != suite(out.key.suite).public_key_bytes() || out.text() != line)
        return wrong();
    return out;
}

// Packs, feeds and certificates hold for the whole realm, so their keys are as strong as its root;
// seals and receipts are between one terminal and the centre.
bool is_the_realms(KeyPurpose purpose) {
    return purpose != KeyPurpose::seal && purpose != KeyPurpose::receipt;
}

bool is_kid(std::string_view text) {
    return text.size() == 16 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

}  // namespace

base::Result<PinnedRoot> PinnedRoot::parse(base::ByteView file) {
    const Record record = TRY(formats::record_from_json(file));
    Fields fields(record, FaultCode::KeyAbsent, "root");
    TRY_STATUS(fields.exactly("v", 2));
    TRY_STATUS(fields.exactly("kind", "root"));
    const std::string realm = TRY(fields.text("realm", 16));
    PinnedRoot root;
    root.realm = TRY(domain::realm_from(realm));
    root.key = TRY(public_key_in(fields, "key"));
    TRY_STATUS(fields.finish());
    return root;
}

std::string_view name(KeyPurpose purpose) {
    return purpose_names.at(static_cast<std::size_t>(purpose));
}

std::string ListedKey::text() const {
    return std::string(name(purpose)) + " " + std::string(name(key.suite)) + " " + kid() + " " +
           std::to_string(ms(not_before)) + " " + std::to_string(ms(not_after)) + " " +
           base::to_base64url(key.bytes);
}

bool comes_before(base::Instant a, base::Instant b, base::Instant now) {
    if ((a <= now) != (b <= now)) return a <= now;
    return a <= now ? a > b : a < b;
}

KeySetContent sorted(KeySetContent content) {
    std::sort(content.keys.begin(), content.keys.end(),
              [](const ListedKey& a, const ListedKey& b) { return a.text() < b.text(); });
    std::sort(content.revoked.begin(), content.revoked.end());
    return content;
}

base::Result<base::Bytes> KeySetContent::issue(const Signer& root) const {
    const KeySetContent in_order = sorted(*this);
    formats::Texts lines;
    for (const auto& key : in_order.keys) lines.push_back(key.text());
    const Record record =
        TRY(signed_record({{"v", std::int64_t{2}},
                           {"kind", std::string("key-set")},
                           {"realm", std::string(domain::name(realm))},
                           {"suite", std::string(domain::name(root.public_key().suite))},
                           {"version", version},
                           {"issued_at", ms(issued_at)},
                           {"keys", lines},
                           {"revoked", in_order.revoked}},
                          root, context::key_set));
    base::Bytes out = formats::to_json(record);
    out.push_back('\n');
    return out;
}

base::Result<KeySet> KeySet::verify(base::ByteView file, const PinnedRoot& root) {
    return verify(file, root, {root.key.suite, 0});
}

base::Result<KeySet> KeySet::verify(base::ByteView file, const PinnedRoot& root,
                                    const KeyPolicy& policy) {
    if (policy.suite == SuiteId::national && root.key.suite != SuiteId::national)
        return base::fail(FaultCode::SuiteMismatch, "root");
    const Record record = TRY(formats::record_from_json(file));
    TRY_STATUS(verify_record(record, root.key, context::key_set));
    Fields fields(record, FaultCode::KeyAbsent, "key set");
    TRY_STATUS(fields.exactly("v", 2));
    TRY_STATUS(fields.exactly("kind", "key-set"));
    KeySet out;
    out.suite_ = policy.suite;
    const std::string realm = TRY(fields.text("realm", 16));
    out.content_.realm = TRY(domain::realm_from(realm));
    if (out.content_.realm != root.realm) return base::fail(FaultCode::RealmMismatch, "key set");
    TRY_STATUS(fields.exactly("suite", name(root.key.suite)));
    out.content_.version = TRY(fields.integer("version", 1, no_limit));
    out.content_.issued_at =
        base::Instant{base::Millis{TRY(fields.integer("issued_at", 0, no_limit))}};
    const formats::Texts lines = TRY(fields.texts("keys", keys_max));
    out.content_.revoked = TRY(fields.texts("revoked", keys_max));
    TRY(fields.bytes("signature", 64));
    TRY_STATUS(fields.finish());
    for (const auto& line : lines) {
        out.content_.keys.push_back(TRY(listed_key(line)));
        const auto& key = out.content_.keys.back();
        if (is_the_realms(key.purpose) && key.key.suite != root.key.suite)
            return fields.wrong("suite of a key");
    }
    const auto ascending = [](const formats::Texts& texts) {
        return std::adjacent_find(texts.begin(), texts.end(), std::greater_equal<>()) ==
               texts.end();
    };
    const auto& revoked = out.content_.revoked;
    if (!ascending(lines) || !ascending(revoked) ||
        !std::all_of(revoked.begin(), revoked.end(), is_kid))
        return fields.wrong("keys");
    if (out.content_.version < policy.floor)
        return base::fail(FaultCode::KeySetOutdated, "version " +
                                                         std::to_string(out.content_.version) +
                                                         " after " + std::to_string(policy.floor));
    return out;
}

bool KeySet::is_revoked(const ListedKey& key) const {
    const std::string kid = key.kid();
    return std::binary_search(content_.revoked.begin(), content_.revoked.end(), kid) ||
           std::binary_search(withdrawn_.begin(), withdrawn_.end(), kid);
}

KeySet KeySet::without(const std::vector<std::string>& kids) const {
    KeySet out = *this;
    out.withdrawn_ = kids;
    std::sort(out.withdrawn_.begin(), out.withdrawn_.end());
    return out;
}

base::Result<PublicKey> KeySet::sealing_key(base::Instant now) const {
    // The set was signed in the past, so a clock before that is wrong.
    const base::Instant at = std::max(now, content_.issued_at);
    const ListedKey* best = nullptr;
    for (const auto& key : content_.keys) {
        if (key.purpose != KeyPurpose::seal || key.key.suite != suite_ || is_revoked(key)) continue;
        if (best == nullptr || comes_before(key.not_before, best->not_before, at)) best = &key;
    }
    if (best == nullptr) return base::fail(FaultCode::KeyAbsent, "no sealing key of this suite");
    return best->key;
}

std::vector<PublicKey> KeySet::keys(KeyPurpose purpose) const {
    std::vector<PublicKey> out;
    for (const auto& key : content_.keys)
        if (key.purpose == purpose && !is_revoked(key)) out.push_back(key.key);
    return out;
}

base::Result<PublicKey> KeySet::key(KeyPurpose purpose, std::string_view kid) const {
    for (const auto& key : content_.keys)
        if (key.purpose == purpose && key.kid() == kid && !is_revoked(key)) return key.key;
    return base::fail(FaultCode::KeyUnknown, std::string(name(purpose)));
}

base::Result<Record> signed_by_kid(Record record, const Signer& key, std::string_view context) {
    record["suite"] = std::string(domain::name(key.public_key().suite));
    record["kid"] = key_id(key.public_key());
    return signed_record(std::move(record), key, context);
}

base::Status verify_by_kid(const Record& record, const KeySet& keys, KeyPurpose purpose,
                           std::string_view context) {
    Fields fields(record, FaultCode::BytesMalformed, std::string(context));
    const SuiteId named = TRY(suite_in(fields));
    const std::string kid = TRY(fields.text("kid", 16));
    if (named != keys.suite()) return base::fail(FaultCode::SuiteMismatch, std::string(context));
    const PublicKey key = TRY(keys.key(purpose, kid));
    if (key.suite != named) return base::fail(FaultCode::SuiteMismatch, std::string(context));
    return verify_record(record, key, context);
}

}  // namespace offline::sealing
