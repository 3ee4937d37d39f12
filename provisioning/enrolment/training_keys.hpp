// Enrolment for training: makes the root, the intake's keys, the pack signer, the key set and one
// terminal's key and certificate in a state folder, and signs the pack. What is there already
// stays; the pack is signed again when it changed, and a key set that says something new has the
// next version. In service these steps happen on separate machines and the root never meets the
// terminal. Faults: FileUnwritable, KeyAbsent (a file is not what it should be).
#pragma once

#include "base/clock.hpp"
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
    // Of every key that is made; a folder made with the other one is refused (SuiteMismatch).
    domain::SuiteId suite = domain::SuiteId::one;
    base::Instant now{};  // stands in a new key set
    bool rotate = false;  // the intake gets new keys; the old ones go on opening and verifying
};

// Who is the technician of a training terminal: the invented person li_young, and this PIN.
inline constexpr const char* training_technician = "T-0001";
inline constexpr const char* training_technician_card = "000101198104060226";
inline constexpr const char* training_technician_pin = "135790";

// One call per step, with what was done: 根密钥, made or kept.
using Progress = std::function<void(const std::string& what, bool made)>;

base::Status make_training_keys(const TrainingState& state, const Progress& progress);

// The pinned root as its file, and what its first key set says of the intake's keys, the pack
// signer and those that sign feeds and lists of packages.
base::Bytes root_file(const offline::sealing::PublicKey& root, domain::Realm realm);
offline::sealing::KeySetContent key_set_of(
    const offline::sealing::IntakeKeys& intake, const offline::sealing::PublicKey& pack_key,
    const offline::sealing::PublicKey* feed_key = nullptr,
    const offline::sealing::PublicKey* release_key = nullptr);

}  // namespace provisioning::enrolment
