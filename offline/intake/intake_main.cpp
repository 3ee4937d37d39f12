// intake: the command line of the reference intake; nothing else.
#include "offline/courier/centre/station.hpp"
#include "offline/intake/console/account_commands.hpp"
#include "offline/intake/fleet/fleet_commands.hpp"
#include "offline/intake/invite_commands.hpp"
#include "offline/intake/operator_commands.hpp"
#include "offline/intake/paying/cashier_commands.hpp"
#include "offline/intake/publish_command.hpp"
#include "offline/intake/release_command.hpp"
#include "offline/intake/serve_command.hpp"
#include "offline/intake/technician_command.hpp"
#include "offline/papers/command.hpp"
#include "offline/post/fixed_wall_clock.hpp"
#include "provisioning/config/config.hpp"
#include "provisioning/config/overrides.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <tuple>

namespace {

namespace intake = offline::intake;
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

intake::Site site_of(const Config& config) {
    intake::Site site{
        config.intake.folder,      config.intake.database,    config.intake.pack_folder,
        config.terminal.realm,     config.terminal.root_key,  config.terminal.key_set,
        config.intake.listen_host, config.intake.listen_port, {}};
    if (!config.intake.tls_certificate.empty())
        site.tls = {config.intake.tls_certificate, config.intake.tls_key,
                    config.intake.tls_client_ca};
    site.console_proxy = config.intake.console_proxy;
    return site;
}

// An answer for the operator; what is not there is exit 4.
int print(const intake::Text& text) {
    if (!text) {
        refused(text.error());
        return text.error().code == base::FaultCode::AnswerNotFound ? no_such_case : cannot_run;
    }
    std::cout << *text;
    return in_order;
}

int export_cases(const intake::Site& site, const std::string& folder) {
    const auto done = intake::export_to(site, folder);
    if (!done) return refused(done.error());
    std::cout << done->cases << "\t" << done->kept_back << "\n";
    return done->kept_back == 0 ? in_order : kept_back;
}

int import_bundles(const intake::Site& site, const std::string& stick, const base::Clock& clock) {
    base::DescriptorEventLog log(2, clock);
    const auto all = offline::courier::import_bundles_of(
        site, stick, clock, log, [](const std::string& line) { std::cout << line << std::endl; });
    if (!all) return refused(all.error());
    return *all ? in_order : bundle_refused;
}

int work(const intake::Site& site, const base::Clock& clock, bool serves, bool applies,
         const std::string& console) {
    base::DescriptorEventLog log(2, clock);
    // Without the door for import stations the intake does all its other work.
    const auto stations = [&](intake::IntakeServer& server) -> std::shared_ptr<void> {
        auto door = offline::courier::serve_stations(site, server);
        if (door) return std::move(*door);
        refused(door.error());
        return nullptr;
    };
    const auto done =
        intake::run(site, clock, log, {serves, applies, CW_VERSION, stations, console});
    return done ? in_order : refused(done.error());
}

int work_console(const intake::Site& site, const std::string& address) {
    const base::SystemClock clock;
    base::DescriptorEventLog log(2, clock);
    const auto done = intake::run_console(site, address, clock, log, CW_VERSION);
    return done ? in_order : refused(done.error());
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

int answer_technician(const intake::TechnicianOrder& order) {
    const auto text = intake::technician_answer(order);
    if (!text) return refused(text.error());
    std::cout << *text << "\n";
    return in_order;
}

int list_technicians(const intake::TechnicianOrder& order, base::Instant now) {
    std::string lines{std::istreambuf_iterator<char>(std::cin), {}};
    const auto file = intake::technician_list(order, base::SecretText(std::move(lines)), now);
    if (!file) return refused(file.error());
    std::cout << base::as_text(*file);
    return in_order;
}

// What is done about terminals and their certificates.
struct TerminalCommands {
    CLI::App *invite = nullptr, *replace = nullptr, *list = nullptr, *revoke = nullptr,
             *lost = nullptr, *revocations = nullptr, *health = nullptr, *tell = nullptr,
             *commands = nullptr;
    intake::Invite what = {};
    intake::Order order = {};
    std::string kind;
    std::string terminal, profile, valid_for = "72h", feed_key;

    void add_invitation_options(CLI::App& to) {
        to.add_option("--valid-for", valid_for, "72h by default; at most 30d");
        to.add_option("--centre", what.centre, "where terminals find the intake, http(s)://…");
        to.add_option("--qr", what.qr_file, "write the QR code to this file, as SVG");
    }
    template <class Command>
    void declare(CLI::App& below, const Command& command) {
        invite = command(below, "invite", "give out a one-time code for a new terminal");
        invite->add_option("--terminal", terminal, "15 digits")->required();
        invite->add_option("--division", what.place.division, "12 digits")->required();
        invite->add_option("--point", what.place.point, "where it stands, in words")->required();
        invite->add_option("--profile", profile, "hall, booth, village, station or portable")
            ->required()
            ->check(CLI::IsMember({"hall", "booth", "village", "station", "portable"}));
        invite->add_option("--replaces", what.replaces, "the terminal whose place it takes");
        add_invitation_options(*invite);
        replace = command(below, "replace", "invite another machine to a terminal's place");
        add_invitation_options(*replace);
        list = command(below, "list", "print certificates and open invitations");
        revoke = command(below, "revoke", "take a terminal out of service for good");
        lost = command(below, "lost", "the same, of one that is gone; says what it had not sent");
        revocations =
            command(below, "revocations", "print what ended, as publish revocation takes it");
        health = command(below, "health", "print how each terminal is, what needs a visit first");
        tell = command(below, "command", "have a terminal do something, signed by the issuer");
        commands =
            command(below, "commands", "print what a terminal was told, and what became of it");
        for (auto* one : {revoke, lost})
            one->add_option("--key", feed_key,
                            "feed key: the revocation feed is published at once, too");
        for (auto* one : {replace, revoke, lost, tell, commands})
            one->add_option("terminal", terminal, "15 digits")->required();
        tell->add_option("kind", kind, "notice, restart, reload or support-bundle")
            ->required()
            ->check(CLI::IsMember({"notice", "restart", "reload", "support-bundle"}));
        tell->add_option("text", order.text,
                         "of a notice: one sentence for the first page; none takes it away");
        tell->add_option(
            "--valid-for", valid_for,
            "72h by default; at most 30d: to be begun before, and a notice stands so long");
        tell->add_option("--by", order.by, "who wants it, for the record");
    }
    bool parsed() const {
        return invite->parsed() || replace->parsed() || list->parsed() || revoke->parsed() ||
               lost->parsed() || revocations->parsed() || health->parsed() || tell->parsed() ||
               commands->parsed();
    }
    intake::Text run(const intake::Site& site, base::Instant now) {
        if (list->parsed()) return intake::registered_text(site, now);
        if (revocations->parsed()) return intake::revocations_text(site);
        if (revoke->parsed() || lost->parsed())
            return intake::end_terminal(
                site, terminal, lost->parsed() ? intake::Ended::lost : intake::Ended::revoked,
                feed_key, now);
        if (health->parsed()) return intake::health_text(site, now);
        if (commands->parsed()) return intake::commands_text(site, terminal, now);
        const auto hours = intake::hours_from(valid_for);
        if (!hours) return base::fail(hours.error());
        if (tell->parsed()) {
            order.terminal = terminal;
            order.kind = offline::papers::command_kind_from(kind).value();
            order.good_for = *hours;
            return intake::order_text(site, order, now);
        }
        what.valid_for = *hours;
        if (what.centre.empty())
            what.centre = (site.tls ? "https://" : "http://") + site.listen_host + ":" +
                          std::to_string(site.listen_port);
        if (replace->parsed()) return intake::replace(site, terminal, what, now);
        what.place.terminal = terminal;
        what.place.profile = offline::papers::wire::profile_from(profile).value();
        return intake::invite(site, what, now);
    }
};

// Who may use the web console. A password comes by standard input, never by an argument.
struct AccountCommands {
    CLI::App *add = nullptr, *list = nullptr, *disable = nullptr, *unlock = nullptr;
    std::string name, role;

    template <class Command>
    void declare(CLI::App& app, const Command& command) {
        auto* accounts = app.add_subcommand("accounts", "who may use the web console");
        accounts->require_subcommand(1);
        add = command(*accounts, "add", "a new account; its password is a line on standard input");
        add->add_option("--role", role, "viewer looks, operator also acts, admin sees who did what")
            ->required()
            ->check(CLI::IsMember({"viewer", "operator", "admin"}));
        list = command(*accounts, "list", "print the accounts");
        disable = command(*accounts, "disable", "end an account for good, and its sessions");
        unlock = command(*accounts, "unlock", "forget its wrong tries");
        for (auto* one : {add, disable, unlock})
            one->add_option("name", name, "2 to 32 of a-z 0-9 . _ -")->required();
    }
    bool parsed() const {
        return add->parsed() || list->parsed() || disable->parsed() || unlock->parsed();
    }
    intake::Text run(const intake::Site& site, base::Instant now) const {
        namespace console = intake::console;
        if (list->parsed()) return console::accounts_text(site);
        if (disable->parsed()) return console::disable_account_text(site, name, now);
        if (unlock->parsed()) return console::unlock_account_text(site, name);
        std::string line;
        std::getline(std::cin, line);
        const base::SecretText password(std::move(line));
        return console::add_account_text(site, name, intake::role_from(role).value(), password,
                                         now);
    }
};

// Packages for terminals: made where programs are built, carried where no line is.
struct ReleaseCommands {
    CLI::App *make = nullptr, *stick = nullptr;
    intake::ReleaseOrder what = {};
    std::string out, folder;

    void declare(CLI::App& app, std::string& config_path) {
        auto* below = app.add_subcommand("release", "lists of packages for terminals");
        below->require_subcommand(1);
        make = below->add_subcommand("make", "sign a list of packages");
        make->add_option("--number", what.number, "above the one before")->required();
        make->add_option("--software", what.software, "its version, e.g. 1.4.0")->required();
        make->add_option("--package", what.packages, "file below the repository")->required();
        make->add_option("--fallback", what.fallback, "packages of the release before");
        make->add_option("--for", what.terminals, "beginnings of terminals' numbers; all without");
        make->add_option("--window", what.window, "of the terminal's day; 01:00-05:00");
        make->add_option("--good-for-days", what.good_for_days, "30; refused from then on")
            ->check(CLI::Range(1, 366));
        make->add_option("--key", what.key, "release key")->required();
        make->add_option("--out", out, "the list's file")->required();
        stick = below->add_subcommand("stick", "put the published release onto a stick");
        stick->add_option("folder", folder, "where the stick is mounted")->required();
        for (auto* one : {make, stick}) {
            one->add_option("--repository", what.repository, "its folder")->required();
            one->add_option("--config", config_path, "the configuration file")->required();
        }
    }
    bool parsed() const { return make->parsed() || stick->parsed(); }
    int run(const Config& config, base::Instant now) {
        what.realm = config.terminal.realm;
        if (stick->parsed()) {
            const auto written = intake::write_release_stick(config.intake.folder + "/feeds",
                                                             what.repository, folder);
            if (!written) return refused(written.error());
            std::cout << *written << " packages\n";
            return in_order;
        }
        const auto list = intake::make_release(what, now);
        if (!list) return refused(list.error());
        const auto kept = base::write_file(out, *list, 0644);
        return kept ? in_order : refused(kept.error());
    }
};

int load(const intake::Site& site, const std::string& path) {
    const auto loaded = intake::load_registers(site, path);
    if (!loaded) return refused(loaded.error());
    std::cout << *loaded << "\n";
    return in_order;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Citizen Window reference intake: opens, checks and stores submissions once."};
    app.set_version_flag("--version", CW_VERSION);
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
    auto* terminals_command =
        command(app, "terminals", "print the terminals and their epochs, or what follows");
    terminals_command->require_subcommand(0, 1);
    // Its subcommands have an option of that name themselves.
    terminals_command->get_option("--config")->required(false);
    TerminalCommands terminals;
    terminals.declare(*terminals_command, command);
    auto* gaps_command = command(app, "gaps", "print the sequence numbers that never came");
    std::string terminal;
    auto* records_command = command(app, "service-records",
                                    "print what technicians found and did, a line for each record");
    records_command->add_option("terminal", terminal, "its number; all of them without");
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
    std::string console_address;
    serve_command->add_option("--console", console_address,
                              "also serve the web console on this HOST:PORT");
    auto* console_command =
        command(app, "console", "only the web console, beside a server, until SIGTERM");
    console_command->add_option("--console", console_address,
                                "HOST:PORT; not needed where systemd hands a socket over");
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
    intake::CashierAct cashier_act = intake::CashierAct::list;
    std::string order_no;
    auto* cashier_command =
        app.add_subcommand("cashier", "in training: play the cashier who takes the money");
    cashier_command->require_subcommand(1);
    for (const auto& [word, act, about] :
         {std::tuple{"list", intake::CashierAct::list, "every order and its state"},
          std::tuple{"pay", intake::CashierAct::pay, "an order was paid"},
          std::tuple{"fail", intake::CashierAct::fail, "paying an order came to nothing"}}) {
        auto* one = cashier_command->add_subcommand(word, about);
        one->add_option("--config", config_path, "the configuration file")->required();
        if (act != intake::CashierAct::list)
            one->add_option("order", order_no, "the order's number")->required();
        one->add_option("--clock", clock_text, "fixed wall clock for training");
        one->callback([&cashier_act, chosen = act] { cashier_act = chosen; });
    }
    intake::Publishing publishing;
    auto* publish_command = app.add_subcommand("publish", "make a new version of a feed");
    publish_command
        ->add_option("feed", publishing.feed, "pack, key_set, revocation, configuration, release")
        ->required();
    publish_command
        ->add_option("file", publishing.file,
                     "pack: folder with pack.json and pack.sig; else the file")
        ->required();
    publish_command->add_option("--config", config_path, "the configuration file")->required();
    publish_command->add_option("--key", publishing.key, "feed key (not for a key_set)");
    publish_command->add_option("--good-for-days", publishing.good_for_days,
                                "may be outdated from then on; 0: never");
    ReleaseCommands releases;
    releases.declare(app, config_path);
    intake::TechnicianOrder order;
    auto* technicians = app.add_subcommand("technicians", "who looks after the terminals");
    technicians->require_subcommand(1);
    auto* answer_command =
        technicians->add_subcommand("answer", "the answer to a terminal's code, for a QR code");
    answer_command->add_option("challenge", order.challenge, "what stands in the terminal's code")
        ->required();
    answer_command->add_option("--label", order.label, "who it is, e.g. T-0007")->required();
    answer_command->add_option("--rights", order.rights, "courier,service,machine or -")
        ->required();
    auto* sign_command = technicians->add_subcommand(
        "sign", "a list from lines LABEL RIGHTS CARD PIN on standard input, to standard output");
    sign_command->add_option("--version", order.version, "above the one before")->required();
    sign_command->add_option("--good-for-days", order.good_for_days, "then nobody on it gets in")
        ->check(CLI::Range(1, 3660));
    for (auto* one : {answer_command, sign_command}) {
        one->add_option("--key", order.key, "feed key")->required();
        one->add_option("--config", config_path, "the configuration file")->required();
    }
    AccountCommands accounts;
    accounts.declare(app, command);
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
    const intake::Site site = site_of(config);
    const base::Instant now = base::SystemClock().now();
    if (case_command->parsed())
        return print(all ? intake::all_cases_text(site) : intake::case_text(site, sub_id));
    if (province_command->parsed()) return export_cases(site, province_folder);
    if (count_command->parsed()) return print(intake::count_text(site));
    if (terminals.parsed()) return print(terminals.run(site, now));
    if (terminals_command->parsed()) return print(intake::terminals_text(site));
    if (gaps_command->parsed()) return print(intake::gaps_text(site));
    if (records_command->parsed()) return print(intake::service_records(site, terminal));
    if (accounts.parsed()) return print(accounts.run(site, now));
    if (console_command->parsed()) return work_console(site, console_address);
    if (list_command->parsed()) return print(intake::quarantine_text(site));
    if (show_command->parsed()) return print(intake::quarantined_text(site, sub_id));
    if (release_command->parsed()) return print(intake::release(site, sub_id, now));
    if (replay_command->parsed()) return print(intake::replay(site, sub_id, now));
    if (load_command->parsed()) return load(site, load_path);
    if (cashier_command->parsed()) {
        base::Instant played = now;
        if (!clock_text.empty() && !base::parse_iso8601(clock_text, played)) {
            std::cerr << "intake: --clock takes an ISO 8601 time\n";
            return configuration;
        }
        return print(intake::cashier_text(site, cashier_act, order_no, played));
    }
    if (publish_command->parsed()) return publish(config, config_path, publishing);
    if (releases.parsed()) return releases.run(config, now);
    order.realm = config.terminal.realm;
    if (answer_command->parsed()) return answer_technician(order);
    if (sign_command->parsed()) return list_technicians(order, now);

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
    if (import->parsed()) return import_bundles(site, stick, *clock);
    return work(site, *clock, serve_command->parsed(), apply_command->parsed() || !no_apply,
                console_address);
}
