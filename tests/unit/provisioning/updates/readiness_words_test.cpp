// What passes between the updater and the programs around it: the words of the readiness test, the
// journal, the lock that says somebody is there, the record for the centre.
#include "app/session_mark.hpp"
#include "provisioning/updates/machine_services.hpp"
#include "provisioning/updates/telling.hpp"
#include "tests/unit/provisioning/updates/update_world.hpp"

#include <gtest/gtest.h>

namespace {

using namespace update_test;

TEST(readiness_words, name_what_failed_and_nothing_else) {
    EXPECT_EQ(failed_in("disk passed\npost failed\ncentre attention\n").value(),
              std::vector<std::string>{"post"});
}

TEST(readiness_words, that_say_nothing_or_something_else_are_no_test) {
    for (const char* wrong :
         {"", "\n", "post", "post failed", "post failed now\n", "po/st failed\n"})
        EXPECT_FALSE(failed_in(wrong)) << wrong;
    std::string endless;
    for (int i = 0; i < 1000; ++i) endless += "post passed\n";
    EXPECT_FALSE(failed_in(endless));
}

TEST(update_journal, reads_what_it_wrote_and_nothing_else) {
    Journal journal;
    journal.step = Step::on_trial;
    journal.release = 7;
    journal.software = "2.0";
    journal.refused = {3, 5};
    journal.unready = {"post"};
    journal.why = "because";
    const auto bytes = encode(journal);
    EXPECT_EQ(provisioning::updates::journal(bytes).value(), journal);
    auto wrong = bytes;
    wrong.back() = ' ';
    EXPECT_FALSE(provisioning::updates::journal(wrong));
}

// The screen's unit and the post's, as a script that writes down what it was asked.
class machine_services : public testing::Test {
  protected:
    void SetUp() override {
        std::ofstream(folder / "systemctl")
            << "#!/bin/sh\necho \"$1 $2\" >> " << (folder / "asked") << "\n"
            << "[ \"$1 $2\" != 'start readiness' ] || printf 'post failed\\n' > "
            << (folder / "words") << "\n";
        ::chmod((folder / "systemctl").c_str(), 0755);
        settings.systemctl = folder / "systemctl";
        settings.screen = "screen";
        settings.post = "post";
        settings.readiness = "readiness";
        settings.words = folder / "words";
        settings.state_folder = folder.path();
        settings.dark_mark = folder / "dark";
    }
    std::string asked() const {
        const auto text = base::read_file(folder / "asked");
        return text ? std::string(base::as_text(*text)) : "";
    }
    Folder folder;
    ServiceSettings settings;
};

TEST_F(machine_services, leave_the_screen_alone_while_somebody_is_at_it) {
    app::SessionMark app(folder.path());
    MachineServices services(settings);
    app.follow(true);
    EXPECT_FALSE(services.take().value());
    EXPECT_EQ(asked(), "");
    app.follow(false);
    EXPECT_TRUE(services.take().value());
    EXPECT_EQ(asked(), "stop screen\n");
}

TEST_F(machine_services, an_app_that_ended_holds_nobody_up) {
    {
        app::SessionMark app(folder.path());
        app.follow(true);
    }
    MachineServices services(settings);
    EXPECT_TRUE(services.take().value());
}

TEST_F(machine_services, know_that_the_screen_was_left_dark_until_it_runs_again) {
    {
        MachineServices killed(settings);
        ASSERT_TRUE(killed.take().value());
    }
    MachineServices services(settings);
    EXPECT_TRUE(services.was_left_dark());
    settings.systemctl = "/bin/false";
    EXPECT_FALSE(MachineServices(settings).give_back());
    EXPECT_TRUE(services.was_left_dark());
    EXPECT_TRUE(services.give_back());
    EXPECT_FALSE(services.was_left_dark());
}

TEST_F(machine_services, bring_the_words_of_the_readiness_test_of_now) {
    MachineServices services(settings);
    std::ofstream(settings.words) << "of_before failed\n";
    EXPECT_EQ(services.unready().value(), std::vector<std::string>{"post"});
    std::ofstream(folder / "systemctl") << "#!/bin/sh\nexit 0\n";
    EXPECT_FALSE(services.unready()) << "it said nothing this time";
}

TEST(update_record, says_to_the_centre_what_became_of_which_release) {
    Journal journal;
    journal.step = Step::rolled_back;
    journal.release = 7;
    journal.software = "2.0";
    journal.why = "not ready: post";
    const auto record = record_of(journal);
    EXPECT_EQ(record.kind, papers::ServiceKind::update);
    ASSERT_EQ(record.checks.size(), 1u);
    EXPECT_NE(record.checks[0].find("release 7 rolled_back: not ready: post"), std::string::npos);
    EXPECT_TRUE(papers::service_content(papers::as_record(record)));
}

}  // namespace
