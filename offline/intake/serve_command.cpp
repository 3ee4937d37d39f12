#include "offline/intake/serve_command.hpp"

#include "base/service_notice.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/intake/applier.hpp"
#include "offline/intake/booking_answerer.hpp"
#include "offline/intake/case_commands.hpp"
#include "offline/intake/console/console_server.hpp"
#include "offline/intake/pack_shelf.hpp"
#include "offline/intake/paying/payment_answerer.hpp"
#include "offline/intake/proof_book.hpp"
#include "offline/intake/voices/reply_answerer.hpp"
#include "offline/sealing/keys/trust.hpp"

#include <algorithm>
#include <csignal>
#include <mutex>

namespace offline::intake {

namespace {

base::Result<std::shared_ptr<FeedDesk>> make_feed_desk(const Site& site,
                                                       std::shared_ptr<CaseStore> store,
                                                       const base::Clock& clock,
                                                       base::EventLog& log) {
    FeedDeskOptions options{site.feeds_folder(),
                            TRY(sealing::read_root(site.root_key, site.realm)),
                            TRY(read_keys(site)),
                            {}};
    options.statuses = [store](const std::string& terminal) {
        return store->statuses_of(terminal);
    };
    return std::make_shared<FeedDesk>(std::move(options), clock, log);
}

void merge(papers::Revocations& into, std::vector<papers::RevokedTerminal> ended) {
    for (auto& one : ended)
        if (std::none_of(into.terminals.begin(), into.terminals.end(),
                         [&](const auto& there) { return there.certificate == one.certificate; }))
            into.terminals.push_back(std::move(one));
}

base::Result<Desks> make_desks(const Site& site, const Service& made, const base::Clock& clock,
                               base::EventLog& log) {
    Desks desks;
    desks.feeds = made.feeds;
    const auto root = TRY(sealing::read_root(site.root_key, site.realm));
    if (auto parts = TRY(read_issuer(site, root)))
        desks.enrolment =
            std::make_unique<EnrolmentDesk>(std::move(*parts), made.service.store(), clock, log);
    desks.questions = std::make_unique<QuestionDesk>(
        TRY(AnswerBook::open(site.folder)), TRY(sealing::read_root(site.root_key, site.realm)),
        TRY(read_keys(site)), clock, log);
    desks.questions->add(
        std::make_unique<ReplyAnswerer>(TRY(VoiceBook::open(site.folder)), TRY(read_keys(site))));
    desks.questions->add(std::make_unique<PaymentAnswerer>(
        TRY(OrderBook::open(site.folder)), TRY(AnswerBook::open(site.folder)),
        cashier_of(site.realm), TRY(read_keys(site)), clock, log));
    desks.questions->add(std::make_unique<ProofAnswerer>(TRY(ProofBook::open(site.folder)),
                                                         TRY(read_keys(site)), clock));
    desks.questions->add(std::make_unique<BookingAnswerer>(TRY(BookingBook::open(site.folder)),
                                                           TRY(read_keys(site)), clock));
    desks.service_records = std::make_unique<ServiceShelf>(
        ServiceShelfOptions{site.service_records_folder(),
                            TRY(sealing::read_root(site.root_key, site.realm)),
                            TRY(read_keys(site))},
        clock, log);
    desks.fleet = std::make_unique<FleetDesk>(
        FleetDeskOptions{site.support_bundles_folder(), root, TRY(read_keys(site)),
                         [feeds = made.feeds] { return feeds->revocations(); }},
        made.service.store(), clock, log);
    return desks;
}

}  // namespace

base::Result<Service> make_service(const Site& site, const base::Clock& clock,
                                   base::EventLog& log) {
    // Terminals of both suites come here; the root's own is what packs are signed with.
    const sealing::PinnedRoot root = TRY(sealing::read_root(site.root_key, site.realm));
    const auto trust = TRY(sealing::read_trust(
        {site.root_key, site.key_set, site.folder + "/key_set_floor"}, site.realm, root.key.suite));
    TRY_STATUS(trust.floor_kept);
    sealing::IntakeKeys keys = TRY(read_keys(site));
    const auto pack = TRY(read_pack(site, trust.keys));
    std::unique_ptr<CaseStore> store = TRY(open_store(site, &IntakeStore::open));
    const auto packs = std::make_shared<PackShelf>(pack, site.feeds_folder(), trust.keys);
    const SubmissionReader reader =
        [packs](base::ByteView json, base::Date captured_on) -> base::Result<ReadSubmission> {
        if (catalogue::looks_like_voice(json)) {
            auto voice = TRY(packs->check_voice(json));
            const auto& who = voice.voice.person;
            ReadSubmission read{voice.item_code,
                                voice.implementation_code,
                                voice.name,
                                who ? who->id_number : std::string(),
                                who ? who->name : std::string(),
                                voice.json};
            read.voice = std::move(voice);
            return read;
        }
        auto checked = TRY(packs->check(json, captured_on));
        return ReadSubmission{checked.item_code, checked.implementation_code,
                              checked.item_name, checked.id_number,
                              checked.name,      std::move(checked.json)};
    };
    IntakeService service(std::move(store), root, std::move(keys), reader, clock, log);
    const auto feeds = TRY(make_feed_desk(site, service.store(), clock, log));
    IntakeLimits limits;
    limits.calendar = [pack] { return pack->calendar; };
    limits.attachments_folder = site.folder + "/attachments";
    limits.key_set = [own = trust.keys.version(), folder = site.feeds_folder()] {
        const auto published = feeds::staged_versions(folder, papers::Feed::key_set);
        return published.empty() ? own : std::max(own, published.front());
    };
    // What was published, and what the terminals' register says since.
    limits.revoked = [feeds, store = service.store()] {
        auto out = feeds->revocations();
        if (auto ended = store->book().revoked()) merge(out, std::move(*ended));
        return out;
    };
    struct Voices {
        std::mutex one_at_a_time;
        VoiceBook book;
    };
    // What is to be answered becomes a work order when its case is applied: exactly once, for the
    // book takes a case once however often it is told.
    auto book = TRY(VoiceBook::open(site.folder));
    const auto voices = std::shared_ptr<Voices>(new Voices{{}, std::move(book)});
    limits.effect = [voices, &log](const StoredCase& complete,
                                   const ReadSubmission& read) -> base::Status {
        if (!read.voice) return {};
        const std::lock_guard lock(voices->one_at_a_time);
        TRY_STATUS(voices->book.take(complete, *read.voice));
        log.record(base::log::CaseMoved{"voice", complete.case_number, "kept", "received"});
        return {};
    };
    service.use(std::move(limits));
    return Service{std::move(service), feeds};
}

namespace {

// Whoever watches the program hears from it only after its store has answered.
void wait_for_the_end(const sigset_t& signals, CaseStore& store) {
    const base::SystemClock clock;
    base::ServiceNotice notice(clock);
    notice.ready();
    for (;;) {
        const auto wait = std::min(notice.due_in(), base::Millis{std::chrono::hours{1}});
        const timespec limit{wait.count() / 1000, wait.count() % 1000 * 1'000'000};
        if (::sigtimedwait(&signals, nullptr, &limit) > 0) break;
        if (notice.due_in() == base::Millis{0} && store.ready()) notice.alive();
    }
    notice.stopping();
}

base::Result<std::unique_ptr<IntakeServer>> make_server(const Site& site, const Service& made,
                                                        const base::Clock& clock,
                                                        base::EventLog& log) {
    auto desks = TRY(make_desks(site, made, clock, log));
    if (const auto given = base::handed_over_socket())
        return IntakeServer::adopt(*given, made.service, site.tls, std::move(desks));
    return IntakeServer::listen(site.listen_host, site.listen_port, made.service, site.tls,
                                std::move(desks));
}

base::Result<console::ConsoleOptions> console_options(const Site& site,
                                                      const std::string& address) {
    const auto at =
        address.empty() ? std::pair{std::string(), 0} : TRY(console::address_from(address));
    const auto root = TRY(sealing::read_root(site.root_key, site.realm));
    console::ConsoleOptions options{at.first, at.second, site.tls,           site.realm,
                                    root,     {},        site.feeds_folder()};
    options.issuer = TRY(read_issuer(site, root));
    options.proxy = site.console_proxy;
    options.voices = site;
    // Without it everything else of the console still works.
    if (auto pack = pack_of(site)) options.pack = std::move(*pack);
    return options;
}

void block_ends(sigset_t& signals) {
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread starts
}

}  // namespace

base::Status run(const Site& site, const base::Clock& clock, base::EventLog& log,
                 const Work& what) {
    sigset_t signals;
    block_ends(signals);
    auto made = TRY(make_service(site, clock, log));
    std::unique_ptr<IntakeServer> server;
    if (what.serves) server = TRY(make_server(site, made, clock, log));
    std::unique_ptr<console::ConsoleServer> for_people;
    if (what.serves && !what.console.empty()) {
        auto options = TRY(console_options(site, what.console));
        for_people = TRY(
            console::ConsoleServer::listen(std::move(options), made.service.store(), clock, log));
    }
    std::unique_ptr<Applier> applier;
    if (what.applies) applier = std::make_unique<Applier>(made.service);
    log.record(
        base::log::ProgramStarted{"intake", what.version, std::string(domain::name(site.realm))});
    std::shared_ptr<void> beside;
    if (server && what.beside) beside = what.beside(*server);
    wait_for_the_end(signals, *made.service.store());
    beside.reset();
    for_people.reset();
    server.reset();
    applier.reset();
    log.record(base::log::ProgramStopped{"intake"});
    return {};
}

base::Status run_console(const Site& site, const std::string& address, const base::Clock& clock,
                         base::EventLog& log, const std::string& version) {
    sigset_t signals;
    block_ends(signals);
    const auto given = base::handed_over_socket();
    if (!given && address.empty())
        return base::fail(base::FaultCode::ConfigInvalid, "--console: HOST:PORT");
    std::shared_ptr<CaseStore> store = TRY(open_store(site, &IntakeStore::open_beside));
    auto options = TRY(console_options(site, given ? std::string() : address));
    const auto server =
        TRY(given ? console::ConsoleServer::adopt(*given, std::move(options), store, clock, log)
                  : console::ConsoleServer::listen(std::move(options), store, clock, log));
    log.record(base::log::ProgramStarted{"intake", version, std::string(domain::name(site.realm))});
    wait_for_the_end(signals, *store);
    log.record(base::log::ProgramStopped{"intake"});
    return {};
}

}  // namespace offline::intake
