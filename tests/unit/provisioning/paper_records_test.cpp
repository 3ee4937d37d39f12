// What kiosk-technician says of ledgers and of cupsd's settings, out of files.
#include "base/bytes.hpp"
#include "drivers/printer/ledger.hpp"
#include "drivers/printer/spooler/cupsd_settings.hpp"
#include "provisioning/technician/device_commands.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace provisioning::technician {
namespace {

using drivers::printer::Ledger;
using drivers::printer::SheetFate;

struct Records {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("paper_records_" + std::to_string(::getpid()));
    base::ManualClock clock{[] {
        base::Instant at{};
        base::parse_iso8601("2026-11-26T03:05:00+08:00", at);
        return at;
    }()};
    PaperRecords paper{(folder / "documents.ledger").string(), (folder / "slips.ledger").string(),
                       (folder / "cupsd.conf").string(), "provisioning/cups/citizen-window.conf",
                       [] { return std::optional<std::string>("abort-job"); }};
    std::vector<std::string> said;

    Records() {
        std::filesystem::create_directories(folder);
        const auto shipped = base::read_file("provisioning/cups/cupsd.conf");
        EXPECT_TRUE(shipped && base::write_file(paper.cupsd_settings, *shipped));
    }
    ~Records() { std::filesystem::remove_all(folder); }

    std::unique_ptr<Ledger> documents() { return *Ledger::open(paper.document_ledger, clock); }
    void settings(const std::string& text) const {
        EXPECT_TRUE(base::write_file(paper.cupsd_settings, base::to_bytes(text)));
    }
    bool show() {
        return show_ledgers(paper, [this](const auto& line) { said.push_back(line); });
    }
    bool has_said(const std::string& text) const {
        for (const auto& line : said)
            if (line.find(text) != std::string::npos) return true;
        return false;
    }
};

TEST(paper_records, sheets_are_counted_since_the_last_new_paper) {
    Records records;
    {
        const auto ledger = records.documents();
        ASSERT_TRUE(ledger->settle_rest(*ledger->begin("letter", 2, false), SheetFate::printed));
        ASSERT_TRUE(ledger->supply_changed());
        ASSERT_TRUE(ledger->settle_rest(*ledger->begin("letter", 3, false), SheetFate::printed));
        ASSERT_TRUE(ledger->settle_rest(*ledger->begin("receipt", 1, false), SheetFate::spoiled));
    }
    EXPECT_TRUE(records.show());
    EXPECT_TRUE(records.has_said("自 11-26 03:05 换纸以来打成 3 张，打坏 1 张，不知打没打成 0 张"));
    EXPECT_FALSE(records.has_said("请看出纸口"));
    EXPECT_TRUE(records.has_said("还没有打过")) << "the receipt printer";
}

TEST(paper_records, each_sheet_that_nobody_knows_the_end_of_is_named_with_its_time) {
    Records records;
    {
        const auto ledger = records.documents();
        const auto serial = *ledger->begin("letter", 4, true);
        ASSERT_TRUE(ledger->settle(serial, 1, SheetFate::printed));
        ASSERT_TRUE(ledger->settle(serial, 3, SheetFate::printed));
        ASSERT_TRUE(ledger->settle_rest(serial, SheetFate::unknown));
    }
    EXPECT_TRUE(records.show()) << "that happens, and needs no mending";
    EXPECT_TRUE(records.has_said("打印记录：至今打成 2 张，打坏 0 张，不知打没打成 2 张"));
    EXPECT_TRUE(records.has_said("11-26 03:05  申请书（副本），共 4 张，第 2、4 张"));
}

TEST(paper_records, of_many_unknown_prints_the_newest_are_told_and_the_others_counted) {
    Records records;
    {
        const auto ledger = records.documents();
        for (int i = 0; i < 13; ++i) {
            records.clock.forward(std::chrono::minutes{1});
            ASSERT_TRUE(
                ledger->settle_rest(*ledger->begin("receipt", 1, false), SheetFate::unknown));
        }
    }
    EXPECT_TRUE(records.show());
    EXPECT_TRUE(records.has_said("11-26 03:18"));
    EXPECT_FALSE(records.has_said("11-26 03:08"));
    EXPECT_TRUE(records.has_said("还有更早的 3 次"));
}

TEST(paper_records, looking_while_a_page_is_being_printed_settles_nothing) {
    Records records;
    const auto ledger = records.documents();
    const auto serial = *ledger->begin("receipt", 1, false);
    EXPECT_TRUE(records.show());
    EXPECT_TRUE(records.has_said("还在打"));
    EXPECT_TRUE(ledger->settle(serial, 1, SheetFate::printed)) << "it was still begun";
}

TEST(paper_records, a_ledger_with_a_torn_end_is_read_up_to_there_and_said_to_be_torn) {
    Records records;
    {
        const auto ledger = records.documents();
        ASSERT_TRUE(ledger->settle_rest(*ledger->begin("letter", 2, false), SheetFate::printed));
    }
    std::ofstream(records.paper.document_ledger, std::ios::app) << "b 2 1";
    EXPECT_TRUE(records.show());
    EXPECT_TRUE(records.has_said("打成 2 张"));
    EXPECT_TRUE(records.has_said("记录的末尾不完整"));
}

TEST(paper_records, a_ledger_that_cannot_be_read_is_not_taken_for_an_empty_one) {
    Records records;
    std::filesystem::create_directories(records.paper.slip_ledger);
    EXPECT_FALSE(records.show());
    EXPECT_TRUE(records.has_said("slips.ledger 读不了"));
}

TEST(paper_records, settings_as_shipped_are_well) {
    Records records;
    EXPECT_TRUE(records.show());
    EXPECT_TRUE(records.has_said("cups 的设置正确"));
}

TEST(paper_records, every_wrong_setting_is_said_with_how_to_mend_it_and_makes_the_verdict_bad) {
    Records records;
    records.settings("PreserveJobFiles 1d\nPort 631\n");
    const auto problems = drivers::printer::check_cupsd_settings("PreserveJobFiles 1d\nPort 631\n");
    EXPECT_FALSE(records.show());
    for (const auto& problem : problems)
        EXPECT_TRUE(records.has_said(in_words(problem, base::Locale::zh))) << problem.directive;
    EXPECT_TRUE(records.has_said("要改：第 1 行：PreserveJobFiles 现在是 1d，请改成 No"));
    EXPECT_TRUE(records.has_said("systemctl restart cups"));
    EXPECT_FALSE(records.has_said("cups 的设置正确"));
}

TEST(paper_records, a_cups_service_that_starts_with_old_jobs_is_said_with_how_to_mend_it) {
    Records records;
    records.paper.cups_service = (records.folder / "citizen-window.conf").string();  // not there
    EXPECT_FALSE(records.show());
    EXPECT_TRUE(records.has_said("要改：cups 服务的 citizen-window.conf，ExecStartPre 现在是"));
    EXPECT_TRUE(records.has_said("放到 " + records.paper.cups_service + " 后运行"));
    EXPECT_TRUE(records.has_said("daemon-reload"));
    EXPECT_FALSE(records.has_said("cups 的设置正确"));
}

TEST(paper_records, settings_that_cannot_be_read_are_not_well) {
    Records records;
    std::filesystem::remove(records.paper.cupsd_settings);
    EXPECT_FALSE(records.show());
    EXPECT_TRUE(records.has_said("cupsd.conf 读不了"));
}

TEST(paper_records, what_the_queue_says_of_its_own_overrules_the_file) {
    Records records;
    records.paper.ask_error_policy = [] { return std::optional<std::string>("stop-printer"); };
    EXPECT_FALSE(records.show());
    EXPECT_TRUE(records.has_said("printer-error-policy 现在是 stop-printer，请改成 abort-job"));
    EXPECT_TRUE(records.has_said("lpadmin"));
}

TEST(paper_records, a_queue_that_does_not_answer_is_not_well) {
    Records records;
    records.paper.ask_error_policy = [] { return std::optional<std::string>(); };
    EXPECT_FALSE(records.show());
    EXPECT_TRUE(records.has_said("打印队列没有回答"));
}

TEST(paper_records, nothing_is_asked_of_cupsd_where_the_printer_is_spoken_to_itself) {
    Records records;
    records.settings("PreserveJobFiles 1d\n");
    records.paper.ask_error_policy = [] { return std::optional<std::string>(""); };
    EXPECT_TRUE(records.show());
    EXPECT_FALSE(records.has_said("PreserveJobFiles"));
}

TEST(paper_records, a_terminal_without_printers_says_so) {
    Records records;
    records.paper = {};
    EXPECT_TRUE(records.show());
    EXPECT_EQ(records.said, std::vector<std::string>{"这台终端没有打印机"});
}

}  // namespace
}  // namespace provisioning::technician
