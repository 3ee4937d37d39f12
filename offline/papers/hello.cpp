#include "offline/papers/hello.hpp"

#include "offline/papers/local_number.hpp"

#include <charconv>

namespace offline::papers::wire {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;
using formats::Texts;

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}

Texts as_texts(const std::vector<std::int64_t>& numbers) {
    Texts out;
    for (const std::int64_t number : numbers) out.push_back(std::to_string(number));
    return out;
}

// Ascending, each once, in one spelling.
base::Result<std::vector<std::int64_t>> seqs(Fields& in, const std::string& name) {
    const Texts texts = TRY(in.texts(name, hello_seqs_max));
    std::vector<std::int64_t> out;
    for (const auto& text : texts) {
        std::int64_t number = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool whole = problem == std::errc{} && end == text.data() + text.size();
        const std::int64_t above = out.empty() ? 0 : out.back();
        if (!whole || number <= above || number > seq_max || std::to_string(number) != text)
            return in.wrong(name);
        out.push_back(number);
    }
    return out;
}

void put(Record& record, const std::string& lane, const LaneLoad& load) {
    record[lane + "_count"] = load.count;
    record[lane + "_bytes"] = load.bytes;
    record[lane + "_oldest"] = ms(load.oldest);
}

base::Result<LaneLoad> lane_load(Fields& in, const std::string& lane) {
    LaneLoad load;
    load.count = TRY(in.integer(lane + "_count", 0, seq_max));
    load.bytes = TRY(in.integer(lane + "_bytes", 0, no_limit));
    load.oldest = base::Instant{base::Millis{TRY(in.integer(lane + "_oldest", 0, no_limit))}};
    return load;
}

}  // namespace

base::Result<base::Bytes> encode(const HelloRequest& request, const sealing::Signer& terminal_key) {
    Record record{{"kind", std::string("hello")},
                  {"certificate", request.certificate},
                  {"nonce", as_bytes(request.nonce)},
                  {"epoch", as_bytes(request.epoch)},
                  {"first_seq", request.first_seq},
                  {"next_seq", request.next_seq},
                  {"chain_head", as_bytes(request.chain_head)},
                  {"low", request.low},
                  {"complete_above", as_texts(request.complete_above)},
                  {"key_set", request.key_set},
                  {"software", request.software}};
    put(record, "urgent", request.urgent);
    put(record, "normal", request.normal);
    return signed_request(std::move(record), terminal_key);
}

base::Result<FromTerminal<HelloRequest>> hello_request(base::ByteView body,
                                                       const sealing::PinnedRoot& root) {
    return open_request<HelloRequest>(
        body, root, "hello", [](Fields& in, HelloRequest& out) -> base::Status {
            out.nonce = TRY(in.array<16>("nonce"));
            out.epoch = TRY(in.array<16>("epoch"));
            out.first_seq = TRY(in.integer("first_seq", 1, seq_max + 1));
            out.next_seq = TRY(in.integer("next_seq", out.first_seq, seq_max + 1));
            out.chain_head = TRY(in.array<32>("chain_head"));
            out.low = TRY(in.integer("low", 0, out.next_seq - 1));
            out.complete_above = TRY(seqs(in, "complete_above"));
            out.urgent = TRY(lane_load(in, "urgent"));
            out.normal = TRY(lane_load(in, "normal"));
            out.key_set = TRY(in.integer("key_set", 0, no_limit));
            out.software = TRY(in.text("software", 32));
            for (const std::int64_t seq : out.complete_above)
                if (seq <= out.low || seq >= out.next_seq) return in.wrong("complete_above");
            return {};
        });
}

base::Result<base::Bytes> encode(const HelloReply& reply, const sealing::Signer& receipt_key) {
    const Record record =
        TRY(sealing::signed_by_kid({{"v", std::int64_t{3}},
                                    {"realm", std::string(domain::name(reply.realm))},
                                    {"nonce", as_bytes(reply.nonce)},
                                    {"server_time", ms(reply.server_time)},
                                    {"come_back_in", reply.come_back_in.count()},
                                    {"key_set", reply.key_set},
                                    {"slice_bytes_max", reply.slice_bytes_max},
                                    {"counter_seq", reply.counter_seq},
                                    {"counter_head", as_bytes(reply.counter_head)},
                                    {"forget_up_to", reply.forget_up_to},
                                    {"missing", as_texts(reply.missing)}},
                                   receipt_key, sealing::context::hello));
    return formats::to_cbor(record);
}

base::Result<HelloReply> hello_reply(base::ByteView body, const sealing::KeySet& keys,
                                     const Nonce& nonce) {
    const Record record = TRY(formats::record_from_cbor(body));
    TRY_STATUS(sealing::verify_by_kid(record, keys, sealing::KeyPurpose::receipt,
                                      sealing::context::hello));
    Fields in(record, FaultCode::BytesMalformed, "hello");
    TRY_STATUS(in.exactly("v", 3));
    TRY(sealing::suite_in(in));
    TRY(in.text("kid", 16));
    HelloReply out;
    const std::string realm = TRY(in.text("realm", 16));
    out.realm = TRY(domain::realm_from(realm));
    out.nonce = TRY(in.array<16>("nonce"));
    out.server_time = base::Instant{base::Millis{TRY(in.integer("server_time", 0, no_limit))}};
    out.come_back_in = base::Millis{TRY(in.integer("come_back_in", 0, no_limit))};
    out.key_set = TRY(in.integer("key_set", 0, no_limit));
    out.slice_bytes_max = TRY(in.integer("slice_bytes_max", 0, no_limit));
    out.counter_seq = TRY(in.integer("counter_seq", 0, seq_max));
    out.counter_head = TRY(in.array<32>("counter_head"));
    out.forget_up_to = TRY(in.integer("forget_up_to", 0, seq_max));
    out.missing = TRY(seqs(in, "missing"));
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.finish());
    if (out.realm != keys.realm()) return base::fail(FaultCode::RealmMismatch, "hello");
    if (out.nonce != nonce) return in.wrong("nonce");
    return out;
}

}  // namespace offline::papers::wire
