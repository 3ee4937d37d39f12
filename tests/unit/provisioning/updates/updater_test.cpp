// An update from its list to its end: staged, waiting, installed, tried, kept or taken back.
#include "tests/unit/provisioning/updates/update_world.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>

namespace {

using namespace update_test;

class kiosk_update : public testing::Test, public UpdateWorld {
  protected:
    void SetUp() override { install_first(); }
};

TEST_F(kiosk_update, a_terminal_without_a_release_changes_nothing) {
    EXPECT_TRUE(run());
    EXPECT_EQ(step(), Step::none);
    EXPECT_EQ(installed(), old_ones);
    EXPECT_TRUE(services.calls.empty());
}

TEST_F(kiosk_update, a_signed_release_is_installed_tried_and_confirmed) {
    give_second();
    const auto done = run();
    ASSERT_TRUE(done) << done.error().safe_detail;
    EXPECT_EQ(step(), Step::confirmed);
    EXPECT_EQ(installed(), new_ones);
    EXPECT_EQ(services.calls, (std::vector<std::string>{"take", "test", "post", "test", "screen"}));
}

TEST_F(kiosk_update, it_waits_for_its_window) {
    auto made = give_second();
    made.window_from = 1 * 60;  // 01:00 to 05:00; it is 09:41
    made.window_to = 5 * 60;
    give(made);
    EXPECT_TRUE(run());
    EXPECT_EQ(step(), Step::staged);
    EXPECT_TRUE(services.calls.empty());
    clock.forward(std::chrono::hours(17));  // 02:41
    EXPECT_TRUE(run());
    EXPECT_EQ(step(), Step::confirmed);
}

TEST_F(kiosk_update, a_session_is_never_cut_off) {
    give_second();
    services.somebody = true;
    EXPECT_TRUE(run());
    EXPECT_EQ(step(), Step::staged);
    EXPECT_EQ(installed(), old_ones);
    EXPECT_EQ(services.calls, std::vector<std::string>{"take"});
    services.somebody = false;
    EXPECT_TRUE(run());
    EXPECT_EQ(installed(), new_ones);
}

TEST_F(kiosk_update, one_failed_readiness_test_is_tried_again) {
    give_second();
    services.answers = {{}, {"post"}, {}};
    EXPECT_TRUE(run());
    EXPECT_EQ(step(), Step::confirmed);
    EXPECT_EQ(journal().trials_failed, 1);
}

TEST_F(kiosk_update, two_failed_readiness_tests_roll_back_and_the_release_never_comes_again) {
    give_second();
    services.answers = {{}, {"post"}, {"post"}};
    EXPECT_FALSE(run());
    EXPECT_EQ(step(), Step::rolled_back);
    EXPECT_EQ(installed(), old_ones);
    EXPECT_NE(journal().why.find("post"), std::string::npos);
    EXPECT_EQ(services.calls.back(), "screen") << "citizens are served again";
    services.calls.clear();
    EXPECT_TRUE(run());
    EXPECT_EQ(installed(), old_ones);
    EXPECT_TRUE(services.calls.empty());

    auto third = list(2, {shelved(kiosk, "2.1"), shelved(post, "2.1")});
    give(third);
    EXPECT_TRUE(run()) << "the next release may be better";
    EXPECT_EQ(installed(), (Versions{{kiosk, "2.1"}, {post, "2.1"}}));
}

TEST_F(kiosk_update, what_did_not_work_before_is_not_the_fault_of_an_update) {
    give_second();
    services.failed = {"document_printer"};
    EXPECT_TRUE(run());
    EXPECT_EQ(step(), Step::confirmed);
}

TEST_F(kiosk_update, a_screen_that_stays_dark_rolls_back) {
    give_second();
    services.dark_screens = 2;
    EXPECT_FALSE(run());
    EXPECT_EQ(step(), Step::rolled_back);
    EXPECT_EQ(installed(), old_ones);
}

TEST_F(kiosk_update,
       a_readiness_test_that_does_not_run_changes_nothing_and_does_not_come_back_for_ever) {
    give_second();
    services.cannot_test = true;
    for (int i = 0; i < 4; ++i) [[maybe_unused]] const auto ignored = run();
    EXPECT_EQ(step(), Step::rolled_back);
    EXPECT_EQ(installed(), old_ones);
    services.calls.clear();
    EXPECT_TRUE(run());
    EXPECT_TRUE(services.calls.empty()) << "the screen is left alone";
}

TEST_F(kiosk_update, a_package_that_cannot_be_configured_is_taken_back) {
    give_second({{"postinst", "exit 1"}});
    EXPECT_FALSE(run());
    EXPECT_EQ(step(), Step::rolled_back);
    EXPECT_EQ(installed(), old_ones);
}

// The last word about the screen, if it was taken at all.
bool is_lit(const std::vector<std::string>& calls) {
    const auto last = [&](const char* call) {
        return std::find(calls.rbegin(), calls.rend(), call) - calls.rbegin();
    };
    return last("screen") <= last("take");
}

// The disk is full or broken from one step on, at every one of them.
class kiosk_update_without_its_journal : public testing::TestWithParam<bool> {};

TEST_P(kiosk_update_without_its_journal, leaves_no_terminal_dark) {
    int taken = 0;
    for (int at = 1;; ++at) {
        UpdateWorld terminal;
        terminal.install_first();
        terminal.give_second();
        if (GetParam()) terminal.services.answers = {{}, {"post"}, {"post"}};
        const std::string in_the_way = terminal.folder / "updates/journal.json.part";
        int written = 0;
        auto updater = terminal.updater([&](const char* place) {
            if (std::string_view(place) == "journal renamed" && ++written == at)
                fs::create_directory(in_the_way);
        });
        const auto done = updater.run();
        const auto& calls = terminal.services.calls;
        EXPECT_TRUE(is_lit(calls)) << "after " << at << " steps";
        if (!fs::exists(in_the_way)) break;
        if (std::find(calls.begin(), calls.end(), "take") != calls.end()) ++taken;
    }
    EXPECT_GT(taken, 4);
}
INSTANTIATE_TEST_SUITE_P(forward_and_back, kiosk_update_without_its_journal, testing::Bool());

TEST_F(kiosk_update, without_room_for_its_journal_the_screen_is_left_alone) {
    give_second();
    services.somebody = true;
    ASSERT_TRUE(run());
    services.somebody = false;
    services.calls.clear();
    fs::create_directory(folder / "updates/journal.json.part");
    EXPECT_FALSE(run());
    EXPECT_TRUE(services.calls.empty());
    fs::remove(folder / "updates/journal.json.part");
    EXPECT_TRUE(run());
    EXPECT_EQ(installed(), new_ones);
}

TEST_F(kiosk_update, a_roll_back_by_hand_that_cannot_be_written_down_leaves_no_terminal_dark) {
    give_second();
    ASSERT_TRUE(run());
    fs::create_directory(folder / "updates/journal.json.part");
    for (const bool back : {true, false}) {
        services.calls.clear();
        auto one = updater();
        EXPECT_FALSE(back ? one.roll_back() : one.confirm());
        EXPECT_EQ(services.calls, (std::vector<std::string>{"take", "screen"}));
    }
}

TEST_F(kiosk_update, a_screen_that_does_not_stop_in_time_is_started_again) {
    give_second();
    services.cannot_stop = true;
    EXPECT_FALSE(run());
    EXPECT_EQ(services.calls, (std::vector<std::string>{"take", "screen"}));
    EXPECT_EQ(installed(), old_ones);
}

TEST_F(kiosk_update, what_a_killed_run_left_dark_is_given_back_unless_dpkg_was_in_the_middle) {
    services.left_dark = true;
    const auto light = [&] {
        services.calls.clear();
        auto one = updater();
        EXPECT_TRUE(one.light());
        return services.calls.size();
    };
    Journal left;
    left.step = Step::on_trial;
    ASSERT_TRUE(write_journal(config.updates.folder, left, [](const char*) {}));
    EXPECT_EQ(light(), 1U);
    {
        auto another = updater();
        ASSERT_FALSE(another.check()) << "nothing newer, and it holds the lock";
        EXPECT_EQ(light(), 0U) << "that one gives it back";
    }
    left.step = Step::begun;
    ASSERT_TRUE(write_journal(config.updates.folder, left, [](const char*) {}));
    EXPECT_EQ(light(), 0U) << "the next run finishes it first";
    write("updates/journal.json", base::to_bytes("{}"));
    EXPECT_EQ(light(), 1U) << "nobody goes on from there";
    services.left_dark = false;
    EXPECT_EQ(light(), 0U);
}

TEST_F(kiosk_update, without_a_way_back_nothing_is_begun) {
    auto made = give_second();
    made.fallback.pop_back();
    give(made);
    const auto done = run();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, FaultCode::UpdateFailed);
    EXPECT_EQ(step(), Step::none);
}

TEST_F(kiosk_update, the_way_back_is_there_before_the_way_forward_is_begun) {
    give_second();
    fs::remove(shelf(first.front()));
    EXPECT_TRUE(run());
    EXPECT_EQ(step(), Step::none);
    EXPECT_EQ(installed(), old_ones);
}

TEST_F(kiosk_update, a_version_that_somebody_installed_by_hand_is_taken_note_of) {
    const auto made = give_second();
    ASSERT_TRUE(dpkg().install({shelf(made.packages[0]), shelf(made.packages[1])}));
    EXPECT_TRUE(run());
    EXPECT_EQ(step(), Step::confirmed);
    EXPECT_TRUE(services.calls.empty());
}

TEST_F(kiosk_update, the_centre_hears_how_it_ended_as_soon_as_the_post_answers) {
    give_second();
    post_answers = false;
    EXPECT_TRUE(run());
    EXPECT_TRUE(told.empty());
    post_answers = true;
    EXPECT_TRUE(run());
    EXPECT_TRUE(run());
    ASSERT_EQ(told.size(), 1u) << "once";
    EXPECT_EQ(told.front().step, Step::confirmed);
}

TEST_F(kiosk_update, the_centre_hears_of_a_roll_back_by_hand_after_it_heard_of_the_success) {
    give_second();
    ASSERT_TRUE(run());
    ASSERT_EQ(told.size(), 1U);
    {
        auto one = updater();
        ASSERT_TRUE(one.roll_back());
    }
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told.back().step, Step::rolled_back);
    EXPECT_EQ(told.back().why, "by hand");
    EXPECT_EQ(journal().told, 1);
}

TEST_F(kiosk_update, the_centre_hears_that_what_was_given_up_works_after_all) {
    Journal left;
    left.step = Step::given_up;
    left.release = left.told = 1;
    left.software = "2.0";
    left.packages = give_second().packages;
    left.before = first;
    ASSERT_TRUE(dpkg().install({shelf(left.packages[0]), shelf(left.packages[1])}));
    ASSERT_TRUE(write_journal(config.updates.folder, left, [](const char*) {}));
    post_answers = false;
    {
        auto one = updater();
        EXPECT_TRUE(one.confirm());
    }
    EXPECT_EQ(step(), Step::confirmed);
    EXPECT_TRUE(told.empty());
    post_answers = true;
    EXPECT_TRUE(run());
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told.back().step, Step::confirmed);
}

TEST_F(kiosk_update, a_person_can_take_back_what_was_confirmed) {
    give_second();
    ASSERT_TRUE(run());
    {
        auto one = updater();
        EXPECT_TRUE(one.roll_back());
    }
    EXPECT_EQ(installed(), old_ones);
    EXPECT_TRUE(run());
    EXPECT_EQ(installed(), old_ones) << "and it does not come again by itself";
}

TEST_F(kiosk_update, a_newer_list_without_its_packages_does_not_take_the_way_back_away) {
    const auto second = give_second();
    ASSERT_TRUE(run());
    auto third = list(2, {shelved(kiosk, "2.1"), shelved(post, "2.1")});
    third.fallback = second.packages;
    give(third);
    fs::remove(shelf(third.packages[1]));
    for (const auto& package : first) fs::remove(shelf(package));  // the post keeps what lists name
    ASSERT_TRUE(run());
    ASSERT_EQ(step(), Step::confirmed) << "it waits for the rest";
    {
        auto one = updater();
        const auto done = one.roll_back();
        EXPECT_TRUE(done) << done.error().safe_detail;
    }
    EXPECT_EQ(step(), Step::rolled_back);
    EXPECT_EQ(installed(), old_ones);
}

TEST_F(kiosk_update, a_way_back_that_is_not_here_is_not_begun) {
    give_second();
    ASSERT_TRUE(run());
    for (const auto& package : first) fs::remove(copied(config.updates.folder, package));
    const auto back = [&] {
        services.calls.clear();
        auto one = updater();
        return one.roll_back().has_value();
    };
    for (const auto& package : first) fs::rename(shelf(package), shelf(package) + ".aside");
    EXPECT_FALSE(back());
    EXPECT_TRUE(services.calls.empty()) << "the screen was left alone";
    EXPECT_EQ(step(), Step::confirmed);
    for (const auto& package : first) fs::rename(shelf(package) + ".aside", shelf(package));
    EXPECT_TRUE(back()) << "the post has them again";
    EXPECT_EQ(installed(), old_ones);
}

TEST_F(kiosk_update, two_updaters_are_never_at_work_at_once) {
    give_second();
    auto first_one = updater();
    ASSERT_TRUE(first_one.check());
    const auto second = run();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, FaultCode::PostRefused);
    EXPECT_TRUE(first_one.run());
    EXPECT_EQ(installed(), new_ones);
}

TEST_F(kiosk_update, a_persons_apt_is_finished_first) {
    give_second();
    std::array<int, 2> begun{}, end{};
    ASSERT_EQ(::pipe(begun.data()) + ::pipe(end.data()), 0);
    const pid_t apt = ::fork();
    if (apt == 0) {
        const int file =
            ::open((folder / "root/var/lib/dpkg/lock-frontend").c_str(), O_RDWR | O_CREAT, 0640);
        struct flock wanted {};
        wanted.l_type = F_WRLCK;
        char byte = ::fcntl(file, F_SETLK, &wanted) == 0 ? 'y' : 'n';
        [[maybe_unused]] auto ignored = ::write(begun[1], &byte, 1);
        ignored = ::read(end[0], &byte, 1);
        ::_exit(0);
    }
    char locked = 'n';
    ASSERT_EQ(::read(begun[0], &locked, 1), 1);
    ASSERT_EQ(locked, 'y');
    EXPECT_TRUE(run());
    EXPECT_EQ(step(), Step::staged);
    EXPECT_TRUE(services.calls.empty());
    ASSERT_EQ(::write(end[1], "x", 1), 1);
    ::waitpid(apt, nullptr, 0);
    EXPECT_TRUE(run());
    EXPECT_EQ(installed(), new_ones);
    for (const int file : {begun[0], begun[1], end[0], end[1]}) ::close(file);
}

TEST_F(kiosk_update, a_disk_that_is_looked_at_is_not_written_to) {
    auto made = give_second();
    made.window_from = 60;
    made.window_to = 300;
    give(made);
    ASSERT_TRUE(run());
    const auto written = [&] {
        std::map<std::string, fs::file_time_type> out;
        for (const auto& entry : fs::recursive_directory_iterator(folder / "updates"))
            out[entry.path().string()] = fs::last_write_time(entry.path());
        return out;
    };
    const auto before = written();
    ASSERT_TRUE(run());
    EXPECT_EQ(written(), before);
}

TEST_F(kiosk_update, packages_of_older_releases_do_not_pile_up) {
    auto second = give_second();
    ASSERT_TRUE(run());
    auto third = list(2, {shelved(kiosk, "2.1"), shelved(post, "2.1")});
    third.fallback = second.packages;
    give(third);
    ASSERT_TRUE(run());
    EXPECT_EQ(installed().at(kiosk), "2.1");
    const fs::directory_iterator kept(folder / "updates/release"), end;
    EXPECT_EQ(std::distance(kept, end), 4) << "this one's and those to go back to";
}

TEST_F(kiosk_update, a_damaged_journal_stops_everything_until_somebody_looked) {
    give_second();
    write("updates/journal.json", base::to_bytes("{}"));
    const auto done = run();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, FaultCode::BytesMalformed);
    EXPECT_EQ(installed(), old_ones);
}

TEST_F(kiosk_update, a_folder_that_others_may_write_to_is_not_worked_in) {
    give_second();
    ::chmod((folder / "updates").c_str(), 0777);
    const auto done = run();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, FaultCode::PostRefused);
    EXPECT_EQ(installed(), old_ones);
}

}  // namespace
