// kiosk-post: wires the post office; nothing else.
#include "base/random.hpp"
#include "offline/courier/terminal/commands.hpp"
#include "offline/courier/terminal/outbox_depot.hpp"
#include "offline/courier/terminal/running_post.hpp"
#include "offline/enrolment/renewer.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/post/fixed_wall_clock.hpp"
#include "offline/post/post_office.hpp"
#include "offline/post/power_cut_drill.hpp"
#include "offline/post/service_line.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"
#include "provisioning/config/config.hpp"
#include "provisioning/config/overrides.hpp"

#include <CLI/CLI.hpp>
#include <poll.h>
#include <sys/signalfd.h>

#include <csignal>
#include <iostream>
#include <memory>

namespace {

namespace courier = offline::courier;
namespace post = offline::post;
namespace sealing = offline::sealing;

// A technician's program: 0 stopped in order, 1 cannot run, 2 configuration, 3 outbox damaged, 4
// something on the stick was refused, 5 not enrolled, 6 the code was refused (wrong, used, expired,
// locked, another terminal's, a terminal in service), 7 what the centre said is not believed, 8 the
// centre cannot be reached, 9 this terminal was revoked.
enum Exit {
    in_order = 0,
    cannot_run = 1,
    configuration = 2,
    outbox_damaged = 3,
    stick_refused = 4,
    not_enrolled = 5,
    code_refused = 6,
    not_believed = 7,
    unreachable = 8,
    revoked = 9
};

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

int refused(const base::Fault& fault) {
    std::cerr << "kiosk-post: " << base::name(fault.code) << ": " << fault.safe_detail << "\n"
              << "kiosk-post: " << base::entry(fault.code).technician_zh << "\n";
    return fault.code == base::FaultCode::OutboxCorrupt ? outbox_damaged : cannot_run;
}

int refused_enrolment(const base::Fault& fault) {
    using base::FaultCode;
    refused(fault);
    switch (fault.code) {
        case FaultCode::KeyAbsent:
            return not_enrolled;
        case FaultCode::InvitationWrong:
        case FaultCode::InvitationUsed:
        case FaultCode::InvitationExpired:
        case FaultCode::InvitationLocked:
        case FaultCode::TerminalLive:
            return code_refused;
        case FaultCode::RootMismatch:
        case FaultCode::SignatureWrong:
        case FaultCode::RealmMismatch:
        case FaultCode::SuiteMismatch:
        case FaultCode::BytesMalformed:
        case FaultCode::CertificateExpired:
        case FaultCode::CentreUntrusted:
            return not_believed;
        case FaultCode::NetworkUnreachable:
        case FaultCode::CentreFailed:
        case FaultCode::CentreNonsense:
        case FaultCode::CentreRefused:
            return unreachable;
        case FaultCode::TerminalRevoked:
            return revoked;
        case FaultCode::ConfigInvalid:
            return configuration;
        default:
            return cannot_run;
    }
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
        enrol->add_option("--code", wanted.code, "the one-time code of the centre");
        enrol->add_option("--centre", wanted.centre, "http(s)://…; the configured one if left out");
        enrol->add_option("--root", wanted.root,
                          "fingerprint or file of the root, where none is pinned");
        enrol->add_option("--invitation", wanted.invitation,
                          "the text of the invitation's QR code, in place of the three");
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
        return in_order;
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

// 0 passed or ended by hand, 3 something was lost, 1 it does not count or could not be done.
int run_drill(bool checks, const provisioning::config::Config& config, const Keys& keys,
              const base::Clock& clock, const post::Descriptor& stop) {
    post::DrillSettings settings;
    settings.folder = config.terminal.state_folder + "/drill";
    settings.realm = config.terminal.realm;
    if (const auto boot = base::read_file("/proc/sys/kernel/random/boot_id"))
        settings.boot = std::string(base::as_text(*boot).substr(0, 36));
    const auto say = [](const std::string& line) { std::cout << line << std::endl; };
    if (checks) {
        const auto result = post::check_drill(settings, clock, say);
        if (!result) return refused(result.error());
        return result->lost > 0 || !result->opened ? outbox_damaged
               : result->passed()                  ? in_order
                                                   : cannot_run;
    }
    const auto count = post::begin_drill(
        settings, keys.set, clock,
        [&stop](base::Millis limit) {
            pollfd asked{stop.get(), POLLIN, 0};
            return ::poll(&asked, 1, static_cast<int>(limit.count())) > 0;
        },
        say);
    return count ? in_order : refused(count.error());
}

// What kiosk-technician found is signed here, with the key that it does not have.
base::Result<post::SignedRecord> keep_record(post::PostOffice& office,
                                             const offline::papers::ServiceContent& content) {
    auto kept = TRY(office.keep_service_record(content));
    return post::SignedRecord{kept.number, kept.digest, std::move(kept.file)};
}

// Answers a technician's commands while the post runs. Without it the post does all its other work.
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
                const auto asked = question.find("ask");
                if (asked != question.end() && asked->second == offline::formats::Value(std::string(
                                                                    post::service_record_word))) {
                    out = post::answer_service(question, [&](const auto& content) {
                        return keep_record(office, content);
                    });
                    return;
                }
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
    if (drill->parsed()) return run_drill(drill_check->parsed(), config, *keys, *clock, stop);
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
    auto records = post::ServiceBook::open(config.terminal.state_folder + "/service-records",
                                           outbox->terminal(), disk);
    // They are looked at by a person; citizens are served meanwhile.
    if (records)
        office.serve_service_records(std::move(*records), options, keys->set);
    else
        refused(records.error());
    const auto courier = serve_courier(config.post.outbox_folder, office, keys->set, log);
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
    return in_order;
}
