#include "offline/intake/feed_desk.hpp"

#include "offline/feeds/staged.hpp"

#include <algorithm>
#include <set>

namespace offline::intake {

namespace {

using base::FaultCode;
using papers::Feed;
namespace wire = papers::wire;

constexpr std::array published_feeds{Feed::revocation, Feed::configuration, Feed::release,
                                     Feed::pack};

}  // namespace

Reply FeedDesk::failed(const base::Fault& fault) const {
    log_.record(base::log::IntakeRefused{fault.code});
    switch (fault.code) {
        case FaultCode::BytesMalformed:
            return {400, wire::encode_refusal("malformed")};
        case FaultCode::SignatureWrong:
        case FaultCode::RealmMismatch:
        case FaultCode::SuiteMismatch:
            return {403, wire::encode_refusal(std::string(base::name(fault.code)))};
        case FaultCode::AnswerNotFound:
            return {404, wire::encode_refusal(wire::refusal::unknown)};
        default:
            return {503, wire::encode_refusal(wire::refusal::later)};
    }
}

Reply FeedDesk::feeds(base::ByteView body) {
    const auto from = wire::feeds_request(body, options_.root);
    if (!from) return failed(from.error());
    const auto reply = reply_to(*from);
    return reply ? Reply{200, wire::encode(*reply)} : failed(reply.error());
}

Reply FeedDesk::blob(const std::string& digest, base::ByteView body) {
    const auto from = wire::blob_request(body, options_.root);
    if (!from) return failed(from.error());
    if (base::to_hex(from->request.digest) != digest)
        return failed({FaultCode::BytesMalformed, "blob: another digest"});
    const auto slice = slice_of(from->request);
    return slice ? Reply{200, wire::encode(*slice)} : failed(slice.error());
}

papers::Revocations FeedDesk::revocations() const {
    const auto found = newest(Feed::revocation);
    if (!found) return {};
    auto revoked = papers::revocations(found->content);
    return revoked ? std::move(*revoked) : papers::Revocations{};
}

base::Result<FeedDesk::Published> FeedDesk::published(Feed feed, std::int64_t version) const {
    const base::Bytes bytes =
        TRY(base::read_file(options_.folder + "/" + papers::feed_file_name(feed, version)));
    const auto file = TRY(papers::feed_file(bytes));
    Published out;
    out.head = TRY(papers::FeedHead::read(file.head));
    if (out.head.feed != feed || out.head.version != version || !out.head.is_of(file.content))
        return base::fail(FaultCode::FeedWrong, papers::feed_file_name(feed, version));
    out.signed_head.assign(file.head.begin(), file.head.end());
    out.content.assign(file.content.begin(), file.content.end());
    return out;
}

base::Result<FeedDesk::Published> FeedDesk::newest(Feed feed) const {
    const auto versions = feeds::staged_versions(options_.folder, feed);
    if (versions.empty()) return base::fail(FaultCode::AnswerNotFound);
    return published(feed, versions.front());
}

base::Bytes FeedDesk::key_set_after(std::int64_t version) const {
    const auto versions = feeds::staged_versions(options_.folder, Feed::key_set);
    if (versions.empty() || versions.front() <= version) return {};
    const auto file = base::read_file(options_.folder + "/" +
                                      papers::feed_file_name(Feed::key_set, versions.front()));
    return file && file->size() <= papers::content_bytes_max(Feed::key_set) ? *file : base::Bytes{};
}

base::Result<wire::FeedsReply> FeedDesk::reply_to(
    const wire::FromTerminal<wire::FeedsRequest>& from) const {
    wire::FeedsReply reply;
    reply.key_set = key_set_after(from.request.version_of(Feed::key_set));
    std::size_t inside = 0;
    const auto offer = [&](Published&& version) {
        const bool fits = inside + version.content.size() <= wire::inline_bytes_max;
        if (fits) inside += version.content.size();
        reply.offers.push_back(
            {std::move(version.signed_head), fits ? std::move(version.content) : base::Bytes{}});
    };
    for (const Feed feed : published_feeds) {
        const auto& have = from.request.have;
        const bool known = std::any_of(have.begin(), have.end(),
                                       [&](const auto& one) { return one.feed == feed; });
        if (!known) continue;
        auto version = newest(feed);
        // One that is damaged here is for the operator; the others are given all the same.
        if (!version && version.error().code == FaultCode::FeedWrong)
            log_.record(
                base::log::FeedRefused{std::string(papers::name(feed)), version.error().code});
        if (version && version->head.version > from.request.version_of(feed))
            offer(std::move(*version));
    }
    for (const auto& have : from.request.have)
        if (have.feed == Feed::status && options_.statuses)
            if (auto made = TRY(statuses_for(from.certificate, have))) offer(std::move(*made));
    return reply;
}

base::Result<std::optional<FeedDesk::Published>> FeedDesk::statuses_for(
    const sealing::TerminalCertificate& terminal, const wire::FeedHave& have) const {
    std::vector<papers::CaseStatus> cases;
    {
        const std::lock_guard lock(one_at_a_time_);
        cases = TRY(options_.statuses(terminal.terminal));
    }
    if (cases.size() > papers::statuses_max) cases.resize(papers::statuses_max);
    std::set<std::string> seen;
    std::erase_if(cases, [&](const papers::CaseStatus& status) {
        return !seen.insert(status.local_number).second;
    });
    if (cases.empty() && have.version == 0) return std::optional<Published>{};
    Published out;
    out.content = papers::encode_statuses(std::move(cases));
    out.head.realm = options_.keys.realm();
    out.head.feed = Feed::status;
    out.head.terminal = terminal.terminal;
    out.head.issued_at = clock_.now();
    out.head.previous = have.version;
    out.head.version = std::max(have.version + 1,
                                static_cast<std::int64_t>(clock_.now().time_since_epoch().count()));
    out.head.suite = terminal.suite();
    out.head.digest = sealing::digest(terminal.suite(), out.content);
    out.head.length = static_cast<std::int64_t>(out.content.size());
    if (out.head.digest == have.digest) return std::optional<Published>{};
    const auto key = TRY(options_.keys.receipt_key(terminal.suite(), clock_.now()));
    out.signed_head = TRY(out.head.sign(key));
    return std::optional(std::move(out));
}

base::Result<wire::BlobSlice> FeedDesk::slice_of(const wire::BlobRequest& request) const {
    for (const Feed feed : published_feeds)
        for (const std::int64_t version : feeds::staged_versions(options_.folder, feed)) {
            const auto found = published(feed, version);
            if (!found || found->head.digest != request.digest) continue;
            if (request.at >= found->head.length)
                return base::fail(FaultCode::BytesMalformed, "blob: beyond its end");
            const auto rest =
                base::ByteView(found->content).subspan(static_cast<std::size_t>(request.at));
            const auto part = rest.first(std::min(rest.size(), wire::blob_slice_bytes_max));
            return wire::BlobSlice{request.at, found->head.length, {part.begin(), part.end()}};
        }
    return base::fail(FaultCode::AnswerNotFound, "blob");
}

}  // namespace offline::intake
