// Who this terminal is, as files: key, certificate, root, key set, X.509, and what the centre said
// of it. They change together: the new content of all of them is written into one file first, whose
// appearance is the moment of the change, and then put in its places, which a start after a power
// cut does again. So a terminal is enrolled or not, renewed or not, never half. Through
// store::Disk; one process at a time (lock).
#pragma once

#include "offline/enrolment/facts.hpp"
#include "offline/store/disk.hpp"

#include <optional>
#include <string>
#include <vector>

namespace offline::enrolment {

// Paths as the configuration names them.
struct Places {
    std::string folder;  // enrolment's own: what is pending, facts
    std::string root_key, key_set, terminal_key, terminal_certificate;
    std::string tls_ca, tls_certificate, tls_key;  // empty: no TLS
    std::string tpm{};  // the security chip as tpm2-tss names it; empty: none

    std::string lock() const { return folder + "/enrolment.lock"; }
    std::string change() const { return folder + "/change"; }
    std::string facts() const { return folder + "/facts.json"; }
    // The same for every program of this terminal: beside the key set, which all of them read.
    std::string open_facts() const { return open_facts_path(key_set); }
    std::string pending_key() const { return folder + "/pending.key"; }
    std::string pending_tls_key() const { return folder + "/pending_tls.key"; }
};

base::Result<std::optional<Facts>> read_facts(store::Disk& disk, const Places& places);

struct NewFile {
    std::string path;
    base::Bytes bytes;
    bool secret = false;  // 0600; else readable by all
};
// All of them or none, durable when it returns. The fault of the disk: whether the change came to
// be is what finish_change() finds.
base::Status change_together(store::Disk& disk, const Places& places,
                             const std::vector<NewFile>& files);
// What a power cut left to be done; called before any of the files is read. False: nothing was.
base::Result<bool> finish_change(store::Disk& disk, const Places& places);

}  // namespace offline::enrolment
