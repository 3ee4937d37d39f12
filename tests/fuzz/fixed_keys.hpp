// Keys for inputs that are kept in files: the same in every run.
#pragma once

#include "offline/sealing/signing.hpp"

#include <cstdlib>

namespace fuzz {

inline offline::sealing::SecretBytes fixed_secret(std::uint8_t filling) {
    return offline::sealing::SecretBytes(base::Bytes(32, filling));
}
inline const offline::sealing::KeyPair& sealing_pair(offline::sealing::SuiteId id) {
    static const auto one = offline::sealing::suite(offline::sealing::SuiteId::one)
                                .sealing_pair(fixed_secret(7))
                                .value();
    static const auto national = offline::sealing::suite(offline::sealing::SuiteId::national)
                                     .sealing_pair(fixed_secret(7))
                                     .value();
    return id == offline::sealing::SuiteId::one ? one : national;
}
inline const offline::sealing::SigningKey& root(offline::sealing::SuiteId id) {
    using offline::sealing::SigningKey;
    static const auto one =
        SigningKey::from_secret(offline::sealing::SuiteId::one, fixed_secret(9)).value();
    static const auto national =
        SigningKey::from_secret(offline::sealing::SuiteId::national, fixed_secret(9)).value();
    return id == offline::sealing::SuiteId::one ? one : national;
}
// The first byte of an input chooses.
inline offline::sealing::SuiteId suite_of(std::uint8_t byte) {
    return byte % 2 == 0 ? offline::sealing::SuiteId::one : offline::sealing::SuiteId::national;
}

}  // namespace fuzz
