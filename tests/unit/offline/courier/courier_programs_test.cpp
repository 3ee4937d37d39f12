// The programs as they are started: kept without a line, carried on a stick past both programs
// while they run, found again as received.
#include "base/bounded_queue.hpp"
#include "offline/post/post_client.hpp"
#include "run_program.hpp"
#include "tests/power_loss/child_process.hpp"
#include "tests/power_loss/training_world.hpp"
#include "tests/tools/free_port.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace {

using namespace offline_test;
using namespace std::chrono_literals;

class CourierPrograms : public testing::Test {
  protected:
    CourierPrograms() {
        power_loss::make_state(folder.path(), tools::free_port(),
                               "kiosk/catalogue/packs/sample_county/pack.json",
                               domain::SuiteId::one);
        fs::create_directory(stick);
        std::string text(base::as_text(base::read_file(config).value()));
        text.insert(text.find("[post]\n") + 7, "stick_folder = \"stick\"\n");
        EXPECT_TRUE(base::write_file(config, base::to_bytes(text)));
    }
    std::unique_ptr<power_loss::ChildProcess> start_post() {
        return std::make_unique<power_loss::ChildProcess>(
            std::vector<std::string>{KIOSK_POST, "--config", config, "--clock", fixed},
            folder / "post.log");
    }
    // Its exit; what it said is in `said`.
    int run(std::vector<std::string> command) {
        for (const auto& word : {std::string("--config"), config, std::string("--clock"), fixed})
            command.push_back(word);
        const int exit =
            courier_test::run_program(command, folder / "said", folder / "commands.log");
        said = base::as_text(base::read_file(folder / "said").value());
        return exit;
    }
    int post(const std::string& command) {
        std::vector<std::string> words{KIOSK_POST, command};
        if (command != "bundles") words.push_back(stick);
        return run(std::move(words));
    }
    int import_at_centre() { return run({INTAKE, "bundle", "import", stick}); }
    std::string count() {
        courier_test::run_program({INTAKE, "count", "--config", config}, folder / "count",
                                  folder / "commands.log");
        return std::string(base::as_text(base::read_file(folder / "count").value()));
    }

    const Folder folder;
    const std::string config = folder / "kiosk.toml", fixed = "2026-11-22T09:41:00+08:00",
                      stick = folder / "stick";
    std::string said;
};

TEST_F(CourierPrograms, a_submission_without_a_line_is_carried_there_and_its_receipt_back) {
    auto post_office = start_post();
    base::BoundedQueue<post::PostEvent> events(1000);
    post::PostClient client(
        {folder / "post.sock", domain::Realm::training},
        [&](post::PostEvent event) { EXPECT_TRUE(events.push(std::move(event))); });
    const auto wait_for = [&](auto holds) {
        for (;;) {
            auto event = events.pop_for({}, 30s);
            if (!event) throw std::runtime_error("no event came");
            if (holds(*event)) return std::move(*event);
        }
    };
    const auto text = base::read_file("tests/fuzz/corpus/submission/whole.json").value();
    const auto id = domain::SubId::draw();
    const auto keys = power_loss::keys_of(folder.path());
    client.accept({1, 1},
                  {id, item, 1, start, sealing::seal_submission(keys, start, id, text).value()});
    const auto kept = std::get<post::AcceptFinished>(wait_for(
        [](const auto& event) { return std::holds_alternative<post::AcceptFinished>(event); }));
    ASSERT_TRUE(kept.receipt);

    EXPECT_EQ(post("export"), 1);  // not registered
    EXPECT_EQ(post("register-stick"), 0);
    EXPECT_EQ(post("export"), 0);
    EXPECT_NE(said.find("已导出 1 件"), std::string::npos) << said;
    EXPECT_EQ(post("bundles"), 0);
    EXPECT_NE(said.find("等回执"), std::string::npos) << said;

    // At the centre, once by itself and once through the intake that runs.
    EXPECT_EQ(import_at_centre(), 0);
    EXPECT_NE(said.find("1 件"), std::string::npos) << said;
    EXPECT_EQ(count(), "1\n");
    {
        power_loss::ChildProcess centre({INTAKE, "serve", "--config", config, "--clock", fixed},
                                        folder / "intake.log");
        const auto until = std::chrono::steady_clock::now() + 30s;
        while (!fs::exists(folder / "intake/courier.socket") &&
               std::chrono::steady_clock::now() < until)
            std::this_thread::yield();
        EXPECT_EQ(import_at_centre(), 0);
        EXPECT_EQ(count(), "1\n");
    }

    EXPECT_EQ(post("import"), 0);
    wait_for([](const auto& event) {
        const auto* changed = std::get_if<post::StatusChanged>(&event);
        return changed != nullptr && changed->status.undelivered() == 0;
    });
    client.look_up({1, 2}, kept.receipt->local_number + " " + kept.receipt->look_up_code);
    const auto found = std::get<post::LookUpFinished>(wait_for(
        [](const auto& event) { return std::holds_alternative<post::LookUpFinished>(event); }));
    EXPECT_EQ(found.status->delivery, domain::Delivery::received);
    EXPECT_FALSE(found.status->case_number.empty());

    // Without a post the command opens the outbox itself.
    post_office->kill_now();
    EXPECT_EQ(post("export"), 0);
    EXPECT_NE(said.find("又读了一遍"), std::string::npos) << said;
    EXPECT_EQ(post("bundles"), 0);
    EXPECT_NE(said.find("已全部回执"), std::string::npos) << said;

    for (const char* log : {"post.log", "intake.log", "commands.log"}) {
        const auto bytes = base::read_file(folder / log).value();
        EXPECT_EQ(base::as_text(bytes).find("000101194102030121"), std::string_view::npos) << log;
        EXPECT_EQ(base::as_text(bytes).find("王"), std::string_view::npos) << log;
    }
}

// What a technician asks for on the screen: the post has a process of its own do it.
TEST_F(CourierPrograms,
       the_post_does_over_its_socket_what_the_commands_do_and_tells_it_line_by_line) {
    auto post_office = start_post();
    base::BoundedQueue<post::PostEvent> events(1000);
    post::PostClient client(
        {folder / "post.sock", domain::Realm::training},
        [&](post::PostEvent event) { EXPECT_TRUE(events.push(std::move(event))); });
    std::string lines;
    const auto wait_for = [&](auto wanted) {
        using Wanted = decltype(wanted);
        for (;;) {
            auto event = events.pop_for({}, 60s);
            if (!event) throw std::runtime_error("no event came");
            if (const auto* told = std::get_if<post::CourierSaid>(&*event))
                lines += told->line + "\n";
            if (auto* found = std::get_if<Wanted>(&*event)) return std::move(*found);
        }
    };
    domain::RequestId asked = 10;
    const auto work = [&](domain::CourierWork of) {
        lines.clear();
        client.courier({1, ++asked}, of);
        auto done = wait_for(post::CourierFinished{{}, false});
        EXPECT_EQ(done.ticket, (domain::Ticket{1, asked}));
        return done.all_well;
    };
    const auto stock = [&] {
        client.ask_stock({1, ++asked});
        return wait_for(post::StockKnown{{}, domain::OutboxStock{}}).stock.value();
    };
    const auto text = base::read_file("tests/fuzz/corpus/submission/whole.json").value();
    const auto id = domain::SubId::draw();
    const auto keys = power_loss::keys_of(folder.path());
    client.accept({1, 1},
                  {id, item, 1, start, sealing::seal_submission(keys, start, id, text).value()});
    ASSERT_TRUE(wait_for(post::AcceptFinished{{}, base::fail(FaultCode::InternalError)}).receipt);
    EXPECT_EQ(stock().waiting, 1);
    EXPECT_GT(stock().bytes, 0);
    EXPECT_EQ(stock().oldest, start);
    EXPECT_TRUE(stock().sticks);

    using domain::CourierWork;
    const auto unregistered = work(CourierWork::export_bundle);
    ASSERT_FALSE(unregistered);
    EXPECT_EQ(unregistered.error().code, FaultCode::MediumUnfit);
    EXPECT_TRUE(work(CourierWork::register_stick).value());
    EXPECT_TRUE(work(CourierWork::export_bundle).value());
    EXPECT_NE(lines.find("已导出 1 件"), std::string::npos) << lines;
    EXPECT_EQ(import_at_centre(), 0);
    EXPECT_EQ(stock().waiting, 1) << "exported is not delivered";
    EXPECT_TRUE(work(CourierWork::import_returns).value());
    EXPECT_EQ(stock().waiting, 0);
    EXPECT_TRUE(work(CourierWork::list).value());
    EXPECT_NE(lines.find("已全部回执"), std::string::npos) << lines;

    // A stick that is not there is said to be unfit.
    fs::rename(stick, folder / "pocket");
    const auto gone = work(CourierWork::export_bundle);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, FaultCode::MediumUnfit);
}

}  // namespace
