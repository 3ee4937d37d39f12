#include "offline/papers/feed_wire.hpp"

#include "base/assert.hpp"

#include <charconv>

namespace offline::papers::wire {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;
using formats::Texts;

constexpr std::int64_t blob_bytes_max = std::int64_t{64} << 20;

std::string line_of(const FeedHave& have) {
    return std::string(name(have.feed)) + " " + std::to_string(have.version) + " " +
           base::to_hex(have.digest);
}

// Written back it must be the same line.
base::Result<FeedHave> have_in(const std::string& line) {
    const auto wrong = [] { return base::fail(FaultCode::BytesMalformed, "feeds: have"); };
    const auto first = line.find(' ');
    const auto second = first == std::string::npos ? first : line.find(' ', first + 1);
    if (second == std::string::npos) return wrong();
    const auto feed = feed_from(std::string_view(line).substr(0, first));
    if (!feed) return wrong();
    FeedHave out;
    out.feed = *feed;
    std::from_chars(line.data() + first + 1, line.data() + second, out.version);
    const auto digest = TRY(base::from_hex(std::string_view(line).substr(second + 1)));
    if (out.version < 0 || out.version > feed_version_max || digest.size() != out.digest.size())
        return wrong();
    std::copy(digest.begin(), digest.end(), out.digest.begin());
    if (line_of(out) != line) return wrong();
    return out;
}

}  // namespace

std::int64_t FeedsRequest::version_of(Feed feed) const {
    for (const auto& one : have)
        if (one.feed == feed) return one.version;
    return 0;
}

base::Result<base::Bytes> encode(const FeedsRequest& request, const sealing::Signer& terminal_key) {
    Texts lines;
    for (const auto& have : request.have) lines.push_back(line_of(have));
    return signed_request(
        {{"kind", std::string("feeds")}, {"certificate", request.certificate}, {"have", lines}},
        terminal_key);
}

base::Result<FromTerminal<FeedsRequest>> feeds_request(base::ByteView body,
                                                       const sealing::PinnedRoot& root) {
    return open_request<FeedsRequest>(
        body, root, "feeds", [](Fields& in, FeedsRequest& out) -> base::Status {
            const Texts lines = TRY(in.texts("have", all_feeds.size()));
            if (lines.size() < feeds_at_least) return in.wrong("have");
            for (const auto& line : lines) {
                out.have.push_back(TRY(have_in(line)));
                if (out.have.back().feed != all_feeds.at(out.have.size() - 1))
                    return in.wrong("have");
            }
            return {};
        });
}

base::Result<base::Bytes> encode(const BlobRequest& request, const sealing::Signer& terminal_key) {
    return signed_request({{"kind", std::string("blob")},
                           {"certificate", request.certificate},
                           {"digest", as_bytes(request.digest)},
                           {"at", request.at}},
                          terminal_key);
}

base::Result<FromTerminal<BlobRequest>> blob_request(base::ByteView body,
                                                     const sealing::PinnedRoot& root) {
    return open_request<BlobRequest>(body, root, "blob",
                                     [](Fields& in, BlobRequest& out) -> base::Status {
                                         out.digest = TRY(in.array<32>("digest"));
                                         out.at = TRY(in.integer("at", 0, blob_bytes_max));
                                         return {};
                                     });
}

base::Bytes encode(const FeedsReply& reply) {
    Texts heads;
    Record record{{"v", std::int64_t{1}}, {"key_set", reply.key_set}};
    std::size_t inside = 0;
    for (const auto& offer : reply.offers) {
        record["content_" + std::to_string(heads.size())] = offer.content;
        heads.emplace_back(base::as_text(offer.head));
        inside += offer.content.size();
    }
    KIOSK_ASSERT(inside <= inline_bytes_max && heads.size() <= all_feeds.size());
    record["heads"] = std::move(heads);
    return formats::to_cbor(record);
}

base::Result<FeedsReply> feeds_reply(base::ByteView body) {
    const Record record = TRY(formats::record_from_cbor(body));
    Fields in(record, FaultCode::BytesMalformed, "feeds");
    TRY_STATUS(in.exactly("v", 1));
    FeedsReply out;
    out.key_set = TRY(in.bytes("key_set", content_bytes_max(Feed::key_set)));
    const Texts heads = TRY(in.texts("heads", all_feeds.size()));
    for (const auto& head : heads) {
        if (head.size() > feed_head_bytes_max) return in.wrong("heads");
        const std::string content = "content_" + std::to_string(out.offers.size());
        out.offers.push_back({base::to_bytes(head), TRY(in.bytes(content, inline_bytes_max))});
    }
    TRY_STATUS(in.finish());
    return out;
}

base::Bytes encode(const BlobSlice& slice) {
    KIOSK_ASSERT(!slice.bytes.empty() && slice.bytes.size() <= blob_slice_bytes_max);
    return formats::to_cbor({{"v", std::int64_t{1}},
                             {"at", slice.at},
                             {"length", slice.length},
                             {"bytes", slice.bytes}});
}

base::Result<BlobSlice> blob_slice(base::ByteView body) {
    const Record record = TRY(formats::record_from_cbor(body));
    Fields in(record, FaultCode::BytesMalformed, "blob");
    TRY_STATUS(in.exactly("v", 1));
    BlobSlice out;
    out.length = TRY(in.integer("length", 1, blob_bytes_max));
    out.at = TRY(in.integer("at", 0, out.length - 1));
    out.bytes = TRY(in.bytes("bytes", blob_slice_bytes_max));
    TRY_STATUS(in.finish());
    if (out.bytes.empty() || out.length - out.at < static_cast<std::int64_t>(out.bytes.size()))
        return in.wrong("bytes");
    return out;
}

}  // namespace offline::papers::wire
