// intake: wires the reference intake and its two small tools; nothing else.
#include "catalogue/pack_reader.hpp"
#include "catalogue/submission_json.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/intake/case_view.hpp"
#include "offline/intake/feed_publishing.hpp"
#include "offline/intake/intake_server.hpp"
#include "offline/post/fixed_wall_clock.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/sealing.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"
#include "provisioning/config/config.hpp"
#include "provisioning/config/overrides.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <functional>
#include <iostream>
#include <map>
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

std::string feeds_folder(const Config& config) {
    return config.intake.folder + "/feeds";
}

// The packs by which submissions are read: the one of the file, and those that were published
// since. A submission is of the version that the citizen had before them.
class Packs {
  public:
    Packs(std::shared_ptr<const catalogue::Pack> own, const Config& config, sealing::KeySet keys)
        : folder_(feeds_folder(config)), realm_(config.terminal.realm), keys_(std::move(keys)) {
        known_[own->version] = own;
    }

    base::Result<catalogue::CheckedSubmission> check(base::ByteView json, base::Date captured_on) {
        auto checked = check_with_known(json, captured_on);
        if (!checked && look_for_new()) checked = check_with_known(json, captured_on);
        return checked;
    }

  private:
    // By the newest that takes it; the newest one's fault when none does.
    base::Result<catalogue::CheckedSubmission> check_with_known(base::ByteView json,
                                                                base::Date captured_on) const {
        auto newest = catalogue::check_submission(json, *known_.begin()->second, captured_on);
        for (auto at = std::next(known_.begin()); !newest && at != known_.end(); ++at)
            if (auto older = catalogue::check_submission(json, *at->second, captured_on))
                return older;
        return newest;
    }
    bool look_for_new() {
        bool found = false;
        for (const auto version :
             offline::feeds::staged_versions(folder_, offline::papers::Feed::pack)) {
            if (known_.contains(version)) continue;
            const auto staged = offline::feeds::read_staged(folder_, offline::papers::Feed::pack,
                                                            version, keys_, {});
            if (!staged) continue;
            const auto content = offline::papers::pack_content(staged->content);
            if (!content) continue;
            auto read = catalogue::read_pack(content->pack);
            if (!read.problems.empty() || read.pack.realm != realm_) continue;
            known_[version] = std::make_shared<const catalogue::Pack>(std::move(read.pack));
            found = true;
        }
        return found;
    }

    std::string folder_;
    domain::Realm realm_;
    sealing::KeySet keys_;
    std::map<std::int64_t, std::shared_ptr<const catalogue::Pack>, std::greater<>> known_;
};

base::Result<intake::Desks> make_desks(const Config& config, const base::Clock& clock,
                                       base::EventLog& log) {
    intake::FeedDeskOptions options{
        feeds_folder(config),
        TRY(sealing::read_root(config.terminal.root_key, config.terminal.realm)),
        TRY(read_keys(config)),
        {}};
    const auto store = std::make_shared<intake::IntakeStore>(
        TRY(intake::IntakeStore::open_to_read(config.intake.folder)));
    options.statuses = [store](const std::string& terminal) {
        return store->statuses_of(terminal);
    };
    intake::Desks desks;
    desks.questions =
        std::make_unique<intake::QuestionDesk>(TRY(intake::AnswerBook::open(config.intake.folder)),
                                               options.root, options.keys, clock, log);
    desks.feeds = std::make_unique<intake::FeedDesk>(std::move(options), clock, log);
    return desks;
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
    const auto packs = std::make_shared<Packs>(pack, config, trust.keys);
    const intake::SubmissionReader reader =
        [packs](base::ByteView json,
                base::Date captured_on) -> base::Result<intake::ReadSubmission> {
        auto checked = TRY(packs->check(json, captured_on));
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
    auto desks = make_desks(config, clock, log);
    if (!desks) return refused(desks.error());
    std::optional<intake::IntakeTls> tls;
    if (!config.intake.tls_certificate.empty())
        tls = {config.intake.tls_certificate, config.intake.tls_key, config.intake.tls_client_ca};
    auto server = intake::IntakeServer::listen(config.intake.listen_host, config.intake.listen_port,
                                               std::move(*service), tls, std::move(*desks));
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

struct PublishArguments {
    std::string feed, file, key;
    std::int64_t good_for_days = 0;
};

base::Result<std::int64_t> published(const Config& config, const std::string& config_path,
                                     const PublishArguments& arguments) {
    using offline::papers::Feed;
    const auto feed = offline::papers::feed_from(arguments.feed);
    if (!feed || *feed == Feed::status)
        return base::fail(base::FaultCode::FeedWrong, "feed: " + arguments.feed);
    auto& disk = offline::store::real_disk();
    const auto root = TRY(sealing::read_root(config.terminal.root_key, config.terminal.realm));
    if (*feed == Feed::key_set) {
        const base::Bytes file = TRY(base::read_file(arguments.file));
        return intake::publish_key_set(feeds_folder(config), root, file, disk);
    }
    // A floor of its own: the server may be writing its own at this moment.
    // The newest set, also one that was published and is not on this machine's own file yet.
    const auto trust = TRY(offline::feeds::read_trust_and_feeds(
        {config.terminal.root_key, config.terminal.key_set,
         config.intake.folder + "/publish_key_set_floor"},
        feeds_folder(config), config.terminal.realm, root.key.suite, {}));
    base::Bytes key_file = TRY(base::read_file(arguments.key));
    const sealing::WipeAtEnd wipe(key_file);
    const auto key = TRY(sealing::SigningKey::parse(key_file, "feed-key", config.terminal.realm));
    const base::SystemClock clock;
    base::Bytes content;
    std::int64_t version = 0;
    if (*feed == Feed::pack) {
        // Linted here: what no terminal could use is not given to any.
        const auto pack =
            TRY(catalogue::load_pack(arguments.file, config.terminal.realm, 0,
                                     [&](base::ByteView bytes, base::ByteView signature) {
                                         return sealing::verify_pack(trust.keys, bytes, signature);
                                     }));
        version = pack.version;
        const base::Bytes signature = TRY(base::read_file(arguments.file + "/pack.sig"));
        const base::Bytes bytes = TRY(base::read_file(arguments.file + "/pack.json"));
        content = offline::papers::encode_pack_content(signature, bytes);
    } else {
        content = TRY(base::read_file(arguments.file));
        if (*feed == Feed::revocation)
            content = TRY(intake::revocations_from(base::as_text(content), clock.now()));
    }
    const intake::Publication publication{feeds_folder(config), trust.keys, clock.now(),
                                          base::Millis{arguments.good_for_days * 86'400'000}};
    return intake::publish(
        publication, *feed, version, content, key,
        [&](base::ByteView toml) {
            return provisioning::config::check_overrides(config_path,
                                                         std::string(base::as_text(toml)));
        },
        disk);
}

int publish(const Config& config, const std::string& config_path,
            const PublishArguments& arguments) {
    const auto version = published(config, config_path, arguments);
    if (!version) return refused(version.error());
    std::cout << arguments.feed << " " << *version << "\n";
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
    std::string load_path;
    auto* load_command =
        app.add_subcommand("load", "take certificates and fees from a JSON file of the registers");
    load_command->add_option("file", load_path, "certificates and fees")->required();
    load_command->add_option("--config", config_path, "the configuration file")->required();
    PublishArguments publishing;
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
    if (case_command->parsed()) return show_case(read.config, sub_id, all);
    if (count_command->parsed()) return count(read.config);
    if (load_command->parsed()) return load(read.config, load_path);
    if (publish_command->parsed()) return publish(read.config, config_path, publishing);

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
