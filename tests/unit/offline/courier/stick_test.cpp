// The stick as the system shows it: real folders, and what may lie in them.
#include "courier_fixture.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace courier_test {
namespace {

class Sticks_ : public ::testing::Test {
  protected:
    void put(const std::string& name, const std::string& text) {
        std::ofstream(folder / name) << text;
    }
    Folder folder;
    std::unique_ptr<Medium> medium = open_medium(folder.path()).value();
};

TEST_F(Sticks_, what_was_written_is_read) {
    ASSERT_TRUE(medium->make_folder("a"));
    base::Bytes bytes((1 << 20) + 12345);
    base::fill_random(bytes.data(), bytes.size());
    {
        auto file = medium->create("a/b").value();
        ASSERT_TRUE(file->write(bytes));
        ASSERT_TRUE(file->sync());
    }
    ASSERT_TRUE(medium->sync_folder("a"));
    ASSERT_TRUE(medium->sync_all());
    for (const bool uncached : {false, true}) {
        auto file = uncached ? medium->open_uncached("a/b").value() : medium->open("a/b").value();
        base::Bytes found;
        for (;;) {
            const auto piece = file->read(1000).value();
            if (piece.empty()) break;
            found.insert(found.end(), piece.begin(), piece.end());
        }
        EXPECT_EQ(found, bytes) << uncached;
    }
}

TEST_F(Sticks_, row60_a_link_leads_nowhere) {
    put("target", "secret");
    fs::create_symlink(folder / "target", folder / "link");
    fs::create_directory(folder / "real");
    put("real/file", "x");
    fs::create_directory_symlink(folder / "real", folder / "folder_link");
    for (const auto* path : {"link", "folder_link/file"}) {
        const auto opened = medium->open(path);
        ASSERT_FALSE(opened) << path;
        EXPECT_EQ(opened.error().code, FaultCode::BundleWrong) << path;
        EXPECT_FALSE(medium->create(path)) << path;
    }
    EXPECT_FALSE(medium->list("folder_link", 10));
    EXPECT_EQ(base::as_text(base::read_file(folder / "target").value()), "secret");
}

TEST_F(Sticks_, row60_a_pipe_is_refused_unread) {
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    const auto opened = medium->open("pipe");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, FaultCode::BundleWrong);
}

TEST_F(Sticks_, row60_nothing_above_the_stick_is_reached) {
    for (const auto* path : {"..", "../x", "a/../../x", "/etc/passwd", "", "a//b", "."})
        EXPECT_FALSE(medium->open(path)) << path;
}

TEST_F(Sticks_, row60_too_many_entries_are_refused) {
    for (int i = 0; i < 11; ++i) put(std::to_string(i), "");
    EXPECT_TRUE(medium->list("", 11));
    const auto listed = medium->list("", 10);
    ASSERT_FALSE(listed);
    EXPECT_EQ(listed.error().code, FaultCode::BundleWrong);
}

TEST_F(Sticks_, row60_a_small_file_that_is_large_is_not_read_on) {
    put("index", std::string(1001, 'x'));
    EXPECT_FALSE(read_small(*medium, "index", 1000));
    EXPECT_EQ(read_small(*medium, "index", 1001).value().size(), 1001u);
}

TEST_F(Sticks_, a_folder_that_is_not_there_is_no_stick) {
    const auto opened = open_medium(folder / "nothing");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, FaultCode::MediumUnfit);
}

TEST(StickFacts, in_service_only_a_hardened_mount_of_a_known_file_system_will_do) {
    const MediumFacts good{"0102-0304", "vfat", true, true};
    const auto service = domain::Realm::service;
    EXPECT_TRUE(check_facts(good, service));
    for (int what = 0; what < 4; ++what) {
        MediumFacts bad = good;
        if (what == 0) bad.identity.clear();
        if (what == 1) bad.file_system.clear();
        if (what == 2) bad.is_mounted = false;
        if (what == 3) bad.is_hardened = false;
        const auto checked = check_facts(bad, service);
        ASSERT_FALSE(checked) << what;
        EXPECT_EQ(checked.error().code, FaultCode::MediumUnfit);
        EXPECT_TRUE(check_facts(bad, domain::Realm::training));
    }
}

class Registration : public ::testing::Test {
  protected:
    base::Result<std::string> check() {
        return check_stick(stick, terminal.sticks(), terminal.outbox.terminal());
    }
    World world;
    Folder folder, stick_folder;
    Terminal terminal{world, folder.path()};
    Stick stick{stick_folder.path()};
};

TEST_F(Registration, a_registered_stick_is_known_again) {
    const auto number = terminal.register_on(stick);
    EXPECT_EQ(check().value(), number);
}

TEST_F(Registration, an_unregistered_stick_is_unfit_and_nothing_is_written_on_it) {
    terminal.accept();
    const auto exported = terminal.export_to(stick);
    ASSERT_FALSE(exported);
    EXPECT_EQ(exported.error().code, FaultCode::MediumUnfit);
    EXPECT_TRUE(fs::is_empty(stick_folder.path()));
}

TEST_F(Registration, another_file_system_under_the_same_registration_is_unfit) {
    terminal.register_on(stick);
    stick.identity = "0506-0708";
    EXPECT_FALSE(check());
}

TEST_F(Registration, a_stick_of_another_terminal_is_unfit) {
    World other;
    Folder other_folder;
    Terminal stranger(other, other_folder.path());
    stranger.register_on(stick);
    EXPECT_FALSE(check());
}

TEST_F(Registration, a_stick_that_the_machine_forgot_is_unfit) {
    terminal.register_on(stick);
    fs::remove_all(folder / "courier/sticks");
    EXPECT_FALSE(check());
}

TEST_F(Registration, a_changed_registration_is_unfit) {
    terminal.register_on(stick);
    for (const auto& entry : fs::directory_iterator(stick_folder.path()))
        change_byte(entry.path(), 40);
    const auto checked = check();
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, FaultCode::MediumUnfit);
}

}  // namespace
}  // namespace courier_test
