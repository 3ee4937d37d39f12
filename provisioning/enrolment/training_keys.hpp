// Enrolment for training: makes the root, the intake's keys, the pack signer, the key set and one
// terminal's key and certificate in a state folder, and signs the pack. What is there already
// stays; the pack is signed again when it changed. In service these steps happen on separate
// machines and the root never meets the terminal. Faults: FileUnwritable, KeyAbsent (a file is not
// what it should be).
#pragma once

#include "base/result.hpp"
#include "domain/identifiers.hpp"
#include "offline/sealing/certificate.hpp"
#include "offline/sealing/opening.hpp"

#include <functional>
#include <string>

namespace provisioning::enrolment {

struct TrainingState {
    std::string folder;
    std::string terminal;   // 15 digits
    std::string pack_file;  // the unsigned pack
};

// One call per step, with what was done: 根密钥, made or kept.
using Progress = std::function<void(const std::string& what, bool made)>;

base::Status make_training_keys(const TrainingState& state, const Progress& progress);

// The documents a root issues, as bytes of their files.
base::Bytes root_file(const offline::sealing::SigningKey& root, domain::Realm realm);
base::Bytes key_set_file(const offline::sealing::SigningKey& root, domain::Realm realm,
                         const offline::sealing::PublicKey& sealing_key,
                         const offline::sealing::PublicKey& receipt_key,
                         const offline::sealing::PublicKey& pack_key);

}  // namespace provisioning::enrolment
