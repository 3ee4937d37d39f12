// Everything that the intake and the terminal read from one another, the first byte chooses which.
// What is signed is met behind its signature, as in fuzz_certificate; what is read is written again
// and says the same.
#include "offline/papers/hello.hpp"
#include "offline/papers/upload.hpp"
#include "offline/papers/wire.hpp"
#include "tests/fuzz/fixed_keys.hpp"

namespace {

using namespace offline;
namespace wire = papers::wire;

const auto& key = fuzz::root(sealing::SuiteId::one);
const sealing::PinnedRoot pinned{domain::Realm::training, key.public_key()};

// The terminal and the root share a key here.
const base::Bytes& certificate() {
    static const auto made = sealing::TerminalCertificate::issue(
        key, domain::Realm::training, "000101001001001", key.public_key());
    return made.value().file;
}

void must(bool promise) {
    if (!promise) std::abort();
}

template <class Read, class Write>
void signed_request(base::ByteView input, Read read, Write write) {
    auto record = formats::record_from_cbor(input);
    if (!record) return;
    (*record)["certificate"] = certificate();
    const auto full = sealing::signed_record(*record, key, sealing::context::request);
    const auto request = read(formats::to_cbor(full.value()), pinned);
    if (request) must(write(request->request, key).value() == formats::to_cbor(full.value()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const base::ByteView input(data + 1, size - 1);
    switch (data[0] % 8) {
        case 0:
            if (const auto read = papers::Manifest::parse(input))
                must(papers::Manifest::parse(read->encode()).value() == *read);
            break;
        case 1:
            signed_request(input, wire::hello_request,
                           [](const wire::HelloRequest& r, const auto& k) { return encode(r, k); });
            break;
        case 2:
            signed_request(
                input, wire::receipts_request,
                [](const wire::ReceiptsRequest& r, const auto& k) { return encode(r, k); });
            break;
        case 3:
            if (const auto read = wire::batch(input)) {
                for (const auto& item : *read) static_cast<void>(wire::delivered(item).has_value());
                must(wire::batch(wire::encode_batch(*read)).value() == *read);
            }
            break;
        case 4:
            if (const auto read = wire::batch_answers(input))
                must(wire::batch_answers(wire::encode_batch_answers(*read)).value() == *read);
            break;
        case 5:
            static_cast<void>(wire::refusal_reason(input).has_value());
            static_cast<void>(wire::receipts(input).has_value());
            static_cast<void>(wire::receipt(input).has_value());
            static_cast<void>(wire::answer(input).has_value());
            break;
        case 6: {
            const std::string text(base::as_text(input));
            const auto half = text.find('\n');
            if (half == std::string::npos) break;
            const papers::upload::Headers headers{{"upload-offset", text.substr(0, half)},
                                                  {"upload-length", text.substr(half + 1)},
                                                  {"upload-complete", "?0"}};
            if (const auto read = papers::upload::offset_in(headers))
                must(papers::upload::offset_in(papers::upload::headers_of(*read)).value() == *read);
            break;
        }
        case 7:
            if (const auto read = wire::delivered(input))
                must(wire::delivered(wire::encode(*read)).value().manifest == read->manifest);
            break;
    }
    return 0;
}
