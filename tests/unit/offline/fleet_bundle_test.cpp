// Support bundles that the centre asked for, where time passes and people come.
#include "tests/unit/offline/fleet_fixture.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

namespace offline_test {
namespace {

namespace fs = std::filesystem;

class BundleWorld : public FleetWorld {
  protected:
    void open_and_order(std::chrono::hours good,
                        const std::string& script = "printf bundle > \"$0\"") {
        support = {"/bin/sh", "-c", script};
        open();
        app_says();
        beat_until_quiet();
        order(CommandKind::support_bundle, {}, good);
        app_says([](auto& r) { ++r.pack_version; });
        beat();
    }
};

TEST_F(BundleWorld, a_bundle_during_whose_making_the_app_came_up_for_somebody_is_made_anew) {
    session_lock = folder / "session.lock";
    open_and_order(72h);
    lane->round(true);  // no app ever ran here
    // As the app marks it (kiosk/app/session_mark).
    const int somebody = ::open(session_lock.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0640);
    ASSERT_EQ(::flock(somebody, LOCK_SH | LOCK_NB), 0);
    ASSERT_TRUE(woken.try_acquire_for(20s));
    lane->round(true);
    EXPECT_TRUE(uploads.empty());
    EXPECT_TRUE(fs::is_empty(folder / "bundles-here"));
    ::close(somebody);
    lane->round(true);
    ASSERT_TRUE(woken.try_acquire_for(20s));
    lane->round(true);
    EXPECT_EQ(uploads.size(), 1u);
}

TEST_F(BundleWorld, what_a_program_left_half_written_does_not_stay) {
    open_and_order(72h, "printf half > \"$0.part\"; exit 1");
    lane->round(true);
    ASSERT_TRUE(woken.try_acquire_for(20s));
    lane->round(true);
    ASSERT_TRUE(lane->desk().open_commands().empty()) << "it is told to have failed";
    lane->round(true);
    EXPECT_TRUE(fs::is_empty(folder / "bundles-here"));
}

TEST_F(BundleWorld, a_bundle_is_tried_as_often_as_any_whatever_became_of_the_one_before) {
    open_and_order(1h);
    lane->round(true);
    ASSERT_TRUE(woken.try_acquire_for(20s));
    constexpr std::size_t nearly_given_up = 7;
    for (std::size_t tries = 1; tries <= nearly_given_up; ++tries) {
        lane->round(true);
        ASSERT_EQ(uploads.size(), tries);
        lane->uploaded(base::fail(FaultCode::NetworkUnreachable));
        clock.forward(3h);
    }
    clock.forward(26h);
    floor.told_now(clock.now());
    lane->round(true);
    ASSERT_TRUE(lane->desk().open_commands().empty()) << "its time is over";
    const auto next = order(CommandKind::support_bundle, {}, 1h);
    beat_until_quiet();
    uploads.clear();
    lane->round(true);
    ASSERT_TRUE(woken.try_acquire_for(20s));
    lane->round(true);
    ASSERT_EQ(uploads.size(), 1u);
    lane->uploaded(base::fail(FaultCode::NetworkUnreachable));
    ASSERT_EQ(lane->desk().open_commands().size(), 1u) << "it is tried again";
    EXPECT_EQ(lane->desk().open_commands().front().serial, next);
}

}  // namespace
}  // namespace offline_test
