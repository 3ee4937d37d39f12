// kiosk-post: wires the post office; nothing else.
#include "base/random.hpp"
#include "offline/courier/terminal/commands.hpp"
#include "offline/enrolment/renewer.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/papers/support_bundle.hpp"
#include "offline/post/drill_command.hpp"
#include "offline/post/fixed_wall_clock.hpp"
#include "offline/post/post_exit.hpp"
#include "offline/post/post_office.hpp"
#include "offline/post/technicians_line.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"
#include "provisioning/config/config.hpp"
#include "provisioning/config/overrides.hpp"

#include <CLI/CLI.hpp>
#include <sys/signalfd.h>

#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>

namespace {

namespace courier = offline::courier;
namespace post = offline::post;
namespace sealing = offline::sealing;
using post::refused;
using post::refused_enrolment;

struct Keys {
    sealing::PinnedRoot root;
    sealing::KeySet set;
    offline::outbox::Terminal terminal;
};

std::string key_set_floor(const provisioning::config::Config& config) {
    return config.terminal.state_folder + "/post_key_set_floor";
}

offline::enrolment::Places places_of(const provisioning::config::Config& config) {
    const auto& post = config.post;
    return {config.terminal.state_folder + "/enrolment",
            config.terminal.root_key,
            config.terminal.key_set,
            post.terminal_key,
            post.terminal_certificate,
            post.tls_ca,
            post.tls_certificate,
            post.tls_key,
            post.tpm};
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
    const offline::enrolment::OwnKeyStore store(places_of(config), offline::store::real_disk());
    auto key = TRY(store.open(key_file, config.terminal.realm));
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

offline::enrolment::Self self_of(const provisioning::config::Config& config) {
    return {config.terminal.realm, config.terminal.suite, config.terminal.id,
            offline::enrolment::machine_facts(CW_VERSION),
            config.post.intake_url.starts_with("https://")};
}

std::string clock_floor_of(const provisioning::config::Config& config) {
    return config.post.outbox_folder + "/clock.floor";
}

// enrol, renew, identity: none of them needs what the post needs to run.
struct IdentityCommands {
    CLI::App *enrol = nullptr, *renew = nullptr, *identity = nullptr;
    offline::enrolment::Wanted wanted = {};

    void declare(CLI::App& app) {
        enrol = app.add_subcommand("enrol", "make this machine's key and get its certificate")
                    ->fallthrough();
        enrol->add_option("--code", wanted.code, "the one-time code of the centre, or @FILE");
        enrol->add_option("--centre", wanted.centre, "http(s)://…; the configured one if left out");
        enrol->add_option("--root", wanted.root,
                          "fingerprint or file of the root, where none is pinned");
        enrol->add_option("--invitation", wanted.invitation,
                          "the text of the invitation's QR code, or @FILE, in place of the three");
        enrol->add_flag("--again", wanted.again, "also when this machine is enrolled already");
        renew = app.add_subcommand("renew", "get the next certificate now")->fallthrough();
        identity = app.add_subcommand("identity", "print who this terminal is")->fallthrough();
    }
    bool parsed() const { return enrol->parsed() || renew->parsed() || identity->parsed(); }
    int run(const provisioning::config::Config& config, const base::Clock& clock,
            base::EventLog& log) {
        auto& disk = offline::store::real_disk();
        if (const auto made = disk.make_folder(config.post.outbox_folder); !made)
            return refused(made.error());
        offline::sync::ClockFloor floor(clock_floor_of(config), clock, log);
        const offline::enrolment::Way way{config.post.intake_url, config.post.proxy,
                                          [&floor] { return floor.now(); },
                                          [&floor](base::Instant at) { floor.told(at, "hello"); }};
        const auto self = self_of(config);
        const auto places = places_of(config);
        const auto text =
            identity->parsed() ? offline::enrolment::identity_text(self, places, floor.now())
            : renew->parsed()  ? offline::enrolment::renew_command(self, way, places)
                               : offline::enrolment::enrol_command(self, wanted, way, places);
        if (!text) return refused_enrolment(text.error());
        std::cout << *text;
        return post::in_order;
    }
};

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

// What a release names is brought here, and installed by nobody of this program.
void serve_packages(const provisioning::config::Config& config,
                    const offline::sync::DeliveryOptions& delivery, const sealing::PinnedRoot& root,
                    const sealing::KeySet& keys, const offline::feeds::FeedStore& feeds,
                    offline::sync::ClockFloor& floor, base::EventLog& log,
                    post::PostOffice& office) {
    namespace releases = offline::releases;
    auto shelf = releases::PackageShelf::open(releases::shelf_folder(config.terminal.feeds_folder),
                                              root.key.suite, offline::store::real_disk());
    if (!shelf) return log.record(base::log::ReleaseRefused{shelf.error().code, "shelf"});
    const auto& updates = config.updates;
    offline::sync::CentreAddress repository{updates.repository, updates.repository_ca};
    repository.proxy = config.post.proxy;
    repository.now = [&floor] { return floor.now(); };
    releases::FetchOptions options;
    options.retry = delivery.retry;
    options.every = delivery.retry.cap;
    options.seed = delivery.seed ^ 0x5DEECE66Dull;
    options.has_repository = !updates.repository.empty();
    office.serve_packages(std::move(repository), std::move(options), feeds, std::move(*shelf),
                          keys);
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
    return result->all_well ? post::in_order : post::stick_refused;
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
    return post::in_order;
}

// Without a readable desk no command is taken and no heartbeat goes: it is said here, and the post
// does all its other work.
void serve_fleet(post::PostOffice& office, const provisioning::config::Config& config,
                 const std::string& config_path, const Keys& keys, offline::store::Disk& disk,
                 base::EventLog& log) {
    auto desk = post::CommandDesk::open(config.post.outbox_folder + "/commands.json",
                                        config.terminal.id, keys.root, disk, log);
    if (!desk) {
        refused(desk.error());
        return;
    }
    post::FleetOptions options;
    options.software = CW_VERSION;
    options.folder = config.post.outbox_folder + "/support";
    options.session_lock = config.terminal.state_folder + "/session.lock";
    // The technicians' program lies beside this one.
    std::error_code problem;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", problem);
    const auto maker = self.parent_path() / "kiosk-technician";
    if (!problem && std::filesystem::exists(maker, problem))
        options.support_command = {maker.string(),
                                   "support-bundle",
                                   "--no-devices",
                                   "--config",
                                   config_path,
                                   "--max-bytes",
                                   std::to_string(offline::papers::wire::support_bundle_bytes_max)};
    office.serve_fleet(std::move(options), std::move(*desk), keys.set);
}

offline::enrolment::RenewerOptions renewal_options(const provisioning::config::Config& config,
                                                   const offline::enrolment::Places& places,
                                                   offline::sync::ClockFloor& floor,
                                                   post::PostOffice& office) {
    offline::enrolment::RenewerOptions out{self_of(config), places, {}, {}, {}, {}};
    out.way = {config.post.intake_url, config.post.proxy, [&floor] { return floor.now(); },
               [&](base::Instant at) {
                   office.on_its_thread([&](offline::outbox::Outbox&) { floor.told(at, "hello"); });
               }};
    out.every = std::chrono::hours(1);
    out.renewed = [&office](const sealing::TerminalCertificate& certificate) {
        office.on_its_thread([&](offline::outbox::Outbox&) { office.use(certificate); });
    };
    out.revoked = [&office] {
        office.on_its_thread([&](offline::outbox::Outbox&) { office.take_no_more(); });
    };
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Citizen Window post office: keeps sealed submissions until the centre has them."};
    app.set_version_flag("--version", CW_VERSION);
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
    auto* drill = app.add_subcommand("drill", "the power-cut drill, on a scratch outbox");
    drill->require_subcommand(1);
    drill->add_subcommand("begin", "keep made-up submissions until the power is cut")
        ->fallthrough();
    auto* drill_check =
        drill->add_subcommand("check", "count what is left of them after the start")->fallthrough();
    drill->fallthrough();
    IdentityCommands identity;
    identity.declare(app);
    CLI11_PARSE(app, argc, argv);

    auto read = provisioning::config::read_config(config_path);
    if (!read.problems.empty()) {
        std::cerr << provisioning::config::as_text(read.problems);
        return post::configuration;
    }
    auto& config = read.config;
    std::unique_ptr<base::Clock> clock = std::make_unique<base::SystemClock>();
    if (!clock_text.empty()) {
        base::Instant instant{};
        if (!base::parse_iso8601(clock_text, instant) ||
            config.terminal.realm != domain::Realm::training) {
            std::cerr << "kiosk-post: --clock takes an ISO 8601 time, and only in training\n";
            return post::configuration;
        }
        clock = std::make_unique<post::FixedWallClock>(instant);
    }
    base::DescriptorEventLog log(2, *clock);

    if (identity.parsed()) return identity.run(config, *clock, log);
    // What a power cut left of an enrolment or a renewal is done before anything is read.
    const auto places = places_of(config);
    if (const auto done = offline::enrolment::finish_change(offline::store::real_disk(), places);
        !done)
        return refused(done.error());
    if (!offline::store::real_disk().exists(config.post.terminal_certificate))
        return refused_enrolment({base::FaultCode::KeyAbsent, config.post.terminal_certificate});
    auto keys = read_keys(config);
    if (!keys) return refused(keys.error());
    for (const auto& courier : courier_commands)
        if (app.got_subcommand(courier.name))
            return run_courier(courier.command, stick, for_program, config, *keys, *clock, log);
    if (epoch_command->parsed()) return begin_epoch(config, std::move(*keys), above, *clock, log);
    const post::Descriptor stop = stop_signals();
    if (drill->parsed()) {
        post::DrillSettings drilled;
        drilled.folder = config.terminal.state_folder + "/drill";
        drilled.realm = config.terminal.realm;
        return post::run_drill(drill_check->parsed(), drilled, keys->set, *clock, stop,
                               [](const std::string& line) { std::cout << line << std::endl; });
    }
    override_options(config_path, *keys, config);
    auto& disk = offline::store::real_disk();
    auto feeds = offline::feeds::FeedStore::open(config.terminal.feeds_folder, config.terminal.id,
                                                 keys->set, disk);
    // Without them it goes on with what it has: they are never a reason not to take or deliver.
    if (!feeds) log.record(base::log::FeedRefused{"all", feeds.error().code});
    offline::sync::ClockFloor floor(clock_floor_of(config), *clock, log);
    offline::outbox::OutboxOptions kept = outbox_options(config, log);
    kept.clock_trust = [&floor] { return floor.trust(); };
    auto outbox = offline::outbox::Outbox::open(std::move(kept), std::move(keys->terminal), *clock);
    if (!outbox) return refused(outbox.error());
    // Numbers that the centre knows of the machine before this one are not given out again.
    if (const auto facts = offline::enrolment::read_facts(offline::store::real_disk(), places);
        facts && *facts && (*facts)->above > 0) {
        const auto summary = outbox->summary();
        const std::int64_t known = (*facts)->above;
        if (summary && summary->next_seq <= known)
            if (const auto begun = outbox->begin_epoch(offline::outbox::Began::superseded, known);
                !begun)
                return refused(begun.error());
    }
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
    options.delivery.hello_every = std::chrono::seconds{config.post.hello_every_s};
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
    office.mark_too_old({config.terminal.state_folder, disk});
    if (feeds)
        serve_packages(config, options.delivery, keys->root, keys->set, *feeds, floor, log, office);
    auto records = post::ServiceBook::open(config.terminal.state_folder + "/service-records",
                                           outbox->terminal(), disk);
    // They are looked at by a person; citizens are served meanwhile.
    if (records)
        office.serve_service_records(std::move(*records), options, keys->set);
    else
        refused(records.error());
    serve_fleet(office, config, config_path, *keys, disk, log);
    const auto courier = post::serve_courier(config.post.outbox_folder, office, keys->set, log);
    offline::enrolment::Renewer renewer(renewal_options(config, places, floor, office),
                                        outbox->terminal().certificate, log);
    renewer.start();
    const base::SystemClock real_clock;
    base::ServiceNotice notice(real_clock);
    office.report_to(notice);
    notice.ready();
    office.run(stop.get());
    notice.stopping();
    log.record(base::log::ProgramStopped{"kiosk-post"});
    return post::in_order;
}
