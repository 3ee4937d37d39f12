// What is looked at on a terminal, what it means, and the papers that come of it.
#include "emulated_terminal.hpp"
#include "provisioning/diagnostics/care_check.hpp"
#include "provisioning/diagnostics/inspection.hpp"
#include "provisioning/diagnostics/post_checks.hpp"

#include <algorithm>
#include <fstream>

namespace provisioning::diagnostics {
namespace {

constexpr std::int64_t gib = std::int64_t{1} << 30;
const base::Instant some_day{base::Millis{1795311660000}};  // 2026-11-22T09:41:00+08:00

MachineFacts good_machine() {
    MachineFacts facts;
    facts.system = "Debian GNU/Linux 12 (bookworm)";
    facts.disk_bytes = 64 * gib;
    facts.disk_free = 40 * gib;
    facts.memory_bytes = 8 * gib;
    facts.memory_available = 6 * gib;
    facts.core_pattern = "|/bin/false";
    facts.clock_synchronised = true;
    facts.now = some_day;
    return facts;
}
Check check_of(const std::vector<Check>& checks, const std::string& name) {
    for (const auto& check : checks)
        if (check.name == name) return check;
    ADD_FAILURE() << "no check " << name;
    return {};
}
Check machine_check(const MachineFacts& facts, const std::string& name) {
    return check_of(machine_checks(facts), name);
}

TEST(diagnostics, a_machine_in_order_passes_every_check) {
    for (const auto& check : machine_checks(good_machine()))
        EXPECT_EQ(check.verdict, Verdict::passed) << in_one_line(check);
}
TEST(diagnostics, a_clock_at_1970_fails_and_one_that_was_never_set_by_a_server_is_told) {
    auto facts = good_machine();
    facts.now = base::Instant{base::Millis{60'000}};
    EXPECT_EQ(machine_check(facts, "clock").verdict, Verdict::failed);
    facts = good_machine();
    facts.clock_synchronised = false;
    EXPECT_EQ(machine_check(facts, "clock").verdict, Verdict::attention);
}
TEST(diagnostics, the_self_test_of_the_night_is_told_in_chinese) {
    const auto noted = [](const char* json) { return care_check(base::to_bytes(json), some_day); };
    const auto well = noted(R"({"at":"2026-11-22T03:45:00+08:00","problems":[],"screen":"drawn"})");
    EXPECT_EQ(well.verdict, Verdict::passed);
    EXPECT_EQ(well.found, "2026-11-22 03:45，没有问题");
    // As the app writes it (care_test).
    const auto ill = noted(R"({"at":"2026-11-22T03:45:00+08:00","problems":["outbox:attention",)"
                           R"("id_card_reader:CardReaderSilent"],"screen":"unknown"})");
    EXPECT_EQ(ill.verdict, Verdict::attention);
    EXPECT_NE(ill.found.find("2 项：待送件：有件要人处理；读卡器："), std::string::npos)
        << ill.found;
}
TEST(diagnostics, a_self_test_that_was_missed_never_made_or_does_not_read_is_told) {
    const auto old = care_check(
        base::to_bytes(R"({"at":"2026-11-01T03:45:00+08:00","problems":[],"screen":"drawn"})"),
        some_day);
    EXPECT_EQ(old.verdict, Verdict::attention);
    EXPECT_EQ(care_check(std::optional<base::Bytes>(), some_day).verdict, Verdict::skipped);
    for (const char* rubbish : {"", "[]", "{\"at\":7}", "{\"at\":\"today\",\"problems\":[]}"})
        EXPECT_EQ(care_check(base::to_bytes(rubbish), some_day).verdict, Verdict::attention)
            << rubbish;
}
TEST(diagnostics, a_read_only_disk_and_a_full_one_say_what_to_do) {
    auto facts = good_machine();
    facts.write_error = EROFS;
    const auto read_only = machine_check(facts, "disk");
    EXPECT_EQ(read_only.verdict, Verdict::failed);
    EXPECT_NE(read_only.mend.find("只读"), std::string::npos);
    facts.write_error = ENOSPC;
    EXPECT_NE(machine_check(facts, "disk").mend.find("满"), std::string::npos);
    facts.write_error.reset();
    facts.disk_free = 100 << 20;
    EXPECT_EQ(machine_check(facts, "disk").verdict, Verdict::failed);
    facts.disk_free = gib;
    EXPECT_EQ(machine_check(facts, "disk").verdict, Verdict::attention);
}
TEST(diagnostics, what_a_sandbox_hides_is_neither_failed_nor_passed) {
    MachineFacts facts = good_machine();
    facts.sees_kernel = false;
    facts.memory_available = 0;
    facts.core_pattern.clear();
    EXPECT_EQ(machine_check(facts, "memory").verdict, Verdict::passed);
    EXPECT_EQ(machine_check(facts, "swap").verdict, Verdict::unsupported);
    EXPECT_EQ(machine_check(facts, "core_dumps").verdict, Verdict::unsupported);
    facts.memory_bytes = 0;
    EXPECT_EQ(machine_check(facts, "memory").verdict, Verdict::attention);
    // A folder without a /proc in it stands for the sandbox.
    base::ManualClock clock{some_day};
    const auto seen = read_machine(testing::TempDir(), clock, testing::TempDir() + "nowhere/");
    EXPECT_FALSE(seen.sees_kernel);
    EXPECT_GT(seen.memory_bytes, 0) << "sysinfo(2) may be asked all the same";
}
TEST(diagnostics, swap_on_a_disk_and_dumps_are_told_because_citizens_memory_would_lie_there) {
    auto facts = good_machine();
    facts.swap_bytes = gib;
    facts.core_pattern = "core";
    EXPECT_EQ(machine_check(facts, "swap").verdict, Verdict::attention);
    EXPECT_EQ(machine_check(facts, "core_dumps").verdict, Verdict::attention);
}

class machine_reading : public testing::Test {
  protected:
    machine_reading() {
        std::string pattern = std::filesystem::temp_directory_path() / "cw-machine-XXXXXX";
        root_ = std::string(::mkdtemp(pattern.data())) + "/";
        put("etc/os-release", "NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
        put("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        put("sys/class/dmi/id/product_name", "KIOSK-215\n");
        put("proc/meminfo",
            "MemTotal:        8000000 kB\nMemFree: 1 kB\nMemAvailable:    4000000 kB\n");
        put("proc/swaps",
            "Filename\tType\tSize\tUsed\tPriority\n/dev/zram0 partition\t100\t0\t5\n"
            "/dev/sda2                               partition\t2048\t0\t-2\n");
        put("proc/sys/kernel/core_pattern", "core\n");
    }
    ~machine_reading() override { std::filesystem::remove_all(root_); }
    void put(const std::string& path, const std::string& text) {
        std::filesystem::create_directories(std::filesystem::path(root_ + path).parent_path());
        std::ofstream(root_ + path) << text;
    }
    std::string root_;
    base::SystemClock clock_;
};

TEST_F(machine_reading, what_the_system_says_is_understood) {
    const auto facts = read_machine(root_ + "proc", clock_, root_);
    EXPECT_TRUE(facts.system.starts_with("Debian GNU/Linux 12 (bookworm), Linux ")) << facts.system;
    EXPECT_EQ(facts.model, "KIOSK-215");
    EXPECT_EQ(facts.memory_bytes, 8'000'000 * std::int64_t{1024});
    EXPECT_EQ(facts.memory_available, 4'000'000 * std::int64_t{1024});
    EXPECT_EQ(facts.swap_bytes, 2048 * 1024) << "compressed memory is none";
    EXPECT_EQ(facts.core_pattern, "core");
    EXPECT_FALSE(facts.write_error);
    EXPECT_GT(facts.disk_bytes, 0);
    EXPECT_FALSE(std::filesystem::exists(root_ + "proc/.trial"));
}
TEST_F(machine_reading, the_machines_own_id_does_not_leave_it) {
    const auto facts = read_machine(root_ + "proc", clock_, root_);
    EXPECT_EQ(facts.number.size(), 16U);
    EXPECT_EQ(facts.number.find("0123456789"), std::string::npos);
    EXPECT_EQ(facts.number, read_machine(root_ + "proc", clock_, root_).number);
}
TEST_F(machine_reading, a_folder_that_is_not_there_fails_its_check) {
    const auto facts = read_machine(root_ + "nowhere", clock_, root_);
    EXPECT_EQ(machine_check(facts, "disk").verdict, Verdict::failed);
}

TEST(diagnostics, what_is_wrong_comes_first_and_the_rest_keeps_its_order) {
    const std::vector<Check> checks{{"a", "甲", Verdict::passed},
                                    {"b", "乙", Verdict::attention},
                                    {"c", "丙", Verdict::failed},
                                    {"d", "丁", Verdict::passed}};
    std::string order;
    for (const auto& check : worst_first(checks)) order += check.name;
    EXPECT_EQ(order, "cbad");
    EXPECT_FALSE(is_ready(checks));
    EXPECT_EQ(conclusion(checks), "有 1 项没有通过，不能投入使用");
}
TEST(diagnostics, without_the_post_the_terminal_is_not_ready_and_the_line_was_not_asked) {
    domain::PostStatus status;
    status.line = domain::Line::absent;
    const auto checks = post_checks(status, some_day);
    EXPECT_EQ(check_of(checks, "post").verdict, Verdict::failed);
    EXPECT_EQ(check_of(checks, "centre").verdict, Verdict::skipped);
}
TEST(diagnostics, without_a_line_the_terminal_serves_and_says_so) {
    domain::PostStatus status;
    status.line = domain::Line::offline;
    status.taking = true;
    status.waiting = 7;
    const auto checks = post_checks(status, some_day);
    EXPECT_TRUE(is_ready(checks));
    EXPECT_EQ(check_of(checks, "centre").verdict, Verdict::attention);
    EXPECT_NE(check_of(checks, "post").found.find("7"), std::string::npos);
}
TEST(diagnostics, a_device_that_serves_a_citizen_right_now_is_left_alone_and_not_called_broken) {
    technician::SeenDevice busy{{domain::DeviceKind::camera, "/dev/video0", {}}, {}, {}};
    busy.health.fault = base::Fault{base::FaultCode::CameraUnusable, "busy"};
    EXPECT_EQ(device_checks({busy}, some_day).front().verdict, Verdict::skipped);
}
TEST(diagnostics,
     a_camera_that_is_missing_is_told_and_a_card_reader_that_is_missing_ends_the_service) {
    for (const auto& [kind, verdict] : {std::pair{domain::DeviceKind::camera, Verdict::attention},
                                        {domain::DeviceKind::id_card_reader, Verdict::failed}}) {
        technician::SeenDevice missing{{kind, "USB", {}}, {}, {}};
        missing.health.fault = base::Fault{base::FaultCode::CameraUnusable, "gone"};
        EXPECT_EQ(device_checks({missing}, some_day).front().verdict, verdict);
    }
}
TEST(diagnostics, a_printer_without_paper_fails_and_one_with_little_is_told) {
    technician::SeenDevice printer{{domain::DeviceKind::receipt_printer, "USB", {}}, {}, {}};
    printer.health = {domain::DeviceState::ready, domain::Supply::low, std::nullopt};
    EXPECT_EQ(device_checks({printer}, some_day).front().verdict, Verdict::attention);
    printer.health.supply = domain::Supply::out;
    EXPECT_EQ(device_checks({printer}, some_day).front().verdict, Verdict::failed);
}

// A guided run over the emulated devices.
struct Commissioning {
    technician::Terminal terminal;
    std::vector<std::string> asked;
    std::map<std::string, Answer> answers;

    std::vector<Check> run(const std::set<std::string>& only) {
        terminal.configure();
        return guided_tests(
            terminal.bench,
            [this](const std::string& test, const std::string&) {
                asked.push_back(test);
                return answers.contains(test) ? answers[test] : Answer::skip;
            },
            only);
    }
};

TEST(guided, a_card_test_is_judged_by_the_machine_and_says_what_it_found) {
    Commissioning commissioning;
    commissioning.terminal.answers = {{"请把一张身份证放在读卡区", "card place wang_xiulan"},
                                      {"请把卡拿起来", "card lift"}};
    const auto checks = commissioning.run({"card"});
    ASSERT_EQ(checks.size(), 1U);
    EXPECT_EQ(checks.front().verdict, Verdict::passed);
    EXPECT_EQ(checks.front().by, JudgedBy::machine);
    EXPECT_EQ(checks.front().found, "发现卡已拿走");
    EXPECT_TRUE(commissioning.asked.empty());
}
TEST(guided, what_only_a_person_can_see_is_asked_and_a_no_fails_it) {
    for (const auto& [answer, verdict] : {std::pair{Answer::yes, Verdict::passed},
                                          {Answer::no, Verdict::failed},
                                          {Answer::skip, Verdict::skipped}}) {
        Commissioning commissioning;
        commissioning.answers = {{"printer", answer}};
        const auto checks = commissioning.run({"printer"});
        ASSERT_EQ(checks.size(), 1U);
        EXPECT_EQ(checks.front().verdict, verdict);
        EXPECT_EQ(checks.front().by, JudgedBy::person);
        EXPECT_EQ(commissioning.asked, std::vector<std::string>{"printer"});
    }
}
TEST(guided, a_page_that_was_read_again_is_judged_by_the_machine_and_nobody_is_asked) {
    Commissioning commissioning;
    const auto code = technician::draw_test_code();
    auto& bench = commissioning.terminal.bench;
    bench.draw_code = [code] { return code; };
    bench.read_back_limit = base::Millis{20'000};
    commissioning.terminal.answers = {{"或把码对准摄像头", "camera show code " + code}};
    commissioning.answers = {{"printer", Answer::no}};
    const auto checks = commissioning.run({"printer"});
    ASSERT_EQ(checks.size(), 1U);
    EXPECT_EQ(checks.front().verdict, Verdict::passed);
    EXPECT_EQ(checks.front().by, JudgedBy::machine);
    EXPECT_TRUE(commissioning.asked.empty());
    EXPECT_NE(checks.front().found.find("读回了"), std::string::npos) << checks.front().found;
}
TEST(guided, what_was_heard_is_a_persons_verdict_and_what_nobody_heard_or_touched_is_skipped) {
    for (const auto& [answer, verdict] :
         {std::pair<std::optional<std::string>, Verdict>{"4", Verdict::passed},
          {"5", Verdict::failed},
          {std::nullopt, Verdict::skipped}}) {
        Commissioning commissioning;
        auto& bench = commissioning.terminal.bench;
        bench.draw_digit = [] { return 4U; };
        bench.say_aloud = [](const std::string&) { return base::Status{}; };
        bench.ask = [answer = answer](const std::string&) { return answer; };
        bench.panel_record = [] { return std::optional<technician::RecordedTest>{}; };
        const auto checks = commissioning.run({"speaker", "panel"});
        ASSERT_EQ(checks.size(), 2U);
        EXPECT_EQ(checks.front().verdict, verdict);
        EXPECT_EQ(checks.front().by, answer ? JudgedBy::person : JudgedBy::machine);
        EXPECT_EQ(checks.back().name, "panel");
        EXPECT_EQ(checks.back().verdict, Verdict::skipped);
        EXPECT_NE(checks.back().found.find("开通设置"), std::string::npos);
    }
}
TEST(guided, tests_after_a_stop_are_said_not_to_have_been_done) {
    Commissioning commissioning;
    commissioning.terminal.stop.request_stop();
    for (const auto& check : commissioning.run({}))
        EXPECT_EQ(check.verdict, Verdict::skipped) << check.name;
}

TEST(findings, a_long_text_is_cut_at_a_character_and_the_record_takes_it) {
    Findings findings;
    findings.terminal = "000101001001001";
    std::string found;
    for (int i = 0; i < 400; ++i) found += "纸\n";
    findings.checks = {{"printer", "打\t印", Verdict::failed, JudgedBy::machine, found, "加纸"}};
    const auto content = content_of(findings);
    const auto again = offline::papers::service_content(offline::papers::as_record(content));
    ASSERT_TRUE(again) << again.error().safe_detail;
    EXPECT_EQ(*again, content);
    EXPECT_TRUE(base::is_valid_utf8(content.checks.front()));
}
TEST(findings, the_report_puts_what_has_to_be_done_before_the_rest_and_says_when_it_is_not_signed) {
    Findings findings;
    findings.kind = offline::papers::ServiceKind::commissioning;
    findings.checks = {{"disk", "硬盘", Verdict::passed, JudgedBy::machine, "40 GB"},
                       {"card", "读卡器", Verdict::failed, JudgedBy::machine, "没有找到"}};
    const auto report = report_of(findings, std::nullopt);
    EXPECT_EQ(report.tone, documents::Tone::bad);
    EXPECT_EQ(report.sections.at(0).lines.at(0).title, "读卡器");
    EXPECT_EQ(report.sections.at(1).lines.at(0).title, "硬盘");
    EXPECT_NE(report.footer.find("没有签名"), std::string::npos);
    const auto pdf = documents::render_report(report);
    ASSERT_TRUE(pdf);
    EXPECT_EQ(pdf->pages, 1);
}
TEST(findings, a_record_tells_what_was_found_again) {
    Findings findings;
    findings.kind = offline::papers::ServiceKind::commissioning;
    findings.terminal = "000101001001001";
    findings.technician = "T-0007";
    findings.machine.model = "K-24";
    findings.devices = {"id_card_reader\tusb\tM-1\t-"};
    std::string cut(700, 'x');
    findings.checks = {{"card", "读卡器", Verdict::failed, JudgedBy::person, "没有找到", "插上",
                        base::Instant{base::Millis{17}}, base::Millis{200}},
                       {"long", "长", Verdict::passed, JudgedBy::machine, cut, "看不到"}};
    const auto again = findings_of(content_of(findings), findings.terminal, findings.realm);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->checks.front(), findings.checks.front());
    const auto told = report_of(*again, "1").facts, first_told = report_of(findings, "1").facts;
    EXPECT_TRUE(std::ranges::equal(told, first_told, {}, &documents::LabelledText::value,
                                   &documents::LabelledText::value));
    EXPECT_EQ(again->checks.back().mend, "") << "it did not fit into the line";
    auto content = content_of(findings);
    content.checks.front() = "card\tsplendid\tmachine\t1\t2\tx";
    EXPECT_FALSE(findings_of(content, findings.terminal, findings.realm));
}
TEST(findings, a_report_of_sixty_lines_goes_over_pages) {
    Findings findings;
    for (int i = 0; i < 60; ++i)
        findings.checks.push_back(
            {"x", "第 " + std::to_string(i), Verdict::passed, JudgedBy::machine, "好"});
    EXPECT_GT(documents::render_report(report_of(findings, "第 1 号"))->pages, 1);
}

}  // namespace
}  // namespace provisioning::diagnostics
