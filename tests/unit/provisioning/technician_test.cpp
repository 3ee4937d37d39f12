// What kiosk-technician says of devices, over the emulated ones.
#include "drivers/emulation/people.hpp"
#include "drivers/id_card/codec/card_record.hpp"
#include "drivers/id_card/emulated/emulated_id_card_reader.hpp"
#include "emulated_terminal.hpp"
#include "provisioning/technician/card_recording.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace provisioning::technician {
namespace {

TEST(technician, the_list_names_every_device_with_its_number_and_state) {
    Terminal terminal;
    EXPECT_TRUE(terminal.list());
    for (const char* text : {"读卡器  正常", "接在：USB 0400:C35A", "编号：05.01-20161025",
                             "摄像头  正常", "/dev/video0", "文件打印机  正常", "耳机插孔  正常"})
        EXPECT_TRUE(terminal.has_said(text)) << text;
}

TEST(technician, the_list_says_what_the_receipt_printer_calls_itself_and_its_ids) {
    Terminal terminal;
    terminal.before = {"slip attach"};
    terminal.list();
    EXPECT_TRUE(terminal.has_said("型号：Training Slip"));
    EXPECT_TRUE(terminal.has_said("小票打印机  正常"));
    const auto id = drivers::printer::escpos::PrinterTraits{}.id;
    EXPECT_TRUE(terminal.has_said(fmt::format("接在：USB {:04X}:{:04X}", id.vendor, id.product)));
}

TEST(technician, a_device_that_does_not_work_is_listed_with_why_and_who_mends_it) {
    Terminal terminal;
    terminal.before = {"printer paper out", "usb unplug id_card"};
    terminal.awaited = {{domain::DeviceKind::document_printer, domain::DeviceState::unavailable},
                        {domain::DeviceKind::id_card_reader, domain::DeviceState::unavailable}};
    EXPECT_FALSE(terminal.list());
    EXPECT_TRUE(terminal.has_said("文件打印机  不可用"));
    EXPECT_TRUE(terminal.has_said("由谁处理：现场工作人员"));
    EXPECT_TRUE(terminal.has_said("读卡器  不可用"));
    EXPECT_TRUE(terminal.has_said("由谁处理：维护人员"));
}

TEST(technician, a_device_that_the_kiosk_holds_is_said_to_be_held) {
    const auto lines = in_full({domain::DeviceKind::id_card_reader, "USB", {}},
                               {domain::DeviceState::unavailable, domain::Supply::unknown,
                                base::Fault{base::FaultCode::CardReaderAbsent, "busy"}});
    EXPECT_NE(lines.back().find("本机程序正在使用设备"), std::string::npos);
}

TEST(technician, a_watch_says_changes_as_they_come_until_it_is_stopped) {
    Terminal terminal;
    terminal.answers = {{"以下是变化", "usb unplug id_card"}, {"读卡器  不可用", "headphone plug"}};
    terminal.stop_after = "耳机插上了";
    terminal.configure();
    watch_devices(terminal.bench);
    EXPECT_TRUE(terminal.has_said("读卡器  不可用"));
    EXPECT_TRUE(terminal.has_said("耳机插上了"));
}

TEST(technician, the_card_test_reads_a_card_sees_it_taken_and_says_nothing_of_its_holder) {
    Terminal terminal;
    terminal.answers = {{"请把一张身份证放在读卡区", "card place wang_xiulan"},
                        {"请把卡拿起来", "card lift"}};
    EXPECT_TRUE(terminal.test("card"));
    EXPECT_TRUE(terminal.has_said("读到一张居民身份证"));
    EXPECT_TRUE(terminal.has_said("发现卡已拿走"));
    EXPECT_EQ(terminal.said.back(), "通过");
    const auto person =
        drivers::emulation::load_people(drivers::testing::people_folder)->at("wang_xiulan").record;
    for (const auto& private_text :
         {person.name, person.number, person.address, person.birth_yyyymmdd, person.authority})
        EXPECT_FALSE(terminal.has_said(private_text));
    EXPECT_EQ(base::live_secrets(), 0);
}

TEST(technician, the_card_test_fails_with_the_reason_when_the_card_cannot_be_read) {
    Terminal terminal;
    terminal.answers = {{"请把一张身份证放在读卡区", "card place wang_xiulan fault garbled"}};
    EXPECT_FALSE(terminal.test("card"));
    EXPECT_TRUE(terminal.has_said("CardFrameGarbled"));
    EXPECT_EQ(terminal.said.back(), "没有通过");
}

TEST(technician, a_test_of_a_device_that_is_not_there_ends_at_once) {
    Terminal terminal;
    terminal.before = {"usb unplug id_card"};
    terminal.awaited = {{domain::DeviceKind::id_card_reader, domain::DeviceState::unavailable}};
    EXPECT_FALSE(terminal.test("card"));
    EXPECT_FALSE(terminal.has_said("请把一张身份证"));
}

TEST(technician, the_camera_test_measures_frames_light_and_focus) {
    Terminal terminal;
    terminal.before = {"camera show nobody"};
    EXPECT_TRUE(terminal.test("camera"));
    for (const char* text : {"画面 640×480", "亮度", "清晰度"})
        EXPECT_TRUE(terminal.has_said(text)) << text;
}

TEST(technician, the_code_test_says_the_purpose_and_never_the_text) {
    Terminal terminal;
    terminal.answers = {{"请把一张二维码对准摄像头", "camera show code CWG1:990511001000"}};
    EXPECT_TRUE(terminal.test("code"));
    EXPECT_TRUE(terminal.has_said("用途：办事指南"));
    EXPECT_FALSE(terminal.has_said("990511001000"));
}

TEST(technician, the_printer_test_prints_a_page_and_tells_how_it_ended) {
    Terminal terminal;
    EXPECT_TRUE(terminal.test("printer"));
    EXPECT_TRUE(terminal.has_said("打印机说打完了"));
    Terminal jammed;
    jammed.answers = {{"文件打印机  正常", "printer jam"}};
    EXPECT_FALSE(jammed.test("printer"));
    EXPECT_TRUE(jammed.has_said("没有打印成"));
}

// The code on the page that comes out next.
void print_with(Terminal& terminal, const std::string& code) {
    terminal.bench.read_back_limit = base::Millis{20'000};
    terminal.bench.draw_code = [code] { return code; };
}

TEST(technician, the_page_just_printed_is_read_again_by_the_scanner_or_a_camera) {
    const auto code = draw_test_code();
    for (const char* test : {"printer", "slip"}) {
        Terminal terminal;
        terminal.before = {"slip attach"};
        print_with(terminal, code);
        terminal.answers = {{"或把码对准摄像头", "camera show code " + code}};
        EXPECT_TRUE(terminal.test(test));
        EXPECT_EQ(terminal.bench.judged, Judged::by_reading) << test;
    }
    Terminal desk;
    std::erase_if(desk.bench.configured,
                  [](const Device& device) { return device.kind == domain::DeviceKind::camera; });
    print_with(desk, code);
    desk.answers = {{"请把刚打出来的这一张放在高拍仪下面", "document show code " + code}};
    EXPECT_TRUE(desk.test("printer"));
    EXPECT_EQ(desk.bench.judged, Judged::by_reading);
    Terminal scanner;
    scanner.scanner = domain::ScannerKind::hid;
    scanner.bench.configured.push_back({domain::DeviceKind::code_scanner, "USB", {}});
    print_with(scanner, code);
    scanner.answers = {{"请用扫码器扫刚打出来的这一张", "scanner scan " + code}};
    EXPECT_TRUE(scanner.test("printer"));
    EXPECT_EQ(scanner.bench.judged, Judged::by_reading);
    EXPECT_EQ(base::live_secrets(), 0);
}

TEST(technician, a_page_from_before_and_a_foreign_code_are_not_taken_for_the_one_just_printed) {
    Terminal terminal;
    const auto code = draw_test_code();
    print_with(terminal, code);
    terminal.answers = {{"或把码对准摄像头", "camera show code " + draw_test_code()},
                        {"那是以前打的一张", "camera show code CWG1:990511001000"},
                        {"读到的不是测试页上的码", "camera show code " + code}};
    EXPECT_TRUE(terminal.test("printer"));
    EXPECT_TRUE(terminal.has_said("那是以前打的一张"));
    EXPECT_TRUE(terminal.has_said("读到的不是测试页上的码"));
    EXPECT_EQ(terminal.bench.judged, Judged::by_reading);
    terminal.answers.clear();
    terminal.bench.read_back_limit = base::Millis{200};
    EXPECT_TRUE(terminal.test("printer"));
    EXPECT_EQ(terminal.bench.judged, Judged::by_test)
        << "what was read once says nothing of the next page";
    EXPECT_TRUE(terminal.has_said("没有读回刚打的这一张，由人看"));
}

TEST(technician, each_test_page_has_a_code_of_its_own_and_a_letter_read_wrong_makes_it_none) {
    const auto code = draw_test_code();
    EXPECT_NE(code, draw_test_code());
    EXPECT_TRUE(is_test_code(code));
    for (std::size_t at = 0; at < code.size(); ++at) {
        auto wrong = code;
        wrong[at] = wrong[at] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(is_test_code(wrong)) << wrong;
        EXPECT_FALSE(is_test_code(code.substr(0, at)));
    }
}

TEST(technician, the_slip_test_prints_on_the_receipt_printer_and_fails_without_one) {
    Terminal terminal;
    terminal.before = {"slip attach"};
    EXPECT_TRUE(terminal.test("slip"));
    EXPECT_TRUE(terminal.has_said("打印机说打完了"));
    Terminal none;
    EXPECT_FALSE(none.test("slip"));
    EXPECT_TRUE(none.has_said("小票打印机"));
}

TEST(technician, the_printer_tests_say_what_stands_in_the_ledger_and_fail_for_a_wrong_cupsd) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("technician_test_" + std::to_string(::getpid()));
    const auto settings = (folder / "cupsd.conf").string();
    std::filesystem::create_directories(folder);
    ASSERT_TRUE(base::write_file(settings, base::to_bytes("PreserveJobFiles 1d\n")));
    Terminal terminal;
    terminal.before = {"slip attach"};
    const auto never = (folder / "none.ledger").string();
    terminal.bench.paper = {never, never, settings, {}, [] { return std::optional("abort-job"); }};
    EXPECT_FALSE(terminal.test("printer"));
    EXPECT_TRUE(terminal.has_said("打印机说打完了")) << "it prints all the same";
    EXPECT_TRUE(terminal.has_said("PreserveJobFiles 现在是 1d，请改成 No"));
    EXPECT_EQ(terminal.said.back(), "没有通过");
    EXPECT_TRUE(terminal.test("slip")) << "cupsd has no part in it";
    EXPECT_TRUE(terminal.has_said("还没有打过"));
    std::filesystem::remove_all(folder);
}

TEST(technician, the_document_test_takes_a_page_once_a_sheet_lies_well) {
    Terminal terminal;
    terminal.before = {"document show nothing"};
    terminal.answers = {{"没有看到纸", "document show a4_sheet"}};
    EXPECT_TRUE(terminal.test("document"));
    EXPECT_TRUE(terminal.has_said("拍到一页"));
    EXPECT_EQ(base::live_secrets(), 0);
}

TEST(technician, the_cabinet_test_says_what_its_sensors_notice) {
    Terminal terminal;
    terminal.answers = {{"指示灯应当都亮着", "door open"}};
    EXPECT_TRUE(terminal.test("cabinet"));
    EXPECT_TRUE(terminal.has_said("发现：机柜门打开"));
}

// Somebody before the loudspeaker who answers in turn; what was said aloud is kept.
struct Listener {
    Terminal terminal;
    std::vector<std::string> heard;
    base::Status sounds{};

    bool says(std::vector<std::string> answers) {
        terminal.bench.draw_digit = [] { return 7U; };
        terminal.bench.say_aloud = [this](const std::string& sentence) {
            heard.push_back(sentence);
            return sounds;
        };
        terminal.bench.ask = [answers, next = std::size_t{0}](
                                 const std::string&) mutable -> std::optional<std::string> {
            return next < answers.size() ? std::optional(answers[next++]) : std::nullopt;
        };
        return terminal.test("speaker");
    }
};

TEST(technician, the_loudspeaker_passes_only_when_the_number_that_was_said_is_named) {
    Listener listener;
    EXPECT_TRUE(listener.says({"r", "7"}));
    ASSERT_EQ(listener.heard.size(), 2U) << "once more when asked for";
    EXPECT_NE(listener.heard.front().find("七"), std::string::npos);
    EXPECT_FALSE(listener.terminal.has_said("七")) << "whoever reads it has not heard it";
    EXPECT_FALSE(listener.terminal.has_said("7"));
    EXPECT_EQ(listener.terminal.bench.judged, Judged::by_person);
    for (const auto& wrong :
         {std::vector<std::string>{"3"}, {""}, {"77"}, {"y"}, {"r", "r", "r"}}) {
        Listener other;
        EXPECT_FALSE(other.says(wrong)) << wrong.front();
        EXPECT_EQ(other.terminal.bench.judged, Judged::by_person);
        EXPECT_EQ(other.terminal.said.back(), "没有通过");
    }
}

TEST(technician, a_loudspeaker_nobody_listens_to_is_not_tested_and_a_missing_card_is_no_fault) {
    Listener gone;
    EXPECT_FALSE(gone.says({}));
    EXPECT_EQ(gone.terminal.bench.judged, Judged::by_nobody);
    EXPECT_EQ(gone.terminal.said.back(), "没有测");
    const auto path = std::filesystem::temp_directory_path() / "technician_cards_";
    const auto cards = path.string() + std::to_string(::getpid());
    for (const char* list : {"", "--- no soundcards ---\n"}) {
        ASSERT_TRUE(base::write_file(cards, base::to_bytes(list)));
        Listener mute;
        mute.sounds = say_aloud("七", {.program = "/bin/true", .cards = cards});
        ASSERT_FALSE(mute.sounds);
        EXPECT_FALSE(mute.says({"7"}));
        EXPECT_EQ(mute.terminal.bench.judged, Judged::nothing_there);
    }
    ASSERT_TRUE(base::write_file(cards, base::to_bytes(" 0 [PCH ]: HDA-Intel - HDA Intel PCH\n")));
    EXPECT_TRUE(say_aloud("七", {.program = "/bin/true", .cards = cards}));
    EXPECT_EQ(say_aloud("七", {.program = "/bin/false", .cards = cards}).error().code,
              base::FaultCode::SpeechVoiceMissing);
    EXPECT_EQ(say_aloud("七", {.program = "/nonexistent", .cards = cards}).error().code,
              base::FaultCode::SpeechProgramMissing);
    Listener broken;
    broken.sounds = base::fail(base::FaultCode::SpeechProgramMissing, "espeak-ng");
    EXPECT_FALSE(broken.says({"7"}));
    EXPECT_EQ(broken.terminal.bench.judged, Judged::by_test) << "it should work, and does not";
    std::filesystem::remove(cards);
}

TEST(technician, a_digit_is_drawn_from_all_ten) {
    std::set<unsigned> drawn;
    while (drawn.size() < 10) {
        const auto digit = random_digit();
        ASSERT_LT(digit, 10U);
        drawn.insert(digit);
    }
}

TEST(technician, the_panel_is_judged_by_what_was_found_on_the_panel_itself) {
    Terminal terminal;
    EXPECT_FALSE(terminal.test("panel"));
    EXPECT_EQ(terminal.bench.judged, Judged::by_nobody);
    EXPECT_TRUE(terminal.has_said("开通设置"));
    RecordedTest record{false, false, "没有反应的格：1-3", base::Instant{base::Millis{1}}};
    terminal.bench.panel_record = [&] { return std::optional(record); };
    EXPECT_FALSE(terminal.test("panel"));
    EXPECT_EQ(terminal.bench.judged, Judged::by_test);
    EXPECT_TRUE(terminal.has_said("没有反应的格：1-3"));
    record.passed = record.by_person = true;
    EXPECT_TRUE(terminal.test("panel"));
    EXPECT_EQ(terminal.bench.judged, Judged::by_person);
}

TEST(technician, the_headphone_test_waits_for_the_plug) {
    Terminal terminal;
    terminal.answers = {{"请插上或拔下耳机", "headphone plug"}};
    EXPECT_TRUE(terminal.test("headphones"));
    EXPECT_TRUE(terminal.has_said("发现耳机插上"));
}

TEST(technician, a_recording_for_support_holds_the_read_and_not_the_person) {
    Terminal terminal;
    const auto people = *drivers::emulation::load_people(drivers::testing::people_folder);
    const auto& person = people.at("wang_xiulan").record;
    const auto device = std::make_shared<drivers::id_card::EmulatedIdCardReader>();
    device->place({*drivers::id_card::encode_record(person), base::Bytes(1024, 0x11), {}});
    const auto path = (std::filesystem::temp_directory_path() /
                       ("technician_" + std::to_string(::getpid()) + ".usb"))
                          .string();
    EXPECT_TRUE(record_card(terminal.bench,
                            std::make_shared<drivers::usb::EmulatedUsbTransport>(device), path));
    EXPECT_TRUE(terminal.has_said("读成了"));
    const std::string text(base::as_text(*base::read_file(path)));
    std::filesystem::remove(path);
    EXPECT_TRUE(text.starts_with("usb-recording 1\ndevice 0400:C35A\n"));
    EXPECT_EQ(text.find(base::to_hex(base::utf16le_from_utf8(person.name))), std::string::npos);
    EXPECT_EQ(text.find("11111111"), std::string::npos);
    EXPECT_FALSE(record_card(terminal.bench,
                             std::make_shared<drivers::usb::EmulatedUsbTransport>(device),
                             "/nonexistent/folder/file"));
}

}  // namespace
}  // namespace provisioning::technician
