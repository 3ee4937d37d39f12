// The set-up by script: answers are checked before anything changes, each decision is kept when it
// is done, and whatever is cut off goes on where it was.
#include "provisioning/config/overrides.hpp"
#include "provisioning/config/set_up_settings.hpp"
#include "provisioning/set_up/enrolled_profile.hpp"
#include "provisioning/set_up/set_up_checks.hpp"
#include "provisioning/set_up/surroundings.hpp"
#include "set_up_machine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace provisioning::set_up {
namespace {

using namespace samples;

TEST(set_up, a_whole_file_of_answers_becomes_the_configuration_of_every_program) {
    PlayedMachine machine;
    EXPECT_FALSE(config::read_config(machine.config).config.set_up_finished);
    ASSERT_EQ(machine.run(good_answers()), went_well)
        << ::testing::PrintToString(machine.complained);
    const auto read = config::read_config(machine.config);
    EXPECT_EQ(config::as_text(read.problems), "");
    EXPECT_TRUE(read.config.terminal.set_up_required);
    EXPECT_TRUE(read.config.set_up_finished);
    EXPECT_EQ(read.config.kiosk.width, 1920);
    EXPECT_EQ(read.config.kiosk.profile, "village");
    EXPECT_EQ(read.config.printers.document_queue, "paper");
    EXPECT_EQ(read.config.post.proxy, "http://proxy.example:3128");
    EXPECT_EQ(read.config.device_places.id_card_reader, domain::Place::left_middle);
    // What the set-up does not decide is the package's still.
    EXPECT_DOUBLE_EQ(read.config.kiosk.pixels_per_mm, 4.034);
    EXPECT_TRUE(machine.has_said("kiosk.width：1080 → 1920"));
    EXPECT_TRUE(machine.has_said("第 12 步，共 12 步  使用场所"));
}

TEST(set_up, what_the_centre_sets_lies_above_the_set_up_and_the_set_up_above_the_package) {
    PlayedMachine machine;
    ASSERT_EQ(machine.run(good_answers()), went_well);
    const auto read = config::read_config_with(machine.config, "[sound]\nquiet_from = \"22:00\"\n");
    EXPECT_EQ(config::as_text(read.problems), "");
    EXPECT_TRUE(read.config.set_up_finished);
    EXPECT_EQ(read.config.kiosk.width, 1920);
    EXPECT_EQ(config::read_config(machine.config).config.quiet.from, 20 * 60 + 30);
    EXPECT_EQ(read.config.quiet.from, 22 * 60);
}

TEST(set_up, all_faults_are_listed_with_their_lines_before_anything_is_changed) {
    PlayedMachine machine;
    auto answers = with(good_answers(), "kind = \"proxy\"", "kind = \"modem\"");
    answers = with(answers, "width = 1920", "width = 12");
    answers = with(answers, "height = 1080", "height = 1080\ndepth = 3");
    answers = with(answers, "[pack]\ncatalogue = \"present\"\n", "");
    answers = with(answers, "touch = \"fail\"", "");
    answers = with(answers, "profile = \"village\"", "profile = [\"village\"]");
    answers += "[unheard_of]\nx = 1\n";
    EXPECT_EQ(machine.run(answers), could_not);
    const auto& told = machine.complained;
    ASSERT_EQ(told.size(), 9U) << ::testing::PrintToString(told);
    EXPECT_NE(told[0].find("[pack]"), std::string::npos);
    EXPECT_EQ(told[1],
              "第 4 行 network.kind：现在是 \"modem\"，应为 ethernet | wifi | proxy | none");
    EXPECT_EQ(told[2].find("第 5 行 network.proxy"), 0U);
    EXPECT_EQ(told[3], "第 14 行 screen.touch：现在是 （没有），应为 pass | fail | unsupported");
    EXPECT_EQ(told[4], "第 15 行 screen.width：现在是 \"12\"，应为 320 到 7680 的整数");
    EXPECT_EQ(told[5].find("第 17 行 screen.depth"), 0U);
    EXPECT_EQ(told[6].find("第 32 行 mode.profile"), 0U) << told[6];
    EXPECT_EQ(told.back(), "共 8 处要改，什么也没有改动");
    EXPECT_TRUE(machine.done.empty());
    EXPECT_FALSE(std::filesystem::exists(machine.folder + "/state/set_up"));
}

TEST(set_up, what_only_the_configuration_knows_to_be_wrong_is_told_at_the_line_of_the_answer) {
    PlayedMachine machine;
    auto answers = with(good_answers(), "document_queue = \"paper\"",
                        "document_queue = \"ipp://192.168.1.9/ipp\"");
    answers = with(answers, "id_card_reader = \"left-middle\"",
                   "id_card_reader = \"left-middle\"\ndocument_printer = \"left-middle\"");
    EXPECT_EQ(machine.run(answers), could_not);
    ASSERT_EQ(machine.complained.size(), 3U) << ::testing::PrintToString(machine.complained);
    EXPECT_EQ(machine.complained[0].find("第 13 行 devices.document_queue"), 0U);
    EXPECT_EQ(machine.complained[1].find("第 21 行 reader.document_printer"), 0U);
    EXPECT_TRUE(machine.done.empty());
}

TEST(set_up, a_file_that_is_no_toml_names_the_line_and_one_that_is_too_large_is_not_read) {
    PlayedMachine machine;
    EXPECT_EQ(machine.run("[language]\nlanguage = zh\n"), could_not);
    EXPECT_EQ(machine.complained.front().find("第 2 行"), 0U);
    EXPECT_EQ(machine.run(std::string(70 << 10, '#')), could_not);
}

TEST(set_up, a_step_that_cannot_be_done_stays_open_and_the_next_run_goes_on_there) {
    PlayedMachine machine;
    machine.enrolling = base::fail(FaultCode::SetUpAnswerWrong, "登记码已过期");
    EXPECT_EQ(machine.run(good_answers()), went_wrong);
    EXPECT_NE(machine.complained.front().find("登记码已过期"), std::string::npos);
    EXPECT_FALSE(config::read_config(machine.config).config.set_up_finished);
    const auto progress = machine.records().look();
    ASSERT_TRUE(progress);
    EXPECT_EQ(progress->next(), Decision::enrolment);

    machine.enrolling = {};
    EXPECT_EQ(machine.run(good_answers()), went_well);
    EXPECT_EQ(machine.done.front(), "enrol CWE1:secret-text");
    EXPECT_TRUE(machine.has_said("第 2 步，共 12 步  网络：已经做过"));
    // The code is used up: a third run does not show it again, nor does anything else.
    EXPECT_EQ(machine.run(good_answers()), went_well);
    EXPECT_TRUE(machine.done.empty());
    for (const auto& file : {machine.records().progress_path(), machine.records().settings_path()})
        EXPECT_EQ(read(file).find("secret-text"), std::string::npos) << file;
}

TEST(set_up, a_power_cut_after_any_decision_costs_none_of_those_before) {
    for (int cut = 1; cut < domain::set_up::decision_count; ++cut) {
        PlayedMachine machine;
        struct Cut {};
        int steps = 0;
        bool before = false;
        const auto until_cut = [&](const std::string& line) {
            if (line.starts_with("第 ") && ++steps > cut) throw Cut{};
        };
        EXPECT_THROW(run_script({machine.config, good_answers(), "", false}, machine.here, before,
                                until_cut, [](const std::string&) {}),
                     Cut);
        const auto progress = machine.records().look();
        ASSERT_TRUE(progress);
        ASSERT_EQ(progress->next(), static_cast<Decision>(cut));
        const auto half = config::read_config(machine.config);
        EXPECT_EQ(config::as_text(half.problems), "");
        EXPECT_FALSE(half.config.set_up_finished);
        EXPECT_EQ(machine.run(good_answers()), went_well);
        EXPECT_TRUE(config::read_config(machine.config).config.set_up_finished);
    }
}

TEST(set_up, a_torn_or_foreign_progress_is_kept_aside_and_told_once) {
    PlayedMachine machine;
    ASSERT_EQ(machine.run(good_answers()), went_well);
    const auto path = machine.records().progress_path();
    const auto whole = read(path);
    for (const auto& wrong : {whole.substr(0, whole.size() / 2), std::string(), std::string("x"),
                              with(whole, "village", "station"), std::string(300 << 10, 'x')}) {
        write(path, wrong);
        EXPECT_EQ(machine.records().look().error().code, FaultCode::BytesMalformed);
        const auto opened = machine.records().open(machine.clock);
        ASSERT_TRUE(opened);
        ASSERT_TRUE(opened->aside);
        EXPECT_EQ(read(*opened->aside), wrong);
        EXPECT_FALSE(std::filesystem::exists(path));
        machine.clock.forward(base::Millis{1});
    }
    // Of another terminal: a disk that was moved.
    write(path, whole);
    EXPECT_EQ(Records(machine.folder + "/state", "000101001001002").look().error().code,
              FaultCode::KeyAbsent);
    EXPECT_EQ(machine.run(good_answers()), went_well);
}

TEST(set_up, settings_that_were_torn_or_changed_are_one_problem_and_can_be_written_again) {
    PlayedMachine machine;
    ASSERT_EQ(machine.run(good_answers()), went_well);
    const auto path = machine.records().settings_path();
    const auto whole = read(path);
    for (const auto& wrong : {whole.substr(0, whole.size() - 9), std::string(),
                              with(whole, "1920", "2920"), std::string(70 << 10, '#')}) {
        write(path, wrong);
        const auto broken = config::read_config(machine.config);
        ASSERT_EQ(broken.problems.size(), 1U);
        EXPECT_EQ(broken.problems.front().key, path);
        EXPECT_EQ(config::read_config_with(machine.config, "").problems.size(), 1U);
    }
    const auto ignore = [](const std::string&) {};
    EXPECT_EQ(restore(machine.config, ignore, ignore), went_well);
    EXPECT_EQ(read(path), whole);
}

TEST(set_up, settings_never_say_whom_to_trust_nor_where_to_send_or_keep) {
    PlayedMachine machine;
    for (const auto& [section, key] : {std::pair{"terminal", "realm"},
                                       {"terminal", "root_key"},
                                       {"post", "intake_url"},
                                       {"post", "tls_ca"},
                                       {"post", "outbox_folder"},
                                       {"kiosk", "pack_folder"},
                                       {"kiosk", "photo_decoder"},
                                       {"kiosk", "shut_down_command"},
                                       {"intake", "folder"}}) {
        const auto file = config::as_settings_file({{section, key, "x", Takes::text}}, true);
        EXPECT_EQ(config::read_config_with_settings(machine.config, file).problems.size(), 1U)
            << section << "." << key;
    }
}

TEST(set_up, a_clock_at_1970_stops_before_the_enrolment) {
    PlayedMachine machine;
    machine.clock.forward(-std::chrono::duration_cast<base::Millis>(some_day.time_since_epoch()));
    EXPECT_EQ(machine.run(good_answers()), went_wrong);
    EXPECT_NE(machine.complained.front().find("1970-01-01"), std::string::npos);
    EXPECT_TRUE(machine.done.empty());
    machine.clock.forward(std::chrono::duration_cast<base::Millis>(some_day.time_since_epoch()));
    machine.synchronised = false;
    EXPECT_EQ(machine.run(good_answers()), went_wrong);
    EXPECT_EQ(machine.run(with(good_answers(), "\"network\"\n[enr", "\"hand\"\n[enr")), went_well);
}

TEST(set_up, a_changed_answer_is_done_anew_and_what_stands_stays_in_service) {
    PlayedMachine machine;
    ASSERT_EQ(machine.run(good_answers()), went_well);
    ASSERT_TRUE(mark_recorded(machine.config, machine.clock));
    EXPECT_TRUE(machine.records().look()->recorded);
    const auto changed = with(good_answers(), "\"paper\"", "\"other\"");
    EXPECT_EQ(machine.run(changed), went_well);
    EXPECT_EQ(machine.done, std::vector<std::string>{"devices /dev/v4l/by-path/front"});
    EXPECT_TRUE(config::read_config(machine.config).config.set_up_finished);
    EXPECT_FALSE(machine.records().look()->recorded);
    EXPECT_TRUE(machine.records().look()->was_recorded);
    EXPECT_EQ(machine.run(changed, true), went_well);
    EXPECT_EQ(machine.done.size(), 3U);  // enrol, devices, printer
}

TEST(set_up, the_report_has_each_test_with_who_judged_it_and_when) {
    PlayedMachine machine;
    ASSERT_EQ(machine.run(good_answers()), went_well);
    const auto checks = set_up_checks(*machine.records().look(), true, some_day);
    const auto of = [&](const std::string& name) {
        for (const auto& check : checks)
            if (check.name == name) return check;
        ADD_FAILURE() << name;
        return diagnostics::Check{};
    };
    EXPECT_EQ(of("set_up").verdict, diagnostics::Verdict::passed);
    EXPECT_EQ(of("set_up.touch").verdict, diagnostics::Verdict::attention);
    EXPECT_EQ(of("set_up.touch").by, diagnostics::JudgedBy::person);
    EXPECT_EQ(of("set_up.touch").at, some_day);
    EXPECT_EQ(of("set_up.slip").verdict, diagnostics::Verdict::unsupported);
    EXPECT_EQ(of("set_up.printer").verdict, diagnostics::Verdict::passed);
    EXPECT_EQ(of("set_up.camera").verdict, diagnostics::Verdict::attention);  // the device
    const auto open = set_up_checks({"000101001001001"}, true, some_day);
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open.front().verdict, diagnostics::Verdict::failed);
    EXPECT_EQ(set_up_checks({"000101001001001"}, false, some_day).front().verdict,
              diagnostics::Verdict::unsupported);
}

TEST(set_up, the_kind_of_place_is_compared_with_the_centres_and_a_report_says_when_they_differ) {
    using offline::papers::wire::Profile;
    PlayedMachine machine;
    const auto report = [&] {
        const auto config = config::read_config(machine.config).config;
        return diagnostics::worst_first(
            set_up_checks(*machine.records().look(), true, some_day,
                          domain::set_up::judge_profile(config.kiosk.profile,
                                                        enrolled_profile(config), some_day)));
    };
    const auto of_profile = [](const std::vector<diagnostics::Check>& checks) {
        std::vector<diagnostics::Check> out;
        for (const auto& check : checks)
            if (check.name == "set_up.profile") out.push_back(check);
        return out;
    };
    // Nobody knows what the centre said: nothing is compared.
    ASSERT_EQ(machine.run(good_answers()), went_well);
    EXPECT_TRUE(of_profile(report()).empty());

    // It is done all the same, and told.
    machine.invited_as(Profile::hall);
    ASSERT_EQ(machine.run(good_answers(), true), went_well);
    EXPECT_TRUE(machine.has_said("本机填的是村（社区），中心登记的是政务大厅"));
    const auto differs = of_profile(report());
    ASSERT_EQ(differs.size(), 1U);
    EXPECT_EQ(differs.front().verdict, diagnostics::Verdict::attention);
    EXPECT_FALSE(differs.front().mend.empty());
    const auto all = report();
    const auto first_good =
        std::ranges::find(all, diagnostics::Verdict::passed, &diagnostics::Check::verdict);
    EXPECT_TRUE(std::any_of(all.begin(), first_good, [](const auto& check) {
        return check.name == "set_up.profile";
    })) << "what is wrong comes first";

    // The centre invited it anew, as what it is: the report knows without another set-up.
    machine.invited_as(Profile::village);
    const auto agrees = of_profile(report());
    ASSERT_EQ(agrees.size(), 1U) << "the one of then is not told beside the one of now";
    EXPECT_EQ(agrees.front().verdict, diagnostics::Verdict::passed);

    // What is another terminal's, or no such file, says nothing.
    machine.invited_as(Profile::hall, "000101001001002");
    EXPECT_EQ(enrolled_profile(config::read_config(machine.config).config), "");
    write(machine.folder + "/keys/enrolment.json", std::string(1 << 20, '{'));
    EXPECT_EQ(enrolled_profile(config::read_config(machine.config).config), "");
}

TEST(set_up, what_was_found_of_a_panel_counts_until_it_is_exchanged_and_wrong_colours_fail_it) {
    using domain::set_up::Decided;
    Progress progress{"000101001001001"};
    EXPECT_FALSE(panel_record(progress, std::nullopt));
    Decided screen{Decision::screen};
    screen.tests = {{"display", TestVerdict::passed, true, some_day},
                    {"touch", TestVerdict::passed, false, some_day, "每一格都有反应"}};
    progress.put(screen);
    const auto record = panel_record(progress, some_day - base::Millis{1});
    ASSERT_TRUE(record);
    EXPECT_TRUE(record->passed);
    EXPECT_FALSE(record->by_person);
    EXPECT_EQ(record->found, "每一格都有反应");
    EXPECT_FALSE(panel_record(progress, some_day)) << "another panel may hang there since";
    screen.tests.front().verdict = TestVerdict::failed;
    progress.put(screen);
    EXPECT_FALSE(panel_record(progress, std::nullopt)->passed);
    screen.skipped = true;
    progress.put(screen);
    EXPECT_FALSE(panel_record(progress, std::nullopt));
}

TEST(set_up, the_example_is_a_file_of_good_answers) {
    PlayedMachine machine;
    const auto read = read_answers(example_answers(), [&](const std::vector<Setting>& settings) {
        return config::read_config_with_settings(machine.config,
                                                 config::as_settings_file(settings, false));
    });
    for (const auto& fault : read.faults) ADD_FAILURE() << as_text(fault);
    EXPECT_EQ(read.answers.size(), std::size_t{domain::set_up::decision_count});
    EXPECT_LE(domain::set_up::decision_count, 12);
}

TEST(set_up, a_network_is_told_by_what_the_kernel_says_of_its_links) {
    PlayedMachine machine;
    const auto net = machine.folder + "/sys/class/net/";
    for (const char* name : {"lo", "eth0", "wlan0/wireless"})
        std::filesystem::create_directories(net + name);
    write(net + "eth0/operstate", "down\n");
    write(net + "wlan0/operstate", "up\n");
    const auto links = network_links(machine.folder);
    ASSERT_EQ(links.size(), 2U);
    EXPECT_FALSE(links[0].up || links[0].wireless);
    EXPECT_TRUE(links[1].up && links[1].wireless);
}

TEST(set_up, a_cut_in_the_last_decision_never_leaves_a_terminal_that_serves_and_is_not_finished) {
    PlayedMachine machine;
    Progress progress;
    progress.terminal = "000101001001001";
    for (const auto& one : domain::set_up::questions()) {
        domain::set_up::Decided decided;
        decided.decision = one.decision;
        decided.skipped = true;
        progress.put(decided);
    }
    progress.finished = some_day;
    // The cut, between the two files.
    std::filesystem::create_directories(machine.folder + "/state/set_up/progress.toml.new/x");
    EXPECT_FALSE(machine.records().keep(progress));
    EXPECT_FALSE(config::read_config(machine.config).config.set_up_finished);
    std::filesystem::remove_all(machine.folder + "/state/set_up/progress.toml.new");
    EXPECT_TRUE(machine.records().keep(progress));
    EXPECT_TRUE(config::read_config(machine.config).config.set_up_finished);
}

TEST(set_up, an_invitation_is_handed_over_without_standing_in_the_list_of_processes) {
    PlayedMachine machine;
    const auto post = machine.folder + "/post", told = machine.folder + "/told";
    write(post, "#!/bin/sh\necho \"$*\" > " + told +
                    "\nfor word; do case $word in @*) cat \"${word#@}\" >> " + told +
                    " ;; esac; done\n");
    std::filesystem::permissions(post, std::filesystem::perms::owner_all);
    const auto here =
        surroundings_of({machine.config, post, {}, "/"}, machine.clock, [](auto&&) {});
    ASSERT_TRUE(here.enrol({{"invitation", "CWE1:secret-text"}, {"root", "AB12"}}));
    const auto text = read(told);
    const auto arguments = text.substr(0, text.find('\n'));
    EXPECT_EQ(arguments.find("secret"), std::string::npos) << arguments;
    EXPECT_NE(arguments.find("--root AB12"), std::string::npos) << arguments;
    EXPECT_EQ(text.substr(arguments.size() + 1), "CWE1:secret-text");
}

TEST(set_up, a_program_that_fails_says_why_in_its_last_line) {
    std::vector<std::string> said;
    const auto say = [&](const std::string& line) { said.push_back(line); };
    const auto done = run_program({"/bin/sh", "-c", "echo one; echo two >&2; exit 6"}, say);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().safe_detail, "two");
    EXPECT_EQ(said.size(), 2U);
    EXPECT_TRUE(run_program({"/bin/true"}, say));
    EXPECT_EQ(run_program({"/nowhere"}, say).error().code, FaultCode::FileUnreadable);
}

}  // namespace
}  // namespace provisioning::set_up
