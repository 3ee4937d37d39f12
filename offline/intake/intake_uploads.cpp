// The intake's side of O and P: the bytes of attachments at offsets.
#include "offline/intake/intake_service.hpp"

#include <algorithm>

namespace offline::intake {

namespace {

using base::FaultCode;
namespace wire = papers::wire;
namespace upload = papers::upload;

base::Result<sealing::AttachmentId> id_in(const std::string& text) {
    const auto bytes = base::from_hex(text);
    sealing::AttachmentId id{};
    if (!bytes || bytes->size() != id.size())
        return base::fail(FaultCode::BytesMalformed, "attachment id");
    std::copy(bytes->begin(), bytes->end(), id.begin());
    return id;
}

Reply at(int status, const UploadRow& row, const char* word = nullptr) {
    return {status, word == nullptr ? base::Bytes{} : wire::encode_refusal(word),
            upload::headers_of(offset_of(row))};
}

}  // namespace

base::Result<bool> IntakeService::all_there(const StoredCase& stored) {
    const auto rows = TRY(store_.upload_rows().of(stored.terminal, stored.sub_id));
    return std::all_of(rows.begin(), rows.end(), [](const auto& row) { return row.complete; });
}

Reply IntakeService::upload_offset(const std::string& attachment) {
    const auto id = id_in(attachment);
    if (!id) return failed(id.error());
    auto rows = store_.upload_rows();
    const auto row = uploads_.look(rows, *id);
    if (!row) return failed(row.error());
    if (!*row) return failed({FaultCode::AnswerNotFound, "attachment"});
    return at(200, **row);
}

base::Result<std::int64_t> IntakeService::begin_slice(const std::string& attachment) {
    const auto id = TRY(id_in(attachment));
    return store_.upload_rows().begin_writing(id);
}

Reply IntakeService::slice(const std::string& attachment, std::int64_t generation,
                           const upload::Headers& headers, base::ByteView body, bool whole) {
    const auto id = id_in(attachment);
    if (!id) return failed(id.error());
    const auto from = whole ? upload::slice_in(headers, body) : upload::slice_offset_in(headers);
    if (!from) return failed(from.error());
    auto rows = store_.upload_rows();
    const auto written = uploads_.write(rows, *id, generation, *from, body);
    if (!written) return failed(written.error());
    const auto reply = after_slice(*written);
    return reply ? *reply : failed(reply.error());
}

base::Result<Reply> IntakeService::after_slice(const Uploads::Written& written) {
    switch (written.outcome) {
        case Uploads::Outcome::moved:
            return at(204, written.row);
        case Uploads::Outcome::elsewhere:
            return at(409, written.row, wire::refusal::offset);
        case Uploads::Outcome::other_bytes:
            return at(422, written.row, wire::refusal::digest);
        case Uploads::Outcome::complete:
            break;
    }
    const auto stored = TRY(store_.find(written.row.terminal, written.row.sub_id));
    if (!stored) return base::fail(FaultCode::AnswerNotFound, "submission");
    if (!TRY(all_there(*stored))) return at(204, written.row);
    Reply reply = at(200, written.row);
    reply.body = wire::encode_receipt(TRY(complete(*stored)));
    return reply;
}

Reply IntakeService::patch(const std::string& attachment, const upload::Headers& headers,
                           base::ByteView body) {
    const auto generation = begin_slice(attachment);
    if (!generation) return failed(generation.error());
    return slice(attachment, *generation, headers, body, true);
}

}  // namespace offline::intake
