#include "offline/papers/wire.hpp"

#include "base/assert.hpp"
#include "offline/papers/local_number.hpp"

#include <charconv>

namespace offline::papers::wire {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;
using formats::Texts;

constexpr std::size_t receipt_max = 4096;

// Pieces one after another, each behind its length (4 bytes, big-endian).
void put_piece(base::Bytes& out, base::ByteView piece) {
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(piece.size() >> shift));
    out.insert(out.end(), piece.begin(), piece.end());
}

base::Result<std::vector<base::Bytes>> pieces(base::ByteView bytes, std::size_t most) {
    std::vector<base::Bytes> out;
    while (!bytes.empty()) {
        std::size_t size = 0;
        if (bytes.size() < 4 || out.size() == most)
            return base::fail(FaultCode::BytesMalformed, "batch");
        for (std::size_t i = 0; i < 4; ++i) size = size << 8 | bytes[i];
        bytes = bytes.subspan(4);
        if (size > bytes.size()) return base::fail(FaultCode::BytesMalformed, "batch");
        out.emplace_back(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
        bytes = bytes.subspan(size);
    }
    return out;
}

}  // namespace

base::Result<base::Bytes> encode(const ReceiptsRequest& request,
                                 const sealing::Signer& terminal_key) {
    Texts ids;
    for (const auto& id : request.sub_ids) ids.push_back(id.text());
    return signed_request(
        {{"kind", std::string("receipts")}, {"certificate", request.certificate}, {"sub_ids", ids}},
        terminal_key);
}

base::Result<FromTerminal<ReceiptsRequest>> receipts_request(base::ByteView body,
                                                             const sealing::PinnedRoot& root) {
    return open_request<ReceiptsRequest>(
        body, root, "receipts", [](Fields& in, ReceiptsRequest& out) -> base::Status {
            const Texts ids = TRY(in.texts("sub_ids", receipts_max));
            for (const auto& id : ids) {
                out.sub_ids.push_back(TRY(domain::SubId::parse(id)));
                if (out.sub_ids.back().text() != id) return in.wrong("sub_ids");
            }
            return {};
        });
}

base::Result<base::Bytes> encode(const AskRequest& request, const sealing::Signer& terminal_key) {
    return signed_request({{"kind", std::string("ask")},
                           {"certificate", request.certificate},
                           {"about", request.kind},
                           {"question", request.question}},
                          terminal_key);
}

base::Result<FromTerminal<AskRequest>> ask_request(base::ByteView body,
                                                   const sealing::PinnedRoot& root) {
    return open_request<AskRequest>(body, root, "ask",
                                    [](Fields& in, AskRequest& out) -> base::Status {
                                        out.kind = TRY(in.text("about", 64));
                                        out.question = TRY(in.bytes("question", body_bytes_max));
                                        return {};
                                    });
}

base::Bytes encode(const Delivered& delivered) {
    return formats::to_cbor({{"v", std::int64_t{1}},
                             {"certificate", delivered.certificate},
                             {"manifest", delivered.manifest},
                             {"signature", delivered.signature},
                             {"envelope", delivered.envelope}});
}

base::Result<Delivered> delivered(base::ByteView body) {
    const Record record = TRY(formats::record_from_cbor(body));
    Fields in(record, FaultCode::BytesMalformed, "submission");
    TRY_STATUS(in.exactly("v", 1));
    Delivered out;
    out.certificate = TRY(in.bytes("certificate", certificate_bytes_max));
    out.manifest = TRY(in.bytes("manifest", manifest_bytes_max));
    out.signature = TRY(in.bytes("signature", 64));
    out.envelope = TRY(in.bytes("envelope", body_bytes_max));
    TRY_STATUS(in.finish());
    return out;
}

base::Bytes encode_batch(const std::vector<base::Bytes>& delivered) {
    base::Bytes items;
    for (const auto& item : delivered) put_piece(items, item);
    KIOSK_ASSERT(delivered.size() <= batch_items_max && items.size() <= batch_bytes_max);
    return formats::to_cbor({{"v", std::int64_t{1}}, {"items", std::move(items)}});
}

base::Result<std::vector<base::Bytes>> batch(base::ByteView body) {
    const Record record = TRY(formats::record_from_cbor(body));
    Fields in(record, FaultCode::BytesMalformed, "batch");
    TRY_STATUS(in.exactly("v", 1));
    const base::Bytes items = TRY(in.bytes("items", batch_bytes_max));
    TRY_STATUS(in.finish());
    return pieces(items, batch_items_max);
}

base::Bytes encode_batch_answers(const std::vector<BatchAnswer>& answers) {
    base::Bytes bodies;
    Texts statuses;
    for (const auto& answer : answers) {
        put_piece(bodies, answer.body);
        statuses.push_back(std::to_string(answer.status));
    }
    return formats::to_cbor(
        {{"v", std::int64_t{1}}, {"statuses", statuses}, {"bodies", std::move(bodies)}});
}

base::Result<std::vector<BatchAnswer>> batch_answers(base::ByteView body) {
    const Record record = TRY(formats::record_from_cbor(body));
    Fields in(record, FaultCode::BytesMalformed, "batch answers");
    TRY_STATUS(in.exactly("v", 1));
    const Texts statuses = TRY(in.texts("statuses", batch_items_max));
    const base::Bytes bytes = TRY(in.bytes("bodies", body_bytes_max));
    TRY_STATUS(in.finish());
    const auto bodies = TRY(pieces(bytes, batch_items_max));
    if (bodies.size() != statuses.size()) return in.wrong("bodies");
    std::vector<BatchAnswer> out;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        int status = 0;
        const auto& text = statuses[i];
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), status);
        if (problem != std::errc{} || end != text.data() + text.size() || status < 100 ||
            status > 599)
            return in.wrong("statuses");
        out.push_back({status, bodies[i]});
    }
    return out;
}

base::Bytes encode_receipts(const std::vector<base::Bytes>& receipts) {
    Texts texts;
    for (const auto& receipt : receipts) texts.emplace_back(base::as_text(receipt));
    return formats::to_cbor({{"v", std::int64_t{1}}, {"receipts", texts}});
}

base::Result<std::vector<base::Bytes>> receipts(base::ByteView body) {
    const Record record = TRY(formats::record_from_cbor(body));
    Fields in(record, FaultCode::BytesMalformed, "receipts");
    TRY_STATUS(in.exactly("v", 1));
    const Texts texts = TRY(in.texts("receipts", receipts_max));
    TRY_STATUS(in.finish());
    std::vector<base::Bytes> out;
    for (const auto& text : texts) out.push_back(base::to_bytes(text));
    return out;
}

base::Bytes encode_answer(base::ByteView sealed_answer) {
    return formats::to_cbor({{"v", std::int64_t{1}},
                             {"answer", base::Bytes(sealed_answer.begin(), sealed_answer.end())}});
}

base::Result<base::Bytes> answer(base::ByteView body) {
    const Record record = TRY(formats::record_from_cbor(body));
    Fields in(record, FaultCode::BytesMalformed, "answer");
    TRY_STATUS(in.exactly("v", 1));
    base::Bytes out = TRY(in.bytes("answer", body_bytes_max));
    TRY_STATUS(in.finish());
    return out;
}

base::Bytes encode_refusal(const std::string& reason) {
    return formats::to_cbor({{"v", std::int64_t{1}}, {"refused", reason}});
}

bool is_refusal(base::ByteView body) {
    return refusal_reason(body).has_value();
}

base::Result<std::string> refusal_reason(base::ByteView body) {
    const Record record = TRY(formats::record_from_cbor(body));
    Fields in(record, FaultCode::BytesMalformed, "refusal");
    TRY_STATUS(in.exactly("v", 1));
    std::string reason = TRY(in.text("refused", 64));
    TRY_STATUS(in.finish());
    return reason;
}

base::Bytes encode_receipt(base::ByteView receipt) {
    return formats::to_cbor(
        {{"v", std::int64_t{1}}, {"receipt", base::Bytes(receipt.begin(), receipt.end())}});
}

base::Result<base::Bytes> receipt(base::ByteView body) {
    const Record record = TRY(formats::record_from_cbor(body));
    Fields in(record, FaultCode::BytesMalformed, "receipt");
    TRY_STATUS(in.exactly("v", 1));
    base::Bytes out = TRY(in.bytes("receipt", receipt_max));
    TRY_STATUS(in.finish());
    return out;
}

}  // namespace offline::papers::wire
