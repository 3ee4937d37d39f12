// What the answers about small things change: hellos, receipts, submissions.
#include "offline/papers/local_number.hpp"
#include "offline/sync/delivery.hpp"
#include "offline/sync/receipt_check.hpp"

#include <algorithm>
#include <utility>

namespace offline::sync {

namespace {

using base::FaultCode;
using base::Millis;
namespace wire = papers::wire;

Verdict nonsense(const std::string& what) {
    return {AnswerClass::network, {FaultCode::CentreNonsense, what}, {}};
}

// A receipt that does not hold: of a key that this terminal does not know yet, or simply wrong.
Verdict of_receipt(const base::Fault& fault) {
    const bool newer_key = fault.code == FaultCode::KeyUnknown;
    return {newer_key ? AnswerClass::version : AnswerClass::permanent, fault, {}};
}

}  // namespace

void Delivery::answered(std::int64_t reference, const base::Result<Answer>& answer) {
    for (auto* slot : {&small_, &bulk_}) {
        if (!*slot || (*slot)->reference != reference) continue;
        Flight flight = std::move(**slot);
        slot->reset();
        if (can_wait(flight, answer)) {
            unread_ = Unread{std::move(flight), answer->body, clock_.steady()};
            return;
        }
        switch (flight.step) {
            case Step::hello:
                return on_hello(answer);
            case Step::receipts:
                return on_receipts(answer);
            case Step::submit:
            case Step::batch:
            case Step::commit:
                return on_parcels(flight, answer);
            case Step::offset:
            case Step::slice:
                return on_upload(flight, answer);
        }
    }
}

void Delivery::on_hello(const base::Result<Answer>& answer) {
    const Verdict verdict = verdict_of(answer);
    if (verdict.is != AnswerClass::good) return line_failed(verdict, true);
    const auto reply = wire::hello_reply(answer->body, keys_, nonce_);
    if (!reply) {
        Verdict wrong = nonsense(reply.error().safe_detail);
        if (reply.error().code == FaultCode::KeyUnknown)
            wrong = {AnswerClass::version, {FaultCode::UpgradeNeeded, "hello"}, {}};
        return line_failed(wrong, true);
    }
    line_ = domain::Line::online;
    went_well();
    wait_until_ = Millis{0};
    next_hello_ = clock_.steady() + options_.hello_every;
    heed(*reply);
}

void Delivery::heed(const wire::HelloReply& reply) {
    centre_ = reply;
    floor_.told_now(reply.server_time);
    parcels_.note_server_time(reply.server_time);
    const auto here = parcels_.holdings();
    // The centre countersigned more than is known here, or something else: this is an old image of
    // the terminal, or a copy. Its next number may be taken already, so a person must look.
    const auto chain = parcels_.chain_after(reply.counter_seq);
    const bool ahead = here && reply.counter_seq >= here->next_seq;
    const bool forked = reply.counter_seq > 0 && chain && *chain && **chain != reply.counter_head;
    if (ahead || forked)
        return line_failed({AnswerClass::authority, {FaultCode::EpochSuperseded, "chain"}, {}},
                           true);
    for (const std::int64_t seq : reply.missing) {
        const auto again = parcels_.send_again(seq);
        if (!again || *again || !lost_there_.insert(seq).second) continue;
        // Both sides lost it: nothing can be sent, a person must know.
        log_.record(base::log::SubmissionSetAside{
            papers::local_number(parcels_.terminal().certificate.terminal, seq), "centre_lost"});
    }
    // If it cannot be written, the next hello tells it again.
    if (reply.forget_up_to > 0) [[maybe_unused]]
        const auto ignored = parcels_.forget_up_to(reply.forget_up_to);
    if (reply.come_back_in > Millis{0})
        wait(line_pace_.appointed(reply.come_back_in, urgent_waits(), draw()));
}

void Delivery::on_receipts(const base::Result<Answer>& answer) {
    const Verdict verdict = verdict_of(answer);
    if (verdict.is != AnswerClass::good) return line_failed(verdict);
    const auto receipts = wire::receipts(answer->body);
    const auto items = parcels_.unanswered(0, wire::receipts_max);
    if (!receipts || !items) return;
    // Each is tried against the parcels it may belong to; what fits none is left, C will ask again.
    std::vector<Paper> papers;
    for (const auto& item : *items) {
        const auto parcel = parcels_.parcel(item.seq);
        if (!parcel || !*parcel) continue;
        for (const auto& bytes : *receipts) {
            const auto receipt =
                check_receipt(bytes, **parcel, parcels_.terminal().certificate, keys_);
            if (!receipt || receipt->kind != papers::ReceiptKind::r2) continue;
            papers.push_back({{*receipt, bytes}, (*parcel)->local_number});
            break;
        }
    }
    keep(papers);
}

// Only when nothing in it can concern the line or the whole terminal.
bool Delivery::can_wait(const Flight& flight, const base::Result<Answer>& answer) const {
    if (unread_ || flight.step != Step::batch || verdict_of(answer).is != AnswerClass::good)
        return false;
    const auto answers = wire::batch_answers(answer->body);
    return answers && answers->size() == flight.seqs.size() &&
           std::all_of(answers->begin(), answers->end(),
                       [](const auto& one) { return one.status == 200; });
}

void Delivery::read_unread() {
    Unread unread = std::move(*unread_);
    unread_.reset();
    unread.flight.since += clock_.steady() - unread.answered_at;  // what lay here took no line
    on_parcels(unread.flight, Answer{200, wire::content_type, {}, unread.body});
}

void Delivery::on_parcels(const Flight& flight, const base::Result<Answer>& answer) {
    Verdict verdict = verdict_of(answer);
    if (verdict.is == AnswerClass::good) {
        batch_bytes_.good(flight.bytes, clock_.steady() - flight.since);
        went_well();
    } else {
        batch_bytes_.failed(flight.bytes);
    }
    std::vector<Paper> papers;
    if (flight.step != Step::batch) {
        on_item(flight, flight.seqs.front(), verdict, answer ? answer->body : base::Bytes{},
                papers);
        return keep(papers);
    }
    if (verdict.is == AnswerClass::good) {
        const auto answers = wire::batch_answers(answer->body);
        if (answers && answers->size() == flight.seqs.size()) {
            batch_most_ = std::min(wire::batch_items_max, batch_most_ * 2);
            bool terminal_told = false;  // what concerns the whole terminal counts once
            for (std::size_t i = 0; i < answers->size(); ++i) {
                const auto& [status, body] = (*answers)[i];
                const Verdict one = verdict_of(Answer{status, wire::content_type, {}, body});
                const bool of_terminal =
                    one.is == AnswerClass::throttled || one.is == AnswerClass::authority;
                if (of_terminal && std::exchange(terminal_told, true)) continue;
                on_item(flight, flight.seqs[i], one, body, papers);
            }
            return keep(papers);
        }
        verdict = nonsense("batch");
    }
    // Halved until the one that the centre fails with stands alone; the others pass meanwhile.
    batch_most_ = std::max<std::size_t>(1, flight.seqs.size() / 2);
    line_failed(verdict);
}

// A paper that holds goes into `papers`; all else is dealt with here.
void Delivery::on_item(const Flight& flight, std::int64_t seq, const Verdict& verdict,
                       const base::Bytes& body, std::vector<Paper>& papers) {
    if (verdict.is == AnswerClass::good) {
        std::optional<outbox::Parcel> read;
        const auto sent = flight.parcels.find(seq);
        if (sent == flight.parcels.end()) {
            auto found = parcels_.parcel(seq);
            if (!found) return item_failed(seq, {AnswerClass::permanent, found.error(), {}});
            if (!*found) return;
            read = std::move(*found);
        }
        const outbox::Parcel& parcel = read ? *read : sent->second;
        const auto bytes = wire::receipt(body);
        const auto receipt =
            bytes ? check_receipt(*bytes, parcel, parcels_.terminal().certificate, keys_)
                  : base::fail(FaultCode::CentreNonsense, "no receipt in it");
        if (receipt) {
            papers.push_back({{*receipt, *bytes}, parcel.local_number});
            return;
        }
        log_.record(base::log::ReceiptRejected{receipt.error().code});
        return item_failed(seq, of_receipt(receipt.error()));
    }
    switch (verdict.is) {
        case AnswerClass::gone:
            return gone(seq);
        case AnswerClass::pending: {
            // It lacks bytes that were acknowledged: its own offsets decide.
            const auto uploads = parcels_.uploads_of(seq);
            if (!uploads || uploads->empty()) return item_failed(seq, verdict);
            for (const auto& upload : *uploads) {
                uploads_[upload.id] = {.pace = {}, .ask = true};
                if (!parcels_.note_acked(upload.id, 0)) return item_failed(seq, verdict);
            }
            return;
        }
        case AnswerClass::network:
            ++paces_[seq].failures;  // perhaps it is what breaks the line: the others go first
            return line_failed(verdict);
        case AnswerClass::throttled:
        case AnswerClass::authority:
            return line_failed(verdict);
        case AnswerClass::server:
            item_failed(seq, verdict);
            return line_failed(verdict);
        default:
            return item_failed(seq, verdict);
    }
}

// The centre does not know what it had: it is sent again from the beginning, a few times.
void Delivery::gone(std::int64_t seq) {
    ItemPace& pace = paces_[seq];
    resubmit_.insert(seq);
    const Verdict verdict{AnswerClass::gone, {FaultCode::CentreRefused, "unknown there"}, {}};
    if (++pace.gone > gone_budget) return item_failed(seq, verdict);
    pace.not_before = clock_.steady() + retry_wait(options_.retry, 0, draw());
}

// Stored together: a batch costs the flushes of one.
void Delivery::keep(const std::vector<Paper>& papers) {
    if (papers.empty()) return;
    std::vector<outbox::Receipted> receipts;
    for (const auto& paper : papers) receipts.push_back(paper.receipted);
    if (const auto stored = parcels_.store_receipts(receipts); !stored) {
        for (const auto& paper : papers)
            item_failed(paper.receipted.receipt.seq, {AnswerClass::permanent, stored.error(), {}});
        return;
    }
    for (const auto& [receipted, local_number] : papers) {
        const auto& receipt = receipted.receipt;
        paces_.erase(receipt.seq);
        resubmit_.erase(receipt.seq);
        floor_.told(receipt.server_time, "receipt");
        log_.record(
            base::log::DeliveryReceipted{local_number, std::string(papers::name(receipt.kind))});
        if (receipt.kind == papers::ReceiptKind::r2)
            log_.record(base::log::SubmissionPurged{local_number});
        if (receipt.kind == papers::ReceiptKind::refused)
            log_.record(base::log::SubmissionSetAside{local_number, "refused"});
    }
}

bool Delivery::urgent_waits() {
    const auto urgent = parcels_.queued(papers::Lane::urgent, 0, 1);
    return urgent && !urgent->empty();
}

void Delivery::went_well() {
    line_pace_.good();
    waits_ = {};
}

void Delivery::line_failed(const Verdict& verdict, bool about_hello) {
    log_.record(base::log::DeliveryFailed{verdict.fault.code, line_pace_.failures() + 1});
    wait(line_pace_.after(verdict, about_hello, urgent_waits(), draw()));
}

void Delivery::wait(const LinePace::Wait& wait) {
    const Millis until = clock_.steady() + wait.time;
    if (wait.only_hello) {
        line_ = domain::Line::offline;
        asked_missed_ = false;
        next_hello_ = until;
    } else if (wait.time > Millis{0}) {
        wait_until_ = std::max(wait_until_, until);
        urgent_from_ =
            std::min(wait_until_, clock_.steady() + appointed_wait(urgent_wait_max, draw()));
        if (wait.why == "throttled") next_hello_ = wait_until_;  // it says when to go on
    } else {
        return;
    }
    if (wait.why == waits_) return;  // told once
    waits_ = wait.why;
    log_.record(base::log::DeliveryWaits{std::string(wait.why), wait.time.count() / 1000});
}

void Delivery::item_failed(std::int64_t seq, const Verdict& verdict) {
    ItemPace& pace = paces_[seq];
    pace.not_before = clock_.steady() + item_wait(options_.retry, verdict, pace.failures, draw());
    ++pace.failures;
    log_.record(base::log::DeliveryFailed{verdict.fault.code, pace.failures});
    // The count is for diagnostics; if it cannot be written, delivery goes on.
    [[maybe_unused]] const auto ignored = parcels_.attempt_failed(seq, verdict.fault.code);
}

void Delivery::set_aside(std::int64_t seq, const std::string& why) {
    const auto parcel = parcels_.parcel(seq);
    const auto done = parcels_.set_aside(seq, why);
    if (!done) return item_failed(seq, {AnswerClass::permanent, done.error(), {}});
    if (parcel && *parcel) log_.record(base::log::SubmissionSetAside{(*parcel)->local_number, why});
}

}  // namespace offline::sync
