// intake: wires the reference intake and the operator's commands; nothing else.
#include "catalogue/pack_reader.hpp"
#include "catalogue/submission_json.hpp"
#include "offline/courier/centre/commands.hpp"
#include "offline/courier/centre/intake_door.hpp"
#include "offline/courier/centre/running_intake.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/intake/applier.hpp"
#include "offline/intake/case_view.hpp"
#include "offline/intake/intake_server.hpp"
#include "offline/intake/intake_store.hpp"
#include "offline/intake/operator_view.hpp"
#include "offline/intake/pack_shelf.hpp"
#include "offline/intake/province/case_facts.hpp"
#include "offline/intake/province/export.hpp"
#include "offline/intake/publish_command.hpp"
#include "offline/post/fixed_wall_clock.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/sealing.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"
#include "provisioning/config/config.hpp"
#include "provisioning/config/overrides.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace {

namespace courier = offline::courier;
namespace intake = offline::intake;
namespace sealing = offline::sealing;
using provisioning::config::Config;

// 0 in order, 1 cannot run, 2 configuration, 4 no such case, 5 a bundle was refused, 6 a case was
// kept back.
enum Exit {
    in_order = 0,
    cannot_run = 1,
    configuration = 2,
    no_such_case = 4,
    bundle_refused = 5,
    kept_back = 6
};

int refused(const base::Fault& fault) {
    std::cerr << "intake: " << base::name(fault.code) << ": " << fault.safe_detail << "\n"
              << "intake: " << base::entry(fault.code).technician_zh << "\n";
    return cannot_run;
}

base::Result<sealing::IntakeKeys> read_keys(const Config& config) {
    base::Bytes file = TRY(base::read_file(config.intake.folder + "/intake.keys"));
    const sealing::WipeAtEnd wipe(file);
    sealing::IntakeKeys keys = TRY(sealing::IntakeKeys::parse(file));
    if (keys.realm() != config.terminal.realm)
        return base::fail(base::FaultCode::RealmMismatch, "intake.keys");
    return keys;
}

// The same pack as the terminal's, verified the same way.
base::Result<std::shared_ptr<const catalogue::Pack>> read_pack(const Config& config,
                                                               const sealing::KeySet& keys) {
    catalogue::Pack pack =
        TRY(catalogue::load_pack(config.intake.pack_folder, config.terminal.realm, 0,
                                 [&](base::ByteView bytes, base::ByteView signature) {
                                     return sealing::verify_pack(keys, bytes, signature);
                                 }));
    return std::make_shared<const catalogue::Pack>(std::move(pack));
}

std::string feeds_folder(const Config& config) {
    return config.intake.folder + "/feeds";
}

base::Result<std::shared_ptr<intake::FeedDesk>> make_feed_desk(
    const Config& config, std::shared_ptr<intake::CaseStore> store, const base::Clock& clock,
    base::EventLog& log) {
    intake::FeedDeskOptions options{
        feeds_folder(config),
        TRY(sealing::read_root(config.terminal.root_key, config.terminal.realm)),
        TRY(read_keys(config)),
        {}};
    options.statuses = [store](const std::string& terminal) {
        return store->statuses_of(terminal);
    };
    return std::make_shared<intake::FeedDesk>(std::move(options), clock, log);
}

base::Result<intake::Desks> make_desks(const Config& config,
                                       std::shared_ptr<intake::FeedDesk> feeds,
                                       const base::Clock& clock, base::EventLog& log) {
    intake::Desks desks;
    desks.feeds = std::move(feeds);
    desks.questions = std::make_unique<intake::QuestionDesk>(
        TRY(intake::AnswerBook::open(config.intake.folder)),
        TRY(sealing::read_root(config.terminal.root_key, config.terminal.realm)),
        TRY(read_keys(config)), clock, log);
    return desks;
}

// PostgreSQL when a database is named, else the SQLite file, each in its own way.
base::Result<std::unique_ptr<intake::CaseStore>> open_store(
    const Config& config, intake::IntakeStore::Opened (*embedded)(const std::string&)) {
    if (!config.intake.database.empty())
        return intake::IntakeStore::connect(config.intake.database);
    return embedded(config.intake.folder);
}

struct Service {
    intake::IntakeService service;
    std::shared_ptr<intake::FeedDesk> feeds;
};

base::Result<Service> make_service(const Config& config, const base::Clock& clock,
                                   base::EventLog& log) {
    // Terminals of both suites come here; the root's own is what packs are signed with.
    const sealing::PinnedRoot root =
        TRY(sealing::read_root(config.terminal.root_key, config.terminal.realm));
    const auto trust = TRY(sealing::read_trust({config.terminal.root_key, config.terminal.key_set,
                                                config.intake.folder + "/key_set_floor"},
                                               config.terminal.realm, root.key.suite));
    TRY_STATUS(trust.floor_kept);
    sealing::IntakeKeys keys = TRY(read_keys(config));
    const auto pack = TRY(read_pack(config, trust.keys));
    std::unique_ptr<intake::CaseStore> store = TRY(open_store(config, &intake::IntakeStore::open));
    const auto packs = std::make_shared<intake::PackShelf>(pack, feeds_folder(config), trust.keys);
    const intake::SubmissionReader reader =
        [packs](base::ByteView json,
                base::Date captured_on) -> base::Result<intake::ReadSubmission> {
        auto checked = TRY(packs->check(json, captured_on));
        return intake::ReadSubmission{checked.item_code, checked.implementation_code,
                                      checked.item_name, checked.id_number,
                                      checked.name,      std::move(checked.json)};
    };
    intake::IntakeService service(std::move(store), root, std::move(keys), reader, clock, log);
    const auto feeds = TRY(make_feed_desk(config, service.store(), clock, log));
    intake::IntakeLimits limits;
    limits.attachments_folder = config.intake.folder + "/attachments";
    limits.key_set = [own = trust.keys.version(), folder = feeds_folder(config)] {
        const auto published =
            offline::feeds::staged_versions(folder, offline::papers::Feed::key_set);
        return published.empty() ? own : std::max(own, published.front());
    };
    limits.revoked = [feeds] { return feeds->revocations(); };
    service.use(std::move(limits));
    return Service{std::move(service), feeds};
}

// For import stations on this machine. Without it the intake does all its other work.
std::unique_ptr<courier::CallServer> serve_stations(const Config& config,
                                                    intake::IntakeServer& server) {
    auto door = courier::CallServer::listen(
        courier::door_socket_in(config.intake.folder),
        [&server](
            const offline::formats::Record& question) -> base::Result<offline::formats::Record> {
            base::Result<offline::formats::Record> out =
                base::fail(base::FaultCode::PostUnreachable, "ending");
            server.with_service([&](intake::IntakeService& service) {
                courier::ServiceDoor own(service);
                out = courier::answer(own, question);
            });
            return out;
        });
    if (door) return std::move(*door);
    refused(door.error());
    return nullptr;
}

// Through the intake that runs here, or by itself when none does.
base::Result<bool> import_bundles(const Config& config, const std::string& stick,
                                  const base::Clock& clock, base::EventLog& log) {
    const sealing::IntakeKeys keys = TRY(read_keys(config));
    courier::StationOptions options;
    options.root = TRY(sealing::read_root(config.terminal.root_key, config.terminal.realm));
    options.key_set = TRY(base::read_file(config.terminal.key_set));
    TRY(sealing::KeySet::verify(options.key_set, options.root));
    options.staging_folder = config.intake.folder + "/bundles";
    const auto take = [&](courier::IntakeDoor& door) {
        return courier::import_from_stick(
            stick, door, keys, options, clock, log,
            [](const std::string& line) { std::cout << line << std::endl; });
    };
    if (auto line = courier::CallClient::connect(courier::door_socket_in(config.intake.folder))) {
        courier::RunningIntake door(std::move(*line));
        return take(door);
    }
    auto made = TRY(make_service(config, clock, log));
    courier::ServiceDoor door(made.service);
    return take(door);
}

int import_command(const Config& config, const std::string& stick, const base::Clock& clock) {
    base::DescriptorEventLog log(2, clock);
    const auto all = import_bundles(config, stick, clock, log);
    if (!all) return refused(all.error());
    return *all ? in_order : bundle_refused;
}

// Whoever serves also applies, unless nodes of their own do that.
struct Work {
    bool serves = true, applies = true;
};

int work(const Config& config, const base::Clock& clock, Work what) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread starts

    base::DescriptorEventLog log(2, clock);
    auto made = make_service(config, clock, log);
    if (!made) return refused(made.error());
    auto& service = made->service;
    std::unique_ptr<intake::IntakeServer> server;
    if (what.serves) {
        std::optional<intake::IntakeTls> tls;
        if (!config.intake.tls_certificate.empty())
            tls = {config.intake.tls_certificate, config.intake.tls_key,
                   config.intake.tls_client_ca};
        auto desks = make_desks(config, made->feeds, clock, log);
        if (!desks) return refused(desks.error());
        auto listening = intake::IntakeServer::listen(
            config.intake.listen_host, config.intake.listen_port, service, tls, std::move(*desks));
        if (!listening) return refused(listening.error());
        server = std::move(*listening);
    }
    std::unique_ptr<intake::Applier> applier;
    if (what.applies) applier = std::make_unique<intake::Applier>(service);
    log.record(base::log::ProgramStarted{"intake", CW_VERSION,
                                         std::string(domain::name(config.terminal.realm))});
    std::unique_ptr<courier::CallServer> stations;
    if (server) stations = serve_stations(config, *server);
    int signal = 0;
    sigwait(&signals, &signal);
    stations.reset();
    server.reset();
    applier.reset();
    log.record(base::log::ProgramStopped{"intake"});
    return in_order;
}

// An answer for the operator; what is not there is exit 4.
int print(const base::Result<std::string>& text) {
    if (!text) {
        refused(text.error());
        return text.error().code == base::FaultCode::AnswerNotFound ? no_such_case : cannot_run;
    }
    std::cout << *text;
    return in_order;
}

using Text = base::Result<std::string>;

// What is complete, as the province wants it. True: every case could go.
base::Result<bool> export_to(const Config& config, const std::string& folder) {
    const auto root = TRY(sealing::read_root(config.terminal.root_key, config.terminal.realm));
    const base::Bytes key_set = TRY(base::read_file(config.terminal.key_set));
    const auto trusted = TRY(sealing::KeySet::verify(key_set, root));
    const auto pack = TRY(read_pack(config, trusted));
    const sealing::IntakeKeys keys = TRY(read_keys(config));
    const auto store = TRY(open_store(config, &intake::IntakeStore::open_to_read));
    std::vector<intake::province::CaseFacts> facts;
    for (const auto& stored : TRY(store->all()))
        if (!stored.receipt2.empty())
            facts.push_back(TRY(intake::province::facts_of(stored, keys)));
    const auto done = TRY(intake::province::export_cases(facts, *pack, folder));
    std::cout << done.cases << "\t" << done.kept_back << "\n";
    return done.kept_back == 0;
}

int export_command(const Config& config, const std::string& folder) {
    const auto all = export_to(config, folder);
    if (!all) return refused(all.error());
    return *all ? in_order : kept_back;
}

Text case_text(const Config& config, const std::string& sub_id, bool all) {
    const sealing::IntakeKeys keys = TRY(read_keys(config));
    const auto store = TRY(open_store(config, &intake::IntakeStore::open_to_read));
    if (all) {
        const auto cases = TRY(store->all());
        return TRY(intake::cases_as_json(cases, keys)) + "\n";
    }
    const domain::SubId id = TRY(domain::SubId::parse(sub_id));
    const auto found = TRY(store->with_sub_id(id));
    if (found.empty()) return base::fail(base::FaultCode::AnswerNotFound, "no case of this sub_id");
    return TRY(intake::case_as_json(found.front(), keys)) + "\n";
}

Text count_text(const Config& config) {
    const auto store = TRY(open_store(config, &intake::IntakeStore::open_to_read));
    return std::to_string(TRY(store->count())) + "\n";
}

Text terminals_text(const Config& config) {
    const auto store = TRY(open_store(config, &intake::IntakeStore::open_beside));
    return intake::terminals_as_text(TRY(store->terminals()));
}

Text gaps_text(const Config& config) {
    const auto store = TRY(open_store(config, &intake::IntakeStore::open_beside));
    return intake::gaps_as_text(TRY(store->gaps()));
}

Text quarantine_text(const Config& config, const std::string& sub_id) {
    const auto store = TRY(open_store(config, &intake::IntakeStore::open_beside));
    const auto refusals = TRY(store->quarantine());
    if (sub_id.empty()) return intake::quarantine_as_text(refusals);
    std::string out;
    for (const auto& refusal : refusals)
        if (refusal.sub_id.text() == sub_id) out += intake::refusal_as_json(refusal) + "\n";
    if (out.empty()) return base::fail(base::FaultCode::AnswerNotFound, "not in quarantine");
    return out;
}

// release: judged again when it comes again. replay: its effect is tried again.
Text change(const Config& config, const std::string& sub_id, base::Instant now, bool release) {
    const domain::SubId id = TRY(domain::SubId::parse(sub_id));
    const auto store = TRY(open_store(config, &intake::IntakeStore::open_beside));
    if (release)
        TRY_STATUS(store->release(id, now));
    else
        TRY_STATUS(store->replay(id, now));
    return std::string();
}

int publish(const Config& config, const std::string& config_path, intake::Publishing what) {
    what.folder = config.intake.folder;
    what.root_key = config.terminal.root_key;
    what.key_set = config.terminal.key_set;
    what.realm = config.terminal.realm;
    what.check_configuration = [&](base::ByteView toml) {
        return provisioning::config::check_overrides(config_path, std::string(base::as_text(toml)));
    };
    const auto version = intake::publish_from_files(what);
    if (!version) return refused(version.error());
    std::cout << what.feed << " " << *version << "\n";
    return in_order;
}

int load(const Config& config, const std::string& path) {
    const auto loaded = [&]() -> base::Result<std::int64_t> {
        const base::Bytes file = TRY(base::read_file(path));
        const auto keys = TRY(read_keys(config));
        auto book = TRY(intake::AnswerBook::open(config.intake.folder));
        return book.load(base::as_text(file), keys);
    }();
    if (!loaded) return refused(loaded.error());
    std::cout << *loaded << "\n";
    return in_order;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Citizen Window reference intake: opens, checks and stores submissions once."};
    app.require_subcommand(1);
    std::string config_path, database, clock_text, sub_id;
    bool all = false, no_apply = false;
    const auto command = [&](CLI::App& below, const char* name, const char* what) {
        auto* added = below.add_subcommand(name, what);
        added->add_option("--config", config_path, "the configuration file")->required();
        added->add_option("--database", database, "postgresql://… instead of the configured one");
        return added;
    };
    auto* serve_command = command(app, "serve", "listen for terminals until SIGTERM");
    auto* apply_command =
        command(app, "apply", "only have the effects that wait, on PostgreSQL, until SIGTERM");
    auto* case_command = command(app, "case", "print an opened case as JSON");
    auto* count_command = command(app, "count", "print the number of cases");
    auto* terminals_command = command(app, "terminals", "print the terminals and their epochs");
    auto* gaps_command = command(app, "gaps", "print the sequence numbers that never came");
    auto* quarantine = app.add_subcommand("quarantine", "what was refused and is kept aside");
    quarantine->require_subcommand(1);
    auto* list_command = command(*quarantine, "list", "print what is in quarantine");
    auto* show_command = command(*quarantine, "show", "print one without its content, as JSON");
    auto* release_command =
        command(*quarantine, "release", "let it be judged again when it comes again");
    auto* replay_command = command(app, "replay", "try the effect of a complete case again");
    auto* province_command =
        command(app, "export", "write the province's records of all complete cases into a folder");
    std::string province_folder;
    province_command->add_option("folder", province_folder, "made when it is not there")
        ->required();
    auto* bundle_command = app.add_subcommand("bundle", "bundles that came on a USB stick");
    bundle_command->require_subcommand(1);
    auto* import = command(*bundle_command, "import",
                           "take all bundles from a stick and write the receipts back onto it");
    std::string stick;
    import->add_option("folder", stick, "where the stick is mounted")->required();
    for (auto* timed : {serve_command, apply_command, import})
        timed->add_option("--clock", clock_text, "fixed wall clock for training");
    serve_command->add_flag("--no-apply", no_apply, "leave the effects to intake apply");
    provisioning::config::Intake tls;
    auto* certificate = serve_command->add_option("--tls-cert", tls.tls_certificate,
                                                  "speak TLS 1.3 with this certificate (PEM)");
    auto* key = serve_command->add_option("--tls-key", tls.tls_key, "its key");
    auto* client_ca = serve_command->add_option("--tls-client-ca", tls.tls_client_ca,
                                                "the authority of the terminals' certificates");
    certificate->needs(key)->needs(client_ca);
    case_command->add_option("sub_id", sub_id, "32 hex digits");
    case_command->add_flag("--all", all, "every case, as a list");
    for (auto* one : {show_command, release_command, replay_command})
        one->add_option("sub_id", sub_id, "32 hex digits")->required();
    std::string load_path;
    auto* load_command =
        app.add_subcommand("load", "take certificates and fees from a JSON file of the registers");
    load_command->add_option("file", load_path, "certificates and fees")->required();
    load_command->add_option("--config", config_path, "the configuration file")->required();
    intake::Publishing publishing;
    auto* publish_command = app.add_subcommand("publish", "make a new version of a feed");
    publish_command->add_option("feed", publishing.feed, "pack, key_set, revocation, configuration")
        ->required();
    publish_command
        ->add_option("file", publishing.file,
                     "pack: folder with pack.json and pack.sig; else the file")
        ->required();
    publish_command->add_option("--config", config_path, "the configuration file")->required();
    publish_command->add_option("--key", publishing.key, "feed key (not for a key_set)");
    publish_command->add_option("--good-for-days", publishing.good_for_days,
                                "may be outdated from then on; 0: never");
    CLI11_PARSE(app, argc, argv);

    auto read = provisioning::config::read_config(config_path);
    if (!read.problems.empty()) {
        std::cerr << provisioning::config::as_text(read.problems);
        return configuration;
    }
    if (!tls.tls_certificate.empty()) {
        read.config.intake.tls_certificate = tls.tls_certificate;
        read.config.intake.tls_key = tls.tls_key;
        read.config.intake.tls_client_ca = tls.tls_client_ca;
    }
    Config config = read.config;
    if (!database.empty()) config.intake.database = database;
    if ((!database.empty() && !intake::IntakeStore::is_database(database)) ||
        (apply_command->parsed() && config.intake.database.empty())) {
        std::cerr << "intake: a database is postgresql://…\n";
        return configuration;
    }
    if (case_command->parsed()) return print(case_text(config, sub_id, all));
    if (province_command->parsed()) return export_command(config, province_folder);
    if (count_command->parsed()) return print(count_text(config));
    if (terminals_command->parsed()) return print(terminals_text(config));
    if (gaps_command->parsed()) return print(gaps_text(config));
    if (list_command->parsed()) return print(quarantine_text(config, ""));
    if (show_command->parsed()) return print(quarantine_text(config, sub_id));
    const base::Instant now = base::SystemClock().now();
    if (release_command->parsed()) return print(change(config, sub_id, now, true));
    if (replay_command->parsed()) return print(change(config, sub_id, now, false));
    if (load_command->parsed()) return load(config, load_path);
    if (publish_command->parsed()) return publish(config, config_path, publishing);

    std::unique_ptr<base::Clock> clock = std::make_unique<base::SystemClock>();
    if (!clock_text.empty()) {
        base::Instant instant{};
        if (!base::parse_iso8601(clock_text, instant) ||
            config.terminal.realm != domain::Realm::training) {
            std::cerr << "intake: --clock takes an ISO 8601 time, and only in training\n";
            return configuration;
        }
        clock = std::make_unique<offline::post::FixedWallClock>(instant);
    }
    if (import->parsed()) return import_command(config, stick, *clock);
    return work(config, *clock, {serve_command->parsed(), apply_command->parsed() || !no_apply});
}
