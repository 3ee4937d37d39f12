// What lets a technician in: a list of them with any content, signed, so that the reader is met
// behind the signature; the text of a code that claims to be the centre's answer; a challenge. What
// is taken says the same when it is written again, and no text of the corpus is an answer.
#include "offline/papers/maintenance_answer.hpp"
#include "offline/papers/technician_roster.hpp"
#include "offline/sealing/opening.hpp"
#include "tests/fuzz/fixed_keys.hpp"

namespace {

using namespace offline;
using namespace offline::sealing;

const KeySet& keys() {
    static const KeySet set = [] {
        KeySetContent content;
        content.realm = domain::Realm::training;
        content.keys = IntakeKeys::generate(content.realm).listed();
        content.keys.push_back(
            {KeyPurpose::feed, fuzz::root(SuiteId::one).public_key(), {}, without_end});
        const auto& root = fuzz::root(SuiteId::one);
        return KeySet::verify(content.issue(root).value(), {content.realm, root.public_key()})
            .value();
    }();
    return set;
}

void roster(base::ByteView file) {
    using papers::TechnicianRoster;
    const auto& key = fuzz::root(SuiteId::one);
    if (TechnicianRoster::verify(file, keys(), 0, {})) std::abort();  // not signed
    const auto record = formats::record_from_json(file);
    if (!record) return;
    const auto with_signature = signed_by_kid(*record, key, context::technicians);
    if (!with_signature) return;
    const auto list =
        TechnicianRoster::verify(formats::to_json(*with_signature), keys(), 0, base::Instant{});
    if (!list) return;
    const auto again = TechnicianRoster::verify(list->issue(key).value(), keys(), 0, {});
    if (!again || *again != *list) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const base::ByteView rest(data + 1, size - 1);
    const std::string text(base::as_text(rest));
    const papers::MaintenanceChallenge challenge{"000101001001001", {}, {1, 2, 3}};
    if (data[0] == 0) {
        roster(rest);
    } else if (data[0] == 1) {
        if (papers::read_maintenance_answer(text, challenge, keys(), {})) std::abort();
    } else if (const auto read = papers::MaintenanceChallenge::parse(text)) {
        if (read->text() != text) std::abort();
    }
    return 0;
}
