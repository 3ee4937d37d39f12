#include "tests/simulator/world/realm.hpp"

#include "base/random.hpp"
#include "provisioning/enrolment/training_keys.hpp"

namespace simulator {

using namespace offline;

namespace {

constexpr auto realm_name = domain::Realm::training;

Realm draw() {
    const auto key = [] { return sealing::SigningKey::generate(suite); };
    Realm realm{key(), key(), key(), sealing::IntakeKeys::generate(realm_name, suite), {}, 1};
    for (int i = 1; i <= terminals_max; ++i) {
        const auto own = key();
        realm.terminals.push_back(
            {sealing::TerminalCertificate::issue(
                 realm.root, realm_name, "00010100100100" + std::to_string(i), own.public_key())
                 .value(),
             own});
    }
    return realm;
}

}  // namespace

const Realm& Realm::first() {
    static const Realm realm = draw();
    return realm;
}

sealing::PinnedRoot Realm::pinned() const {
    return {realm_name, root.public_key()};
}

const sealing::KeySet& Realm::keys() const {
    if (issued) return *issued;
    auto content = provisioning::enrolment::key_set_of(intake, pack.public_key());
    content.realm = realm_name;
    content.version = version;
    issued = sealing::KeySet::verify(content.issue(root).value(), pinned()).value();
    return *issued;
}

void Realm::rotate(base::Instant now) {
    intake.rotate(suite, now);
    ++version;
    issued.reset();
}

}  // namespace simulator
