// The power goes at every step of an update, forward and back, and in the middle of dpkg itself:
// what is there afterwards is the old version or the new one, never some of each, and the update
// goes on from where it was.
#include "tests/unit/provisioning/updates/update_world.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace update_test;

constexpr int cut = 77, not_reached = 78;

// Runs the update in a process of its own that ends without a word at the n-th place.
int run_until_cut(UpdateWorld& terminal, int at) {
    const pid_t child = ::fork();
    if (child == 0) {
        int passed = 0;
        auto updater = terminal.updater([&](const char*) {
            if (++passed == at) ::_exit(cut);
        });
        [[maybe_unused]] const auto ignored = updater.run();
        ::_exit(not_reached);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WEXITSTATUS(status);
}

void expect_whole(const UpdateWorld& terminal, int at) {
    const auto here = terminal.installed();
    EXPECT_TRUE(here == old_ones || here == new_ones)
        << "a mixture after a cut at place " << at << ": " << here.at(kiosk) << " "
        << here.at(post);
}

TEST(update_cut_at_every_step, forward_leads_to_the_new_version_and_never_to_a_mixture) {
    int places = 0;
    for (int at = 1;; ++at) {
        UpdateWorld terminal;
        terminal.install_first();
        terminal.give_second();
        if (run_until_cut(terminal, at) == not_reached) break;
        ++places;
        ASSERT_TRUE(terminal.resume()) << "place " << at;
        expect_whole(terminal, at);
        const auto done = terminal.run();
        ASSERT_TRUE(done) << "place " << at << ": " << done.error().safe_detail;
        EXPECT_EQ(terminal.installed(), new_ones) << "place " << at;
        EXPECT_EQ(terminal.step(), Step::confirmed) << "place " << at;
    }
    EXPECT_GT(places, 25);
}

TEST(update_cut_at_every_step, back_leads_to_the_old_version_and_never_to_a_mixture) {
    int places = 0;
    for (int at = 1;; ++at) {
        UpdateWorld terminal;
        terminal.install_first();
        terminal.give_second();
        terminal.services.answers = {{}};
        terminal.services.failed = {"post"};  // after the first look
        if (run_until_cut(terminal, at) == not_reached) break;
        ++places;
        ASSERT_TRUE(terminal.resume()) << "place " << at;
        expect_whole(terminal, at);
        const bool had_begun = terminal.step() != Step::none && terminal.step() != Step::staged;
        if (had_begun) terminal.services.answers.clear();
        [[maybe_unused]] const auto ignored = terminal.run();
        EXPECT_EQ(terminal.installed(), old_ones) << "place " << at;
        EXPECT_EQ(terminal.step(), Step::rolled_back) << "place " << at;
    }
    EXPECT_GT(places, 30);
}

// dpkg itself dies while it works: its own child ends it, once, as a power cut would.
class update_cut_in_dpkg : public testing::TestWithParam<const char*> {};

TEST_P(update_cut_in_dpkg, is_finished_before_anything_of_the_terminal_starts) {
    UpdateWorld terminal;
    terminal.install_first();
    const std::string mark = terminal.folder / "was-cut";
    terminal.give_second(
        {{GetParam(), "if [ ! -e " + mark + " ]; then touch " + mark + "; kill -9 $PPID; fi"}});
    const pid_t child = ::fork();
    if (child == 0) {
        auto updater = terminal.updater([&](const char* place) {
            if (std::string_view(place) == "dpkg ended") ::_exit(cut);
        });
        [[maybe_unused]] const auto ignored = updater.run();
        ::_exit(not_reached);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_EQ(WEXITSTATUS(status), cut);
    ASSERT_TRUE(fs::exists(mark));
    EXPECT_NE(terminal.installed(), new_ones) << "the cut came in the middle";
    EXPECT_TRUE(terminal.resume());
    EXPECT_EQ(terminal.installed(), new_ones);
    EXPECT_TRUE(terminal.services.calls.empty());
    EXPECT_TRUE(terminal.run());
    EXPECT_EQ(terminal.step(), Step::confirmed);
}
INSTANTIATE_TEST_SUITE_P(scripts, update_cut_in_dpkg, testing::Values("preinst", "postinst"));

TEST(update_cut_at_every_step, cuts_in_the_middle_of_every_trial_do_not_go_on_for_ever) {
    UpdateWorld terminal;
    terminal.install_first();
    terminal.give_second();
    int cuts = 0;
    for (; cuts < 20; ++cuts) {
        const pid_t child = ::fork();
        if (child == 0) {
            auto updater = terminal.updater([&](const char* place) {
                if (std::string_view(place) == "tried") ::_exit(cut);
            });
            [[maybe_unused]] const auto ignored = updater.run();
            ::_exit(not_reached);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        if (WEXITSTATUS(status) == not_reached) break;
    }
    EXPECT_EQ(cuts, trials_begun_max);
    EXPECT_EQ(terminal.step(), Step::rolled_back);
    EXPECT_EQ(terminal.installed(), old_ones);
}

}  // namespace
