#include "offline/post/service_lane.hpp"

#include "base/assert.hpp"

namespace offline::post {

namespace {

using base::FaultCode;
using base::Millis;
namespace wire = papers::wire;

constexpr Millis nothing_to_do{3'600'000};

// No other try mends it: the centre has another record under this number, or this one is not of
// the certificate of today (a machine that was enrolled anew).
bool is_refused_for_good(const base::Result<sync::Answer>& answer) {
    if (!answer || answer->content_type != wire::content_type) return false;
    const auto why = wire::refusal_reason(answer->body);
    if (!why) return false;
    return answer->status == 409 ||
           (answer->status == 403 && (*why == base::name(FaultCode::SignatureWrong) ||
                                      *why == base::name(FaultCode::RealmMismatch)));
}

}  // namespace

ServiceLane::ServiceLane(sync::CentreAddress centre, ServiceBook book,
                         const outbox::Terminal& terminal, const sealing::KeySet& keys,
                         sync::RetryPolicy retry, std::uint64_t seed, const base::Clock& clock,
                         base::EventLog& log, std::function<void()> wake)
    : book_(std::move(book)),
      terminal_(terminal),
      keys_(keys),
      retry_(retry),
      seed_(seed),
      clock_(clock),
      log_(log),
      wake_(std::move(wake)),
      worker_(std::move(centre), [this](std::int64_t, base::Result<sync::Answer> answer) {
          {
              std::lock_guard lock(mutex_);
              letters_.push_back(std::move(answer));
          }
          wake_();
      }) {}

base::Result<KeptRecord> ServiceLane::append(const papers::ServiceContent& content,
                                             const sealing::Epoch& epoch) {
    auto kept = TRY(book_.append(content, epoch));
    log_.record(base::log::ServiceRecordKept{kept.number});
    next_ = Millis{0};
    wake_();
    return kept;
}

base::Status ServiceLane::answered(const base::Result<sync::Answer>& answer) {
    const KeptRecord sent = std::move(*under_way_);
    under_way_.reset();
    const auto body = TRY(sync::body_of(answer));
    const auto kept = TRY(wire::service_kept(body, keys_));
    if (kept.terminal != terminal_.certificate.terminal || kept.number != sent.number ||
        kept.digest != sent.digest)
        return base::fail(FaultCode::CentreNonsense, "of another record");
    return book_.sent(sent.number);
}

void ServiceLane::send_next() {
    auto next = book_.unsent();
    if (!next || !*next) {
        next_ = clock_.steady() + nothing_to_do;
        return;
    }
    under_way_ = std::move(**next);
    sync::Exchange exchange{
        sync::Method::post, "/v1/t/" + terminal_.certificate.terminal + "/service-records",
        wire::encode(wire::ServiceDelivery{terminal_.certificate.file, under_way_->file})};
    // Never more than one is on its way, so the queue has room.
    KIOSK_ASSERT(worker_.give(0, std::move(exchange)));
}

Millis ServiceLane::round(bool online) {
    std::vector<base::Result<sync::Answer>> letters;
    {
        std::lock_guard lock(mutex_);
        letters.swap(letters_);
    }
    for (const auto& letter : letters) {
        const std::int64_t number = under_way_->number;
        auto done = answered(letter);
        // A person has to look at that one; those behind it are not held up.
        if (!done && is_refused_for_good(letter) && book_.refused(number)) {
            log_.record(base::log::ServiceRecordNotSent{number, done.error().code});
            failures_ = 0;
            next_ = Millis{0};
            continue;
        }
        if (done) log_.record(base::log::ServiceRecordSent{number});
        failures_ = done ? 0 : failures_ + 1;
        next_ = done ? Millis{0} : clock_.steady() + retry_wait(retry_, failures_, seed_);
        if (!done) log_.record(base::log::ServiceRecordNotSent{number, done.error().code});
    }
    if (online && !under_way_ && clock_.steady() >= next_) send_next();
    return under_way_ || !online ? clock_.steady() + nothing_to_do : next_;
}

}  // namespace offline::post
