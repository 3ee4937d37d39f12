// The bytes of attachments: O and P at offsets.
#include "offline/papers/local_number.hpp"
#include "offline/sync/delivery.hpp"

#include <algorithm>

namespace offline::sync {

namespace {

using base::FaultCode;
using base::Millis;
namespace upload_paper = papers::upload;

constexpr Millis offset_limit{20000};

Verdict nonsense() {
    return {AnswerClass::network, {FaultCode::CentreNonsense, "upload"}, {}};
}

std::string path_of(const sealing::AttachmentId& id) {
    return "/v1/a/" + base::to_hex(id);
}

// What this side holds of it, piece by piece.
base::Result<sealing::Digest> digest_here(Parcels& parcels, const Upload& upload,
                                          sealing::SuiteId suite) {
    const auto hash = sealing::suite(suite).hasher();
    for (std::int64_t at = 0; at < upload.length;) {
        const base::Bytes piece = TRY(parcels.read_attachment(upload.id, at, 1 << 20));
        if (piece.empty()) return base::fail(FaultCode::AttachmentWrong, "cut off");
        hash->update(piece);
        at += static_cast<std::int64_t>(piece.size());
    }
    return hash->finish();
}

}  // namespace

void Delivery::send_upload(const Upload& upload, UploadState& state) {
    if (!state.known && (state.ask || upload.acked > 0)) {
        Exchange exchange{Method::head, path_of(upload.id)};
        exchange.limit = offset_limit;
        return launch({0, Step::offset, {}, upload, 0, {}}, std::move(exchange));
    }
    const std::int64_t size =
        std::min(slice_.next(centre_.slice_bytes_max), upload.length - state.at);
    auto slice = parcels_.read_attachment(upload.id, state.at, static_cast<std::size_t>(size));
    if (!slice || slice->size() != static_cast<std::size_t>(size)) {
        const FaultCode code = slice ? FaultCode::AttachmentWrong : slice.error().code;
        upload_failed(upload, {AnswerClass::digest, {code, "cannot be read"}, {}});
        return;
    }
    Exchange exchange{Method::patch, path_of(upload.id)};
    exchange.headers = upload_paper::slice_headers(state.at, *slice);
    exchange.content_type = upload_paper::content_type;
    exchange.body = std::move(*slice);
    launch({0, Step::slice, {}, upload, 0, {}}, std::move(exchange));
}

void Delivery::on_upload(const Flight& flight, const base::Result<Answer>& answer) {
    const Upload& upload = flight.upload;
    UploadState& state = uploads_[upload.id];
    const Verdict verdict = verdict_of(answer);
    const bool slice = flight.step == Step::slice;
    switch (verdict.is) {
        case AnswerClass::good:
            if (slice) slice_.good(flight.bytes, clock_.steady() - flight.since);
            went_well();
            if (slice && answer->status == 200) {  // the last one: answered like C
                adopt(upload, {upload.length, upload.length, true});
                std::vector<Paper> papers;
                on_item(flight, upload.seq, verdict, answer->body, papers);
                return keep(papers);
            }
            [[fallthrough]];
        case AnswerClass::offset: {
            const auto there = upload_paper::offset_in(answer->headers);
            if (!there || there->length != upload.length) return upload_failed(upload, nonsense());
            const bool moved = !state.known || there->at != state.at;
            adopt(upload, *there);
            // Refused at the very offset it names: somebody else writes, or it makes no sense.
            if (verdict.is == AnswerClass::offset && !moved) upload_failed(upload, verdict);
            return;
        }
        case AnswerClass::network:
        case AnswerClass::server:
            // What arrived of the slice is not lost: the centre says how much that is.
            if (slice) slice_.failed(flight.bytes);
            state.known = false;
            state.ask = true;
            // A line that lets through everything but slices is no line for this one: offsets that
            // are answered would have it tried again at once, without end.
            if (verdict.is == AnswerClass::server || (slice && state.stalled++ > 0))
                upload_failed(upload, verdict);
            return line_failed(verdict);
        case AnswerClass::throttled:
        case AnswerClass::authority:
            state.known = false;
            state.ask = true;
            return line_failed(verdict);
        case AnswerClass::gone:
            state = {.pace = {}, .ask = true};
            return gone(upload.seq);
        case AnswerClass::digest:
            return on_other_bytes(upload);
        default:
            if (verdict.fault.code == FaultCode::SubmissionTooLarge && slice &&
                flight.bytes > upload_paper::slice_bytes_min)
                return slice_.failed(flight.bytes);
            state.known = false;
            state.ask = true;
            return upload_failed(upload, verdict);
    }
}

// The centre's offset decides, whether it is lower or higher than ours.
void Delivery::adopt(const Upload& upload, const upload_paper::Offset& there) {
    UploadState& state = uploads_[upload.id];
    const std::int64_t before = state.known ? state.at : upload.acked;
    if (there.at < before)
        log_.record(base::log::OffsetAdopted{
            papers::local_number(parcels_.terminal().certificate.terminal, upload.seq), before,
            there.at});
    if (there.at > before) state.pace.failures = state.stalled = 0;
    state.known = true;
    state.ask = false;
    state.at = there.at;
    const auto noted = parcels_.note_acked(upload.id, there.at);
    if (!noted) return upload_failed(upload, {AnswerClass::permanent, noted.error(), {}});
    if (there.at == upload.length) uploads_.erase(upload.id);
}

// All bytes are there and they are not what the manifest names: either ours changed on the medium,
// or theirs on the way. Once from the beginning; a second time a person must look.
void Delivery::on_other_bytes(const Upload& upload) {
    UploadState& state = uploads_[upload.id];
    const auto here = digest_here(parcels_, upload, parcels_.terminal().certificate.suite());
    if (here && *here != upload.digest) return set_aside(upload.seq, "damaged");
    const int digests = ++state.pace.digests;
    if (here && digests >= digest_budget) return set_aside(upload.seq, "digest");
    ItemPace pace = state.pace;
    state = {.pace = pace, .ask = true};
    upload_failed(upload, {AnswerClass::digest, {FaultCode::AttachmentWrong, "digest"}, {}});
}

void Delivery::upload_failed(const Upload& upload, const Verdict& verdict) {
    ItemPace& pace = uploads_[upload.id].pace;
    pace.not_before = clock_.steady() + item_wait(options_.retry, verdict, pace.failures, draw());
    ++pace.failures;
    log_.record(base::log::DeliveryFailed{verdict.fault.code, pace.failures});
    [[maybe_unused]] const auto ignored = parcels_.attempt_failed(upload.seq, verdict.fault.code);
}

}  // namespace offline::sync
