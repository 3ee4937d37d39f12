#include "domain/identifiers.hpp"

#include "base/random.hpp"

#include <algorithm>

namespace domain {

SubId SubId::draw() {
    return SubId{base::random_bytes<16>()};
}

base::Result<SubId> SubId::parse(std::string_view hex) {
    const base::Bytes bytes = TRY(base::from_hex(hex));
    if (bytes.size() != 16)
        return base::fail(base::FaultCode::BytesMalformed, "sub_id: not 16 bytes");
    SubId id;
    std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
    return id;
}

std::string SubId::text() const {
    return base::to_hex(bytes);
}

std::string SubId::reference() const {
    std::string digits = text().substr(0, 8);
    std::transform(digits.begin(), digits.end(), digits.begin(),
                   [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
    return digits;
}

std::string_view name(Realm realm) {
    return realm == Realm::training ? "training" : "service";
}

base::Result<Realm> realm_from(std::string_view text) {
    if (text == "training") return Realm::training;
    if (text == "service") return Realm::service;
    return base::fail(base::FaultCode::RealmMismatch, "realm is neither training nor service");
}

std::string_view name(SuiteId suite) {
    return suite == SuiteId::one ? "I" : "N";
}

base::Result<SuiteId> suite_from(std::string_view text) {
    if (text == "I") return SuiteId::one;
    if (text == "N") return SuiteId::national;
    return base::fail(base::FaultCode::SuiteMismatch, "suite is neither I nor N");
}

}  // namespace domain
