#include "offline/enrolment/enrolling.hpp"

#include "base/random.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"
#include "offline/sealing/tls/tls_requests.hpp"

namespace offline::enrolment {

namespace {

using base::FaultCode;
namespace wire = papers::wire;
namespace tls = sealing::tls;

constexpr std::size_t key_bytes_max = 8192, paper_bytes_max = 64 << 10;
constexpr base::Millis answer_limit{60'000};

// A key that outlives a lost answer: read, or made and kept before it is used.
template <class Make>
base::Result<base::Bytes> kept(store::Disk& disk, const std::string& path, Make make) {
    if (disk.exists(path)) return disk.read(path, 0, key_bytes_max);
    base::Bytes made = TRY(make());
    TRY_STATUS(disk.make_folder(store::folder_of(path)));
    TRY_STATUS(store::replace_file(disk, path, made));
    return made;
}

struct SigningPart {
    sealing::SigningKey key;
    base::Bytes file;
};

// A machine that was enrolled before keeps its key: what waits in its outbox is signed with it.
base::Result<SigningPart> signing_part(const Self& self, const Places& places, const KeyStore& keys,
                                       store::Disk& disk) {
    const bool there = disk.exists(places.terminal_key);
    const auto made = [&] {
        return keys.closed(sealing::SigningKey::generate(self.suite), self.realm);
    };
    base::Bytes file = TRY(kept(disk, there ? places.terminal_key : places.pending_key(), made));
    auto key = TRY(keys.open(file, self.realm));
    if (key.public_key().suite != self.suite)
        return base::fail(FaultCode::SuiteMismatch, places.terminal_key);
    return SigningPart{std::move(key), std::move(file)};
}

// A new key for TLS each time; the one in use stays until the change.
struct TlsPart {
    base::Bytes key, request;
};
base::Result<TlsPart> tls_part(const Self& self, const Places& places, store::Disk& disk) {
    TlsPart out;
    if (!self.wants_tls) return out;
    if (places.tls_key.empty() || places.tls_certificate.empty() || places.tls_ca.empty())
        return base::fail(FaultCode::ConfigInvalid,
                          "[post] tls_ca, tls_certificate and tls_key are needed for https://");
    const auto made = [&]() -> base::Result<base::Bytes> {
        auto requested = TRY(tls::make_request(self.terminal));
        return std::move(requested.key);
    };
    out.key = TRY(kept(disk, places.pending_tls_key(), made));
    out.request = TRY(tls::request_for(out.key, self.terminal));
    return out;
}

base::Fault fault_of(const std::string& reason, long status) {
    if (reason == wire::refusal::wrong_code) return {FaultCode::InvitationWrong, "wrong code"};
    if (reason == wire::refusal::used) return {FaultCode::InvitationUsed, "used by another key"};
    if (reason == wire::refusal::expired) return {FaultCode::InvitationExpired, "expired"};
    if (reason == wire::refusal::locked) return {FaultCode::InvitationLocked, "locked"};
    if (reason == wire::refusal::live) return {FaultCode::TerminalLive, "live"};
    if (reason == wire::refusal::revoked) return {FaultCode::TerminalRevoked, "revoked"};
    if (reason == wire::refusal::unknown)
        return {FaultCode::AnswerNotFound, "the centre has not issued this certificate"};
    if (reason == wire::refusal::other_terminal)
        return {FaultCode::ConfigInvalid, "the code is of another terminal than [terminal] id"};
    return {FaultCode::CentreRefused, "status " + std::to_string(status)};
}

base::Result<base::Bytes> asked(const Ask& ask, const char* path, base::Bytes body) {
    sync::Exchange exchange;
    exchange.path = path;
    exchange.body = std::move(body);
    exchange.limit = answer_limit;
    const auto answer = ask(exchange);
    if (answer && answer->content_type == wire::content_type && answer->status >= 400)
        if (const auto reason = wire::refusal_reason(answer->body);
            reason && *reason != wire::refusal::later)
            return base::fail(fault_of(*reason, answer->status));
    // A centre that knows nothing of this path has no issuer, or is too old.
    if (answer && answer->status == 404)
        return base::fail(FaultCode::CentreRefused, "no enrolment there");
    return sync::body_of(answer);
}

// Private keys are among them, whichever way this ends.
struct WipedFiles {
    std::vector<NewFile> files;
    ~WipedFiles() {
        for (auto& file : files) base::wipe(file.bytes);
    }
};

// A set in place that is newer than the answer's came by the feed's way or by hand: it stays.
bool said_is_newer(const wire::Verified& verified, const Places& places, store::Disk& disk) {
    const auto file = disk.read(places.key_set, 0, paper_bytes_max);
    if (!file) return true;
    const auto here =
        sealing::KeySet::verify(*file, verified.root, {verified.certificate.suite(), 0});
    return !here || here->version() <= verified.keys.version();
}

base::Result<Enrolled> take(const Self& self, const wire::Verified& verified,
                            const SigningPart& signing, const TlsPart& tls_own,
                            const std::string& centre, const Places& places, const KeyStore& keys,
                            store::Disk& disk) {
    const auto& said = verified.enrolment;
    // The centre's time is what an end is measured by: this machine's clock may stand at 1970.
    if (said.server_time < verified.certificate.not_before ||
        said.server_time >= verified.certificate.not_after)
        return base::fail(FaultCode::CertificateExpired, "as it came");
    Enrolled out{{verified.certificate.terminal, said.division, said.point, said.profile,
                  keys.kind(), centre, said.above, said.server_time},
                 verified.certificate,
                 sealing::fingerprint(verified.root)};
    WipedFiles wiped{{{places.terminal_key, signing.file, true},
                      {places.root_key, said.root},
                      {places.terminal_certificate, said.certificate},
                      {places.facts(), as_file(out.facts)},
                      {places.open_facts(), as_file(out.facts)}}};
    auto& files = wiped.files;
    if (said_is_newer(verified, places, disk)) files.push_back({places.key_set, said.key_set});
    if (self.wants_tls) {
        if (said.tls_certificate.empty())
            return base::fail(FaultCode::KeyAbsent, "the centre gives no X.509 certificates");
        TRY_STATUS(tls::check_pair(said.tls_certificate, tls_own.key, said.tls_ca));
        files.push_back({places.tls_ca, said.tls_ca});
        files.push_back({places.tls_certificate, said.tls_certificate});
        files.push_back({places.tls_key, tls_own.key, true});
    }
    TRY_STATUS(change_together(disk, places, files));
    return out;
}

base::Result<sealing::PinnedRoot> root_in_place(const Self& self, const Places& places,
                                                store::Disk& disk) {
    if (!disk.exists(places.root_key)) return base::fail(FaultCode::KeyAbsent, places.root_key);
    const base::Bytes file = TRY(disk.read(places.root_key, 0, paper_bytes_max));
    const auto root = TRY(sealing::PinnedRoot::parse(file));
    if (root.realm != self.realm) return base::fail(FaultCode::RealmMismatch, places.root_key);
    return root;
}

// What is pinned here, or what the operator gave; both must say the same.
base::Result<std::string> expected_root(const Self& self, const Joining& joining,
                                        const Places& places, store::Disk& disk) {
    if (!disk.exists(places.root_key)) {
        if (!joining.root.empty()) return joining.root;
        return base::fail(FaultCode::ConfigInvalid, "no root is pinned: --root is needed");
    }
    const auto pinned = TRY(root_in_place(self, places, disk));
    const std::string own = sealing::fingerprint(pinned);
    if (!joining.root.empty() && joining.root != own)
        return base::fail(FaultCode::RootMismatch, "another root is pinned on this machine");
    return own;
}

}  // namespace

base::Result<Enrolled> enrol(const Self& self, const Joining& joining, const Places& places,
                             const KeyStore& keys, store::Disk& disk, const Ask& ask) {
    TRY(finish_change(disk, places));
    const std::string root = TRY(expected_root(self, joining, places, disk));
    SigningPart signing = TRY(signing_part(self, places, keys, disk));
    const sealing::WipeAtEnd wipe(signing.file);
    TlsPart tls_own = TRY(tls_part(self, places, disk));
    const sealing::WipeAtEnd wipe_tls(tls_own.key);
    wire::EnrolRequest request;
    request.invitation = joining.code.number();
    request.nonce = base::random_bytes<16>();
    request.terminal = self.terminal;
    request.key = signing.key.public_key();
    request.tls_request = tls_own.request;
    request.facts = self.facts;
    request.facts.key_store = keys.kind();
    base::Bytes body = TRY(wire::encode(request, joining.code, signing.key));
    const base::Bytes answer = TRY(asked(ask, "/v1/enrol", std::move(body)));
    const auto verified =
        TRY(wire::enrolment(answer, {self.realm, root, request.nonce, self.terminal, request.key}));
    return take(self, verified, signing, tls_own, joining.centre, places, keys, disk);
}

base::Result<Enrolled> renew(const Self& self, const Places& places, const KeyStore& keys,
                             store::Disk& disk, const Ask& ask) {
    TRY(finish_change(disk, places));
    const auto here = TRY(read_in_place(self, places, keys, disk));
    SigningPart signing = TRY(signing_part(self, places, keys, disk));
    const sealing::WipeAtEnd wipe(signing.file);
    TlsPart tls_own = TRY(tls_part(self, places, disk));
    const sealing::WipeAtEnd wipe_tls(tls_own.key);
    wire::RenewRequest request;
    request.certificate = here.certificate.file;
    request.nonce = base::random_bytes<16>();
    request.tls_request = tls_own.request;
    request.facts = self.facts;
    request.facts.key_store = keys.kind();
    base::Bytes body = TRY(wire::encode(request, signing.key));
    const base::Bytes answer = TRY(asked(ask, "/v1/renew", std::move(body)));
    auto verified =
        TRY(wire::enrolment(answer, {self.realm, sealing::fingerprint(here.root), request.nonce,
                                     self.terminal, signing.key.public_key()}));
    const auto before = TRY(read_facts(disk, places));
    // Numbers that were told at the enrolment are this outbox's own since.
    verified.enrolment.above = before ? before->above : 0;
    return take(self, verified, signing, tls_own, before ? before->centre : std::string(), places,
                keys, disk);
}

base::Instant renewal_due(const sealing::TerminalCertificate& certificate) {
    if (certificate.not_after == sealing::without_end) return sealing::without_end;
    return certificate.not_before + (certificate.not_after - certificate.not_before) * 2 / 3;
}

base::Result<InPlace> read_in_place(const Self& self, const Places& places, const KeyStore& keys,
                                    store::Disk& disk) {
    for (const auto& path : {places.terminal_certificate, places.terminal_key})
        if (!disk.exists(path)) return base::fail(FaultCode::KeyAbsent, path);
    const auto root = TRY(root_in_place(self, places, disk));
    const base::Bytes file = TRY(disk.read(places.terminal_certificate, 0, paper_bytes_max));
    auto certificate = TRY(sealing::TerminalCertificate::verify(file, root));
    base::Bytes key_file = TRY(disk.read(places.terminal_key, 0, key_bytes_max));
    const sealing::WipeAtEnd wipe(key_file);
    auto key = TRY(keys.open(key_file, self.realm));
    if (certificate.suite() != self.suite)
        return base::fail(FaultCode::SuiteMismatch, places.terminal_certificate);
    if (certificate.terminal != self.terminal || certificate.key != key.public_key())
        return base::fail(FaultCode::KeyAbsent, "the certificate is of another terminal or key");
    return InPlace{root, std::move(key), std::move(certificate)};
}

}  // namespace offline::enrolment
