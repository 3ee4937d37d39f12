// The power-cut drill itself: it must pass when nothing is lost, and notice when something is.
#include "offline/post/power_cut_drill.hpp"

#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline_test;

class power_cut_drill : public testing::Test {
  protected:
    post::DrillSettings at_boot(const std::string& boot) const {
        return {folder / "drill", world.realm, boot, base::Millis{60'000}, base::Millis{1}};
    }
    // So many are acknowledged; then, as far as the drill knows, the power goes.
    void begin(int count) {
        const auto done = post::begin_drill(
            at_boot("first"), world.keys(), clock, [&](base::Millis) { return --count <= 0; },
            [this](const std::string& line) { said += line + "\n"; });
        ASSERT_TRUE(done) << done.error().safe_detail;
    }
    base::Result<post::DrillResult> check(const std::string& boot = "second") {
        return post::check_drill(at_boot(boot), clock,
                                 [this](const std::string& line) { said += line + "\n"; });
    }

    const World world;
    const Folder folder;
    base::SystemClock clock;
    std::string said;
};

TEST_F(power_cut_drill, what_was_acknowledged_is_there_after_the_start) {
    begin(7);
    const auto result = check();
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->passed());
    EXPECT_EQ(result->acknowledged, 7);
    EXPECT_NE(said.find("断电以前确认过 7 件，一件不少"), std::string::npos) << said;
    EXPECT_FALSE(fs::exists(folder / "drill/outbox")) << "scratch data does not stay";
    EXPECT_TRUE(fs::exists(folder / "drill/result.json"));
}
TEST_F(power_cut_drill, without_a_start_of_the_machine_it_does_not_count) {
    begin(3);
    const auto result = check("first");
    ASSERT_TRUE(result);
    EXPECT_FALSE(result->passed());
    EXPECT_EQ(result->lost, 0);
}
TEST_F(power_cut_drill, a_disk_that_lost_what_was_acknowledged_fails_it) {
    int left = 6;
    const auto done = post::begin_drill(
        at_boot("first"), world.keys(), clock,
        [&](base::Millis) {
            // As a disk that lies: what it says it has is what it had a moment ago.
            if (--left == 4)
                fs::copy(folder / "drill/outbox", folder / "older", fs::copy_options::recursive);
            return left == 0;
        },
        [](const std::string&) {});
    ASSERT_TRUE(done);
    fs::remove_all(folder / "drill/outbox");
    fs::rename(folder / "older", folder / "drill/outbox");
    const auto result = check();
    ASSERT_TRUE(result);
    EXPECT_FALSE(result->passed());
    EXPECT_EQ(result->acknowledged, 6);
    EXPECT_EQ(result->lost, 4);
    EXPECT_TRUE(fs::exists(folder / "drill/outbox")) << "it stays for who wants to know why";
}
TEST_F(power_cut_drill, an_acknowledgement_that_the_cut_left_half_written_was_none) {
    begin(4);
    auto codes = base::read_file(folder / "drill/acknowledged").value();
    const auto half = base::to_bytes("CW1:half");
    codes.insert(codes.end(), half.begin(), half.end());
    ASSERT_TRUE(base::write_file(folder / "drill/acknowledged", codes));
    const auto result = check();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->acknowledged, 4);
    EXPECT_TRUE(result->passed());
}
TEST_F(power_cut_drill, without_a_beginning_there_is_nothing_to_check) {
    const auto result = check();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, FaultCode::AnswerNotFound);
}

}  // namespace
