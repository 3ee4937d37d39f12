// A support bundle on its way to the centre that asked for it by a command: POST
// /v1/t/{terminal}/support-bundles, signed by the terminal; the answer, signed by the receipt key,
// says that the centre keeps exactly these bytes. Pure.
#pragma once

#include "offline/papers/signed_request.hpp"
#include "offline/sealing/keys/key_set.hpp"

namespace offline::papers::wire {

inline constexpr std::size_t support_bundle_bytes_max = 900 << 10;  // fits into one request

struct SupportBundle {
    base::Bytes certificate;
    std::int64_t serial = 0;  // of the command
    base::Bytes file;
};
base::Result<base::Bytes> encode(const SupportBundle& bundle, const sealing::Signer& terminal_key);
base::Result<FromTerminal<SupportBundle>> support_bundle(base::ByteView body,
                                                         const sealing::PinnedRoot& root);

struct SupportBundleKept {
    std::string terminal;
    std::int64_t serial = 0;
    sealing::Digest digest{};
    friend bool operator==(const SupportBundleKept&, const SupportBundleKept&) = default;
};
base::Result<base::Bytes> encode(const SupportBundleKept& kept, const sealing::Signer& receipt_key);
base::Result<SupportBundleKept> support_bundle_kept(base::ByteView body,
                                                    const sealing::KeySet& keys);

}  // namespace offline::papers::wire
