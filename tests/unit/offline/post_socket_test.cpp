#include "offline/questions/progress_question.hpp"
#include "tests/unit/offline/post_fixture.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <optional>
#include <thread>

namespace {

using namespace offline_test;
using domain::Ticket;

TEST(post_socket, a_submission_is_kept_then_delivered_and_the_app_hears_of_it) {
    const Folder folder;
    const World world;
    const base::ManualClock clock(start);
    const Intake intake(world, folder / "intake", clock);
    const Office office(world, folder, intake.url());
    App app(folder);
    app.client.accept(Ticket{1, 2}, request(world));
    const auto kept = app.wait_for<post::AcceptFinished>();
    EXPECT_EQ(kept.ticket, (Ticket{1, 2}));
    ASSERT_TRUE(kept.receipt);
    const auto status = app.wait_until([](const auto& s) {
        return s.line == domain::Line::online && s.undelivered() == 0 && !s.unshown.empty();
    });
    EXPECT_TRUE(status.taking);
    EXPECT_EQ(status.unshown.at(0).local_number, kept.receipt->local_number);

    app.client.look_up(Ticket{1, 3}, kept.receipt->qr_text);
    const auto found = app.wait_for<post::LookUpFinished>();
    EXPECT_EQ(found.status->delivery, domain::Delivery::received);
    EXPECT_EQ(found.status->case_number, implementation + "202611220001");

    const auto text = questions::progress_question("000101194601020124", "王秀兰");
    const auto question = world.question(base::to_bytes(*text)).value();
    app.client.ask(Ticket{1, 4}, post::QuestionKind::progress, question.bytes());
    const auto answered = app.wait_for<post::AskFinished>();
    ASSERT_TRUE(answered.sealed_answer);
    const auto cases =
        questions::read_progress_answer(**question.open_answer(*answered.sealed_answer)).value();
    EXPECT_EQ(cases.at(0).case_number, found.status->case_number);

    app.client.receipt_shown(kept.receipt->local_number);
    app.wait_until([](const auto& s) { return s.unshown.empty(); });
}

TEST(post_socket, an_unshown_slip_is_offered_to_the_next_app) {
    const Folder folder;
    const World world;
    std::string number;
    {
        const Office office(world, folder, nobody);
        App app(folder);
        app.client.accept(Ticket{1, 1}, request(world));
        number = app.wait_for<post::AcceptFinished>().receipt->local_number;
    }
    const Office office(world, folder, nobody);
    App app(folder);
    const auto status = app.wait_until([](const auto& s) { return !s.unshown.empty(); });
    EXPECT_EQ(status.unshown.at(0).local_number, number);
}

TEST(post_socket, NetworkUnreachable_a_question_without_a_line_says_so) {
    const Folder folder;
    const World world;
    const Office office(world, folder, nobody);
    App app(folder);
    app.client.ask(Ticket{1, 1}, post::QuestionKind::progress, {1, 2, 3});
    EXPECT_EQ(app.wait_for<post::AskFinished>().sealed_answer.error().code,
              FaultCode::NetworkUnreachable);
    app.client.look_up(Ticket{1, 2}, "nothing like a code");
    EXPECT_EQ(app.wait_for<post::LookUpFinished>().status.error().code, FaultCode::AnswerNotFound);
}

TEST(post_socket, PostUnreachable_without_a_post_every_request_still_ends_once) {
    const Folder folder;
    const World world;
    App app(folder);
    app.client.accept(Ticket{1, 1}, request(world));
    EXPECT_EQ(app.wait_for<post::StatusChanged>().status.line, domain::Line::absent);
    EXPECT_EQ(app.wait_for<post::AcceptFinished>().receipt.error().code,
              FaultCode::PostUnreachable);
    EXPECT_EQ(app.events_left(), 0u);
}

// Welcomes the app, takes its submission and never says another word.
class SilentOffice {
  public:
    explicit SilentOffice(const Folder& folder)
        : listening_(post::listen_on(folder / "post.sock").value()),
          thread_([this](std::stop_token stop) { work(stop); }) {}

  private:
    void work(const std::stop_token& stop) {
        std::optional<post::Connection> app;
        while (!stop.stop_requested()) {
            pollfd waits{app ? app->descriptor() : listening_.get(), POLLIN, 0};
            if (::poll(&waits, 1, 50) <= 0) continue;
            if (!app) {
                app.emplace(post::Descriptor(::accept(listening_.get(), nullptr, nullptr)));
                app->send(post::frame_of(post::message::Welcome{domain::Realm::training}).value());
                if (!app->write_some()) return;
            } else if (!app->read_some()) {
                return;
            }
        }
    }

    post::Descriptor listening_;
    std::jthread thread_;
};

TEST(post_socket, a_post_that_took_it_and_fell_silent_leaves_it_unknown_not_refused) {
    const Folder folder;
    const World world;
    const SilentOffice office(folder);
    App app(folder);
    app.client.accept(Ticket{1, 1}, request(world));
    EXPECT_EQ(app.wait_for<post::AcceptFinished>().receipt.error().code, FaultCode::HandInUnknown);
}

TEST(post_socket, RealmMismatch_an_app_of_the_other_realm_is_refused) {
    const Folder folder;
    const World world;
    const Office office(world, folder, nobody);
    App app(folder, domain::Realm::service);
    app.client.accept(Ticket{1, 1}, request(world));
    EXPECT_EQ(app.wait_for<post::AcceptFinished>().receipt.error().code, FaultCode::RealmMismatch);
}

TEST(post_socket, DiskFull_reaches_the_app_and_the_post_says_it_takes_no_more) {
    const Folder folder;
    const World world;
    const Office office(world, folder, nobody, 512 * 1024);
    App app(folder);
    int kept = 0;
    for (;; ++kept) {
        app.client.accept(Ticket{1, 1},
                          request(world, domain::SubId::draw(), std::string(30'000, 'x')));
        const auto finished = app.wait_for<post::AcceptFinished>();
        if (finished.receipt) continue;
        EXPECT_EQ(finished.receipt.error().code, FaultCode::DiskFull);
        break;
    }
    EXPECT_GT(kept, 0);
    App another(folder);
    const auto status = another.wait_until([](const auto& s) { return s.waiting > 0; });
    EXPECT_EQ(status.waiting, kept);
    EXPECT_FALSE(status.taking);
}

TEST(post_socket, a_reply_lost_with_the_connection_is_asked_again_with_the_same_number) {
    const Folder folder;
    const World world;
    post::Descriptor listening = post::listen_on(folder / "post.sock").value();
    std::vector<domain::SubId> asked;
    // Answers only on the second connection.
    std::jthread post_office([&] {
        for (int connection = 0; connection < 2; ++connection) {
            pollfd wait{listening.get(), POLLIN, 0};
            ::poll(&wait, 1, -1);
            post::Connection peer(post::Descriptor(::accept(listening.get(), nullptr, nullptr)));
            for (;;) {
                auto body = peer.next().value();
                if (!body) {
                    if (!peer.read_some()) return;
                    continue;
                }
                const auto message = post::client_message(*body).value();
                if (std::holds_alternative<post::message::Hello>(message)) {
                    peer.send(post::frame_of(post::ServerMessage(
                                                 post::message::Welcome{domain::Realm::training}))
                                  .value());
                } else if (const auto* accept = std::get_if<post::message::Accept>(&message)) {
                    asked.push_back(accept->sub_id);
                    if (connection == 0) break;  // closes without an answer
                    const domain::LocalReceipt receipt{accept->sub_id, "N", "C",   1,
                                                       start,          {},  "CW1."};
                    peer.send(post::frame_of(
                                  post::ServerMessage(post::message::Accepted{accept->id, receipt}))
                                  .value());
                }
                if (!peer.write_some()) return;
            }
        }
    });
    App app(folder);
    const auto id = domain::SubId::draw();
    app.client.accept(Ticket{3, 4}, request(world, id));
    const auto finished = app.wait_for<post::AcceptFinished>();
    EXPECT_EQ(finished.ticket, (Ticket{3, 4}));
    EXPECT_EQ(finished.receipt->local_number, "N");
    EXPECT_EQ(asked, (std::vector{id, id}));
}

TEST(post_socket, PostMessageMalformed_a_client_that_talks_nonsense_is_dropped_alone) {
    const Folder folder;
    const World world;
    const Office office(world, folder, nobody);
    App app(folder);
    for (const base::Bytes& nonsense :
         {base::Bytes{0, 0, 0, 2, 0xFF, 0xFF}, base::Bytes(64, 0xFF),
          post::frame_of(post::ClientMessage(post::message::Nudge{})).value()}) {
        auto socket = post::connect_to(folder / "post.sock").value();
        pollfd wait{socket.get(), POLLIN, 0};
        post::Connection stranger(std::move(socket));
        stranger.send(nonsense);
        ASSERT_TRUE(stranger.write_some());
        // Told why, then closed.
        base::Status alive;
        while (alive) {
            ::poll(&wait, 1, -1);
            alive = stranger.read_some();
        }
        const auto body = stranger.next().value();
        ASSERT_TRUE(body);
        const auto last_words =
            std::get<post::message::Failed>(post::server_message(*body).value());
        EXPECT_EQ(last_words.fault.code, FaultCode::PostMessageMalformed);
    }
    app.client.accept(Ticket{1, 1}, request(world));
    EXPECT_TRUE(app.wait_for<post::AcceptFinished>().receipt);
}

}  // namespace
