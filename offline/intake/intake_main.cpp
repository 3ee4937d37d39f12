// intake: wires the reference intake and its two small tools; nothing else.
#include "catalogue/pack_reader.hpp"
#include "catalogue/submission_json.hpp"
#include "offline/intake/case_view.hpp"
#include "offline/intake/intake_server.hpp"
#include "offline/post/fixed_wall_clock.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/sealing.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"
#include "provisioning/config/config.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <iostream>
#include <memory>
#include <optional>

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
    intake::IntakeStore store = TRY(intake::IntakeStore::open(config.intake.folder));
    const intake::SubmissionReader reader =
        [pack](base::ByteView json,
               base::Date captured_on) -> base::Result<intake::ReadSubmission> {
        auto checked = TRY(catalogue::check_submission(json, *pack, captured_on));
        return intake::ReadSubmission{checked.item_code, checked.implementation_code,
                                      checked.item_name, checked.id_number,
                                      checked.name,      std::move(checked.json)};
    };
    intake::IntakeService service(std::move(store), root, std::move(keys), reader, clock, log);
    intake::IntakeLimits limits;
    limits.attachments_folder = config.intake.folder + "/attachments";
    limits.key_set = trust.keys.version();
    service.use(std::move(limits));
    return service;
}

int serve(const Config& config, const base::Clock& clock) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread starts

    base::DescriptorEventLog log(2, clock);
    auto service = make_service(config, clock, log);
    if (!service) return refused(service.error());
    std::optional<intake::IntakeTls> tls;
    if (!config.intake.tls_certificate.empty())
        tls = {config.intake.tls_certificate, config.intake.tls_key, config.intake.tls_client_ca};
    auto server = intake::IntakeServer::listen(config.intake.listen_host, config.intake.listen_port,
                                               std::move(*service), tls);
    if (!server) return refused(server.error());
    log.record(base::log::ProgramStarted{"intake", CW_VERSION,
                                         std::string(domain::name(config.terminal.realm))});
    int signal = 0;
    sigwait(&signals, &signal);
    server->reset();
    log.record(base::log::ProgramStopped{"intake"});
    return in_order;
}

base::Result<std::string> case_text(const Config& config, const std::string& sub_id, bool all) {
    const sealing::IntakeKeys keys = TRY(read_keys(config));
    intake::IntakeStore store = TRY(intake::IntakeStore::open_to_read(config.intake.folder));
    if (all) {
        const auto cases = TRY(store.all());
        return intake::cases_as_json(cases, keys);
    }
    const domain::SubId id = TRY(domain::SubId::parse(sub_id));
    const auto found = TRY(store.with_sub_id(id));
    if (found.empty()) return base::fail(base::FaultCode::AnswerNotFound, "no case of this sub_id");
    return intake::case_as_json(found.front(), keys);
}

int show_case(const Config& config, const std::string& sub_id, bool all) {
    const auto text = case_text(config, sub_id, all);
    if (!text) {
        refused(text.error());
        return text.error().code == base::FaultCode::AnswerNotFound ? no_such_case : cannot_run;
    }
    std::cout << *text << "\n";
    return in_order;
}

int count(const Config& config) {
    auto store = intake::IntakeStore::open_to_read(config.intake.folder);
    if (!store) return refused(store.error());
    const auto cases = store->count();
    if (!cases) return refused(cases.error());
    std::cout << *cases << "\n";
    return in_order;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Citizen Window reference intake: opens, checks and stores submissions once."};
    app.require_subcommand(1);
    std::string config_path, clock_text, sub_id;
    bool all = false;
    auto* serve_command = app.add_subcommand("serve", "listen for terminals until SIGTERM");
    auto* case_command = app.add_subcommand("case", "print an opened case as JSON");
    auto* count_command = app.add_subcommand("count", "print the number of cases");
    for (auto* command : {serve_command, case_command, count_command})
        command->add_option("--config", config_path, "the configuration file")->required();
    serve_command->add_option("--clock", clock_text, "fixed wall clock for training");
    provisioning::config::Intake tls;
    auto* certificate = serve_command->add_option("--tls-cert", tls.tls_certificate,
                                                  "speak TLS 1.3 with this certificate (PEM)");
    auto* key = serve_command->add_option("--tls-key", tls.tls_key, "its key");
    auto* client_ca = serve_command->add_option("--tls-client-ca", tls.tls_client_ca,
                                                "the authority of the terminals' certificates");
    certificate->needs(key)->needs(client_ca);
    case_command->add_option("sub_id", sub_id, "32 hex digits");
    case_command->add_flag("--all", all, "every case, as a list");
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
    if (case_command->parsed()) return show_case(read.config, sub_id, all);
    if (count_command->parsed()) return count(read.config);

    std::unique_ptr<base::Clock> clock = std::make_unique<base::SystemClock>();
    if (!clock_text.empty()) {
        base::Instant instant{};
        if (!base::parse_iso8601(clock_text, instant) ||
            read.config.terminal.realm != domain::Realm::training) {
            std::cerr << "intake: --clock takes an ISO 8601 time, and only in training\n";
            return configuration;
        }
        clock = std::make_unique<offline::post::FixedWallClock>(instant);
    }
    return serve(read.config, *clock);
}
