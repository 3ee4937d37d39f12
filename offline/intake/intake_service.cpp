#include "offline/intake/intake_service.hpp"

#include "offline/questions/progress_question.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <fmt/format.h>

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

IntakeService::IntakeService(IntakeStore store, sealing::PinnedRoot root, sealing::IntakeKeys keys,
                             SubmissionReader reader, const base::Clock& clock, base::EventLog& log)
    : store_(std::move(store)),
      root_(root),
      keys_(std::move(keys)),
      reader_(std::move(reader)),
      clock_(clock),
      log_(log) {}

void IntakeService::use(IntakeLimits limits) {
    uploads_ = Uploads(limits.attachments_folder);
    slots_ = Slots(limits.slots);
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
    const auto key = keys_.receipt_key(request->certificate.suite(), clock_.now());
    if (!key) return failed(key.error());
    wire::HelloReply reply;
    reply.realm = keys_.realm();
    reply.nonce = request->request.nonce;
    reply.server_time = clock_.now();
    reply.key_set = limits_.key_set;
    reply.slice_bytes_max = limits_.slice_bytes_max;
    const auto& load = request->request;
    std::uint64_t seed = 0;
    for (std::size_t i = 0; i < 8; ++i) seed = seed << 8 | load.nonce[i];
    reply.come_back_in =
        slots_.admit(request->certificate.terminal, load.urgent.count + load.normal.count,
                     load.urgent.count > 0, clock_.steady(), seed);
    if (reply.come_back_in > base::Millis{0})
        log_.record(base::log::IntakeShed{"hello", reply.come_back_in.count() / 1000});
    auto encoded = wire::encode(reply, *key);
    return encoded ? Reply{200, std::move(*encoded)} : failed(encoded.error());
}

Reply IntakeService::submit(const std::string& terminal, const std::string& sub_id,
                            base::ByteView body) {
    return submit_one(terminal, &sub_id, body);
}

// Each item stands alone: what one of them is answered changes nothing for the others.
Reply IntakeService::batch(const std::string& terminal, base::ByteView body) {
    const auto items = wire::batch(body);
    if (!items) return failed(items.error());
    std::vector<wire::BatchAnswer> answers;
    for (const auto& item : *items) {
        Reply one = submit_one(terminal, nullptr, item);
        answers.push_back({one.status, std::move(one.body)});
    }
    return {200, wire::encode_batch_answers(answers)};
}

Reply IntakeService::submit_one(const std::string& terminal, const std::string* sub_id,
                                base::ByteView body) {
    const auto checked = check(terminal, body);
    if (!checked) return failed(checked.error());
    if (sub_id != nullptr && checked->manifest.sub_id.text() != *sub_id)
        return failed({FaultCode::BytesMalformed, "sub_id"});
    try {
        const auto reply = take(*checked);
        return reply ? *reply : failed(reply.error());
    } catch (const std::exception&) {  // of a reader that one submission makes stumble
        log_.record(base::log::IntakeRefused{FaultCode::InternalError});
        return {500, wire::encode_refusal("failed")};
    }
}

base::Result<IntakeService::Checked> IntakeService::check(const std::string& terminal,
                                                          base::ByteView body) const {
    Checked out;
    out.delivered = TRY(wire::delivered(body));
    const auto certificate =
        TRY(sealing::TerminalCertificate::verify(out.delivered.certificate, root_));
    TRY_STATUS(sealing::verify(certificate.key, sealing::context::manifest, out.delivered.manifest,
                               out.delivered.signature));
    out.manifest = TRY(papers::Manifest::parse(out.delivered.manifest));
    const auto& manifest = out.manifest;
    if (manifest.suite != certificate.suite())
        return base::fail(FaultCode::SuiteMismatch, "manifest");
    out.digest = sealing::digest(manifest.suite, out.delivered.manifest);
    if (manifest.realm != keys_.realm()) return base::fail(FaultCode::RealmMismatch, "manifest");
    if (manifest.terminal != certificate.terminal || manifest.epoch != certificate.epoch ||
        manifest.terminal != terminal)
        return base::fail(FaultCode::SignatureWrong, "manifest of another terminal");
    if (manifest.envelope_digest != sealing::digest(manifest.suite, out.delivered.envelope))
        return base::fail(FaultCode::BytesMalformed, "envelope digest");
    return out;
}

base::Result<Reply> IntakeService::take(const Checked& checked) {
    const auto& manifest = checked.manifest;
    const auto stored = TRY(store_.find(manifest.terminal, manifest.sub_id));
    if (stored && stored->manifest_digest == checked.digest) {
        log_.record(base::log::IntakeStored{stored->case_number, 1});
        const bool complete = !stored->receipt2.empty();
        return Reply{200, wire::encode_receipt(complete ? stored->receipt2 : stored->receipt1)};
    }
    const auto refused_before =
        TRY(store_.refusal(manifest.terminal, manifest.sub_id, checked.digest));
    if (refused_before) return Reply{stored ? 422 : 400, wire::encode_receipt(*refused_before)};
    if (stored) return refuse(checked, 422, "other-content");

    const auto opened =
        sealing::open_submission(keys_, manifest.sub_id, checked.delivered.envelope);
    // The keys of this intake are not complete: the terminal keeps it, an operator puts them right.
    if (!opened && opened.error().code == FaultCode::KeyUnknown) return base::fail(opened.error());
    if (!opened) return refuse(checked, 400, std::string(base::name(opened.error().code)));
    const auto* text = reinterpret_cast<const std::uint8_t*>((*opened)->data());
    const auto read =
        reader_(base::ByteView(text, (*opened)->size()), base::local_date(manifest.captured_at));
    if (!read) return refuse(checked, 400, std::string(base::name(read.error().code)));
    if (read->item_code != manifest.item_code) return refuse(checked, 400, "other-item");
    return store_case(checked, *read);
}

base::Result<Reply> IntakeService::store_case(const Checked& checked, const ReadSubmission& read) {
    const auto& manifest = checked.manifest;
    const base::Instant now = clock_.now();
    store::Transaction transaction = TRY(store_.begin());
    StoredCase stored;
    stored.serial = TRY(store_.next_serial());
    stored.terminal = manifest.terminal;
    stored.sub_id = manifest.sub_id;
    stored.manifest_digest = checked.digest;
    stored.manifest = checked.delivered.manifest;
    stored.signature = checked.delivered.signature;
    stored.certificate = checked.delivered.certificate;
    stored.envelope = checked.delivered.envelope;
    stored.local_number = manifest.local_number;
    stored.item_code = read.item_code;
    stored.item_name = read.item_name;
    stored.person = person_hash(read.id_number, read.name);
    stored.received_at = now;
    // domain.md 2.5: implementation code, date, serial of four digits within both.
    const std::string prefix = read.implementation_code + compact_date(now);
    stored.case_number = fmt::format("{}{:04}", prefix, TRY(store_.count_numbers(prefix)) + 1);

    const bool nothing_left = manifest.attachments.empty();
    if (nothing_left) {  // an R2 at once says all that an R1 says
        stored.receipt1 = TRY(sign_complete(stored, manifest));
    } else {
        papers::CentreReceipt receipt =
            receipt_for(papers::ReceiptKind::r1, manifest, checked.digest, now);
        receipt.serial = stored.serial;
        stored.receipt1 = TRY(sign_next(manifest.suite, std::move(receipt)));
    }
    TRY_STATUS(store_.insert(stored));
    if (nothing_left) TRY_STATUS(store_.complete(stored.serial, stored.receipt1, now));
    auto rows = store_.upload_rows();
    for (const auto& line : manifest.attachments)
        TRY_STATUS(rows.add({line.id, manifest.terminal, manifest.sub_id, manifest.suite,
                             line.digest, line.length, 0, 0, false}));
    TRY_STATUS(transaction.commit());
    log_.record(base::log::IntakeStored{stored.case_number, 0});
    return Reply{200, wire::encode_receipt(stored.receipt1)};
}

base::Result<Reply> IntakeService::refuse(const Checked& checked, int status,
                                          const std::string& reason) {
    const auto& manifest = checked.manifest;
    store::Transaction transaction = TRY(store_.begin());
    papers::CentreReceipt receipt =
        receipt_for(papers::ReceiptKind::refused, manifest, checked.digest, clock_.now());
    receipt.reason = reason;
    Refused refused{manifest.terminal,
                    manifest.sub_id,
                    checked.digest,
                    reason,
                    checked.delivered.manifest,
                    checked.delivered.envelope,
                    {},
                    clock_.now()};
    refused.receipt = TRY(sign_next(manifest.suite, std::move(receipt)));
    TRY_STATUS(store_.insert(refused));
    TRY_STATUS(transaction.commit());
    log_.record(base::log::IntakeRefused{FaultCode::CentreRefused});
    return Reply{status, wire::encode_receipt(refused.receipt)};
}

// Each receipt carries the hash of the one before it for the same terminal. Inside a transaction.
base::Result<base::Bytes> IntakeService::sign_next(sealing::SuiteId suite,
                                                   papers::CentreReceipt receipt) {
    receipt.previous = TRY(store_.last_receipt(receipt.terminal));
    const sealing::SigningKey key = TRY(keys_.receipt_key(suite, clock_.now()));
    base::Bytes bytes = TRY(receipt.sign(key));
    TRY_STATUS(store_.set_last_receipt(receipt.terminal, sealing::digest(suite, bytes)));
    return bytes;
}

Reply IntakeService::commit(const std::string& terminal, const std::string& sub_id) {
    const auto id = domain::SubId::parse(sub_id);
    if (!id) return failed(id.error());
    const auto stored = store_.find(terminal, *id);
    if (!stored) return failed(stored.error());
    if (!*stored) return failed({FaultCode::AnswerNotFound, "commit before its submission"});
    const auto there = all_there(**stored);
    if (!there) return failed(there.error());
    if (!*there) return {409, wire::encode_refusal(wire::refusal::attachments_pending)};
    const auto receipt = complete(**stored);
    return receipt ? Reply{200, wire::encode_receipt(*receipt)} : failed(receipt.error());
}

base::Result<base::Bytes> IntakeService::complete(const StoredCase& stored) {
    if (!stored.receipt2.empty()) return stored.receipt2;
    const papers::Manifest manifest = TRY(papers::Manifest::parse(stored.manifest));
    store::Transaction transaction = TRY(store_.begin());
    const base::Bytes bytes = TRY(sign_complete(stored, manifest));
    TRY_STATUS(store_.complete(stored.serial, bytes, clock_.now()));
    TRY_STATUS(transaction.commit());
    return bytes;
}

base::Result<base::Bytes> IntakeService::sign_complete(const StoredCase& stored,
                                                       const papers::Manifest& manifest) {
    papers::CentreReceipt receipt =
        receipt_for(papers::ReceiptKind::r2, manifest, stored.manifest_digest, clock_.now());
    receipt.serial = stored.serial;
    receipt.case_number = stored.case_number;
    return sign_next(manifest.suite, std::move(receipt));
}

Reply IntakeService::receipts(const std::string& terminal, base::ByteView body) {
    const auto request = wire::receipts_request(body, root_);
    if (!request) return failed(request.error());
    if (request->certificate.terminal != terminal)
        return failed({FaultCode::SignatureWrong, "receipts of another terminal"});
    std::vector<base::Bytes> found;
    for (const auto& id : request->request.sub_ids) {
        const auto stored = store_.find(terminal, id);
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
    const auto found = TRY(store_.of_person(person_hash(asked.id_number, asked.name)));
    std::vector<domain::SubmissionStatus> cases;
    for (const auto& stored : found) {
        const bool complete = !stored.receipt2.empty();
        domain::SubmissionStatus status;
        status.local_number = stored.local_number;
        status.case_number = stored.case_number;
        status.item_name = stored.item_name;
        status.centre_state = complete ? "RECEIVED" : "UPLOADED";
        status.since = base::iso8601_local(complete ? stored.completed_at : stored.received_at);
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
