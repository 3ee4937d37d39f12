// What decides about a terminal's programs, the first byte chooses which: a signed list of
// packages, met behind its signature as in fuzz_wire; one line of it; the updater's journal; the
// words of a readiness test. What is read is written again and says the same.
#include "offline/papers/release_list.hpp"
#include "provisioning/updates/journal.hpp"
#include "provisioning/updates/machine_services.hpp"
#include "tests/fuzz/fixed_keys.hpp"

namespace {

using namespace offline;

const auto& key = fuzz::root(sealing::SuiteId::one);

const sealing::KeySet& keys() {
    static const auto made = [] {
        sealing::KeySetContent content;
        content.realm = domain::Realm::training;
        content.keys.push_back(
            {sealing::KeyPurpose::release, key.public_key(), {}, sealing::without_end});
        const sealing::PinnedRoot pinned{domain::Realm::training, key.public_key()};
        return sealing::KeySet::verify(content.issue(key).value(), pinned).value();
    }();
    return made;
}

void must(bool promise) {
    if (!promise) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const base::ByteView input(data + 1, size - 1);
    switch (data[0] % 4) {
        case 0: {
            static_cast<void>(papers::ReleaseList::verify(input, keys()).has_value());
            auto record = formats::record_from_json(input);
            if (!record) break;
            const auto full = sealing::signed_by_kid(*record, key, sealing::context::release);
            const auto bytes = formats::to_json(full.value());
            if (const auto list = papers::ReleaseList::verify(bytes, keys()))
                must(list->issue(key).value() == bytes);
            break;
        }
        case 1:
            if (const auto package = papers::release_package(base::as_text(input)))
                must(papers::text(*package) == base::as_text(input));
            break;
        case 2:
            if (const auto read = provisioning::updates::journal(input))
                must(provisioning::updates::journal(provisioning::updates::encode(*read)).value() ==
                     *read);
            break;
        case 3:
            static_cast<void>(provisioning::updates::failed_in(base::as_text(input)).has_value());
            break;
    }
    return 0;
}
