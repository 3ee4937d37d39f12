// The wizard's files: each decision is checked by the configuration's own reader and kept at once.
#include "app/technician/set_up_desk.hpp"

#include "base/bytes.hpp"
#include "offline/enrolment/facts.hpp"
#include "provisioning/config/config.hpp"
#include "provisioning/set_up/found_devices.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace app {
namespace {

namespace fs = std::filesystem;
using base::FaultCode;
using domain::set_up::Decided;
using domain::set_up::Decision;

const base::Instant morning{base::Millis{1795311660000}};  // 2026-11-22T09:41:00+08:00

struct Silent final : base::EventLog {
    void write_line(std::string line) override { lines.push_back(std::move(line)); }
    std::vector<std::string> lines;
};

struct Terminal {
    std::string folder = [] {
        std::string name = (fs::temp_directory_path() / "set_up_desk.XXXXXX").string();
        return std::string(::mkdtemp(name.data()));
    }();
    std::string config = folder + "/kiosk.toml";
    base::ManualClock clock{morning};
    Silent log;
    SetUpDesk desk{config, clock, log};

    Terminal() {
        fs::copy_file("provisioning/config/kiosk.example.toml", config);
        fs::create_directories(folder + "/state");
        fs::create_directories(folder + "/state/feeds");
    }
    ~Terminal() { fs::remove_all(folder); }
    static Decided decided(Decision decision, domain::set_up::Values values) {
        Decided out;
        out.decision = decision;
        out.values = std::move(values);
        out.at = morning;
        out.by = "T-0007";
        return out;
    }
};

TEST(set_up_desk, each_decision_is_in_the_configuration_of_every_program_at_once) {
    Terminal terminal;
    const auto kept = terminal.desk.keep(
        Terminal::decided(Decision::reader, {{"id_card_reader", "left-top"}}), false);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->current.at("device_places.id_card_reader"), "left-top");
    const auto read = provisioning::config::read_config(terminal.config);
    EXPECT_EQ(read.config.device_places.id_card_reader, domain::Place::left_top);
    EXPECT_FALSE(read.config.set_up_finished);
    // Whoever comes next finds it.
    SetUpDesk another(terminal.config, terminal.clock, terminal.log);
    EXPECT_TRUE(another.known()->progress.find(Decision::reader));
}

TEST(set_up_desk, what_the_configuration_does_not_take_is_named_and_changes_nothing) {
    Terminal terminal;
    const auto kept = terminal.desk.keep(
        Terminal::decided(Decision::devices, {{"document_queue", "ipp://192.168.1.9/ipp"}}), false);
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().code, FaultCode::ConfigInvalid);
    EXPECT_EQ(kept.error().safe_detail.find("printers.document_queue"), 0U);
    EXPECT_FALSE(fs::exists(terminal.folder + "/state/set_up"));
}

TEST(set_up_desk, the_kind_of_place_begins_with_the_centres_and_another_one_is_in_the_record) {
    Terminal terminal;
    const auto begins = [&] {
        return domain::set_up::beginning_of(Decision::mode, *terminal.desk.known());
    };
    offline::enrolment::Facts facts;
    facts.terminal = "000101001001001";
    facts.division = "000101001001";
    facts.profile = offline::papers::wire::Profile::booth;
    fs::create_directories(terminal.folder + "/keys");
    ASSERT_TRUE(base::write_file(terminal.folder + "/keys/enrolment.json",
                                 offline::enrolment::as_file(facts)));
    EXPECT_EQ(begins().at("profile"), "booth");
    ASSERT_TRUE(
        terminal.desk.keep(Terminal::decided(Decision::mode, {{"profile", "station"}}), false));
    EXPECT_EQ(begins().at("profile"), "station") << "somebody has said otherwise";
    const auto known = terminal.desk.known();
    const auto& tests = known->progress.find(Decision::mode)->tests;
    ASSERT_EQ(tests.size(), 1U);
    EXPECT_EQ(tests.front().test, "profile");
    EXPECT_EQ(tests.front().verdict, domain::set_up::TestVerdict::failed);
    EXPECT_FALSE(tests.front().by_person);
    ASSERT_TRUE(
        terminal.desk.keep(Terminal::decided(Decision::mode, {{"profile", "booth"}}), false));
    EXPECT_EQ(terminal.desk.known()->progress.find(Decision::mode)->tests.front().verdict,
              domain::set_up::TestVerdict::passed);
}

TEST(set_up_desk, it_is_finished_only_when_nothing_is_open) {
    Terminal terminal;
    for (const auto& one : domain::set_up::questions()) {
        Decided decided = Terminal::decided(one.decision, {});
        decided.skipped = true;
        const auto kept = terminal.desk.keep(decided, true);
        ASSERT_TRUE(kept);
        EXPECT_EQ(kept->progress.finished.has_value(), one.decision == Decision::mode);
        EXPECT_EQ(fs::exists(terminal.folder + "/state/set_up/record_wanted"),
                  one.decision == Decision::mode);
    }
    EXPECT_TRUE(provisioning::config::read_config(terminal.config).config.set_up_finished);
}

TEST(set_up_desk, a_restart_from_the_wizard_leads_back_there_once_and_not_much_later) {
    Terminal terminal;
    const auto state = terminal.folder + "/state";
    EXPECT_EQ(SetUpDesk::went_on(state), "");
    ASSERT_TRUE(terminal.desk.go_on("T-0007"));
    EXPECT_EQ(SetUpDesk::went_on(state), "T-0007");
    EXPECT_EQ(SetUpDesk::went_on(state), "") << "once";
    const auto file = state + "/set_up/goes_on";
    const std::vector<std::string> rubbish{
        "0 T-0007", "99999999999999 T-0007",  "-5 T-0007", "T-0007", "", "rubbish\n",
        "0",        std::string(1 << 20, '1')};
    for (const auto& text : rubbish) {
        std::ofstream(file) << text;
        EXPECT_EQ(SetUpDesk::went_on(state), "") << text;
        EXPECT_FALSE(fs::exists(file));
    }
}

TEST(set_up_desk, a_torn_progress_is_put_aside_and_said) {
    Terminal terminal;
    fs::create_directory(terminal.folder + "/state/set_up");
    std::ofstream(terminal.folder + "/state/set_up/progress.toml") << "torn";
    const auto known = terminal.desk.known();
    ASSERT_TRUE(known);
    EXPECT_TRUE(known->set_aside);
    EXPECT_TRUE(known->progress.decided.empty());
    ASSERT_EQ(terminal.log.lines.size(), 1U);
    EXPECT_NE(terminal.log.lines.front().find("BytesMalformed"), std::string::npos);
}

TEST(set_up_desk, an_invitation_appears_whole_and_what_the_post_says_of_it_is_read) {
    Terminal terminal;
    const auto place = terminal.folder + "/state/set_up/invitation";
    const auto said = terminal.folder + "/state/feeds/enrolment_said";
    std::ofstream(said) << "of an earlier one\n";
    fs::last_write_time(said, fs::last_write_time(said) - std::chrono::hours(1));
    EXPECT_EQ(terminal.desk.known()->said, "");
    ASSERT_TRUE(terminal.desk.invite(base::SecretText("CWE1|x")));
    EXPECT_EQ(base::as_text(*base::read_file(place)), "CWE1|x");
    struct stat state {};
    ASSERT_EQ(::stat(place.c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777, 0640U);
    EXPECT_EQ(terminal.desk.known()->said, "");
    std::ofstream(said) << "kiosk-post: InvitationUsed: …\nkiosk-post: 登记码已经用过\n";
    EXPECT_EQ(terminal.desk.known()->said, "kiosk-post: 登记码已经用过");
}

TEST(set_up_desk, a_wish_for_a_network_appears_whole_and_only_what_is_said_of_it_is_read) {
    Terminal terminal;
    const auto place = terminal.folder + "/state/set_up/network";
    const auto said = place + "_said";
    fs::create_directory(terminal.folder + "/state/set_up");
    std::ofstream(said) << "joined\n";
    EXPECT_FALSE(terminal.desk.known()->join) << "of another time";
    ASSERT_TRUE(terminal.desk.join("hall", base::SecretText("correct horse")));
    EXPECT_EQ(base::as_text(*base::read_file(place)),
              "citizen-window wifi 1\nhall\ncorrect horse\n");
    EXPECT_EQ(fs::status(place).permissions(), fs::perms(0640));
    EXPECT_FALSE(terminal.desk.known()->join);
    std::ofstream(said) << "wrong_passphrase\n";
    EXPECT_EQ(terminal.desk.known()->join, domain::set_up::JoinOutcome::wrong_passphrase);
    std::ofstream(said) << "no word of ours\n";
    EXPECT_FALSE(terminal.desk.known()->join);
    for (const auto& line : terminal.log.lines)
        EXPECT_EQ(line.find("correct horse"), std::string::npos);
}

TEST(set_up_desk, cameras_are_offered_by_the_place_they_are_plugged_in_and_queues_by_name) {
    Terminal terminal;
    const auto root = terminal.folder + "/";
    fs::create_directories(root + "dev/v4l/by-path");
    fs::create_directories(root + "etc/cups/ppd");
    for (const char* file :
         {"dev/v4l/by-path/pci-3-video-index0", "dev/v4l/by-path/pci-3-video-index1",
          "dev/v4l/by-path/pci-4-video-index0", "etc/cups/ppd/paper.ppd", "etc/cups/ppd/x.O"})
        std::ofstream(root + file) << "";
    const auto found = provisioning::set_up::found_devices(root);
    EXPECT_EQ(found.at("camera_device"),
              (std::vector<std::string>{"/dev/v4l/by-path/pci-3-video-index0",
                                        "/dev/v4l/by-path/pci-4-video-index0"}));
    EXPECT_EQ(found.at("document_queue"), std::vector<std::string>{"paper"});
}

}  // namespace
}  // namespace app
