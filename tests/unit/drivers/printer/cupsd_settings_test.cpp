#include "drivers/printer/spooler/cupsd_settings.hpp"

#include "base/bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace drivers::printer {
namespace {

using enum SettingsHarm;

constexpr auto shipped = "provisioning/cups/cupsd.conf";

std::string shipped_settings() {
    const auto bytes = base::read_file(shipped);
    EXPECT_TRUE(bytes) << shipped;
    return bytes ? std::string(base::as_text(*bytes)) : std::string{};
}

// The shipped file with one directive changed, or left out.
std::string changed(const std::string& directive, const std::string& value) {
    auto text = shipped_settings();
    const auto at = text.find("\n" + directive + " ");
    EXPECT_NE(at, std::string::npos) << directive;
    const auto end = text.find('\n', at + 1);
    return text.replace(at + 1, end - at - 1, value.empty() ? "" : directive + " " + value);
}

std::vector<SettingsHarm> harms(std::string_view text) {
    std::vector<SettingsHarm> out;
    for (const auto& problem : check_cupsd_settings(text)) out.push_back(problem.harm);
    return out;
}

using Harms = std::vector<SettingsHarm>;

TEST(cupsd_settings, the_file_that_is_shipped_has_no_problem) {
    EXPECT_EQ(harms(shipped_settings()), Harms{});
}

TEST(cupsd_settings, papers_that_stay_on_the_disk_are_found) {
    for (const auto* value : {"Yes", "86400", "1d", "60"})
        EXPECT_EQ(harms(changed("PreserveJobFiles", value)), Harms{keeps_papers}) << value;
    EXPECT_EQ(harms(changed("PreserveJobFiles", "")), Harms{keeps_papers}) << "a day by default";
    for (const auto* value : {"Yes", "301", "1h", "nonsense"})
        EXPECT_EQ(harms(changed("PreserveJobHistory", value)), Harms{keeps_papers}) << value;
    EXPECT_EQ(harms(changed("MaxHoldTime", "0")), Harms{keeps_papers});
    for (const auto* value : {"no", "Off", "0"})
        EXPECT_EQ(harms(changed("PreserveJobFiles", value)), Harms{}) << value;
}

TEST(cupsd_settings, without_any_history_nobody_can_ask_what_became_of_a_print) {
    EXPECT_EQ(harms(changed("PreserveJobHistory", "No")), Harms{hides_outcome});
}

TEST(cupsd_settings, what_lets_a_job_come_out_late_is_found) {
    EXPECT_EQ(harms(changed("DirtyCleanInterval", "30")), Harms{prints_late});
    EXPECT_EQ(harms(changed("MaxJobTime", "")), Harms{prints_late}) << "three hours by default";
    EXPECT_EQ(harms(changed("MaxJobTime", "3h")), Harms{prints_late});
    EXPECT_EQ(harms(changed("JobKillDelay", "300")), Harms{prints_late});
}

TEST(cupsd_settings, a_policy_that_stops_the_queue_is_found) {
    for (const auto* value : {"stop-printer", "retry-job", ""})
        EXPECT_EQ(harms(changed("ErrorPolicy", value)), Harms{stops}) << value;
    EXPECT_EQ(harms(changed("ErrorPolicy", "retry-current-job")), Harms{});
    EXPECT_TRUE(check_error_policy("stop-printer"));
    EXPECT_TRUE(check_error_policy("retry-job"));
    EXPECT_FALSE(check_error_policy("abort-job"));
    EXPECT_FALSE(check_error_policy("")) << "no spooler";
}

TEST(cupsd_settings, a_spooler_that_listens_to_others_is_found) {
    EXPECT_EQ(harms(shipped_settings() + "\nPort 631\n"), Harms{lets_in});
    EXPECT_EQ(harms(shipped_settings() + "\nListen *:631\n"), Harms{lets_in});
    EXPECT_EQ(harms(shipped_settings() + "\nListen 192.168.1.2:631\n"), Harms{lets_in});
    EXPECT_EQ(harms(shipped_settings() + "\nListen 127.0.0.1:8631\nListen [::1]:631\n"), Harms{});
}

TEST(cupsd_settings, a_problem_names_its_line_and_how_to_mend_it) {
    const auto problems = check_cupsd_settings("# kiosk\n\n  preservejobfiles   1d \n");
    const auto files = std::ranges::find(problems, "PreserveJobFiles", &SettingsProblem::directive);
    ASSERT_NE(files, problems.end());
    EXPECT_EQ(*files, (SettingsProblem{keeps_papers, 3, "PreserveJobFiles", "1d", "No"}));
    const auto words = in_words(*files, base::Locale::en);
    EXPECT_NE(words.find("line 3: PreserveJobFiles is 1d, wanted is No."), std::string::npos)
        << words;
    EXPECT_NE(in_words(*files, base::Locale::zh).find("第 3 行"), std::string::npos);
}

TEST(cupsd_settings, the_last_one_counts_and_those_inside_a_block_do_not) {
    const auto text = shipped_settings();
    EXPECT_EQ(harms(text + "\nPreserveJobFiles Yes\n"), Harms{keeps_papers});
    EXPECT_EQ(harms(text + "\n<Policy odd>\n<Limit All>\nPreserveJobFiles Yes\n</Limit>\n"
                           "</Policy>\n"),
              Harms{});
    EXPECT_EQ(harms(text + "\n#PreserveJobFiles Yes\n"), Harms{});
}

TEST(cupsd_settings, the_health_says_the_worst_of_them) {
    EXPECT_FALSE(as_fault({}));
    EXPECT_EQ(as_fault(check_cupsd_settings(changed("ErrorPolicy", "stop-printer")))->code,
              base::FaultCode::PrinterSetUpWrong);
    const auto fault = as_fault(check_cupsd_settings(""));
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->code, base::FaultCode::PrinterKeepsPapers);
    EXPECT_EQ(fault->safe_detail, "cupsd.conf:0 PreserveJobFiles");
}

std::string clean_start(const std::string& command) {
    return "[Unit]\n[Service]\nExecStartPre=" + command + "\n";
}
constexpr auto emptied = "/usr/bin/find /var/spool/cups -type f -delete";

TEST(cups_service, the_drop_in_that_is_shipped_empties_the_spool_first) {
    const auto bytes = base::read_file("provisioning/cups/citizen-window.conf");
    ASSERT_TRUE(bytes);
    EXPECT_FALSE(check_cups_service(base::as_text(*bytes)));
}

TEST(cups_service, a_service_without_the_clean_start_is_found) {
    const std::string nothing,
        comment = "[Service]\n#ExecStartPre=", elsewhere = "[Unit]\nExecStartPre=";
    for (const auto& text :
         {nothing, comment + emptied, elsewhere + emptied, std::string("ExecStartPre=") + emptied})
        EXPECT_EQ(check_cups_service(text), (SettingsProblem{prints_late, 0, "ExecStartPre", "",
                                                             emptied, "citizen-window.conf"}))
            << text;
}

TEST(cups_service, a_command_that_may_leave_jobs_there_does_not_count) {
    for (const std::string command : {"/bin/true", "-/usr/bin/find /var/spool/cups -type f -delete",
                                      "/usr/bin/find /var/spool/cups -type f -mtime +1 -delete",
                                      "/usr/bin/find /var/spool/cups"}) {
        const auto problem = check_cups_service(clean_start(command));
        ASSERT_TRUE(problem) << command;
        EXPECT_EQ(problem->line, 3);
        EXPECT_EQ(problem->found, command);
    }
}

TEST(cups_service, an_assignment_of_nothing_takes_back_what_stood_before) {
    const auto text = clean_start(emptied);
    EXPECT_FALSE(check_cups_service(text + "  ExecStartPre = /bin/true\n")) << "one more is fine";
    EXPECT_TRUE(check_cups_service(text + "ExecStartPre=\n"));
    EXPECT_TRUE(check_cups_service(text + "ExecStartPre=\nExecStartPre=/bin/true\n"));
    EXPECT_FALSE(check_cups_service(text + "ExecStartPre=\nExecStartPre=" + emptied));
}

TEST(cups_service, the_problem_names_its_file_and_how_to_mend_it) {
    const auto problem = check_cups_service("");
    ASSERT_TRUE(problem);
    const auto words = in_words(*problem, base::Locale::en);
    EXPECT_TRUE(words.starts_with("citizen-window.conf of the cups service, ExecStartPre is "))
        << words;
    EXPECT_NE(words.find(emptied), std::string::npos) << words;
    const auto fault = as_fault({*problem});
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->code, base::FaultCode::PrinterKeepsPapers);
    EXPECT_EQ(fault->safe_detail, "citizen-window.conf:0 ExecStartPre");
}

TEST(cupsd_settings, any_text_is_read_without_harm) {
    for (const auto* text :
         {"<", "</", "</a>\nPort", "\r\n\t", "PreserveJobFiles", "Listen", "MaxJobTime 1e400",
          "MaxJobTime -3", "<a\n<b\n<c", "[", "[Service]\n=", "[Service]\nExecStartPre"}) {
        EXPECT_FALSE(check_cupsd_settings(text).empty()) << text;
        EXPECT_TRUE(check_cups_service(text)) << text;
    }
}

}  // namespace
}  // namespace drivers::printer
