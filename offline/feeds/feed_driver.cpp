#include "offline/feeds/feed_driver.hpp"

#include "offline/papers/wire.hpp"

#include <algorithm>

namespace offline::feeds {

namespace {

using base::FaultCode;
using base::Millis;
using papers::Feed;
namespace wire = papers::wire;

constexpr Millis far_away{3'600'000};
constexpr std::size_t refused_max = 64;

// The body of an answer in the centre's own format. A 4xx there is a refusal of this terminal or of
// this question, which another try does not mend soon.
base::Result<base::Bytes> paper_in(const base::Result<sync::Answer>& answer) {
    if (!answer) return base::fail(answer.error());
    const std::string status = "status " + std::to_string(answer->status);
    if (answer->status >= 500 || answer->status == 429)
        return base::fail(FaultCode::CentreFailed, status);
    if (answer->content_type != papers::wire::content_type)
        return base::fail(FaultCode::CentreNonsense, status);
    if (answer->status == 200) return answer->body;
    return base::fail(answer->status >= 400 ? FaultCode::CentreRefused : FaultCode::CentreNonsense,
                      status);
}

}  // namespace

FeedDriver::FeedDriver(FeedOptions options, FeedStore& store, store::Disk& disk,
                       const outbox::Terminal& terminal, const sealing::PinnedRoot& root,
                       sealing::KeySet& keys, const base::Clock& clock, base::EventLog& log,
                       Send send)
    : options_(std::move(options)),
      store_(store),
      disk_(disk),
      terminal_(terminal),
      root_(root),
      keys_(keys),
      clock_(clock),
      log_(log),
      send_(std::move(send)) {
    for (const Feed feed : {Feed::revocation, Feed::status})
        if (const auto content = store_.content(feed)) put_in_force(feed, *content);
    next_ = clock_.steady() + first_contact_wait(options_.retry, draw());
}

Millis FeedDriver::tick(bool online) {
    const Millis now = clock_.steady();
    if (waiting_for_ || !online) return now + far_away;
    if (now < next_) return next_;
    if (fetching_)
        ask_slice();
    else
        ask_feeds();
    return waiting_for_ ? now + far_away : next_;
}

void FeedDriver::ask_feeds() {
    wire::FeedsRequest request;
    request.certificate = terminal_.certificate.file;
    for (const Feed feed : papers::all_feeds)
        request.have.push_back(have_of(feed, store_.held(feed)));
    auto body = wire::encode(request, terminal_.key);
    if (!body) return failed(body.error(), {});
    waiting_for_ = Step::feeds;
    sync::Exchange exchange;
    exchange.method = sync::Method::post;
    exchange.path = "/v1/feeds";
    exchange.body = std::move(*body);
    send_(std::move(exchange));
}

void FeedDriver::ask_slice() {
    const auto& head = fetching_->head;
    const std::int64_t staged = store_.staged(head);
    if (staged >= head.length) return finish_blob();
    if (!store_.has_room(head)) {
        fetching_.reset();
        return failed({FaultCode::DiskFull, "feeds"}, {});
    }
    auto body = wire::encode(wire::BlobRequest{terminal_.certificate.file, head.digest, staged},
                             terminal_.key);
    if (!body) return failed(body.error(), {});
    waiting_for_ = Step::slice;
    sync::Exchange exchange;
    exchange.method = sync::Method::post;
    exchange.path = "/v1/blobs/" + base::to_hex(head.digest);
    exchange.body = std::move(*body);
    send_(std::move(exchange));
}

void FeedDriver::answered(const base::Result<sync::Answer>& answer) {
    const auto step = std::exchange(waiting_for_, std::nullopt);
    if (!step) return;
    const auto body = paper_in(answer);
    const Millis retry_after = answer ? answer->retry_after : Millis{0};
    if (!body) {
        // The centre does not have the content any more: a newer head will name another.
        if (body.error().code == FaultCode::CentreRefused) fetching_.reset();
        return failed(body.error(), retry_after);
    }
    const base::Status done = *step == Step::feeds ? on_feeds(*body) : on_slice(*body);
    if (!done) {
        const bool nonsense = done.error().code == FaultCode::BytesMalformed;
        return failed(
            {nonsense ? FaultCode::CentreNonsense : done.error().code, done.error().safe_detail},
            retry_after);
    }
    failures_ = 0;
    const auto half = options_.every / 2;
    next_ = fetching_ ? clock_.steady()
                      : clock_.steady() + half + sync::first_contact_wait({{}, {}, half}, draw());
}

base::Status FeedDriver::on_feeds(base::ByteView body) {
    const auto reply = TRY(wire::feeds_reply(body));
    // The keys first: what else comes may be signed with them.
    if (!reply.key_set.empty()) consider_key_set(reply.key_set);
    const auto is_revocation = [](const wire::FeedOffer& offer) {
        const auto head = papers::FeedHead::read(offer.head);
        return head && head->feed == Feed::revocation;
    };
    for (const auto& offer : reply.offers)
        if (is_revocation(offer)) consider(offer);
    for (const auto& offer : reply.offers)
        if (!is_revocation(offer)) consider(offer);
    return {};
}

void FeedDriver::consider_key_set(base::ByteView file) {
    const auto refused = [&](const base::Fault& fault) { refuse(Feed::key_set, fault, file); };
    const std::int64_t floor = std::max(keys_.version() + 1, store_.held(Feed::key_set).floor);
    const auto set = sealing::KeySet::verify(file, root_, {keys_.suite(), floor});
    if (!set)
        return refused({FaultCode::FeedWrong,
                        std::string(base::name(set.error().code)) + " " + set.error().safe_detail});
    if (const auto taken = store_.take_key_set(set->version(), file); !taken)
        return refused(taken.error());
    if (!options_.key_set_floor.empty())
        if (const auto kept = store::replace_file(disk_, options_.key_set_floor,
                                                  base::to_bytes(std::to_string(set->version())));
            !kept)
            log_.record(base::log::KeySetFloorNotKept{kept.error().code});
    keys_ = set->without(withdrawn_);
    if (options_.told) options_.told(set->content().issued_at);
    log_.record(base::log::FeedTaken{std::string(papers::name(Feed::key_set)), set->version()});
}

void FeedDriver::consider(const wire::FeedOffer& offer) {
    if (refused_.contains(offer.head)) return;
    const auto said = papers::FeedHead::read(offer.head);
    const Feed feed = said ? said->feed : Feed::pack;
    const auto head = checked_head(offer.head, feed, keys_, terminal_.certificate.terminal);
    if (!head) return refuse(feed, head.error(), offer.head);
    if (const auto newer = checked_version(*head, store_.held(feed)); !newer)
        return refuse(feed, newer.error(), offer.head);
    if (offer.content.empty()) {
        if (!fetching_) fetching_ = {*head, offer.head};
        return store_.forget_slices(&fetching_->head);
    }
    if (const auto taken = take(*head, offer.head, offer.content); !taken)
        refuse(feed, taken.error(), offer.head);
}

base::Status FeedDriver::take(const papers::FeedHead& head, base::ByteView signed_head,
                              base::ByteView content) {
    TRY_STATUS(checked_content(head, content, keys_, options_.configuration));
    TRY_STATUS(store_.take(head, signed_head, content));
    put_in_force(head.feed, content);
    if (options_.told) options_.told(head.issued_at);
    log_.record(base::log::FeedTaken{std::string(papers::name(head.feed)), head.version});
    return {};
}

base::Status FeedDriver::on_slice(base::ByteView body) {
    const auto slice = wire::blob_slice(body);
    const auto& head = fetching_->head;
    const base::Status fits = slice ? checked_slice(head, store_.staged(head), *slice)
                                    : base::Status(base::fail(slice.error()));
    if (!fits) {
        fetching_.reset();
        return fits;
    }
    TRY_STATUS(store_.stage(head, slice->bytes));
    if (store_.staged(head) >= head.length) finish_blob();
    return {};
}

void FeedDriver::finish_blob() {
    const Fetching fetched = std::move(*fetching_);
    fetching_.reset();
    const auto content = store_.staged_content(fetched.head);
    const base::Status taken = content ? take(fetched.head, fetched.signed_head, *content)
                                       : base::Status(base::fail(content.error()));
    store_.forget_slices(nullptr);
    if (!taken) refuse(fetched.head.feed, taken.error(), fetched.signed_head);
}

void FeedDriver::refuse(Feed feed, const base::Fault& fault, base::ByteView head) {
    // What the disk refused may fit another time.
    if (fault.code == FaultCode::FeedWrong) {
        if (refused_.size() >= refused_max) refused_.clear();
        if (!refused_.emplace(head.begin(), head.end()).second) return;
    }
    log_.record(base::log::FeedRefused{std::string(papers::name(feed)), fault.code});
}

void FeedDriver::put_in_force(Feed feed, base::ByteView content) {
    if (feed == Feed::revocation)
        if (auto revoked = papers::revocations(content)) {
            withdrawn_ = std::move(revoked->kids);
            keys_ = keys_.without(withdrawn_);
            ended_.clear();
            for (const auto& terminal : revoked->terminals) ended_.insert(terminal.certificate);
        }
    if (feed == Feed::status)
        if (auto cases = papers::statuses(content)) {
            statuses_.clear();
            for (auto& status : *cases) statuses_[status.local_number] = std::move(status);
        }
}

std::optional<papers::CaseStatus> FeedDriver::status_of(const std::string& local_number) const {
    const auto found = statuses_.find(local_number);
    if (found == statuses_.end()) return std::nullopt;
    return found->second;
}

bool FeedDriver::revoked() const {
    return ended_.contains(terminal_.certificate.id());
}

void FeedDriver::failed(const base::Fault& fault, Millis retry_after) {
    const bool refused = fault.code == FaultCode::CentreRefused;
    const Millis wait = retry_after > Millis{0} ? sync::appointed_wait(retry_after, draw())
                        : refused               ? options_.every
                                  : sync::retry_wait(options_.retry, failures_, draw());
    ++failures_;
    next_ = clock_.steady() + wait;
    log_.record(base::log::DeliveryFailed{fault.code, failures_});
}

}  // namespace offline::feeds
