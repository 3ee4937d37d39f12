#include "provisioning/enrolment/training_tls.hpp"

#include "offline/sealing/suites/wipe_at_end.hpp"
#include "offline/sealing/tls/tls_certificates.hpp"

#include <filesystem>

namespace provisioning::enrolment {

namespace {

namespace fs = std::filesystem;
namespace tls = offline::sealing::tls;
namespace sealing = offline::sealing;

constexpr unsigned secret_mode = 0600;
constexpr unsigned public_mode = 0644;
constexpr const char* centre_host = "127.0.0.1";  // where the training's intake listens
// Demonstrations run by a fixed clock, so they hold for a year before they were made.
constexpr std::chrono::days before{365}, after{3650};

struct Files {
    fs::path certificate, key;
};

template <class Make>
base::Status keep_or_make(const Files& files, const char* what, const Progress& progress,
                          Make make) {
    const bool there = fs::exists(files.certificate) && fs::exists(files.key);
    if (!there) {
        tls::Pair pair = TRY(make());
        const sealing::WipeAtEnd wipe(pair.key);
        TRY_STATUS(base::write_file(files.key.string(), pair.key, secret_mode));
        TRY_STATUS(base::write_file(files.certificate.string(), pair.certificate, public_mode));
    }
    progress(what, !there);
    return {};
}

}  // namespace

base::Status make_training_tls(const TrainingState& state, const Progress& progress) {
    const fs::path folder(state.folder);
    const tls::Validity validity{state.now - before, state.now + after};
    const Files authority{folder / "root/tls_ca.pem", folder / "root/tls_ca.key.pem"};
    TRY_STATUS(keep_or_make(authority, "演示 TLS 签发机构", progress, [&] {
        return tls::make_authority("Citizen Window training", validity);
    }));
    tls::Pair pair{TRY(base::read_file(authority.certificate.string())),
                   TRY(base::read_file(authority.key.string()))};
    const sealing::WipeAtEnd wipe(pair.key);
    const Files centre{folder / "intake/tls.cert.pem", folder / "intake/tls.key.pem"};
    TRY_STATUS(keep_or_make(centre, "收件端 TLS 证书", progress, [&] {
        return tls::issue(pair, tls::Side::centre, centre_host, validity);
    }));
    const Files terminal{folder / "post/tls.cert.pem", folder / "post/tls.key.pem"};
    TRY_STATUS(keep_or_make(terminal, "终端 TLS 证书", progress, [&] {
        return tls::issue(pair, tls::Side::terminal, state.terminal, validity);
    }));
    for (const char* copy : {"intake/tls_ca.pem", "post/tls_ca.pem"})
        TRY_STATUS(base::write_file((folder / copy).string(), pair.certificate, public_mode));
    // The intake gives terminals that enrol their certificates.
    return base::write_file((folder / "intake/tls_ca.key.pem").string(), pair.key, secret_mode);
}

}  // namespace provisioning::enrolment
