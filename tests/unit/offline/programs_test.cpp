// The three programs as they are started, with the real pack and a real submission: enrolled, kept,
// delivered, opened, found again.
#include "base/bounded_queue.hpp"
#include "offline/post/post_client.hpp"
#include "offline/questions/progress_question.hpp"
#include "tests/power_loss/child_process.hpp"
#include "tests/power_loss/training_world.hpp"
#include "tests/tools/free_port.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace {

using namespace offline_test;
using namespace std::chrono_literals;

// What a program prints on its standard output, read to its end.
std::string output_of(const std::string& command_line, const std::string& file) {
    power_loss::ChildProcess shell({"/bin/sh", "-c", command_line + " > " + file}, file + ".log");
    shell.wait();
    const auto bytes = base::read_file(file).value();
    return {bytes.begin(), bytes.end()};
}

class programs : public testing::TestWithParam<domain::SuiteId> {};
INSTANTIATE_TEST_SUITE_P(suite, programs,
                         testing::Values(domain::SuiteId::one, domain::SuiteId::national),
                         [](const auto& of) { return std::string(domain::name(of.param)); });

// The keys change over while the submission waits: it is sealed to the old ones, what is asked
// afterwards to the new ones.
TEST_P(programs, a_submission_kept_without_a_centre_arrives_when_it_starts_and_opens_unchanged) {
    const Folder folder;
    const int port = tools::free_port();
    const std::string pack = "kiosk/catalogue/packs/sample_county/pack.json";
    power_loss::make_state(folder.path(), port, pack, GetParam());
    const std::string config = folder / "kiosk.toml", fixed = "2026-11-22T09:41:00+08:00";
    const auto start_post = [&] {
        return std::make_unique<power_loss::ChildProcess>(
            std::vector<std::string>{KIOSK_POST, "--config", config, "--clock", fixed},
            folder / "post.log");
    };
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
    const auto id = domain::SubId::parse("00112233445566778899aabbccddeeff").value();
    const auto keys = power_loss::keys_of(folder.path());
    client.accept({1, 1},
                  {id, item, 1, start, sealing::seal_submission(keys, start, id, text).value()});
    const auto kept = std::get<post::AcceptFinished>(wait_for(
        [](const auto& event) { return std::holds_alternative<post::AcceptFinished>(event); }));
    ASSERT_TRUE(kept.receipt);
    EXPECT_EQ(kept.receipt->kept_at, start);

    output_of(std::string(KIOSK_TRAINING_KEYS) + " --rotate --state " + folder.path() +
                  " --terminal " + terminal_id + " --pack " + pack + " --suite " +
                  std::string(domain::name(GetParam())),
              folder / "rotation");
    post_office->kill_now();
    post_office = start_post();
    const auto rotated = power_loss::keys_of(folder.path());
    EXPECT_EQ(rotated.version(), 2);
    const auto now = base::SystemClock().now();
    EXPECT_NE(rotated.sealing_key(now).value(), keys.sealing_key(now).value());

    const std::string intake = std::string(INTAKE) + " ";
    power_loss::ChildProcess centre({INTAKE, "serve", "--config", config, "--clock", fixed},
                                    folder / "intake.log");
    client.nudge();
    wait_for([](const auto& event) {
        const auto* changed = std::get_if<post::StatusChanged>(&event);
        return changed != nullptr && changed->status.line == domain::Line::online &&
               changed->status.undelivered() == 0;
    });
    client.look_up({1, 2}, kept.receipt->local_number + " " + kept.receipt->look_up_code);
    const auto found = std::get<post::LookUpFinished>(wait_for(
        [](const auto& event) { return std::holds_alternative<post::LookUpFinished>(event); }));
    EXPECT_EQ(found.status->delivery, domain::Delivery::received);

    EXPECT_EQ(output_of(intake + "count --config " + config, folder / "count"), "1\n");
    const auto opened = nlohmann::json::parse(
        output_of(intake + "case " + id.text() + " --config " + config, folder / "case"));
    EXPECT_EQ(opened["submission"], nlohmann::json::parse(text));
    EXPECT_EQ(opened["case_number"], found.status->case_number);
    EXPECT_EQ(opened["local_number"], kept.receipt->local_number);

    const auto asked = questions::progress_question("000101194102030121", "王𬱖兰");
    const auto question =
        sealing::SealedQuestion::make(rotated, now, base::to_bytes(*asked)).value();
    client.ask({1, 3}, post::QuestionKind::progress, question.bytes());
    const auto answered = std::get<post::AskFinished>(wait_for(
        [](const auto& event) { return std::holds_alternative<post::AskFinished>(event); }));
    const auto cases =
        questions::read_progress_answer(**question.open_answer(answered.sealed_answer.value()))
            .value();
    EXPECT_EQ(cases.at(0).case_number, found.status->case_number);
    EXPECT_FALSE(cases.at(0).item_name.empty());

    // No log names the person.
    for (const char* log : {"post.log", "intake.log"}) {
        const auto bytes = base::read_file(folder / log).value();
        EXPECT_EQ(base::as_text(bytes).find("000101194102030121"), std::string_view::npos) << log;
        EXPECT_EQ(base::as_text(bytes).find("王"), std::string_view::npos) << log;
    }
}

}  // namespace
