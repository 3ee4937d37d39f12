#include "provisioning/enrolment/training_keys.hpp"

#include "base/random.hpp"
#include "offline/papers/technician_roster.hpp"
#include "offline/sealing/pack_signature.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"
#include "provisioning/enrolment/training_tls.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

namespace provisioning::enrolment {

namespace {

namespace fs = std::filesystem;
namespace sealing = offline::sealing;
using base::FaultCode;
using domain::Realm;
using offline::formats::Record;

constexpr Realm realm = Realm::training;
constexpr unsigned secret_mode = 0600;
constexpr unsigned public_mode = 0644;

base::Status make_folder(const fs::path& path, fs::perms mode) {
    std::error_code problem;
    fs::create_directories(path, problem);
    if (!problem) fs::permissions(path, mode, problem);
    if (problem) return base::fail(FaultCode::FileUnwritable, path.string());
    return {};
}

// Keeps a file that is there, else writes what `make` gives.
template <class Make>
base::Result<base::Bytes> kept_or_made(const fs::path& path, unsigned mode, const char* what,
                                       const Progress& progress, Make make) {
    const bool there = fs::exists(path);
    base::Bytes content = there ? TRY(base::read_file(path.string())) : base::Bytes(make());
    if (!there) TRY_STATUS(base::write_file(path.string(), content, mode));
    progress(what, !there);
    return content;
}

base::Result<sealing::SigningKey> signing_key(const fs::path& path, std::string_view kind,
                                              sealing::SuiteId suite, const char* what,
                                              const Progress& progress) {
    base::Bytes file = TRY(kept_or_made(path, secret_mode, what, progress, [&] {
        return sealing::SigningKey::generate(suite).as_file(kind, realm);
    }));
    const sealing::WipeAtEnd wipe(file);
    auto key = TRY(sealing::SigningKey::parse(file, kind, realm));
    if (key.public_key().suite != suite) return base::fail(FaultCode::SuiteMismatch, path.string());
    return key;
}

base::Result<sealing::IntakeKeys> intake_keys(const fs::path& path, const TrainingState& state,
                                              const Progress& progress) {
    base::Bytes file = TRY(kept_or_made(path, secret_mode, "收件端密钥", progress, [&] {
        return sealing::IntakeKeys::generate(realm, state.suite).as_file();
    }));
    const sealing::WipeAtEnd wipe(file);
    auto keys = TRY(sealing::IntakeKeys::parse(file));
    if (!state.rotate) return keys;
    keys.rotate(state.suite, state.now);
    base::Bytes rotated = keys.as_file();
    const sealing::WipeAtEnd wipe_rotated(rotated);
    TRY_STATUS(base::write_file(path.string(), rotated, secret_mode));
    progress("收件端新密钥", true);
    return keys;
}

// Written when it is missing or says something else.
base::Status issue(const fs::path& path, const base::Bytes& content, const char* what,
                   const Progress& progress) {
    const auto there = base::read_file(path.string());
    const bool same = there && *there == content;
    if (!same) TRY_STATUS(base::write_file(path.string(), content, public_mode));
    progress(what, !same);
    return {};
}

// A set that says the same stays as it is: signatures differ each time, so contents are compared.
base::Status issue_key_set(const fs::path& path, sealing::KeySetContent wanted,
                           const sealing::SigningKey& root, const Progress& progress) {
    if (const auto file = base::read_file(path.string())) {
        const auto there = sealing::KeySet::verify(*file, {realm, root.public_key()});
        if (there) {
            auto before = there->content();
            wanted.version = before.version;
            wanted.revoked = before.revoked;
            std::swap(before.issued_at, wanted.issued_at);
            if (before == sealing::sorted(wanted)) {
                progress("密钥集", false);
                return {};
            }
            wanted.issued_at = before.issued_at;
            ++wanted.version;
        }
    }
    const base::Bytes file = TRY(wanted.issue(root));
    TRY_STATUS(base::write_file(path.string(), file, public_mode));
    progress("密钥集", true);
    return {};
}

base::Status certify_terminal(const fs::path& folder, const TrainingState& state,
                              const sealing::SigningKey& root, const Progress& progress) {
    const sealing::PinnedRoot pinned{realm, root.public_key()};
    const auto key = TRY(
        signing_key(folder / "terminal.key", "terminal-key", state.suite, "终端密钥", progress));
    const fs::path path = folder / "terminal.cert";
    if (const auto file = base::read_file(path.string())) {
        const auto certificate = sealing::TerminalCertificate::verify(*file, pinned);
        if (certificate && certificate->terminal == state.terminal &&
            certificate->key == key.public_key()) {
            progress("终端证书", false);
            return {};
        }
    }
    const auto certificate =
        TRY(sealing::TerminalCertificate::issue(root, realm, state.terminal, key.public_key()));
    TRY_STATUS(base::write_file(path.string(), certificate.file, public_mode));
    progress("终端证书", true);
    return {};
}

// The key by which the intake enrols terminals, and the root's word for it.
base::Status name_issuer(const fs::path& folder, const TrainingState& state,
                         const sealing::SigningKey& root, const Progress& progress) {
    const sealing::PinnedRoot pinned{realm, root.public_key()};
    const auto key = TRY(
        signing_key(folder / "issuer.key", "issuer-key", state.suite, "登记签发密钥", progress));
    const fs::path path = folder / "issuer.cert";
    if (const auto file = base::read_file(path.string())) {
        const auto issuer = sealing::Issuer::verify(*file, pinned);
        if (issuer && issuer->key == key.public_key()) {
            progress("登记签发证书", false);
            return {};
        }
    }
    const auto issuer = TRY(sealing::Issuer::issue(root, realm, key.public_key(), {}));
    TRY_STATUS(base::write_file(path.string(), issuer.file, public_mode));
    progress("登记签发证书", true);
    return {};
}

// One that verifies stays: its salts are drawn anew each time.
base::Status list_technicians(const fs::path& path, const TrainingState& state,
                              const sealing::KeySet& keys, const sealing::SigningKey& feed_key,
                              const Progress& progress) {
    namespace papers = offline::papers;
    if (const auto there = base::read_file(path.string());
        there && papers::TechnicianRoster::verify(*there, keys, 1, state.now)) {
        progress("维护人员名单", false);
        return {};
    }
    using domain::Right;
    papers::TechnicianRoster list;
    list.realm = realm;
    list.issued_at = state.now;
    list.valid_until = sealing::without_end;
    list.entries.push_back(TRY(papers::roster_entry(
        {training_technician, {Right::courier, Right::service, Right::machine}},
        base::SecretText(std::string(training_technician_card)),
        base::SecretText(std::string(training_technician_pin)), base::random_bytes<16>(),
        sealing::without_end)));
    TRY_STATUS(base::write_file(path.string(), TRY(list.issue(feed_key)), public_mode));
    progress("维护人员名单", true);
    return {};
}

base::Status sign_pack(const fs::path& folder, const std::string& pack_file,
                       const sealing::SigningKey& pack_key, const Progress& progress) {
    const base::Bytes pack = TRY(base::read_file(pack_file));
    // The signature last: a half-done change is a pack that is refused, not one that is wrong.
    TRY_STATUS(issue(folder / "pack.json", pack, "事项包", progress));
    const auto done = TRY(sealing::sign_pack(folder.string(), pack, pack_key));
    progress("事项包签名", done != sealing::PackSigning::good_as_it_was);
    return {};
}

}  // namespace

base::Bytes root_file(const sealing::PublicKey& root, Realm of_realm) {
    return sealing::root_file({of_realm, root});
}

sealing::KeySetContent key_set_of(const sealing::IntakeKeys& intake,
                                  const sealing::PublicKey& pack_key,
                                  const sealing::PublicKey* feed_key,
                                  const sealing::PublicKey* release_key) {
    sealing::KeySetContent out;
    out.realm = intake.realm();
    out.keys = intake.listed();
    // The pack signer has no successor yet: from the beginning, and as long as the set says so.
    out.keys.push_back({sealing::KeyPurpose::pack, pack_key, {}, sealing::without_end});
    if (feed_key != nullptr)
        out.keys.push_back({sealing::KeyPurpose::feed, *feed_key, {}, sealing::without_end});
    if (release_key != nullptr)
        out.keys.push_back({sealing::KeyPurpose::release, *release_key, {}, sealing::without_end});
    return out;
}

base::Status make_training_keys(const TrainingState& state, const Progress& progress) {
    if (!sealing::is_terminal_id(state.terminal))
        return base::fail(FaultCode::ConfigInvalid, "a terminal has 15 digits");
    const fs::path folder(state.folder);
    for (const char* secret : {"", "root", "post", "intake"})
        TRY_STATUS(make_folder(folder / secret, fs::perms::owner_all));
    constexpr auto readable = fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                              fs::perms::others_read | fs::perms::others_exec;
    for (const char* open : {"keys", "pack"}) TRY_STATUS(make_folder(folder / open, readable));

    const auto root =
        TRY(signing_key(folder / "root/root.key", "root-key", state.suite, "演示根密钥", progress));
    const auto pack_key = TRY(
        signing_key(folder / "root/pack.key", "pack-key", state.suite, "事项包签名密钥", progress));
    const auto feed_key = TRY(
        signing_key(folder / "root/feed.key", "feed-key", state.suite, "下发签名密钥", progress));
    const auto release_key = TRY(signing_key(folder / "root/release.key", "release-key",
                                             state.suite, "更新签名密钥", progress));
    const auto intake = TRY(intake_keys(folder / "intake/intake.keys", state, progress));

    TRY_STATUS(
        issue(folder / "keys/root.pub", root_file(root.public_key(), realm), "根公钥", progress));
    auto wanted = key_set_of(intake, pack_key.public_key(), &feed_key.public_key(),
                             &release_key.public_key());
    wanted.issued_at = state.now;
    TRY_STATUS(issue_key_set(folder / "keys/key_set.json", std::move(wanted), root, progress));
    TRY_STATUS(name_issuer(folder / "intake", state, root, progress));
    const auto key_set_file = TRY(base::read_file((folder / "keys/key_set.json").string()));
    const auto key_set = TRY(sealing::KeySet::verify(key_set_file, {realm, root.public_key()}));
    TRY_STATUS(
        list_technicians(folder / "keys/technicians.json", state, key_set, feed_key, progress));
    TRY_STATUS(certify_terminal(folder / "post", state, root, progress));
    TRY_STATUS(make_training_tls(state, progress));
    return sign_pack(folder / "pack", state.pack_file, pack_key, progress);
}

}  // namespace provisioning::enrolment
