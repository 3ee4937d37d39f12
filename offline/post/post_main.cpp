// kiosk-post: wires the post office; nothing else.
#include "base/random.hpp"
#include "offline/courier/terminal/commands.hpp"
#include "offline/courier/terminal/outbox_depot.hpp"
#include "offline/courier/terminal/running_post.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/post/fixed_wall_clock.hpp"
#include "offline/post/post_office.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"
#include "provisioning/config/config.hpp"
#include "provisioning/config/overrides.hpp"

#include <CLI/CLI.hpp>
#include <sys/signalfd.h>

#include <csignal>
#include <iostream>
#include <memory>

namespace {

namespace courier = offline::courier;
namespace post = offline::post;
namespace sealing = offline::sealing;

// A technician's program: 0 stopped in order, 1 cannot run, 2 configuration, 3 outbox damaged, 4
// something on the stick was refused.
enum Exit {
    in_order = 0,
    cannot_run = 1,
    configuration = 2,
    outbox_damaged = 3,
    stick_refused = 4
};

struct Keys {
    sealing::PinnedRoot root;
    sealing::KeySet set;
    offline::outbox::Terminal terminal;
};

std::string key_set_floor(const provisioning::config::Config& config) {
    return config.terminal.state_folder + "/post_key_set_floor";
}

base::Result<Keys> read_keys(const provisioning::config::Config& config) {
    const auto& own = config.terminal;
    auto trust =
        TRY(offline::feeds::read_trust_and_feeds({own.root_key, own.key_set, key_set_floor(config)},
                                                 own.feeds_folder, own.realm, own.suite, own.id));
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
    return Keys{trust.root, std::move(trust.keys), {std::move(certificate), std::move(key)}};
}

// The post's options of the configuration feed, laid over the file's.
void override_options(const std::string& config_path, const Keys& keys,
                      provisioning::config::Config& config) {
    const auto staged = offline::feeds::newest_staged(config.terminal.feeds_folder,
                                                      offline::papers::Feed::configuration, 0,
                                                      keys.set, config.terminal.id);
    if (!staged) return;
    const auto read = provisioning::config::read_config_with(
        config_path, std::string(base::as_text(staged->content)));
    if (read.problems.empty()) config.post = read.config.post;
}

int refused(const base::Fault& fault) {
    std::cerr << "kiosk-post: " << base::name(fault.code) << ": " << fault.safe_detail << "\n"
              << "kiosk-post: " << base::entry(fault.code).technician_zh << "\n";
    return fault.code == base::FaultCode::OutboxCorrupt ? outbox_damaged : cannot_run;
}

// A terminal asks for feeds as often as it would try again at the latest.
offline::feeds::FeedOptions feed_options(const provisioning::config::Config& config,
                                         const std::string& config_path,
                                         const offline::sync::DeliveryOptions& delivery,
                                         offline::sync::ClockFloor& floor) {
    offline::feeds::FeedOptions out;
    out.retry = delivery.retry;
    out.every = delivery.retry.cap;
    out.seed = ~delivery.seed;
    out.key_set_floor = key_set_floor(config);
    out.told = [&floor](base::Instant at) { floor.told(at, "feed"); };
    out.configuration = [config_path](base::ByteView toml) {
        return provisioning::config::check_overrides(config_path, std::string(base::as_text(toml)));
    };
    return out;
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

// The courier's commands, each with the words of its help.
struct CourierCommand {
    courier::Command command;
    const char *name, *help;
};
constexpr CourierCommand courier_commands[] = {
    {courier::Command::register_stick, "register-stick", "let this terminal use a USB stick"},
    {courier::Command::export_bundle, "export", "write what waits onto a registered stick"},
    {courier::Command::import_returns, "import", "take the centre's receipts from a stick"},
    {courier::Command::list, "bundles", "what was exported and what came back"},
};

int run_courier(courier::Command command, const std::string& stick, bool for_program,
                const provisioning::config::Config& config, const Keys& keys,
                const base::Clock& clock, base::EventLog& log) {
    const courier::CommandSettings settings{config.post.courier_folder, config.post.outbox_folder,
                                            config.post.quota_mb * 1024 * 1024,
                                            config.terminal.feeds_folder};
    const auto result =
        courier::run_command(command, stick, settings, keys.terminal, keys.root, keys.set, clock,
                             log, [](const std::string& line) { std::cout << line << std::endl; });
    if (!result && for_program)
        std::cout << post::courier_fault_mark << base::name(result.error().code) << ' '
                  << result.error().safe_detail << std::endl;
    if (!result) return refused(result.error());
    return result->all_well ? in_order : stick_refused;
}

offline::outbox::OutboxOptions outbox_options(const provisioning::config::Config& config,
                                              base::EventLog& log) {
    offline::outbox::OutboxOptions kept{config.post.outbox_folder, config.post.quota_mb << 20};
    kept.log = &log;
    kept.ballast_bytes = config.post.ballast_mb << 20;
    kept.suspect_folder = kept.mirror_folder = config.post.mirror_folder;
    return kept;
}

// The centre says that this epoch is over, and a person found that this machine is the right one.
int begin_epoch(const provisioning::config::Config& config, Keys keys, std::int64_t above,
                const base::Clock& clock, base::EventLog& log) {
    auto outbox =
        offline::outbox::Outbox::open(outbox_options(config, log), std::move(keys.terminal), clock);
    if (!outbox) return refused(outbox.error());
    const auto begun = outbox->begin_epoch(offline::outbox::Began::superseded, above);
    if (!begun) return refused(begun.error());
    const auto summary = outbox->summary();
    if (!summary) return refused(summary.error());
    std::cout << "新的周期已开始，编号从 " << summary->next_seq << " 起，待送 " << summary->waiting
              << " 件\n";
    return in_order;
}

// Answers the courier's commands while the post runs. Without it the post does all its other work.
std::unique_ptr<courier::CallServer> serve_courier(const std::string& outbox_folder,
                                                   post::PostOffice& office,
                                                   const sealing::KeySet& keys,
                                                   base::EventLog& log) {
    auto server = courier::CallServer::listen(
        courier::call_socket_in(outbox_folder),
        [&office, &keys,
         &log](const offline::formats::Record& question) -> base::Result<offline::formats::Record> {
            base::Result<offline::formats::Record> out =
                base::fail(base::FaultCode::PostUnreachable, "ending");
            office.on_its_thread([&](offline::outbox::Outbox& outbox) {
                courier::OutboxDepot depot(outbox, keys, log);
                out = courier::answer(depot, question);
            });
            return out;
        });
    if (server) return std::move(*server);
    refused(server.error());
    return nullptr;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Citizen Window post office: keeps sealed submissions until the centre has them."};
    std::string config_path, clock_text;
    app.add_option("--config", config_path, "the configuration file")->required();
    app.add_option("--clock", clock_text,
                   "fixed wall clock for training, e.g. 2026-11-22T09:41:00+08:00");
    app.require_subcommand(0, 1);
    std::string stick;
    for (const auto& courier : courier_commands) {
        auto* command = app.add_subcommand(courier.name, courier.help)->fallthrough();
        if (courier.command != courier::Command::list)
            command->add_option("folder", stick, "where the stick is mounted")->required();
    }
    bool for_program = false;
    app.add_flag("--for-program", for_program, "a courier's command also tells its fault by name")
        ->group("");
    std::int64_t above = 0;
    auto* epoch_command =
        app.add_subcommand("begin-epoch",
                           "go on under a new epoch, when the centre refuses this one")
            ->fallthrough();
    epoch_command->add_option("--above", above, "the highest number that intake terminals names")
        ->check(CLI::NonNegativeNumber);
    CLI11_PARSE(app, argc, argv);

    auto read = provisioning::config::read_config(config_path);
    if (!read.problems.empty()) {
        std::cerr << provisioning::config::as_text(read.problems);
        return configuration;
    }
    auto& config = read.config;
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
    base::DescriptorEventLog log(2, *clock);

    auto keys = read_keys(config);
    if (!keys) return refused(keys.error());
    for (const auto& courier : courier_commands)
        if (app.got_subcommand(courier.name))
            return run_courier(courier.command, stick, for_program, config, *keys, *clock, log);
    if (epoch_command->parsed()) return begin_epoch(config, std::move(*keys), above, *clock, log);
    const post::Descriptor stop = stop_signals();
    override_options(config_path, *keys, config);
    auto& disk = offline::store::real_disk();
    auto feeds = offline::feeds::FeedStore::open(config.terminal.feeds_folder, config.terminal.id,
                                                 keys->set, disk);
    // Without them it goes on with what it has: they are never a reason not to take or deliver.
    if (!feeds) log.record(base::log::FeedRefused{"all", feeds.error().code});
    offline::sync::ClockFloor floor(config.post.outbox_folder + "/clock.floor", *clock, log);
    offline::outbox::OutboxOptions kept = outbox_options(config, log);
    kept.clock_trust = [&floor] { return floor.trust(); };
    auto outbox = offline::outbox::Outbox::open(std::move(kept), std::move(keys->terminal), *clock);
    if (!outbox) return refused(outbox.error());
    auto server =
        post::PostServer::listen(config.terminal.post_socket, config.terminal.realm, *clock, log);
    if (!server) return refused(server.error());

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
    options.courier = {config.post.stick_folder, {"/proc/self/exe", "--config", config_path}};
    if (!clock_text.empty())
        for (const auto& word : {std::string("--clock"), clock_text})
            options.courier.command.push_back(word);
    base::fill_random(reinterpret_cast<std::uint8_t*>(&options.delivery.seed),
                      sizeof options.delivery.seed);
    log.record(base::log::ProgramStarted{"kiosk-post", CW_VERSION,
                                         std::string(domain::name(config.terminal.realm))});
    post::PostOffice office(options, *outbox, keys->set, floor, *clock, log, *server);
    if (feeds)
        office.serve_feeds(feed_options(config, config_path, options.delivery, floor), *feeds, disk,
                           keys->root, keys->set);
    const auto courier = serve_courier(config.post.outbox_folder, office, keys->set, log);
    office.run(stop.get());
    log.record(base::log::ProgramStopped{"kiosk-post"});
    return in_order;
}
