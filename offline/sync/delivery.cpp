// What goes out next.
#include "offline/sync/delivery.hpp"

#include "base/random.hpp"

#include <algorithm>

namespace offline::sync {

namespace {

using base::Millis;
namespace wire = papers::wire;

constexpr Millis hello_limit{10000};
constexpr Millis hello_again{60000};  // one that could not be made
constexpr Millis far_away{3'600'000};
constexpr std::size_t window = 64;  // rows looked at in one go
constexpr std::uint64_t small_turns_per_slice =
    16;  // then one slice goes although small things wait
// The manifest, the signature, the certificate and the record around them.
constexpr std::int64_t around_an_envelope = 12 << 10;

}  // namespace

Delivery::Delivery(DeliveryOptions options, Parcels& parcels, const sealing::KeySet& keys,
                   ClockFloor& floor, const base::Clock& clock, base::EventLog& log, Send send)
    : options_(options),
      parcels_(parcels),
      keys_(keys),
      floor_(floor),
      clock_(clock),
      log_(log),
      send_(std::move(send)),
      line_pace_(options.retry) {
    next_hello_ = clock_.steady() + first_contact_wait(options_.retry, draw());
}

Millis Delivery::tick() {
    const Millis now = clock_.steady();
    Millis next = now + far_away;
    if (!small_) next = std::min(next, tick_small(now));
    if (unread_) {
        read_unread();
        // What it changed may be what comes next.
        if (!small_) next = std::min(next, tick_small(now));
    }
    if (!bulk_) next = std::min(next, tick_bulk(now));
    return next;
}

Millis Delivery::tick_small(Millis now) {
    if (now < wait_until_) {
        if (now < urgent_from_) return std::min(wait_until_, urgent_from_);
        if (!urgent_waits()) return wait_until_;
        wait_until_ = next_hello_ = now;  // the hello says so, and the centre decides
    }
    if (line_ != domain::Line::online && now < next_hello_) return next_hello_;
    if (now >= next_hello_) return say_hello();
    if (ask_missed_receipts()) return now + far_away;
    const auto choice = choose(now);
    if (!choice) return now + hello_again;

    // Each kind comes first in some turns, so that a stream of one never starves another.
    ++turns_;
    const bool retry_due =
        choice->retry &&
        (choice->fresh.empty() || (choice->retry_failures < failing_item && turns_ % 4 == 0));
    if (retry_due) {
        if (budget_.take(now)) {
            send_parcels({*choice->retry});
            return after_sending(now);
        }
        if (choice->fresh.empty() && !choice->commit)
            return std::min({choice->soonest, budget_.ready_at(), next_hello_});
    }
    if (choice->commit && (choice->fresh.empty() || turns_ % 4 == 2)) {
        send_commit(*choice->commit);
        return after_sending(now);
    }
    if (choice->fresh.empty()) return std::min(choice->soonest, next_hello_);
    budget_.first_try();
    send_parcels(choice->fresh);
    return after_sending(now);
}

// What could not be read was not sent: the next ones are looked at soon.
Millis Delivery::after_sending(Millis now) const {
    return small_ ? now + far_away : now + Millis{1000};
}

base::Result<Delivery::Choice> Delivery::choose(Millis now) {
    Choice choice;
    choice.soonest = now + far_away;
    std::int64_t bytes_left = std::min<std::int64_t>(batch_bytes_.next(0), wire::batch_bytes_max);
    const bool normal_first = turns_ % 8 == 7;  // age promotes
    const auto first = normal_first ? papers::Lane::normal : papers::Lane::urgent;
    const auto second = normal_first ? papers::Lane::urgent : papers::Lane::normal;
    TRY_STATUS(look_through(first, now, bytes_left, choice));
    TRY_STATUS(look_through(second, now, bytes_left, choice));
    for (const std::int64_t seq : resubmit_) weigh(seq, now, choice);
    const auto unanswered = TRY(parcels_.unanswered(0, window));
    for (const auto& item : unanswered) {
        if (resubmit_.contains(item.seq)) continue;
        const auto pace = paces_.find(item.seq);
        const Millis due = pace == paces_.end() ? Millis{0} : pace->second.not_before;
        if (due > now)
            choice.soonest = std::min(choice.soonest, due);
        else if (!choice.commit)
            choice.commit = item.seq;
    }
    return choice;
}

// Those that never failed go together; one that did goes alone, so that it harms no other.
base::Status Delivery::look_through(papers::Lane lane, Millis now, std::int64_t& bytes_left,
                                    Choice& choice) {
    std::int64_t after = 0;
    while (choice.fresh.size() < batch_most_ && bytes_left > 0) {
        const auto items = TRY(parcels_.queued(lane, after, window));
        for (const auto& item : items) {
            after = item.seq;
            if (is_unread(item.seq)) continue;
            if (const auto pace = paces_.find(item.seq);
                pace != paces_.end() && pace->second.failures > 0) {
                weigh(item.seq, now, choice);
                continue;
            }
            const std::int64_t cost = item.bytes + around_an_envelope;
            if (choice.fresh.size() == batch_most_) return {};
            if (cost > bytes_left && !choice.fresh.empty()) {
                bytes_left = 0;
                return {};
            }
            choice.fresh.push_back(item.seq);
            bytes_left -= cost;
        }
        if (items.size() < window) return {};
    }
    return {};
}

void Delivery::weigh(std::int64_t seq, Millis now, Choice& choice) {
    const ItemPace pace = paces_.contains(seq) ? paces_.at(seq) : ItemPace{};
    if (pace.not_before > now) {
        choice.soonest = std::min(choice.soonest, pace.not_before);
    } else if (!choice.retry || pace.failures < choice.retry_failures) {
        choice.retry = seq;
        choice.retry_failures = pace.failures;
    }
}

Millis Delivery::tick_bulk(Millis now) {
    const Millis far = now + far_away;
    if (now < wait_until_) return wait_until_;
    if (line_ != domain::Line::online || now >= next_hello_) return far;
    if (small_ && turns_since_slice_ < small_turns_per_slice) return far;
    const auto uploads = parcels_.uploads(window + uploads_.size());
    if (!uploads) return far;
    Millis soonest = far;
    for (const auto& upload : *uploads) {
        if (resubmit_.contains(upload.seq)) continue;
        UploadState& state = uploads_[upload.id];
        if (state.pace.not_before > now) {
            soonest = std::min(soonest, state.pace.not_before);
            continue;
        }
        if (state.known && state.at == upload.length) continue;  // being noted
        send_upload(upload, state);
        if (bulk_) return far;
    }
    return soonest;
}

void Delivery::launch(Flight flight, Exchange exchange) {
    flight.reference = next_reference_++;
    flight.since = clock_.steady();
    flight.bytes = static_cast<std::int64_t>(exchange.body.size());
    exchange.bulk = flight.step == Step::offset || flight.step == Step::slice;
    if (exchange.bulk)
        turns_since_slice_ = 0;
    else
        ++turns_since_slice_;
    const std::int64_t reference = flight.reference;
    (exchange.bulk ? bulk_ : small_) = std::move(flight);
    send_(reference, std::move(exchange));
}

std::string Delivery::submission_path(const domain::SubId& sub_id) const {
    return "/v1/t/" + parcels_.terminal().certificate.terminal + "/s/" + sub_id.text();
}

Millis Delivery::say_hello() {
    nonce_ = base::random_bytes<16>();
    auto body = hello_body();
    if (!body) {
        next_hello_ = clock_.steady() + hello_again;
        log_.record(base::log::DeliveryFailed{body.error().code, 0});
        return next_hello_;
    }
    Exchange exchange{Method::post, "/v1/hello", std::move(*body)};
    exchange.limit = hello_limit;
    launch({0, Step::hello, {}, {}, 0, {}}, std::move(exchange));
    return clock_.steady() + far_away;
}

base::Result<base::Bytes> Delivery::hello_body() {
    auto here = TRY(parcels_.holdings());
    const auto& terminal = parcels_.terminal();
    wire::HelloRequest hello;
    hello.certificate = terminal.certificate.file;
    hello.nonce = nonce_;
    hello.epoch = here.epoch;
    hello.first_seq = here.first_seq;
    hello.next_seq = here.next_seq;
    hello.chain_head = here.chain_head;
    hello.low = here.low;
    hello.complete_above = std::move(here.complete_above);
    hello.urgent = here.urgent;
    hello.normal = here.normal;
    hello.key_set = keys_.version();
    hello.software = options_.software;
    return wire::encode(hello, terminal.key);
}

bool Delivery::ask_missed_receipts() {
    if (asked_missed_) return false;
    asked_missed_ = true;
    const auto items = parcels_.unanswered(0, wire::receipts_max);
    if (!items) return false;  // each asks for its own by C
    wire::ReceiptsRequest request;
    for (const auto& item : *items)
        if (const auto parcel = parcels_.parcel(item.seq); parcel && *parcel)
            request.sub_ids.push_back((*parcel)->sub_id);
    if (request.sub_ids.empty()) return false;
    const auto& terminal = parcels_.terminal();
    request.certificate = terminal.certificate.file;
    auto body = wire::encode(request, terminal.key);
    if (!body) return false;
    Exchange exchange{Method::post, "/v1/t/" + terminal.certificate.terminal + "/receipts",
                      std::move(*body)};
    exchange.limit = hello_limit;
    launch({0, Step::receipts, {}, {}, 0, {}}, std::move(exchange));
    return true;
}

void Delivery::send_parcels(const std::vector<std::int64_t>& seqs) {
    const auto& terminal = parcels_.terminal();
    std::vector<std::int64_t> sent;
    std::map<std::int64_t, outbox::Parcel> parcels;
    std::vector<base::Bytes> bodies;
    std::size_t size = 0;
    domain::SubId first{};
    for (const std::int64_t seq : seqs) {
        auto parcel = parcels_.parcel(seq);
        if (!parcel) {
            item_failed(seq, {AnswerClass::permanent, parcel.error(), {}});
            continue;
        }
        if (!*parcel) {
            resubmit_.erase(seq);
            continue;
        }
        base::Bytes body =
            wire::encode(wire::Delivered{terminal.certificate.file, (*parcel)->manifest,
                                         (*parcel)->signature, (*parcel)->envelope});
        size += body.size() + 4;
        if (!sent.empty() && size > wire::batch_bytes_max) break;
        if (sent.empty()) first = (*parcel)->sub_id;
        sent.push_back(seq);
        bodies.push_back(std::move(body));
        (*parcel)->envelope.clear();
        parcels.emplace(seq, std::move(**parcel));
    }
    if (sent.empty()) return;
    if (sent.size() == 1)
        return launch({0, Step::submit, std::move(sent), {}, 0, {}, std::move(parcels)},
                      {Method::put, submission_path(first), std::move(bodies.front())});
    launch({0, Step::batch, std::move(sent), {}, 0, {}, std::move(parcels)},
           {Method::post, "/v1/t/" + terminal.certificate.terminal + "/batch",
            wire::encode_batch(bodies)});
}

void Delivery::send_commit(std::int64_t seq) {
    const auto parcel = parcels_.parcel(seq);
    if (!parcel) return item_failed(seq, {AnswerClass::permanent, parcel.error(), {}});
    if (!*parcel) return;
    launch({0, Step::commit, {seq}, {}, 0, {}},
           {Method::post, submission_path((*parcel)->sub_id) + "/commit"});
}

void Delivery::nudge() {
    next_hello_ = clock_.steady();
    wait_until_ = urgent_from_ = Millis{0};
    for (auto& [seq, pace] : paces_) pace.not_before = Millis{0};
    for (auto& [id, state] : uploads_) state.pace.not_before = Millis{0};
}

}  // namespace offline::sync
