#include "catalogue/pack_reader.hpp"
#include "offline/intake/province/export.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using namespace offline_test;
namespace province = intake::province;
using nlohmann::json;

const catalogue::Pack& pack() {
    static const catalogue::Pack read = [] {
        const auto file = base::read_file("kiosk/catalogue/packs/sample_county/pack.json").value();
        return catalogue::read_pack(file).pack;
    }();
    return read;
}

json sample_submission() {
    const auto file = base::read_file("kiosk/demo/expected_submission.json").value();
    return json::parse(base::as_text(file)).at("submission");
}

province::CaseFacts accepted_case(const json& submission = sample_submission()) {
    province::CaseFacts facts;
    facts.case_number = "11000101DEM000110Q4990511001000202611220001";
    facts.submission = submission.dump();
    facts.captured_at = start;
    facts.received_at = start + base::Millis{90'000};
    facts.outcome = province::Outcome::accepted;
    facts.decided_at = start + base::Millis{3'600'000};
    return facts;
}

std::vector<province::Problem> problems_of(const std::vector<province::Record>& records) {
    std::vector<province::Problem> out;
    for (const auto& record : records)
        for (const auto& each : province::problems_of(*record.table, record.values))
            out.push_back(each);
    return out;
}

json line_of(const std::vector<province::Record>& records, const province::Table& table,
             std::size_t which = 0) {
    for (const auto& record : records)
        if (record.table == &table && which-- == 0)
            return json::parse(province::as_json_line(table, record.values));
    return nullptr;
}

TEST(province, an_accepted_case_gives_acceptance_process_and_every_material) {
    const auto records = province::records_of(accepted_case(), pack()).value();
    EXPECT_TRUE(problems_of(records).empty());
    const json acceptance = line_of(records, province::acceptance);
    EXPECT_EQ(acceptance["申请人名称"], "王秀兰");
    EXPECT_EQ(acceptance["申请时间"], "20261122T094100");
    EXPECT_EQ(acceptance["收件时间"], "20261122T094230");
    EXPECT_EQ(acceptance["受理时间"], "20261122T104100");
    EXPECT_EQ(acceptance["办件类型"], "2");
    EXPECT_EQ(acceptance["受理部门代码"], "11000101DEM000110Q");
    EXPECT_EQ(acceptance["渠道"], "KIOSK");
    EXPECT_EQ(line_of(records, province::process, 1)["办理动作"], "通过");
    EXPECT_TRUE(line_of(records, province::result).is_null());  // nothing has ended
    const json owed = line_of(records, province::material, 4);
    EXPECT_EQ(owed["收取方式"], "4");
    EXPECT_EQ(owed["是否收取"], "0");
    EXPECT_EQ(owed["补交期限"], "20261202");
    EXPECT_TRUE(line_of(records, province::material, 5).is_null());
}

TEST(province, what_is_only_received_is_not_said_to_be_accepted) {
    auto facts = accepted_case();
    facts.outcome = province::Outcome::received;
    const auto records = province::records_of(facts, pack()).value();
    EXPECT_TRUE(problems_of(records).empty());
    EXPECT_TRUE(line_of(records, province::acceptance).is_null());
    EXPECT_TRUE(line_of(records, province::result).is_null());
    EXPECT_EQ(line_of(records, province::process, 1)["环节状态"], "1");
}

TEST(province, a_refused_case_ends_with_its_reason) {
    auto facts = accepted_case();
    facts.outcome = province::Outcome::refused;
    facts.reason = "不属于本机关职权范围";
    const auto records = province::records_of(facts, pack()).value();
    EXPECT_TRUE(problems_of(records).empty());
    EXPECT_TRUE(line_of(records, province::acceptance).is_null());
    EXPECT_EQ(line_of(records, province::result)["办理结果类型"], "1");
    EXPECT_EQ(line_of(records, province::process, 1)["办理意见"], facts.reason);
}

TEST(province, a_rare_name_keeps_its_characters_and_a_copy_in_plain_letters) {
    json submission = sample_submission();
    submission["person"]["name"] = "王𠅤兰";
    const auto records = province::records_of(accepted_case(submission), pack()).value();
    const json acceptance = line_of(records, province::acceptance);
    EXPECT_EQ(acceptance["申请人名称"], "王𠅤兰");
    EXPECT_EQ(acceptance["申请人名称转写"], "王U+20164兰");
    EXPECT_EQ(province::transliterated("王秀兰"), "");
}

TEST(province, every_kind_of_wrong_value_is_named_with_its_element) {
    const auto record = province::records_of(accepted_case(), pack()).value();
    const auto acceptance = std::find_if(record.begin(), record.end(), [](const auto& each) {
        return each.table == &province::acceptance;
    });
    ASSERT_NE(acceptance, record.end());
    const auto complaint = [&](std::size_t element, const std::string& value) {
        auto values = acceptance->values;
        values.at(element) = value;
        const auto found = province::problems_of(province::acceptance, values);
        return found.size() == 1 ? std::string(found.front().element) + found.front().what : "";
    };
    EXPECT_EQ(complaint(6, ""), "申请人名称缺少");
    EXPECT_EQ(complaint(6, std::string(301, 'x')), "申请人名称太长");
    EXPECT_EQ(complaint(6, "\xff"), "申请人名称不是 UTF-8");
    EXPECT_EQ(complaint(6, "a\nb"), "申请人名称有控制字符");
    EXPECT_EQ(complaint(8, "11"), "申请人证件类型不在代码表内");
    EXPECT_EQ(complaint(9, "11-22"), "申请人证件号码应全是字母或数字");
    EXPECT_EQ(complaint(4, "1a"), "事项版本应全是数字");
    for (const char* time : {"20261322T094100", "20261122 094100", "20260230T000000",
                             "20261122T250000", "20261122T09410", "x0261122T094100"})
        EXPECT_EQ(complaint(13, time), "申请时间不是时间（YYYYMMDDThhmmss）") << time;
}

TEST(province, a_case_with_a_problem_is_kept_back_whole_and_the_others_go) {
    const Folder folder;
    json nameless = sample_submission();
    nameless["person"]["name"] = "";
    json elsewhere = sample_submission();
    elsewhere["item"]["code"] = "000000000000";
    auto broken = accepted_case();
    broken.submission = "[";
    const auto exported = province::export_cases({accepted_case(), accepted_case(nameless),
                                                  accepted_case(elsewhere), broken},
                                                 pack(), folder.path())
                              .value();
    EXPECT_EQ(exported.cases, 1);
    EXPECT_EQ(exported.kept_back, 3);
    EXPECT_EQ(exported.records.at("acceptance"), 1);
    EXPECT_EQ(exported.records.at("process"), 2);
    EXPECT_EQ(exported.records.at("result"), 0);
    EXPECT_EQ(exported.records.at("material"), 5);
    const auto lines = base::read_file(folder / "acceptance.jsonl").value();
    EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1);
    const auto problems = base::read_file(folder / "problems.jsonl").value();
    EXPECT_NE(base::as_text(problems).find("申请人名称"), std::string_view::npos);
    EXPECT_EQ(base::as_text(problems).find("王秀兰"), std::string_view::npos);
    const auto summary = base::read_file(folder / "summary.json").value();
    EXPECT_EQ(json::parse(base::as_text(summary)).at("kept_back"), 3);
}

TEST(province, a_folder_that_cannot_be_written_is_said) {
    EXPECT_EQ(province::export_cases({}, pack(), "/proc/none").error().code,
              FaultCode::FileUnwritable);
}

}  // namespace
