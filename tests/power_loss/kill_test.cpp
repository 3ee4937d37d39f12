// kill -9 at seeded moments. What was answered is there; what is there is whole; nothing is there
// twice.
#include "base/bounded_queue.hpp"
#include "offline/intake/intake_store.hpp"
#include "offline/papers/wire.hpp"
#include "offline/post/post_client.hpp"
#include "offline/sync/centre_client.hpp"
#include "offline/sync/receipt_check.hpp"
#include "tests/power_loss/child_process.hpp"
#include "tests/power_loss/rounds.hpp"
#include "tests/power_loss/training_world.hpp"
#include "tests/tools/free_port.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <thread>

namespace power_loss {
namespace {

using namespace offline;
using namespace std::chrono_literals;

class power_loss : public testing::Test {
  protected:
    std::string folder;
    int port = tools::free_port();
    base::SystemClock clock;
    std::mt19937_64 random{rounds().seed};

    void SetUp() override {
        std::string pattern = std::filesystem::temp_directory_path() / "cw-kill-XXXXXX";
        folder = ::mkdtemp(pattern.data());
        make_state(folder, port, sample_pack);
        RecordProperty("seed", std::to_string(rounds().seed));
    }
    void TearDown() override {
        if (!HasFailure()) std::filesystem::remove_all(folder);
    }
    std::chrono::microseconds some_time(std::int64_t most_us) {
        return std::chrono::microseconds(random() % static_cast<std::uint64_t>(most_us + 1));
    }
    std::size_t up_to(std::size_t most) { return random() % (most + 1); }

    outbox::Acceptance acceptance() {
        const auto id = domain::SubId::draw();
        const base::Bytes text = submission_of(id, up_to(20'000));
        return {id, "990511001000", 1, captured,
                sealing::seal_submission(keys_of(folder), clock.now(), id, text).value()};
    }
    outbox::Outbox open_outbox() {
        return outbox::Outbox::open({folder + "/outbox", 512 << 20}, terminal_of(folder), clock)
            .value();
    }
};

TEST_F(power_loss, a_post_killed_while_accepting_has_every_answered_submission_whole) {
    base::BoundedQueue<post::PostEvent> events(10'000);
    post::PostClient client(
        {folder + "/post.sock", domain::Realm::training},
        [&](post::PostEvent event) { EXPECT_TRUE(events.push(std::move(event))); });
    std::map<domain::RequestId, domain::SubId> asked;
    std::map<domain::SubId, sealing::Digest> digests;
    std::map<domain::SubId, std::string> answered;  // the number on the slip
    std::size_t kept_unanswered = 0;  // how often the kill fell between commit and reply

    const auto take_events = [&](auto limit, std::size_t wanted) {
        while (wanted > 0) {
            const auto event = events.pop_for({}, limit);
            if (!event) return;
            const auto* finished = std::get_if<post::AcceptFinished>(&*event);
            if (finished == nullptr || !finished->receipt) continue;
            EXPECT_EQ(finished->receipt->sub_id, asked.at(finished->ticket.request));
            answered[finished->receipt->sub_id] = finished->receipt->local_number;
            --wanted;
        }
    };
    const auto check = [&] {
        outbox::Outbox box = open_outbox();
        std::map<domain::SubId, std::string> there;
        const auto waiting = box.waiting(100'000).value();
        std::int64_t seq = 0;
        sealing::Digest chain = sealing::digest(sealing::SuiteId::one, box.epoch());
        for (const auto& item : waiting) {
            ASSERT_EQ(item.seq, ++seq) << "a gap in the sequence";
            const auto parcel = box.parcel(item.seq).value().value();
            const auto manifest = papers::Manifest::parse(parcel.manifest).value();
            ASSERT_TRUE(sealing::verify(terminal_of(folder).certificate.key,
                                        sealing::context::manifest, parcel.manifest,
                                        parcel.signature));
            ASSERT_EQ(manifest.envelope_digest,
                      sealing::digest(sealing::SuiteId::one, parcel.envelope))
                << "a half envelope";
            ASSERT_EQ(manifest.envelope_digest, digests.at(parcel.sub_id));
            ASSERT_EQ(manifest.chain_before, chain);
            chain =
                papers::chain_after(sealing::SuiteId::one, chain, item.seq, parcel.manifest_digest);
            ASSERT_TRUE(there.emplace(parcel.sub_id, parcel.local_number).second) << "twice";
        }
        kept_unanswered += there.size() - answered.size();
        for (const auto& [id, number] : answered) {
            ASSERT_TRUE(there.contains(id)) << "answered and lost";
            ASSERT_EQ(there.at(id), number);
        }
    };

    const std::vector<std::string> command{KIOSK_POST, "--config", folder + "/kiosk.toml"};
    domain::RequestId request = 0;
    for (int round = 0; round < rounds().rounds; ++round) {
        ChildProcess post_office(command, folder + "/post.log");
        ASSERT_TRUE(post_office.started());
        // One answer shows that it is up; then a burst, and the end somewhere within it.
        const std::size_t burst = 2 + up_to(10);
        for (std::size_t i = 0; i < burst; ++i) {
            const auto given = acceptance();
            asked[++request] = given.sub_id;
            digests[given.sub_id] = sealing::digest(sealing::SuiteId::one, given.envelope);
            client.accept({1, request}, {given.sub_id, given.item_code, given.item_version,
                                         given.captured_at, given.envelope});
        }
        take_events(20s, 1 + up_to(burst - 1));
        take_events(some_time(2000), 1000);
        post_office.kill_now();
        take_events(0s, 1000);
        check();
        ASSERT_FALSE(HasFatalFailure()) << "round " << round << ", seed " << rounds().seed;
    }
    EXPECT_GE(answered.size(), static_cast<std::size_t>(rounds().rounds));
    RecordProperty("kept_but_unanswered", std::to_string(kept_unanswered));
}

TEST_F(power_loss, an_intake_killed_between_a_submission_and_its_answer_has_exactly_one_case) {
    const auto terminal = terminal_of(folder);
    const auto keys = keys_of(folder);
    outbox::Outbox box = open_outbox();
    const std::vector<std::string> command{INTAKE, "serve", "--config", folder + "/kiosk.toml"};
    sync::CentreClient client("http://127.0.0.1:" + std::to_string(port));
    const std::stop_source nobody_stops;
    const auto once = [&](const sync::Exchange& exchange) {
        return sync::body_of(client.run(exchange, nobody_stops.get_token()));
    };
    // Waits for a child that is starting; an answer that is not one of ours is a failure.
    const auto until_answered = [&](const sync::Exchange& exchange) {
        const base::Millis limit = clock.steady() + base::Millis{20'000};
        auto body = once(exchange);
        while (!body && clock.steady() < limit) {
            ::poll(nullptr, 0, 2);
            body = once(exchange);
        }
        return body;
    };

    int never_answered = 0;
    for (int round = 0; round < rounds().rounds; ++round) {
        const auto receipt = box.accept(acceptance()).value();
        const auto parcel = box.parcel(receipt.seq).value().value();
        const std::string path = "/v1/t/" + terminal_id + "/s/" + parcel.sub_id.text();
        const sync::Exchange submit{
            sync::Method::put,
            path,
            papers::wire::encode(papers::wire::Delivered{terminal.certificate.file, parcel.manifest,
                                                         parcel.signature, parcel.envelope}),
            {}};
        const sync::Exchange commit{sync::Method::post, path + "/commit", {}, {}};
        papers::wire::HelloRequest greeting;
        greeting.certificate = terminal.certificate.file;
        const sync::Exchange hello{sync::Method::post,
                                   "/v1/hello",
                                   papers::wire::encode(greeting, terminal.key).value(),
                                   {}};
        // Without attachments it is complete with S; C asks for the same once more.
        for (const auto& exchange : {submit, commit}) {
            base::Result<base::Bytes> first = base::fail(base::FaultCode::NetworkUnreachable);
            {
                ChildProcess intake(command, folder + "/intake.log");
                ASSERT_TRUE(intake.started());
                ASSERT_TRUE(until_answered(hello));
                std::jthread sender([&first, &once, &exchange] { first = once(exchange); });
                const auto wait = some_time(6000);
                timespec span{0, static_cast<long>(wait.count()) * 1000};
                ::ppoll(nullptr, 0, &span, nullptr);
                intake.kill_now();
            }
            ChildProcess intake(command, folder + "/intake.log");
            const auto again = until_answered(exchange);
            ASSERT_TRUE(again) << "round " << round << ", seed " << rounds().seed;
            never_answered += first ? 0 : 1;
            ASSERT_TRUE(!first || *first == *again) << "another receipt than the one given before";
            const auto bytes = papers::wire::receipt(*again).value();
            const auto checked = sync::check_receipt(bytes, parcel, terminal.certificate, keys);
            ASSERT_TRUE(checked);
            ASSERT_EQ(checked->kind, papers::ReceiptKind::r2);
        }
    }
    RecordProperty("killed_before_the_answer", std::to_string(never_answered));
    auto store = intake::IntakeStore::open_to_read(folder + "/intake").value();
    EXPECT_EQ(store->count().value(), rounds().rounds);
    std::set<std::string> numbers;
    const auto cases = store->all().value();
    for (const auto& stored : cases) EXPECT_TRUE(numbers.insert(stored.case_number).second);
}

}  // namespace
}  // namespace power_loss
