// sync_bench drain FOLDER N         drains N kept submissions over HTTP on loopback, beside plain
//                                   keep-alive loops that send the same bytes
// sync_bench cuts FOLDER            attachments over a line of 512 kbit/s that is cut every 5 s
// sync_bench fill STATE N           keeps N submissions in the outbox of a training state
// Prints name, value, unit by tabs.
#include "base/bounded_queue.hpp"
#include "offline/sealing/keys/trust.hpp"
#include "offline/sync/centre_worker.hpp"
#include "offline/sync/outbox_parcels.hpp"
#include "tests/unit/offline/delivery_fixture.hpp"
#include "tests/unit/offline/fault_proxy.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace offline_test;
using base::Millis;

void say(const char* name, double value, const char* unit) {
    std::printf("%s\t%g\t%s\n", name, value, unit);
}
[[noreturn]] void give_up(const char* why) {
    std::fprintf(stderr, "sync_bench: %s\n", why);
    std::exit(1);
}
double seconds_since(std::chrono::steady_clock::time_point began) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

// As kiosk-post does it: delivery on this thread, exchanges on two others. What went out is kept.
double drain(const World& world, outbox::Outbox& box, const std::string& url,
             std::vector<sync::Exchange>& sent) {
    const base::SystemClock clock;
    base::NoEventLog log;
    const sealing::KeySet keys = world.keys();
    sync::ClockFloor floor("", clock, log);
    sync::OutboxParcels parcels(box);
    base::BoundedQueue<std::pair<std::int64_t, base::Result<sync::Answer>>> letters(16);
    const auto put = [&](std::int64_t reference, base::Result<sync::Answer> answer) {
        if (!letters.push({reference, std::move(answer)})) give_up("no room for an answer");
    };
    sync::CentreWorker small({url}, put), bulk({url}, put);
    sync::Delivery delivery({{Millis{10}, Millis{100}, Millis{0}}, 1}, parcels, keys, floor, clock,
                            log, [&](std::int64_t reference, sync::Exchange exchange) {
                                sent.push_back(exchange);
                                auto& worker = exchange.bulk ? bulk : small;
                                if (!worker.give(reference, std::move(exchange)))
                                    give_up("no room for an exchange");
                            });
    const auto began = std::chrono::steady_clock::now();
    for (;;) {
        const Millis next = delivery.tick();
        if (box.summary()->waiting == 0) break;
        const Millis wait = std::max(Millis{0}, next - clock.steady());
        if (auto letter = letters.pop_for({}, std::min(wait, Millis{1000}))) {
            delivery.answered(letter->first, letter->second);
            [[maybe_unused]] const auto ignored = box.checkpoint_when_due();
        }
    }
    return seconds_since(began);
}

double plain_loop(const std::string& url, const std::vector<sync::Exchange>& requests) {
    sync::CentreClient client(url);
    const std::stop_source nobody_stops;
    const auto began = std::chrono::steady_clock::now();
    for (const auto& one : requests) {
        const auto answer = client.run(one, nobody_stops.get_token());
        if (!answer || answer->status != 200) give_up("the plain loop was refused");
    }
    return seconds_since(began);
}

int measure_drain(const std::string& folder, int count) {
    const World world;
    const base::SystemClock clock;
    auto box =
        outbox::Outbox::open({folder + "/outbox", std::int64_t{2} << 30}, world.terminal(), clock)
            .value();
    std::vector<sync::Exchange> singles;
    for (int i = 0; i < count; ++i) {
        auto given = acceptance(world);
        if (!box.accept(given)) give_up("the outbox took no more");
        const auto parcel = box.parcel(i + 1).value().value();
        singles.push_back(
            {sync::Method::put, "/v1/t/" + terminal_id + "/s/" + parcel.sub_id.text(),
             papers::wire::encode(papers::wire::Delivered{world.certificate.file, parcel.manifest,
                                                          parcel.signature, parcel.envelope})});
        [[maybe_unused]] const auto ignored = box.checkpoint_when_due();
    }
    std::vector<sync::Exchange> sent;
    double drained = 0;
    {
        const Intake intake(world, folder + "/intake", clock);
        drained = drain(world, box, intake.url(), sent);
    }
    if (cases_in(folder + "/intake") != count) give_up("not every submission became a case");
    std::erase_if(sent, [](const auto& one) { return one.path == "/v1/hello"; });
    const auto loop = [&](const char* name, const std::vector<sync::Exchange>& requests) {
        const Intake intake(world, folder + name, clock);
        return plain_loop(intake.url(), requests);
    };
    const double one_by_one = loop("/intake-singles", singles);
    const double same_requests = loop("/intake-batches", sent);
    say("drain: submissions per second", count / drained, "1/s");
    say("drain: over a plain loop that sends them one by one", one_by_one / drained, "times");
    say("drain: over a plain loop that sends the same requests", same_requests / drained, "times");
    say("drain: requests per submission", static_cast<double>(sent.size()) / count, "");
    return 0;
}

int measure_cuts(const std::string& folder) {
    constexpr std::int64_t bytes_per_second = 64'000, payload = 40 << 20;
    const World world;
    base::ManualClock clock{start};
    base::NoEventLog log;
    MemoryParcels parcels(world);
    Runner runner(world, parcels, clock, log);
    const Intake intake(world, folder + "/intake", clock);
    FaultProxy proxy(intake.port());
    for (int i = 0; i < 10; ++i) parcels.keep({content(payload / 10)});
    proxy.cut_every(5 * bytes_per_second);
    sync::CentreClient client(proxy.url());
    const std::stop_source nobody_stops;
    for (int rounds = 0; rounds < 20'000 && !parcels.waiting.empty(); ++rounds) {
        runner.run(
            [&](const auto& exchange) {
                const std::int64_t before = proxy.passed();
                auto answer = client.run(exchange, nobody_stops.get_token());
                clock.forward(Millis{(proxy.passed() - before) * 1000 / bytes_per_second + 600});
                return answer;
            },
            1);
    }
    if (!parcels.waiting.empty()) give_up("the attachments did not arrive");
    say("cut every 5 s at 512 kbit/s: bytes sent per payload byte",
        static_cast<double>(proxy.passed()) / payload, "times");
    say("cut every 5 s at 512 kbit/s: cuts", proxy.cuts(), "");
    return 0;
}

int fill(const std::string& state, int count) {
    const base::SystemClock clock;
    const auto root = sealing::read_root(state + "/keys/root.pub", domain::Realm::training).value();
    const auto file = base::read_file(state + "/post/terminal.cert").value();
    outbox::Terminal terminal{
        sealing::TerminalCertificate::verify(file, root).value(),
        sealing::SigningKey::parse(base::read_file(state + "/post/terminal.key").value(),
                                   "terminal-key", domain::Realm::training)
            .value()};
    auto box =
        outbox::Outbox::open({state + "/outbox", std::int64_t{8} << 30}, std::move(terminal), clock)
            .value();
    // The outbox reads no envelope: one serves for all.
    const World world;
    const auto one = acceptance(world);
    for (int i = 0; i < count; ++i) {
        auto given = one;
        given.sub_id = domain::SubId::draw();
        if (!box.accept(given)) give_up("the outbox took no more");
        [[maybe_unused]] const auto ignored = box.checkpoint_when_due();
    }
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    if (words.size() == 3 && words[0] == "drain")
        return measure_drain(words[1], std::atoi(words[2].c_str()));
    if (words.size() == 2 && words[0] == "cuts") return measure_cuts(words[1]);
    if (words.size() == 3 && words[0] == "fill") return fill(words[1], std::atoi(words[2].c_str()));
    std::fprintf(stderr, "usage: sync_bench drain FOLDER N | cuts FOLDER | fill STATE N\n");
    return 2;
}
