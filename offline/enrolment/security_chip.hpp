// A security chip that keeps small secrets so that only it gives them back: a TPM 2.0 (TCG Library
// Specification, revision 1.59), reached by tpm2-tss. What it hands out is useless to another chip,
// so a copied disk opens nothing.
#pragma once

#include "offline/sealing/suites/suite.hpp"

#include <memory>
#include <string>

namespace offline::enrolment {

class SecurityChip {
  public:
    virtual ~SecurityChip() = default;
    // At most 128 bytes. Both: KeyStoreUnavailable when the chip does not answer, refuses, or
    // (open) is not the one that closed it. They wait for the chip: tens of milliseconds.
    virtual base::Result<base::Bytes> close(const sealing::SecretBytes& secret) = 0;
    virtual base::Result<sealing::SecretBytes> open(base::ByteView closed) = 0;
};

// `way` as tpm2-tss names it: device:/dev/tpmrm0, swtpm:port=2321. Asked for anew by each call, so
// that a chip which was busy or gone is there again when it is. One thread at a time.
std::unique_ptr<SecurityChip> tpm_chip(const std::string& way);

}  // namespace offline::enrolment
