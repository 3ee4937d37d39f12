#include "offline/papers/feed.hpp"

#include "base/assert.hpp"
#include "catalogue/pack_reader.hpp"
#include "offline/sealing/certificate.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace offline::papers {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();
constexpr std::array<std::string_view, 6> feed_names{"pack",          "status",  "revocation",
                                                     "configuration", "key_set", "release"};

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}
base::Instant instant(std::int64_t value) {
    return base::Instant{base::Millis{value}};
}

sealing::KeyPurpose signer_of(Feed feed) {
    return feed == Feed::status ? sealing::KeyPurpose::receipt : sealing::KeyPurpose::feed;
}

base::Result<FeedHead> head_in(const Record& record, std::string* kid) {
    Fields in(record, FaultCode::BytesMalformed, "feed head");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "feed"));
    FeedHead out;
    const std::string realm = TRY(in.text("realm", 16));
    out.realm = TRY(domain::realm_from(realm));
    const auto feed = feed_from(TRY(in.text("feed", 16)));
    if (!feed || *feed == Feed::key_set) return in.wrong("feed");
    out.feed = *feed;
    out.terminal = TRY(in.text("terminal", 15));
    const bool of_one = sealing::is_terminal_id(out.terminal);
    const bool may_be_of_one = out.feed == Feed::status || out.feed == Feed::configuration;
    const bool may_be_of_all = out.feed != Feed::status;
    if (out.terminal.empty() ? !may_be_of_all : !of_one || !may_be_of_one)
        return in.wrong("terminal");
    out.version = TRY(in.integer("version", 1, feed_version_max));
    out.previous = TRY(in.integer("previous", 0, out.version - 1));
    out.issued_at = instant(TRY(in.integer("issued_at", 0, no_limit)));
    out.soft_expiry = instant(TRY(in.integer("soft_expiry", 0, no_limit)));
    if (out.soft_expiry != base::Instant{} && out.soft_expiry < out.issued_at)
        return in.wrong("soft_expiry");
    out.digest = TRY(in.array<32>("digest"));
    out.length =
        TRY(in.integer("length", 1, static_cast<std::int64_t>(content_bytes_max(out.feed))));
    out.suite = TRY(sealing::suite_in(in));
    *kid = TRY(in.text("kid", 16));
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.finish());
    return out;
}

}  // namespace

std::string_view name(Feed feed) {
    return feed_names.at(static_cast<std::size_t>(feed));
}

std::optional<Feed> feed_from(std::string_view name) {
    const auto* at = std::find(feed_names.begin(), feed_names.end(), name);
    if (at == feed_names.end()) return std::nullopt;
    return static_cast<Feed>(at - feed_names.begin());
}

std::size_t content_bytes_max(Feed feed) {
    // A pack's signature stands before it (feed_contents.hpp).
    return feed == Feed::pack ? catalogue::pack_bytes_max + 64 : std::size_t{256} << 10;
}

base::Result<base::Bytes> FeedHead::sign(const sealing::Signer& key) const {
    const Record record =
        TRY(sealing::signed_by_kid({{"v", std::int64_t{1}},
                                    {"kind", std::string("feed")},
                                    {"realm", std::string(domain::name(realm))},
                                    {"feed", std::string(name(feed))},
                                    {"terminal", terminal},
                                    {"version", version},
                                    {"previous", previous},
                                    {"issued_at", ms(issued_at)},
                                    {"soft_expiry", ms(soft_expiry)},
                                    {"digest", base::Bytes(digest.begin(), digest.end())},
                                    {"length", length}},
                                   key, sealing::context::feed));
    return formats::to_json(record);
}

base::Result<FeedHead> FeedHead::read(base::ByteView file) {
    const Record record = TRY(formats::record_from_json(file));
    std::string kid;
    return head_in(record, &kid);
}

base::Result<FeedHead> FeedHead::verify(base::ByteView file, const sealing::KeySet& keys) {
    const Record record = TRY(formats::record_from_json(file));
    std::string kid;
    FeedHead out = TRY(head_in(record, &kid));
    const auto key = TRY(keys.key(signer_of(out.feed), kid));
    if (key.suite != out.suite) return base::fail(FaultCode::SuiteMismatch, "feed head");
    TRY_STATUS(sealing::verify_record(record, key, sealing::context::feed));
    if (out.realm != keys.realm()) return base::fail(FaultCode::RealmMismatch, "feed head");
    return out;
}

bool FeedHead::is_of(base::ByteView content) const {
    return static_cast<std::int64_t>(content.size()) == length &&
           sealing::digest(suite, content) == digest;
}

base::Bytes feed_file_beginning(base::ByteView head) {
    KIOSK_ASSERT(head.size() <= feed_head_bytes_max);
    base::Bytes out;
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(head.size() >> shift));
    out.insert(out.end(), head.begin(), head.end());
    return out;
}

base::Result<FeedFile> feed_file(base::ByteView bytes) {
    std::size_t size = 0;
    if (bytes.size() < 4) return base::fail(FaultCode::BytesMalformed, "feed file");
    for (std::size_t i = 0; i < 4; ++i) size = size << 8 | bytes[i];
    if (size > feed_head_bytes_max || bytes.size() - 4 < size)
        return base::fail(FaultCode::BytesMalformed, "feed file");
    return FeedFile{bytes.subspan(4, size), bytes.subspan(4 + size)};
}

std::string feed_file_name(Feed feed, std::int64_t version) {
    return std::string(name(feed)) + "-" + std::to_string(version) +
           (feed == Feed::key_set ? ".json" : ".feed");
}

std::optional<FeedFileName> feed_file_name_from(std::string_view text) {
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto feed = feed_from(text.substr(0, dash));
    if (!feed) return std::nullopt;
    std::int64_t version = 0;
    std::from_chars(text.data() + dash + 1, text.data() + text.size(), version);
    if (version < 1 || version > feed_version_max || feed_file_name(*feed, version) != text)
        return std::nullopt;
    return FeedFileName{*feed, version};
}

}  // namespace offline::papers
