// The terminal's side of E and N. enrol(): from nothing but a code and a pinned root to a terminal
// with its papers; renew(): the next certificate for the same key. The key is made here, kept
// before anything is asked, and never leaves; everything that comes back is verified against the
// root before a file is touched. Asked again after a lost answer or a power cut, with the same
// code, the centre gives the same certificate. One thread, which waits for the network.
#pragma once

#include "offline/enrolment/key_store.hpp"
#include "offline/sync/centre_client.hpp"

#include <functional>
#include <string>

namespace offline::enrolment {

using Ask = std::function<base::Result<sync::Answer>(const sync::Exchange&)>;

struct Self {
    domain::Realm realm{};
    sealing::SuiteId suite{};
    std::string terminal;
    papers::wire::MachineFacts facts;  // without the key store
    bool wants_tls = false;            // the centre's address is https://
};

struct Enrolled {
    Facts facts;
    sealing::TerminalCertificate certificate;
    std::string root;  // fingerprint
};

struct Joining {
    papers::InvitationCode code;
    std::string centre;
    // The fingerprint that the operator gave; empty: the root that is pinned here already.
    std::string root;
};

// What the centre refused: InvitationWrong, InvitationUsed, InvitationExpired, InvitationLocked,
// TerminalLive, TerminalRevoked, ConfigInvalid (the code is another terminal's), CentreRefused.
// RootMismatch and the other faults of papers::wire::enrolment(): what came is not believed.
// NetworkUnreachable, CentreFailed, CentreNonsense: ask again. Whatever it is, what was here before
// is here still.
base::Result<Enrolled> enrol(const Self& self, const Joining& joining, const Places& places,
                             const KeyStore& keys, store::Disk& disk, const Ask& ask);

// AnswerNotFound: the centre did not issue what this terminal has; TerminalRevoked.
base::Result<Enrolled> renew(const Self& self, const Places& places, const KeyStore& keys,
                             store::Disk& disk, const Ask& ask);

// When a certificate is renewed: two thirds of its validity are over.
base::Instant renewal_due(const sealing::TerminalCertificate& certificate);

// The root, key and certificate that are in place and belong together. KeyAbsent: not enrolled.
struct InPlace {
    sealing::PinnedRoot root;
    sealing::SigningKey key;
    sealing::TerminalCertificate certificate;
};
base::Result<InPlace> read_in_place(const Self& self, const Places& places, const KeyStore& keys,
                                    store::Disk& disk);

}  // namespace offline::enrolment
