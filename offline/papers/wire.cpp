#include "offline/papers/wire.hpp"

#include "offline/papers/local_number.hpp"

#include <limits>

namespace offline::papers::wire {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;
using formats::Texts;

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t certificate_max = 2048;
constexpr std::size_t receipt_max = 4096;

template <std::size_t N>
base::Bytes bytes(const std::array<std::uint8_t, N>& array) {
    return {array.begin(), array.end()};
}

base::Result<base::Bytes> signed_request(Record record, const sealing::Signer& key) {
    record["v"] = std::int64_t{1};
    record = TRY(sealing::signed_record(std::move(record), key, sealing::context::request));
    return formats::to_cbor(record);
}

// Opens a signed request: certificate against the root, then the signature with the certificate's
// key.
template <class Request, class Read>
base::Result<FromTerminal<Request>> open_request(base::ByteView body,
                                                 const sealing::PinnedRoot& root,
                                                 std::string_view kind, Read read) {
    const Record record = TRY(formats::record_from_cbor(body));
    Fields in(record, FaultCode::BytesMalformed, std::string(kind));
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", kind));
    FromTerminal<Request> out;
    out.request.certificate = TRY(in.bytes("certificate", certificate_max));
    out.certificate = TRY(sealing::TerminalCertificate::verify(out.request.certificate, root));
    TRY_STATUS(sealing::verify_record(record, out.certificate.key, sealing::context::request));
    TRY(in.bytes("signature", 64));
    TRY_STATUS(read(in, out.request));
    TRY_STATUS(in.finish());
    return out;
}

}  // namespace

base::Result<base::Bytes> encode(const HelloRequest& request, const sealing::Signer& terminal_key) {
    return signed_request({{"kind", std::string("hello")},
                           {"certificate", request.certificate},
                           {"nonce", bytes(request.nonce)},
                           {"next_seq", request.next_seq},
                           {"waiting", request.waiting},
                           {"chain_head", bytes(request.chain_head)}},
                          terminal_key);
}

base::Result<FromTerminal<HelloRequest>> hello_request(base::ByteView body,
                                                       const sealing::PinnedRoot& root) {
    return open_request<HelloRequest>(
        body, root, "hello", [](Fields& in, HelloRequest& out) -> base::Status {
            out.nonce = TRY(in.array<16>("nonce"));
            out.next_seq = TRY(in.integer("next_seq", 1, seq_max + 1));
            out.waiting = TRY(in.integer("waiting", 0, seq_max));
            out.chain_head = TRY(in.array<32>("chain_head"));
            return {};
        });
}

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
            for (const auto& id : ids) out.sub_ids.push_back(TRY(domain::SubId::parse(id)));
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
    out.certificate = TRY(in.bytes("certificate", certificate_max));
    out.manifest = TRY(in.bytes("manifest", receipt_max));
    out.signature = TRY(in.bytes("signature", 64));
    out.envelope = TRY(in.bytes("envelope", body_bytes_max));
    TRY_STATUS(in.finish());
    return out;
}

base::Result<base::Bytes> encode(const HelloReply& reply, const sealing::Signer& receipt_key) {
    const Record record =
        TRY(sealing::signed_by_kid({{"v", std::int64_t{2}},
                                    {"realm", std::string(domain::name(reply.realm))},
                                    {"nonce", bytes(reply.nonce)},
                                    {"server_time", reply.server_time.time_since_epoch().count()}},
                                   receipt_key, sealing::context::hello));
    return formats::to_cbor(record);
}

base::Result<HelloReply> hello_reply(base::ByteView body, const sealing::KeySet& keys,
                                     const Nonce& nonce) {
    const Record record = TRY(formats::record_from_cbor(body));
    TRY_STATUS(sealing::verify_by_kid(record, keys, sealing::KeyPurpose::receipt,
                                      sealing::context::hello));
    Fields in(record, FaultCode::BytesMalformed, "hello");
    TRY_STATUS(in.exactly("v", 2));
    TRY(sealing::suite_in(in));
    TRY(in.text("kid", 16));
    HelloReply out;
    const std::string realm = TRY(in.text("realm", 16));
    out.realm = TRY(domain::realm_from(realm));
    out.nonce = TRY(in.array<16>("nonce"));
    out.server_time = base::Instant{base::Millis{TRY(in.integer("server_time", 0, no_limit))}};
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.finish());
    if (out.realm != keys.realm()) return base::fail(FaultCode::RealmMismatch, "hello");
    if (out.nonce != nonce) return in.wrong("nonce");
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
    const auto record = formats::record_from_cbor(body);
    return record && record->contains("refused");
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
