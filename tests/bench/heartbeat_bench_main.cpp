// heartbeat_bench FOLDER    a day of one terminal in some seconds: its hellos each minute and what
//                           rides behind them go over real TLS 1.3 with certificates on both sides,
//                           the lines are new each time, as they are a minute apart, and the bytes
//                           are those that the kernel counted, TCP and IP headers included
// Prints name, value, unit by tabs.
#include "offline/post/fleet_lane.hpp"
#include "offline/sealing/tls/tls_certificates.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

using namespace offline_test;
using base::Millis;
namespace tls = sealing::tls;
namespace wire = papers::wire;

constexpr Millis a_minute{60'000}, a_day{24 * 3'600'000};
constexpr std::chrono::days one_day{1}, a_year{365};

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "heartbeat_bench: %s\n", why.c_str());
    std::exit(1);
}

class Centre {
  public:
    Centre(const World& world, const Folder& folder, const base::Clock& clock, base::EventLog& log)
        : folder_(folder) {
        const tls::Validity good{clock.now() - one_day, clock.now() + a_year};
        const auto authority = tls::make_authority("ours", good).value();
        const auto shown = tls::issue(authority, tls::Side::centre, "127.0.0.1", good).value();
        const auto client = tls::issue(authority, tls::Side::terminal, terminal_id, good).value();
        auto service = service_of(world, folder / "intake", clock, log);
        intake::Desks desks;
        desks.fleet = std::make_unique<intake::FleetDesk>(
            intake::FleetDeskOptions{folder / "bundles", world.pinned, world.intake},
            service.store(), clock, log);
        const intake::IntakeTls files{write("server.pem", shown.certificate),
                                      write("server.key", shown.key),
                                      write("clients.pem", authority.certificate)};
        server_ = intake::IntakeServer::listen("127.0.0.1", 0, std::move(service), files,
                                               std::move(desks))
                      .value();
        address_ = {"https://127.0.0.1:" + std::to_string(server_->port()),
                    write("ca.pem", authority.certificate),
                    write("client.pem", client.certificate),
                    write("client.key", client.key),
                    "",
                    {}};
    }
    const sync::CentreAddress& address() const { return address_; }

  private:
    std::string write(const std::string& name, const base::Bytes& bytes) {
        if (!base::write_file(folder_ / name, bytes, 0600)) give_up(name);
        return folder_ / name;
    }
    const Folder& folder_;
    std::unique_ptr<intake::IntakeServer> server_;
    sync::CentreAddress address_;
};

// A day as it is: sixty people, paper that runs low, out and is filled, a reader that is unplugged
// twice, the app started anew at night, a day of service in between.
void happen(int minute, domain::AppReport& app, domain::OutboxStock& stock) {
    const domain::PartReport paper_low{
        domain::DeviceKind::document_printer, domain::DeviceState::ready, domain::Supply::low, {}};
    const domain::PartReport paper_out{domain::DeviceKind::document_printer,
                                       domain::DeviceState::unavailable, domain::Supply::out,
                                       "PrinterPaperOut"};
    const domain::PartReport no_reader{domain::DeviceKind::id_card_reader,
                                       domain::DeviceState::unavailable, domain::Supply::unknown,
                                       "CardReaderUnplugged"};
    if (minute >= 540 && minute < 1020 && minute % 8 == 0) {
        ++app.sessions;
        app.page = "form_" + std::to_string(minute % 5);
        app.kept += minute % 16 == 0;
        stock.waiting = minute % 3;
    }
    if (minute == 180) app.started_at += Millis{180 * 60'000};
    if (minute == 640) app.parts = {paper_low};
    if (minute == 700) app.parts = {paper_out};
    if (minute == 715) app.parts.clear();
    if (minute == 800 || minute == 900) app.parts = {no_reader};
    if (minute == 803 || minute == 901) app.parts.clear();
    if (minute == 1025) app.pause = "maintenance";
    if (minute == 1040) app.pause.clear();
    app.memory_kib += minute % 7;
}

struct Day {
    std::int64_t heartbeats = 0, heartbeat_bytes = 0, hello_bytes = 0, hellos = 0;
    std::int64_t first_line = 0, later_line = 0;  // a hello with a whole handshake, and a later one
};

// `rides`: behind a hello, as the post does it; else each on a line of its own.
Day play(const std::string& folder_name, bool rides, int minutes_between_hellos = 1) {
    const Folder folder;
    const World world;
    const base::SystemClock machine;
    base::ManualClock clock(machine.now());
    base::NoEventLog log;
    sync::ClockFloor floor("", clock, log);
    const Centre centre(world, folder, clock, log);
    sync::CentreClient client(centre.address());
    const auto keys = world.keys();
    const auto terminal = world.terminal();
    auto desk = post::CommandDesk::open(folder / folder_name, terminal_id, world.pinned,
                                        store::real_disk(), log);
    if (!desk) give_up("desk");
    post::FleetOptions options;
    options.software = "1.0.0";
    post::FleetLane lane(
        options, std::move(*desk), terminal, keys, floor, clock, log, [](const auto&) {},
        [](sync::Exchange) {}, [] {});
    domain::AppReport app;
    app.version = "1.0.0";
    app.pack = "cn-county-sample";
    app.pack_version = 12;
    app.key_set = 3;
    app.page = "home";
    app.proof = domain::ScreenProof::drawn;
    app.started_at = clock.now();
    domain::OutboxStock stock;
    const std::stop_source nobody_stops;
    const auto run = [&](sync::Exchange exchange, bool last) {
        // A minute goes by before the next: this line is closed by then.
        if (last) exchange.headers["connection"] = "close";
        auto answer = client.run(exchange, nobody_stops.get_token());
        if (!answer || answer->status != 200)
            give_up(exchange.path + " " +
                    (answer ? std::to_string(answer->status) : answer.error().safe_detail));
        return answer;
    };
    Day day;
    for (int minute = 0; minute < a_day / a_minute; ++minute) {
        clock.forward(a_minute);
        happen(minute, app, stock);
        lane.app_said(app);
        if (minute % minutes_between_hellos != 0) continue;
        post::PostFacts facts;
        facts.stock = stock;
        facts.line = domain::Line::online;
        facts.taking = true;
        facts.key_set = 3;
        auto heartbeat = lane.behind_hello(facts);
        wire::HelloRequest hello;
        hello.certificate = world.certificate.file;
        hello.nonce = base::random_bytes<16>();
        hello.epoch = {1};
        const auto said =
            run({sync::Method::post, "/v1/hello", wire::encode(hello, world.terminal_key).value()},
                !heartbeat || !rides);
        day.hello_bytes += said->line_bytes;
        (++day.hellos == 1 ? day.first_line : day.later_line) = said->line_bytes;
        if (!heartbeat) continue;
        const auto answer = run(std::move(*heartbeat), true);
        lane.answered(answer);
        ++day.heartbeats;
        day.heartbeat_bytes += answer->line_bytes;
    }
    return day;
}

void say(const char* name, std::int64_t value, const char* unit) {
    std::printf("%s\t%lld\t%s\n", name, static_cast<long long>(value), unit);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fprintf(stderr, "usage: heartbeat_bench FOLDER\n");
        return 2;
    }
    ::setenv("TMPDIR", arguments[1], 1);
    const Day riding = play("riding.json", true);
    say("heartbeat bytes per day", riding.heartbeat_bytes, "B");
    say("heartbeats per day", riding.heartbeats, "");
    say("bytes of one heartbeat behind a hello", riding.heartbeat_bytes / riding.heartbeats, "B");
    say("bytes of a hello that begins with a whole handshake", riding.first_line, "B");
    say("bytes of a hello that takes its handshake up again", riding.later_line, "B");
    say("hello bytes per day, one a minute", riding.hello_bytes, "B");
    const Day rare = play("rare.json", true, 120);
    say("hello and heartbeat bytes per day, hello_every_s = 7200",
        rare.hello_bytes + rare.heartbeat_bytes, "B");
    const Day alone = play("alone.json", false);
    say("heartbeat bytes per day, each on a line of its own", alone.heartbeat_bytes, "B");
    say("heartbeats per day, each on a line of its own", alone.heartbeats, "");
    return 0;
}
