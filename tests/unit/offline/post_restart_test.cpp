// The app's end against the real kiosk-post, which is killed while an attachment comes in: nothing
// is handed in twice, nothing half, and the citizen does not notice.
#include "base/bounded_queue.hpp"
#include "offline/post/post_client.hpp"
#include "offline/sealing/streams/sealed_stream.hpp"
#include "tests/power_loss/child_process.hpp"
#include "tests/power_loss/training_world.hpp"
#include "tests/tools/free_port.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace {

using namespace offline_test;
using namespace std::chrono_literals;

// The real programs in a folder, and an app.
struct Desk {
    Desk() {
        const std::string pack = "kiosk/catalogue/packs/sample_county/pack.json";
        power_loss::make_state(folder.path(), port, pack);
        start_post();
        client.emplace(
            post::ClientOptions{folder / "post.sock", domain::Realm::training},
            [this](post::PostEvent event) { EXPECT_TRUE(events.push(std::move(event))); });
    }
    void start_post() {
        post_office = std::make_unique<power_loss::ChildProcess>(
            std::vector<std::string>{KIOSK_POST, "--config", folder / "kiosk.toml"},
            folder / "post.log");
    }
    template <class Event>
    Event wait_for(domain::RequestId request) {
        for (;;) {
            auto event = events.pop_for({}, 30s);
            if (!event) throw std::runtime_error("no event came");
            if (auto* found = std::get_if<Event>(&*event);
                found && found->ticket.request == request)
                return std::move(*found);
        }
    }
    template <class Holds>
    void wait_until(Holds holds) {
        for (;;) {
            auto event = events.pop_for({}, 30s);
            if (!event) throw std::runtime_error("no event came");
            const auto* changed = std::get_if<post::StatusChanged>(&*event);
            if (changed != nullptr && holds(changed->status)) return;
        }
    }
    std::size_t half_files() const {
        std::size_t count = 0;
        if (fs::exists(folder / "outbox/attachments"))
            for (const auto& entry : fs::directory_iterator(folder / "outbox/attachments"))
                count += entry.path().extension() == ".part" ? 1 : 0;
        return count;
    }

    const Folder folder;
    const int port = tools::free_port();
    base::BoundedQueue<post::PostEvent> events{1000};
    std::unique_ptr<power_loss::ChildProcess> post_office;
    std::optional<post::PostClient> client;  // last: its sink uses the queue
};

TEST(post_restart, a_post_killed_between_the_chunks_of_an_attachment_has_the_submission_once) {
    Desk desk;
    const auto keys = power_loss::keys_of(desk.folder.path());
    const auto now = base::SystemClock().now();
    const auto id = domain::SubId::parse("00112233445566778899aabbccddeeff").value();
    const auto key = keys.sealing_key(now).value();
    const auto realm = domain::Realm::training;
    desk.client->reserve({1, 1}, id, 2 << 20);
    ASSERT_TRUE(desk.wait_for<post::ReserveFinished>(1).reserved);

    // Over the inline limit: half of it is there when the power of the post goes.
    const post::AttachmentId scan{1}, note{2};
    auto sealer = sealing::StreamSealer::begin(realm, key, {id, scan}).value();
    base::Bytes sealed;
    const auto capture = [&](std::size_t size) {
        auto piece = sealer.append(base::Bytes(size, 7)).value();
        sealed.insert(sealed.end(), piece.begin(), piece.end());
        desk.client->append_attachment(id, scan, std::move(piece));
    };
    desk.client->begin_attachment({1, 2}, id, scan, "M1");
    capture(300'000);
    // Within it, begun later and finished before.
    auto short_sealer = sealing::StreamSealer::begin(realm, key, {id, note}).value();
    auto short_sealed = short_sealer.append(base::Bytes(5'000, 8)).value();
    const auto rest = short_sealer.finish().value();
    short_sealed.insert(short_sealed.end(), rest.begin(), rest.end());
    desk.client->begin_attachment({1, 3}, id, note, "M2");
    desk.client->append_attachment(id, note, short_sealed);
    desk.client->finish_attachment(id, note);
    ASSERT_TRUE(desk.wait_for<post::AttachmentFinished>(3).line);
    EXPECT_EQ(desk.half_files(), 1u);

    desk.post_office->kill_now();
    EXPECT_EQ(desk.half_files(), 1u);
    capture(300'000);  // the citizen goes on meanwhile
    desk.start_post();
    auto last = sealer.finish().value();
    sealed.insert(sealed.end(), last.begin(), last.end());
    desk.client->append_attachment(id, scan, std::move(last));
    desk.client->finish_attachment(id, scan);
    const auto scanned = desk.wait_for<post::AttachmentFinished>(2);
    ASSERT_TRUE(scanned.line) << base::name(scanned.line.error().code);
    EXPECT_EQ(scanned.line->length, static_cast<std::int64_t>(sealed.size()));
    EXPECT_EQ(scanned.line->digest, sealing::digest(sealing::SuiteId::one, sealed));

    // And once more, with everything written and nothing handed in.
    desk.post_office->kill_now();
    const auto text = base::read_file("tests/fuzz/corpus/submission/whole.json").value();
    post::AcceptRequest asked{id, item, 1, now,
                              sealing::seal_submission(keys, now, id, text).value()};
    asked.attachments = {note, scan};
    asked.key_set = keys.version();
    desk.client->accept({1, 4}, asked);
    desk.start_post();
    const auto kept = desk.wait_for<post::AcceptFinished>(4).receipt;
    ASSERT_TRUE(kept) << base::name(kept.error().code);

    // The answer is lost, as far as the app knows: the same slip, with no attachment sent again.
    desk.post_office->kill_now();
    desk.start_post();
    desk.client->accept({1, 5}, asked);
    EXPECT_EQ(desk.wait_for<post::AcceptFinished>(5).receipt.value(), *kept);
    EXPECT_EQ(desk.half_files(), 0u);

    power_loss::ChildProcess centre({INTAKE, "serve", "--config", desk.folder / "kiosk.toml"},
                                    desk.folder / "intake.log");
    desk.client->nudge();
    desk.wait_until([](const auto& status) {
        return status.line == domain::Line::online && status.undelivered() == 0 &&
               status.attention == 0;
    });
    desk.client->look_up({1, 6}, kept->local_number + " " + kept->look_up_code);
    EXPECT_EQ(desk.wait_for<post::LookUpFinished>(6).status->delivery, domain::Delivery::received);
    EXPECT_EQ(cases_in(desk.folder / "intake"), 1);
}

TEST(post_restart, a_reservation_is_made_again_with_a_post_that_comes_back) {
    Desk desk;
    // Everything a terminal's disk may hold, as far as this one's quota goes.
    const auto id = domain::SubId::draw(), other = domain::SubId::draw();
    std::int64_t most = std::int64_t{1} << 34;
    for (domain::RequestId request = 1;; ++request, most -= most / 8) {
        ASSERT_LT(request, 200u);
        desk.client->reserve({1, request}, id, most);
        if (desk.wait_for<post::ReserveFinished>(request).reserved) break;
    }
    desk.post_office->kill_now();
    desk.wait_until([](const auto& status) { return status.line == domain::Line::absent; });
    desk.start_post();
    desk.wait_until([](const auto& status) { return status.line != domain::Line::absent; });
    desk.client->reserve({2, 1000}, other, most / 2);
    EXPECT_EQ(desk.wait_for<post::ReserveFinished>(1000).reserved.error().code, FaultCode::DiskFull)
        << "promised to the session that is still open";
    desk.client->abandon(id);
    desk.client->reserve({2, 1001}, other, most / 2);
    EXPECT_TRUE(desk.wait_for<post::ReserveFinished>(1001).reserved);
}

}  // namespace
