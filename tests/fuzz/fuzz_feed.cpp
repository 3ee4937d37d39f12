// Everything that a terminal and the centre read of feeds, the first byte chooses which. What is
// signed is met behind its signature, as in fuzz_wire; what is read is written again and says the
// same.
#include "offline/papers/feed.hpp"
#include "offline/papers/feed_contents.hpp"
#include "offline/papers/feed_wire.hpp"
#include "tests/fuzz/fixed_keys.hpp"

namespace {

using namespace offline;
namespace wire = papers::wire;

const auto& key = fuzz::root(sealing::SuiteId::one);
const sealing::PinnedRoot pinned{domain::Realm::training, key.public_key()};

// The terminal, the root and the signer of feeds share a key here.
const base::Bytes& certificate() {
    static const auto made = sealing::TerminalCertificate::issue(
        key, domain::Realm::training, "000101001001001", key.public_key());
    return made.value().file;
}
const sealing::KeySet& keys() {
    static const auto made = [] {
        sealing::KeySetContent content;
        content.realm = domain::Realm::training;
        for (const auto purpose : {sealing::KeyPurpose::feed, sealing::KeyPurpose::receipt})
            content.keys.push_back({purpose, key.public_key(), {}, sealing::without_end});
        return sealing::KeySet::verify(content.issue(key).value(), pinned).value();
    }();
    return made;
}

void must(bool promise) {
    if (!promise) std::abort();
}

template <class Read>
void signed_request(base::ByteView input, Read read) {
    auto record = formats::record_from_cbor(input);
    if (!record) return;
    (*record)["certificate"] = certificate();
    const auto full = sealing::signed_record(*record, key, sealing::context::request);
    const auto bytes = formats::to_cbor(full.value());
    if (const auto request = read(bytes, pinned))
        must(wire::encode(request->request, key).value() == bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const base::ByteView input(data + 1, size - 1);
    switch (data[0] % 8) {
        case 0: {
            static_cast<void>(papers::FeedHead::verify(input, keys()).has_value());
            auto record = formats::record_from_json(input);
            if (!record) break;
            const auto full = sealing::signed_by_kid(*record, key, sealing::context::feed);
            const auto bytes = formats::to_json(full.value());
            if (const auto head = papers::FeedHead::verify(bytes, keys()))
                must(head->sign(key).value() == bytes);
            break;
        }
        case 1:
            signed_request(input, wire::feeds_request);
            break;
        case 2:
            signed_request(input, wire::blob_request);
            break;
        case 3:
            if (const auto read = wire::feeds_reply(input)) {
                std::size_t inside = 0;
                for (const auto& offer : read->offers) inside += offer.content.size();
                if (inside <= wire::inline_bytes_max)
                    must(wire::feeds_reply(wire::encode(*read)).value() == *read);
            }
            break;
        case 4:
            if (const auto read = wire::blob_slice(input))
                must(wire::blob_slice(wire::encode(*read)).value() == *read);
            break;
        case 5:
            if (const auto read = papers::statuses(input)) {
                const auto again = papers::encode_statuses(*read);
                must(papers::statuses(again).value() == *read);
            }
            break;
        case 6:
            if (const auto read = papers::revocations(input))
                must(papers::revocations(papers::encode(*read)).value() == *read);
            break;
        case 7:
            if (const auto file = papers::feed_file(input))
                must(file->head.size() + file->content.size() + 4 == input.size());
            if (const auto name = papers::feed_file_name_from(base::as_text(input)))
                must(papers::feed_file_name(name->feed, name->version) == base::as_text(input));
            static_cast<void>(papers::pack_content(input).has_value());
            break;
    }
    return 0;
}
