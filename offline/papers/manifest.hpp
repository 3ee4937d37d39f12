// The manifest: what the post says about one sealed submission, in the clear and signed. It is made
// in the accept transaction; its digest is the fingerprint that the intake compares and receipts
// carry. The chain links it to the manifest before: a missing or changed one shows. Pure.
#pragma once

#include "base/clock.hpp"
#include "domain/local_receipt.hpp"
#include "offline/sealing/certificate.hpp"

#include <string>

namespace offline::papers {

struct Manifest {
    sealing::SuiteId suite = sealing::SuiteId::one;  // of its signature and every digest in it
    domain::Realm realm{};
    std::string terminal;
    sealing::Epoch epoch{};
    std::int64_t seq = 0;
    domain::SubId sub_id;
    std::string local_number;
    std::string item_code;
    std::int64_t item_version = 0;
    base::Instant captured_at{};
    base::Instant kept_at{};
    domain::ClockTrust clock_trust{};
    std::string kid;  // the key the envelope is sealed to
    sealing::Digest envelope_digest{};
    std::int64_t envelope_bytes = 0;
    sealing::Digest chain_before{};
    friend bool operator==(const Manifest&, const Manifest&) = default;

    base::Bytes encode() const;  // canonical JSON
    static base::Result<Manifest> parse(base::ByteView bytes);
};

sealing::Digest chain_after(sealing::SuiteId suite, const sealing::Digest& before, std::int64_t seq,
                            const sealing::Digest& manifest_digest);

std::string_view name(domain::ClockTrust trust);
base::Result<domain::ClockTrust> clock_trust_from(std::string_view text);

}  // namespace offline::papers
