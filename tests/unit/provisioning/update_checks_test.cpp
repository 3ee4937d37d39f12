// What a technician's report says of a terminal's programs.
#include "provisioning/diagnostics/update_checks.hpp"

#include "provisioning/updates/journal.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

namespace {

namespace fs = std::filesystem;
using provisioning::diagnostics::Verdict;
using provisioning::updates::Journal;
using provisioning::updates::Step;

class update_report : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = fs::temp_directory_path() / "cw-report-XXXXXX";
        folder = ::mkdtemp(pattern.data());
    }
    void TearDown() override { fs::remove_all(folder); }
    provisioning::diagnostics::Check check() const {
        return provisioning::diagnostics::update_check({folder, folder, folder, "1.0"}, now);
    }
    void stands(Step step, const std::string& why = {}) const {
        Journal journal;
        journal.step = step;
        journal.release = 7;
        journal.software = "2.0";
        journal.why = why;
        ASSERT_TRUE(provisioning::updates::write_journal(folder, journal, [](const char*) {}));
    }
    std::string folder;
    const base::Instant now{base::Millis{1795311660000}};
};

TEST_F(update_report, a_terminal_that_was_never_updated_is_well) {
    EXPECT_EQ(check().verdict, Verdict::passed);
}

TEST_F(update_report, says_in_chinese_what_became_of_an_update) {
    stands(Step::confirmed);
    EXPECT_EQ(check().verdict, Verdict::passed);
    EXPECT_NE(check().found.find("第 7 次更新（2.0）已装好"), std::string::npos);
    stands(Step::rolled_back, "not ready: post");
    EXPECT_EQ(check().verdict, Verdict::attention);
    EXPECT_NE(check().found.find("已退回：not ready: post"), std::string::npos);
    stands(Step::given_up, "dpkg 1");
    EXPECT_EQ(check().verdict, Verdict::failed);
}

TEST_F(update_report, a_journal_that_does_not_read_is_a_failure) {
    ASSERT_TRUE(base::write_file(provisioning::updates::journal_path(folder), base::to_bytes("x")));
    EXPECT_EQ(check().verdict, Verdict::failed);
}

TEST_F(update_report, too_old_for_the_centre_is_said_with_what_to_do) {
    ASSERT_TRUE(base::write_file(folder + "/too_old", base::to_bytes("2026-11-22T09:41:00+08:00")));
    const auto said = check();
    EXPECT_EQ(said.verdict, Verdict::attention);
    EXPECT_NE(said.found.find("中心说本机程序（1.0）太旧"), std::string::npos);
    EXPECT_NE(said.mend.find("向中心要更新"), std::string::npos);
}

}  // namespace
