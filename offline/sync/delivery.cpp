#include "offline/sync/delivery.hpp"

#include "base/random.hpp"
#include "offline/sync/receipt_check.hpp"

#include <algorithm>

namespace offline::sync {

namespace {

using base::FaultCode;
using base::Millis;
namespace wire = papers::wire;

constexpr Millis hello_limit{10000};
constexpr Millis hello_every{60000};  // while the line is good and nothing else is said
constexpr Millis far_away{3'600'000};
constexpr int failures_until_line_is_bad = 5;

}  // namespace

Delivery::Delivery(DeliveryOptions options, outbox::Outbox& outbox, const sealing::KeySet& keys,
                   const base::Clock& clock, base::EventLog& log, Send send)
    : options_(options),
      outbox_(outbox),
      keys_(keys),
      clock_(clock),
      log_(log),
      send_(std::move(send)) {
    next_hello_ = clock_.steady() + first_contact_wait(options_.retry, draw());
}

Millis Delivery::tick() {
    const Millis now = clock_.steady();
    if (waiting_for_) return now + far_away;
    if (line_ != domain::Line::online) {
        if (now < next_hello_) return next_hello_;
        return say_hello();
    }
    const auto waiting = outbox_.waiting();
    if (!waiting) return now + hello_every;
    if (ask_missed_receipts(*waiting)) return now + far_away;
    // The one that failed least goes first, so a bad parcel never holds up the others.
    const outbox::Waiting* next = nullptr;
    Millis soonest = next_hello_;
    for (const auto& item : *waiting) {
        const Pace pace = paces_.contains(item.seq) ? paces_.at(item.seq) : Pace{};
        if (pace.not_before > now)
            soonest = std::min(soonest, pace.not_before);
        else if (next == nullptr || pace.failures < paces_[next->seq].failures)
            next = &item;
    }
    if (next != nullptr) {
        send_parcel(*next);
        return now + far_away;
    }
    if (now < next_hello_) return soonest;
    return say_hello();
}

Millis Delivery::say_hello() {
    nonce_ = base::random_bytes<16>();
    auto body = hello_body();
    if (!body) {
        next_hello_ = clock_.steady() + hello_every;
        log_.record(base::log::DeliveryFailed{body.error().code, 0});
        return next_hello_;
    }
    waiting_for_ = Step::hello;
    send_({Method::post, "/v1/hello", std::move(*body), hello_limit});
    return clock_.steady() + far_away;
}

base::Result<base::Bytes> Delivery::hello_body() {
    const auto summary = TRY(outbox_.summary());
    const auto& terminal = outbox_.terminal();
    wire::HelloRequest hello;
    hello.certificate = terminal.certificate.file;
    hello.nonce = nonce_;
    hello.epoch = terminal.certificate.epoch;
    hello.next_seq = summary.next_seq;
    hello.chain_head = summary.chain_head;
    hello.normal.count = summary.waiting;
    hello.key_set = keys_.version();
    hello.software = options_.software;
    return wire::encode(hello, terminal.key);
}

bool Delivery::ask_missed_receipts(const std::vector<outbox::Waiting>& waiting) {
    if (asked_missed_) return false;
    asked_missed_ = true;
    wire::ReceiptsRequest request;
    for (const auto& item : waiting) {
        if (item.state != outbox::ParcelState::envelope_sent) continue;
        if (request.sub_ids.size() == wire::receipts_max) break;
        if (const auto parcel = outbox_.parcel(item.seq); parcel && *parcel)
            request.sub_ids.push_back((*parcel)->sub_id);
    }
    if (request.sub_ids.empty()) return false;
    const auto& terminal = outbox_.terminal();
    request.certificate = terminal.certificate.file;
    auto body = wire::encode(request, terminal.key);
    if (!body) return false;  // each asks for its own by C
    waiting_for_ = Step::receipts;
    send_({Method::post, "/v1/t/" + terminal.certificate.terminal + "/receipts", std::move(*body),
           hello_limit});
    return true;
}

void Delivery::send_parcel(const outbox::Waiting& item) {
    const auto parcel = outbox_.parcel(item.seq);
    if (!parcel) return parcel_failed(item.seq, parcel.error());
    if (!*parcel) return;
    const auto& terminal = outbox_.terminal();
    const std::string path =
        "/v1/t/" + terminal.certificate.terminal + "/s/" + (*parcel)->sub_id.text();
    parcel_seq_ = item.seq;
    if (item.state == outbox::ParcelState::queued) {
        waiting_for_ = Step::submit;
        send_({Method::put, path,
               wire::encode(wire::Delivered{terminal.certificate.file, (*parcel)->manifest,
                                            (*parcel)->signature, (*parcel)->envelope}),
               Millis{0}});
    } else {
        waiting_for_ = Step::commit;
        send_({Method::post, path + "/commit", {}, Millis{0}});
    }
}

void Delivery::answered(const base::Result<Answer>& answer) {
    const auto step = std::exchange(waiting_for_, std::nullopt);
    if (!step) return;
    switch (*step) {
        case Step::hello:
            return on_hello(answer);
        case Step::receipts:
            return on_receipts(answer);
        case Step::submit:
        case Step::commit:
            return on_parcel(answer);
    }
}

void Delivery::on_hello(const base::Result<Answer>& answer) {
    const Millis retry_after = answer ? answer->retry_after : Millis{0};
    const auto body = body_of(answer);
    if (!body) return line_is_bad(body.error(), retry_after);
    const auto reply = wire::hello_reply(*body, keys_, nonce_);
    if (!reply)
        return line_is_bad({FaultCode::CentreNonsense, reply.error().safe_detail}, retry_after);
    line_is_good();
}

void Delivery::on_receipts(const base::Result<Answer>& answer) {
    const auto body = body_of(answer);
    if (!body) return line_is_bad(body.error(), answer ? answer->retry_after : Millis{0});
    const auto receipts = wire::receipts(*body);
    const auto waiting = outbox_.waiting();
    if (!receipts || !waiting) return;
    // Each is tried against the parcels it may belong to; what fits none is left, C will ask again.
    for (const auto& item : *waiting) {
        if (item.state != outbox::ParcelState::envelope_sent) continue;
        const auto parcel = outbox_.parcel(item.seq);
        if (!parcel || !*parcel) continue;
        for (const auto& bytes : *receipts) {
            const auto receipt =
                check_receipt(bytes, **parcel, outbox_.terminal().certificate, keys_);
            if (!receipt || receipt->kind != papers::ReceiptKind::r2) continue;
            if (const auto taken = take_receipt(bytes, **parcel); !taken)
                parcel_failed(item.seq, taken.error());
            break;
        }
    }
}

void Delivery::on_parcel(const base::Result<Answer>& answer) {
    const std::int64_t seq = parcel_seq_;
    const auto parcel = outbox_.parcel(seq);
    if (!parcel) return parcel_failed(seq, parcel.error());
    if (!*parcel) return;
    // A refusal comes with a 4xx and is a signed receipt like any other; unsigned words change
    // nothing.
    const auto body = body_of(answer);
    const bool refused = !body && body.error().code == FaultCode::CentreRefused;
    if (!body && !refused) {
        const Millis retry_after = answer ? answer->retry_after : Millis{0};
        const bool perhaps_only_this =
            body.error().code == FaultCode::CentreFailed && retry_after == Millis{0};
        if (perhaps_only_this)
            parcel_failed(seq, body.error());
        else
            ++paces_[seq].failures;  // perhaps it is what breaks the line: the others go first
        if (!perhaps_only_this || ++line_failures_ >= failures_until_line_is_bad)
            line_is_bad(body.error(), retry_after);
        return;
    }
    const base::Bytes& content = refused ? answer->body : *body;
    if (refused && wire::is_refusal(content))  // unsigned: of the terminal, or damaged on the way
        return parcel_failed(seq, {FaultCode::CentreRefused, body.error().safe_detail});
    const auto receipt = wire::receipt(content);
    const base::Status taken = receipt ? take_receipt(*receipt, **parcel)
                                       : base::fail(FaultCode::CentreNonsense, "no receipt in it");
    if (!taken) return parcel_failed(seq, taken.error());
    line_failures_ = 0;
    paces_.erase(seq);
}

base::Status Delivery::take_receipt(base::ByteView bytes, const outbox::Parcel& parcel) {
    const auto receipt = check_receipt(bytes, parcel, outbox_.terminal().certificate, keys_);
    if (!receipt) {
        log_.record(base::log::ReceiptRejected{receipt.error().code});
        return base::fail(receipt.error());
    }
    TRY_STATUS(outbox_.store_receipt(*receipt, bytes));
    log_.record(base::log::DeliveryReceipted{parcel.local_number,
                                             std::string(papers::name(receipt->kind))});
    if (receipt->kind == papers::ReceiptKind::r2)
        log_.record(base::log::SubmissionPurged{parcel.local_number});
    return {};
}

void Delivery::line_is_good() {
    line_ = domain::Line::online;
    line_failures_ = 0;
    next_hello_ = clock_.steady() + hello_every;
}

void Delivery::line_is_bad(const base::Fault& fault, Millis retry_after) {
    line_ = domain::Line::offline;
    asked_missed_ = false;
    const Millis wait = retry_after > Millis{0}
                            ? appointed_wait(retry_after, draw())
                            : retry_wait(options_.retry, line_failures_, draw());
    ++line_failures_;
    next_hello_ = clock_.steady() + wait;
    log_.record(base::log::DeliveryFailed{fault.code, line_failures_});
}

void Delivery::parcel_failed(std::int64_t seq, const base::Fault& fault) {
    Pace& pace = paces_[seq];
    pace.not_before = clock_.steady() + retry_wait(options_.retry, pace.failures, draw());
    ++pace.failures;
    log_.record(base::log::DeliveryFailed{fault.code, pace.failures});
    // The count is for diagnostics; if it cannot be written, delivery goes on.
    [[maybe_unused]] const auto ignored = outbox_.attempt_failed(seq, fault.code);
}

void Delivery::nudge() {
    next_hello_ = clock_.steady();
    for (auto& [seq, pace] : paces_) pace.not_before = Millis{0};
}

}  // namespace offline::sync
