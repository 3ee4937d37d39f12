// intake: wires the reference intake and the operator's commands; nothing else.
#include "catalogue/pack_reader.hpp"
#include "catalogue/submission_json.hpp"
#include "offline/intake/applier.hpp"
#include "offline/intake/case_view.hpp"
#include "offline/intake/intake_server.hpp"
#include "offline/intake/intake_store.hpp"
#include "offline/intake/operator_view.hpp"
#include "offline/post/fixed_wall_clock.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/sealing.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"
#include "provisioning/config/config.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <iostream>
#include <memory>

namespace {

namespace intake = offline::intake;
namespace sealing = offline::sealing;
using provisioning::config::Config;

// 0 in order, 1 cannot run, 2 configuration, 4 no such case.
enum Exit { in_order = 0, cannot_run = 1, configuration = 2, no_such_case = 4 };

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

// PostgreSQL when a database is named, else the SQLite file, each in its own way.
base::Result<std::unique_ptr<intake::CaseStore>> open_store(
    const Config& config, intake::IntakeStore::Opened (*embedded)(const std::string&)) {
    if (!config.intake.database.empty())
        return intake::IntakeStore::connect(config.intake.database);
    return embedded(config.intake.folder);
}

base::Result<intake::IntakeService> make_service(const Config& config, const base::Clock& clock,
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
    const intake::SubmissionReader reader =
        [pack](base::ByteView json,
               base::Date captured_on) -> base::Result<intake::ReadSubmission> {
        auto checked = TRY(catalogue::check_submission(json, *pack, captured_on));
        return intake::ReadSubmission{checked.item_code, checked.implementation_code,
                                      checked.item_name, checked.id_number,
                                      checked.name,      std::move(checked.json)};
    };
    return intake::IntakeService(std::move(store), root, std::move(keys), reader, clock, log);
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
    auto service = make_service(config, clock, log);
    if (!service) return refused(service.error());
    std::unique_ptr<intake::IntakeServer> server;
    if (what.serves) {
        auto listening = intake::IntakeServer::listen(config.intake.listen_host,
                                                      config.intake.listen_port, *service);
        if (!listening) return refused(listening.error());
        server = std::move(*listening);
    }
    std::unique_ptr<intake::Applier> applier;
    if (what.applies) applier = std::make_unique<intake::Applier>(*service);
    log.record(base::log::ProgramStarted{"intake", CW_VERSION,
                                         std::string(domain::name(config.terminal.realm))});
    int signal = 0;
    sigwait(&signals, &signal);
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
    for (auto* timed : {serve_command, apply_command})
        timed->add_option("--clock", clock_text, "fixed wall clock for training");
    serve_command->add_flag("--no-apply", no_apply, "leave the effects to intake apply");
    case_command->add_option("sub_id", sub_id, "32 hex digits");
    case_command->add_flag("--all", all, "every case, as a list");
    for (auto* one : {show_command, release_command, replay_command})
        one->add_option("sub_id", sub_id, "32 hex digits")->required();
    CLI11_PARSE(app, argc, argv);

    const auto read = provisioning::config::read_config(config_path);
    if (!read.problems.empty()) {
        std::cerr << provisioning::config::as_text(read.problems);
        return configuration;
    }
    Config config = read.config;
    if (!database.empty()) config.intake.database = database;
    if ((!database.empty() && !intake::IntakeStore::is_database(database)) ||
        (apply_command->parsed() && config.intake.database.empty())) {
        std::cerr << "intake: a database is postgresql://…\n";
        return configuration;
    }
    if (case_command->parsed()) return print(case_text(config, sub_id, all));
    if (count_command->parsed()) return print(count_text(config));
    if (terminals_command->parsed()) return print(terminals_text(config));
    if (gaps_command->parsed()) return print(gaps_text(config));
    if (list_command->parsed()) return print(quarantine_text(config, ""));
    if (show_command->parsed()) return print(quarantine_text(config, sub_id));
    const base::Instant now = base::SystemClock().now();
    if (release_command->parsed()) return print(change(config, sub_id, now, true));
    if (replay_command->parsed()) return print(change(config, sub_id, now, false));

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
    return work(config, *clock, {serve_command->parsed(), apply_command->parsed() || !no_apply});
}
