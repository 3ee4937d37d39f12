#include "provisioning/enrolment/training_keys.hpp"

#include "base/random.hpp"

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

base::Bytes bytes(const sealing::PublicKey& key) {
    return {key.begin(), key.end()};
}

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
                                              const char* what, const Progress& progress) {
    const base::Bytes file = TRY(kept_or_made(path, secret_mode, what, progress, [&] {
        return sealing::SigningKey::generate().as_file(kind, realm);
    }));
    return sealing::SigningKey::parse(file, kind, realm);
}

// Written when it is missing or says something else, e.g. after a key was made anew.
base::Status issue(const fs::path& path, const base::Bytes& content, const char* what,
                   const Progress& progress) {
    const auto there = base::read_file(path.string());
    const bool same = there && *there == content;
    if (!same) TRY_STATUS(base::write_file(path.string(), content, public_mode));
    progress(what, !same);
    return {};
}

base::Status certify_terminal(const fs::path& folder, const std::string& terminal,
                              const sealing::SigningKey& root, const Progress& progress) {
    const sealing::PinnedRoot pinned{realm, root.public_key()};
    const auto key =
        TRY(signing_key(folder / "terminal.key", "terminal-key", "终端密钥", progress));
    const fs::path path = folder / "terminal.cert";
    if (const auto file = base::read_file(path.string())) {
        const auto certificate = sealing::TerminalCertificate::verify(*file, pinned);
        if (certificate && certificate->terminal == terminal &&
            certificate->key == key.public_key()) {
            progress("终端证书", false);
            return {};
        }
    }
    // A new certificate is a new enrolment: sequence numbers start again within a new epoch.
    const auto certificate = sealing::TerminalCertificate::issue(
        root, realm, terminal, base::random_bytes<16>(), key.public_key());
    TRY_STATUS(base::write_file(path.string(), certificate.file, public_mode));
    progress("终端证书", true);
    return {};
}

base::Status sign_pack(const fs::path& folder, const std::string& pack_file,
                       const sealing::SigningKey& pack_key, const Progress& progress) {
    const base::Bytes pack = TRY(base::read_file(pack_file));
    const auto signature = pack_key.sign(sealing::context::pack, pack);
    // The signature last: a half-done change is a pack that is refused, not one that is wrong.
    TRY_STATUS(issue(folder / "pack.json", pack, "事项包", progress));
    return issue(folder / "pack.sig", base::Bytes(signature.begin(), signature.end()), "事项包签名",
                 progress);
}

}  // namespace

base::Bytes root_file(const sealing::SigningKey& root, Realm of_realm) {
    base::Bytes out = offline::formats::to_json({{"v", std::int64_t{1}},
                                                 {"kind", std::string("root")},
                                                 {"realm", std::string(domain::name(of_realm))},
                                                 {"key", bytes(root.public_key())}});
    out.push_back('\n');
    return out;
}

base::Bytes key_set_file(const sealing::SigningKey& root, Realm of_realm,
                         const sealing::PublicKey& sealing_key,
                         const sealing::PublicKey& receipt_key,
                         const sealing::PublicKey& pack_key) {
    const Record record = sealing::signed_record({{"v", std::int64_t{1}},
                                                  {"kind", std::string("key-set")},
                                                  {"realm", std::string(domain::name(of_realm))},
                                                  {"sealing_key", bytes(sealing_key)},
                                                  {"receipt_key", bytes(receipt_key)},
                                                  {"pack_key", bytes(pack_key)}},
                                                 root, sealing::context::key_set);
    base::Bytes out = offline::formats::to_json(record);
    out.push_back('\n');
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
        TRY(signing_key(folder / "root/root.key", "root-key", "演示根密钥", progress));
    const auto pack_key =
        TRY(signing_key(folder / "root/pack.key", "pack-key", "事项包签名密钥", progress));
    const base::Bytes intake_file =
        TRY(kept_or_made(folder / "intake/intake.keys", secret_mode, "收件端密钥", progress,
                         [] { return sealing::IntakeKeys::generate(realm).as_file(); }));
    const auto intake = TRY(sealing::IntakeKeys::parse(intake_file));

    TRY_STATUS(issue(folder / "keys/root.pub", root_file(root, realm), "根公钥", progress));
    TRY_STATUS(issue(folder / "keys/key_set.json",
                     key_set_file(root, realm, intake.sealing_key(),
                                  intake.receipt_key().public_key(), pack_key.public_key()),
                     "密钥集", progress));
    TRY_STATUS(certify_terminal(folder / "post", state.terminal, root, progress));
    return sign_pack(folder / "pack", state.pack_file, pack_key, progress);
}

}  // namespace provisioning::enrolment
