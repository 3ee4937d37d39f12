#include "offline/intake/intake_service.hpp"

#include "offline/intake/case_standing.hpp"
#include "offline/questions/progress_question.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

namespace offline::intake {

namespace {

using base::FaultCode;
namespace wire = papers::wire;

papers::CentreReceipt receipt_for(papers::ReceiptKind kind, const papers::Manifest& manifest,
                                  const sealing::Digest& digest, base::Instant now) {
    papers::CentreReceipt receipt;
    receipt.kind = kind;
    receipt.realm = manifest.realm;
    receipt.terminal = manifest.terminal;
    receipt.epoch = manifest.epoch;
    receipt.seq = manifest.seq;
    receipt.sub_id = manifest.sub_id;
    receipt.manifest_digest = digest;
    receipt.server_time = now;
    return receipt;
}

std::string compact_date(base::Instant instant) {
    const base::Date date = base::local_date(instant);
    return fmt::format("{:04}{:02}{:02}", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()));
}

}  // namespace

IntakeService::IntakeService(std::shared_ptr<CaseStore> store, sealing::PinnedRoot root,
                             sealing::IntakeKeys keys, SubmissionReader reader,
                             const base::Clock& clock, base::EventLog& log)
    : store_(std::move(store)),
      root_(root),
      keys_(std::move(keys)),
      reader_(std::move(reader)),
      clock_(clock),
      log_(log) {}

void IntakeService::use(IntakeLimits limits) {
    uploads_ = Uploads(limits.attachments_folder);
    slots_->slots = Slots(limits.slots);
    limits_ = std::move(limits);
}

// A request that cannot be believed or a store that cannot be written. Unsigned: a terminal keeps
// what it has and tries again.
Reply IntakeService::failed(const base::Fault& fault) const {
    log_.record(base::log::IntakeRefused{fault.code});
    switch (fault.code) {
        case FaultCode::BytesMalformed:
        case FaultCode::SealBroken:
            return {400, wire::encode_refusal("malformed")};
        case FaultCode::SignatureWrong:
        case FaultCode::RealmMismatch:
        case FaultCode::KeyAbsent:
        case FaultCode::SuiteMismatch:
            return {403, wire::encode_refusal(std::string(base::name(fault.code)))};
        case FaultCode::EpochSuperseded:
            return {403, wire::encode_refusal(wire::refusal::epoch_superseded)};
        case FaultCode::KeyUnknown:
            return {415, wire::encode_refusal("unknown-kid")};
        case FaultCode::AnswerNotFound:
            return {404, wire::encode_refusal("unknown")};
        default:
            return {503, wire::encode_refusal("later")};
    }
}

Reply IntakeService::hello(base::ByteView body) {
    const auto request = wire::hello_request(body, root_);
    if (!request) return failed(request.error());
    const auto met = meet(request->certificate.terminal, request->request);
    if (!met) return failed(met.error());
    const auto& says = request->request;
    const auto suite = request->certificate.suite();
    const auto counter = store_->countersign(
        request->certificate.terminal,
        {says.epoch, suite, says.first_seq, says.next_seq, says.low, says.complete_above});
    if (!counter) return failed(counter.error());
    const auto key = keys_.receipt_key(suite, clock_.now());
    if (!key) return failed(key.error());
    wire::HelloReply reply;
    reply.counter_seq = counter->seq;
    reply.counter_head = counter->head;
    reply.missing = counter->missing;
    // Of what was purged; the terminal keeps the newest of it all the same.
    reply.forget_up_to = counter->seq;
    reply.realm = keys_.realm();
    reply.nonce = request->request.nonce;
    reply.server_time = clock_.now();
    reply.key_set = limits_.key_set();
    reply.slice_bytes_max = limits_.slice_bytes_max;
    const auto& load = request->request;
    std::uint64_t seed = 0;
    for (std::size_t i = 0; i < 8; ++i) seed = seed << 8 | load.nonce[i];
    {
        std::lock_guard lock(slots_->mutex);
        reply.come_back_in = slots_->slots.admit(request->certificate.terminal,
                                                 load.urgent.count + load.normal.count,
                                                 load.urgent.count > 0, clock_.steady(), seed);
    }
    if (reply.come_back_in > base::Millis{0})
        log_.record(base::log::IntakeShed{"hello", reply.come_back_in.count() / 1000});
    auto encoded = wire::encode(reply, *key);
    return encoded ? Reply{200, std::move(*encoded)} : failed(encoded.error());
}

Reply IntakeService::submit(const std::string& terminal, const std::string& sub_id,
                            base::ByteView body) {
    Visit visit;
    Prepared prepared = prepare(terminal, &sub_id, body, visit);
    if (prepared.reply) return std::move(*prepared.reply);
    const Fresh fresh = fresh_of(prepared, visit);
    return finish(prepared, store_->take(*fresh.fresh, fresh.sign));
}

// Each item stands alone: what one of them is answered changes nothing for the others. Those that
// are new are stored with one commit.
Reply IntakeService::batch(const std::string& terminal, base::ByteView body) {
    const auto items = wire::batch(body);
    if (!items) return failed(items.error());
    Visit visit;
    std::vector<Prepared> prepared;
    for (const auto& item : *items) prepared.push_back(prepare(terminal, nullptr, item, visit));
    std::vector<Fresh> fresh;
    for (const auto& each : prepared)
        if (!each.reply) fresh.push_back(fresh_of(each, visit));
    const auto taken =
        fresh.empty() ? std::vector<base::Result<Taken>>{} : store_->take_batch(fresh);
    std::vector<wire::BatchAnswer> answers;
    std::size_t next = 0;
    for (const auto& each : prepared) {
        Reply one = each.reply ? *each.reply : finish(each, taken[next++]);
        answers.push_back({one.status, std::move(one.body)});
    }
    return {200, wire::encode_batch_answers(answers)};
}

IntakeService::Prepared IntakeService::prepare(const std::string& terminal,
                                               const std::string* sub_id, base::ByteView body,
                                               Visit& visit) {
    auto checked = check(terminal, body, visit);
    if (!checked) return {failed(checked.error())};
    if (sub_id != nullptr && checked->manifest.sub_id.text() != *sub_id)
        return {failed({FaultCode::BytesMalformed, "sub_id"})};
    try {
        if (sub_id !=
            nullptr) {  // a repeated one is not opened again; a batch asks for all at once
            auto before = answered_before(*checked);
            if (!before) return {failed(before.error())};
            if (*before) return {std::move(**before)};
        }
        if (is_for_review(*checked, visit)) {
            auto reply = refuse(*checked, 400, "revoked");
            return {reply ? std::move(*reply) : failed(reply.error())};
        }
        auto prepared = read(std::move(*checked));
        return prepared ? std::move(*prepared) : Prepared{failed(prepared.error())};
    } catch (const std::exception&) {  // of a reader that one submission makes stumble
        log_.record(base::log::IntakeRefused{FaultCode::InternalError});
        return {Reply{500, wire::encode_refusal("failed")}};
    }
}

base::Result<IntakeService::Checked> IntakeService::check(const std::string& terminal,
                                                          base::ByteView body, Visit& visit) const {
    Checked out;
    out.delivered = TRY(wire::delivered(body));
    if (!visit.certificate || visit.certificate->file != out.delivered.certificate)
        visit.certificate =
            TRY(sealing::TerminalCertificate::verify(out.delivered.certificate, root_));
    const auto& certificate = *visit.certificate;
    TRY_STATUS(sealing::verify(certificate.key, sealing::context::manifest, out.delivered.manifest,
                               out.delivered.signature));
    out.manifest = TRY(papers::Manifest::parse(out.delivered.manifest));
    const auto& manifest = out.manifest;
    if (manifest.suite != certificate.suite())
        return base::fail(FaultCode::SuiteMismatch, "manifest");
    out.digest = sealing::digest(manifest.suite, out.delivered.manifest);
    if (manifest.realm != keys_.realm()) return base::fail(FaultCode::RealmMismatch, "manifest");
    if (manifest.terminal != certificate.terminal || manifest.terminal != terminal)
        return base::fail(FaultCode::SignatureWrong, "manifest of another terminal");
    if (manifest.envelope_digest != sealing::digest(manifest.suite, out.delivered.envelope))
        return base::fail(FaultCode::BytesMalformed, "envelope digest");
    return out;
}

// A terminal has one live epoch; whoever speaks with an earlier one, or has given out fewer numbers
// than came from it, holds a copy or an old disk.
base::Status IntakeService::meet(const std::string& terminal, const wire::HelloRequest& hello) {
    const EpochMet met = TRY(store_->meet(terminal, hello.epoch, hello.next_seq, clock_.now()));
    if (met == EpochMet::live) return {};
    log_.record(base::log::IntakeEpoch{terminal, met == EpochMet::begun ? "begun" : "superseded"});
    if (met == EpochMet::begun) return {};
    return base::fail(FaultCode::EpochSuperseded, terminal);
}

// Of a revoked terminal: what its countersigned chain holds is taken however late it comes, for
// the chain cannot be made anew. The rest is kept in quarantine until a person has decided.
bool IntakeService::is_for_review(const Checked& checked, Visit& visit) const {
    if (!limits_.revoked) return false;
    if (!visit.revoked) visit.revoked = limits_.revoked();
    // An issuer's key that was stolen certifies anything from then on; a person looks at all of it.
    const auto& kids = visit.revoked->kids;
    if (std::find(kids.begin(), kids.end(), visit.certificate->issuer) != kids.end()) return true;
    return visit.revoked->standing_of(visit.certificate->id(), checked.manifest.seq) ==
           papers::Standing::for_review;
}

base::Result<std::optional<Reply>> IntakeService::answered_before(const Checked& checked) {
    const auto& manifest = checked.manifest;
    const auto stored = TRY(store_->known(manifest.terminal, manifest.sub_id));
    if (stored && stored->manifest_digest == checked.digest) {
        log_.record(base::log::IntakeStored{stored->case_number, 1});
        const bool complete = !stored->receipt2.empty();
        return std::optional(
            Reply{200, wire::encode_receipt(complete ? stored->receipt2 : stored->receipt1)});
    }
    const auto refused_before =
        TRY(store_->refusal_of(manifest.terminal, manifest.sub_id, checked.digest));
    if (refused_before)
        return std::optional(Reply{stored ? 422 : 400, wire::encode_receipt(*refused_before)});
    if (stored) return std::optional(TRY(refuse(checked, 422, "other-content")));
    return std::optional<Reply>{};
}

base::Result<IntakeService::Prepared> IntakeService::read(Checked checked) {
    const auto& manifest = checked.manifest;
    const auto opened =
        sealing::open_submission(keys_, manifest.sub_id, checked.delivered.envelope);
    // The keys of this intake are not complete: the terminal keeps it, an operator puts them right.
    if (!opened && opened.error().code == FaultCode::KeyUnknown) return base::fail(opened.error());
    const auto refused = [&](const std::string& reason) -> base::Result<Prepared> {
        return Prepared{TRY(refuse(checked, 400, reason))};
    };
    if (!opened) return refused(std::string(base::name(opened.error().code)));
    const auto* text = reinterpret_cast<const std::uint8_t*>((*opened)->data());
    const auto found =
        reader_(base::ByteView(text, (*opened)->size()), base::local_date(manifest.captured_at));
    if (!found) return refused(std::string(base::name(found.error().code)));
    if (found->item_code != manifest.item_code) return refused("other-item");
    NewCase fresh = new_case(checked, *found);
    return Prepared{{}, std::move(checked), std::move(fresh)};
}

NewCase IntakeService::new_case(const Checked& checked, const ReadSubmission& read) const {
    const auto& manifest = checked.manifest;
    const base::Instant now = clock_.now();
    NewCase fresh;
    StoredCase& content = fresh.content;
    content.terminal = manifest.terminal;
    content.epoch = manifest.epoch;
    content.seq = manifest.seq;
    content.sub_id = manifest.sub_id;
    content.manifest_digest = checked.digest;
    content.manifest = checked.delivered.manifest;
    content.signature = checked.delivered.signature;
    content.certificate = checked.delivered.certificate;
    content.envelope = checked.delivered.envelope;
    content.local_number = manifest.local_number;
    content.item_code = read.item_code;
    content.item_name = read.item_name;
    // Whoever gave no name is nobody that could be asked for: each a stranger of their own.
    content.person = read.id_number.empty() ? person_hash(manifest.sub_id.text(), {})
                                            : person_hash(read.id_number, read.name);
    content.received_at = now;
    // domain.md 2.5: implementation code, date, serial of four digits within both.
    fresh.number_prefix = read.implementation_code + compact_date(now);
    for (const auto& line : manifest.attachments)
        fresh.attachments.push_back({line.id, manifest.terminal, manifest.sub_id, manifest.suite,
                                     line.digest, line.length, 0, 0, false});
    return fresh;
}

// With nothing left to come an R2 at once says all that an R1 says.
Fresh IntakeService::fresh_of(const Prepared& prepared, Visit& visit) const {
    const auto& fresh = prepared.fresh;
    const auto kind = fresh.attachments.empty() ? papers::ReceiptKind::r2 : papers::ReceiptKind::r1;
    return {&fresh, signer(prepared.checked.manifest.suite,
                           receipt_for(kind, prepared.checked.manifest, prepared.checked.digest,
                                       fresh.content.received_at),
                           visit)};
}

Reply IntakeService::finish(const Prepared& prepared, const base::Result<Taken>& taken) {
    if (!taken) return failed(taken.error());
    switch (taken->met) {
        case Met::taken:
            log_.record(base::log::IntakeStored{taken->case_number, 0});
            break;
        case Met::again:  // another node was quicker
            log_.record(base::log::IntakeStored{taken->case_number, 1});
            break;
        case Met::refused_before:
            return Reply{400, wire::encode_receipt(taken->receipt)};
        case Met::other_content: {
            const auto refused = refuse(prepared.checked, 422, "other-content");
            return refused ? *refused : failed(refused.error());
        }
    }
    return Reply{200, wire::encode_receipt(taken->receipt)};
}

base::Result<Reply> IntakeService::refuse(const Checked& checked, int status,
                                          const std::string& reason) {
    const auto& manifest = checked.manifest;
    const base::Instant now = clock_.now();
    papers::CentreReceipt receipt =
        receipt_for(papers::ReceiptKind::refused, manifest, checked.digest, now);
    receipt.reason = reason;
    const Refusal refusal{manifest.terminal,
                          manifest.epoch,
                          manifest.seq,
                          manifest.sub_id,
                          checked.digest,
                          reason,
                          checked.delivered.manifest,
                          checked.delivered.signature,
                          checked.delivered.certificate,
                          checked.delivered.envelope,
                          {},
                          now};
    const Refused refused =
        TRY(store_->refuse(refusal, signer(manifest.suite, std::move(receipt))));
    if (refused.taken_before) return Reply{200, wire::encode_receipt(refused.receipt)};
    log_.record(base::log::IntakeRefused{FaultCode::CentreRefused});
    return Reply{status, wire::encode_receipt(refused.receipt)};
}

// Each receipt carries the hash of the one before it for the same terminal.
Sign IntakeService::signer(sealing::SuiteId suite, papers::CentreReceipt receipt) const {
    Visit once;
    return signer(suite, std::move(receipt), once);
}

Sign IntakeService::signer(sealing::SuiteId suite, papers::CentreReceipt receipt,
                           Visit& visit) const {
    if (!visit.receipt_key || visit.receipt_key->public_key().suite != suite) {
        visit.receipt_key.reset();
        if (auto key = keys_.receipt_key(suite, clock_.now()))
            visit.receipt_key = std::make_shared<const sealing::SigningKey>(std::move(*key));
    }
    return [key = visit.receipt_key,
            receipt = std::move(receipt)](const Place& place) mutable -> base::Result<Signed> {
        if (!key) return base::fail(FaultCode::KeyAbsent, "receipt key");
        receipt.serial = place.serial;
        if (receipt.kind == papers::ReceiptKind::r2) receipt.case_number = place.case_number;
        receipt.previous = place.previous;
        base::Bytes paper = TRY(receipt.sign(*key));
        const sealing::Digest digest = sealing::digest(key->public_key().suite, paper);
        return Signed{std::move(paper), digest};
    };
}

Reply IntakeService::commit(const std::string& terminal, const std::string& sub_id) {
    const auto id = domain::SubId::parse(sub_id);
    if (!id) return failed(id.error());
    const auto known = store_->known(terminal, *id);
    if (!known) return failed(known.error());
    if (!*known) return failed({FaultCode::AnswerNotFound, "commit before its submission"});
    const auto there = all_there(terminal, *id);
    if (!there) return failed(there.error());
    if (!*there) return {409, wire::encode_refusal(wire::refusal::attachments_pending)};
    const auto receipt = complete(terminal, *id);
    return receipt ? Reply{200, wire::encode_receipt(*receipt)} : failed(receipt.error());
}

base::Result<base::Bytes> IntakeService::complete(const std::string& terminal,
                                                  const domain::SubId& id) {
    const auto stored = TRY(store_->known(terminal, id));
    if (!stored) return base::fail(FaultCode::AnswerNotFound, "commit before its submission");
    if (!stored->receipt2.empty()) return stored->receipt2;
    const papers::Manifest manifest = TRY(papers::Manifest::parse(stored->manifest));
    const base::Instant now = clock_.now();
    return store_->complete(terminal, id, now,
                            signer(manifest.suite, receipt_for(papers::ReceiptKind::r2, manifest,
                                                               stored->manifest_digest, now)));
}

Reply IntakeService::shed(const std::string& request) const {
    constexpr int seconds = 5;
    log_.record(base::log::IntakeShed{request, seconds});
    Reply later{503, wire::encode_refusal(wire::refusal::later)};
    later.headers["retry-after"] = std::to_string(seconds);
    return later;
}

base::Result<Verdict> IntakeService::judge(const StoredCase& complete) const {
    const auto opened = TRY(sealing::open_submission(keys_, complete.sub_id, complete.envelope));
    const papers::Manifest manifest = TRY(papers::Manifest::parse(complete.manifest));
    const auto* text = reinterpret_cast<const std::uint8_t*>(opened->data());
    try {
        const auto read =
            reader_(base::ByteView(text, opened->size()), base::local_date(manifest.captured_at));
        if (read && limits_.effect) TRY_STATUS(limits_.effect(complete, *read));
        if (read) return Verdict{};
        return Verdict{false, std::string(base::name(read.error().code))};
    } catch (const std::exception&) {  // of a reader that this one makes stumble
        return base::fail(FaultCode::InternalError, "reader");
    }
}

base::Result<bool> IntakeService::apply_next() {
    const auto applied = TRY(store_->apply_next(
        [this](const StoredCase& complete) { return judge(complete); }, clock_.now()));
    if (!applied) return false;
    const char* outcome = applied->state == CaseState::applied    ? "applied"
                          : applied->state == CaseState::rejected ? "rejected"
                          : applied->state == CaseState::dead     ? "dead"
                                                                  : nullptr;
    if (outcome != nullptr) log_.record(base::log::IntakeApplied{applied->case_number, outcome});
    return true;
}

Reply IntakeService::receipts(const std::string& terminal, base::ByteView body) {
    const auto request = wire::receipts_request(body, root_);
    if (!request) return failed(request.error());
    if (request->certificate.terminal != terminal)
        return failed({FaultCode::SignatureWrong, "receipts of another terminal"});
    std::vector<base::Bytes> found;
    for (const auto& id : request->request.sub_ids) {
        const auto stored = store_->known(terminal, id);
        if (!stored) return failed(stored.error());
        if (!*stored) continue;
        found.push_back((*stored)->receipt2.empty() ? (*stored)->receipt1 : (*stored)->receipt2);
    }
    return {200, wire::encode_receipts(found)};
}

Reply IntakeService::ask(base::ByteView body) {
    const auto request = wire::ask_request(body, root_);
    if (!request) return failed(request.error());
    if (request->request.kind != "progress")
        return failed({FaultCode::BytesMalformed, "question kind"});
    const auto question = sealing::open_question(keys_, request->request.question);
    if (!question) return failed(question.error());
    const auto answer = answer_progress(*question);
    if (!answer) return failed(answer.error());
    log_.record(base::log::QuestionAnswered{request->request.kind});
    return {200, wire::encode_answer(*answer)};
}

base::Result<base::Bytes> IntakeService::answer_progress(const sealing::OpenedQuestion& question) {
    const auto asked = TRY(questions::read_progress_question(*question.plaintext));
    const auto found = TRY(store_->of_person(person_hash(asked.id_number, asked.name)));
    std::vector<domain::SubmissionStatus> cases;
    for (const auto& stored : found) {
        const bool complete = !stored.receipt2.empty();
        const bool refused = stored.state == CaseState::rejected;
        domain::SubmissionStatus status;
        status.local_number = stored.local_number;
        status.case_number = stored.case_number;
        status.item_name = stored.item_name;
        status.centre_state = told_as(stored.state);
        status.since = base::iso8601_local(refused    ? stored.decided_at
                                           : complete ? stored.completed_at
                                                      : stored.received_at);
        if (stored.state == CaseState::applied) {
            const auto events = TRY(store_->life().events(stored.serial));
            tell(standing_of(stored.completed_at, events, limits_.calendar()), status);
        }
        cases.push_back(std::move(status));
    }
    return sealing::seal_answer(keys_, clock_.now(), question,
                                base::to_bytes(questions::progress_answer(cases)));
}

base::Bytes IntakeService::person_hash(const std::string& id_number,
                                       const std::string& name) const {
    base::Bytes person = base::to_bytes(id_number + "\n" + name);
    const sealing::WipeAtEnd wipe(person);
    const auto hash = keys_.index(person);
    return {hash.begin(), hash.end()};
}

}  // namespace offline::intake
