// A key set with any content, signed by the root, so that the reader is met behind the signature.
// What it takes can be issued again and says the same.
#include "offline/sealing/keys/key_set.hpp"
#include "tests/fuzz/fixed_keys.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace offline;
    using namespace offline::sealing;
    if (size == 0) return 0;
    const auto& root = fuzz::root(fuzz::suite_of(data[0]));
    const PinnedRoot pinned{domain::Realm::training, root.public_key()};
    const base::ByteView file(data + 1, size - 1);
    if (KeySet::verify(file, pinned)) std::abort();  // the files of the corpus are not signed
    const auto record = formats::record_from_json(file);
    if (!record) return 0;
    const auto with_signature = signed_record(*record, root, context::key_set).value();
    const auto keys = KeySet::verify(formats::to_json(with_signature), pinned);
    if (!keys) return 0;
    const auto again = KeySet::verify(keys->content().issue(root).value(), pinned);
    if (!again || again->content() != keys->content()) std::abort();
    for (const auto& key : keys->content().keys)
        static_cast<void>(keys->key(key.purpose, key.kid()).has_value());
    // Any bytes of the right size may stand there for a key; sealing to it works or says no.
    if (const auto to = keys->sealing_key(base::Instant{})) {
        const Suite& with = suite(to->suite);
        static_cast<void>(with.wrap(to->bytes, *with.new_data_key()).has_value());
    }
    return 0;
}
