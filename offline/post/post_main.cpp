// kiosk-post: wires the post office; nothing else.
#include "base/random.hpp"
#include "offline/post/fixed_wall_clock.hpp"
#include "offline/post/post_office.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"
#include "provisioning/config/config.hpp"

#include <CLI/CLI.hpp>
#include <sys/signalfd.h>

#include <csignal>
#include <iostream>
#include <memory>

namespace {

namespace post = offline::post;
namespace sealing = offline::sealing;

// A technician's program: 0 stopped in order, 1 cannot run, 2 configuration, 3 outbox damaged.
enum Exit { in_order = 0, cannot_run = 1, configuration = 2, outbox_damaged = 3 };

struct Keys {
    sealing::KeySet set;
    offline::outbox::Terminal terminal;
};

base::Result<Keys> read_keys(const provisioning::config::Config& config) {
    const auto& own = config.terminal;
    auto trust = TRY(
        sealing::read_trust({own.root_key, own.key_set, own.state_folder + "/post_key_set_floor"},
                            own.realm, own.suite));
    TRY_STATUS(trust.floor_kept);
    const base::Bytes certificate_file = TRY(base::read_file(config.post.terminal_certificate));
    auto certificate = TRY(sealing::TerminalCertificate::verify(certificate_file, trust.root));
    if (certificate.suite() != own.suite)
        return base::fail(base::FaultCode::SuiteMismatch, config.post.terminal_certificate);
    if (certificate.terminal != config.terminal.id)
        return base::fail(base::FaultCode::KeyAbsent, "the certificate is of another terminal");
    base::Bytes key_file = TRY(base::read_file(config.post.terminal_key));
    const sealing::WipeAtEnd wipe(key_file);
    auto key = TRY(sealing::SigningKey::parse(key_file, "terminal-key", config.terminal.realm));
    return Keys{std::move(trust.keys), {std::move(certificate), std::move(key)}};
}

int refused(const base::Fault& fault) {
    std::cerr << "kiosk-post: " << base::name(fault.code) << ": " << fault.safe_detail << "\n"
              << "kiosk-post: " << base::entry(fault.code).technician_zh << "\n";
    return fault.code == base::FaultCode::OutboxCorrupt ? outbox_damaged : cannot_run;
}

// SIGTERM and SIGINT become readable bytes; blocked before any thread starts.
post::Descriptor stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    return post::Descriptor(signalfd(-1, &signals, SFD_CLOEXEC));
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Citizen Window post office: keeps sealed submissions until the centre has them."};
    std::string config_path, clock_text;
    app.add_option("--config", config_path, "the configuration file")->required();
    app.add_option("--clock", clock_text,
                   "fixed wall clock for training, e.g. 2026-11-22T09:41:00+08:00");
    CLI11_PARSE(app, argc, argv);

    const auto read = provisioning::config::read_config(config_path);
    if (!read.problems.empty()) {
        std::cerr << provisioning::config::as_text(read.problems);
        return configuration;
    }
    const auto& config = read.config;
    std::unique_ptr<base::Clock> clock = std::make_unique<base::SystemClock>();
    if (!clock_text.empty()) {
        base::Instant instant{};
        if (!base::parse_iso8601(clock_text, instant) ||
            config.terminal.realm != domain::Realm::training) {
            std::cerr << "kiosk-post: --clock takes an ISO 8601 time, and only in training\n";
            return configuration;
        }
        clock = std::make_unique<post::FixedWallClock>(instant);
    }
    const post::Descriptor stop = stop_signals();
    base::DescriptorEventLog log(2, *clock);

    auto keys = read_keys(config);
    if (!keys) return refused(keys.error());
    offline::outbox::OutboxOptions kept{config.post.outbox_folder, config.post.quota_mb << 20};
    kept.log = &log;
    kept.ballast_bytes = config.post.ballast_mb << 20;
    kept.suspect_folder = kept.mirror_folder = config.post.mirror_folder;
    auto outbox = offline::outbox::Outbox::open(std::move(kept), std::move(keys->terminal), *clock);
    if (!outbox) return refused(outbox.error());
    auto server =
        post::PostServer::listen(config.terminal.post_socket, config.terminal.realm, *clock, log);
    if (!server) return refused(server.error());

    offline::sync::ClockFloor floor(config.post.outbox_folder + "/clock.floor", *clock, log);
    post::OfficeOptions options{config.terminal.post_socket, {config.post.intake_url}, {}};
    options.centre.tls_ca = config.post.tls_ca;
    options.centre.tls_certificate = config.post.tls_certificate;
    options.centre.tls_key = config.post.tls_key;
    options.centre.proxy = config.post.proxy;
    options.centre.now = [&floor] { return floor.now(); };
    options.delivery.retry = {base::Millis{config.post.backoff_base_ms},
                              base::Millis{config.post.backoff_cap_ms},
                              base::Millis{config.post.first_contact_jitter_ms}};
    options.delivery.software = CW_VERSION;
    base::fill_random(reinterpret_cast<std::uint8_t*>(&options.delivery.seed),
                      sizeof options.delivery.seed);
    log.record(base::log::ProgramStarted{"kiosk-post", CW_VERSION,
                                         std::string(domain::name(config.terminal.realm))});
    post::PostOffice(options, *outbox, keys->set, floor, *clock, log, *server).run(stop.get());
    log.record(base::log::ProgramStopped{"kiosk-post"});
    return in_order;
}
