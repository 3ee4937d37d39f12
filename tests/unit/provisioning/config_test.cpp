#include "provisioning/config/config.hpp"

#include "base/bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

namespace provisioning::config {
namespace {

constexpr auto example_path = "provisioning/config/kiosk.example.toml";

std::string example() {
    const auto bytes = base::read_file(example_path);
    return bytes ? std::string(base::as_text(*bytes)) : std::string();
}

std::string with(std::string text, const std::string& old_part, const std::string& new_part) {
    const auto place = text.find(old_part);
    EXPECT_NE(place, std::string::npos) << old_part;
    return place == std::string::npos ? text : text.replace(place, old_part.size(), new_part);
}

std::vector<std::string> keys(const ReadConfig& read) {
    std::vector<std::string> names;
    for (const Problem& problem : read.problems) names.push_back(problem.key);
    std::ranges::sort(names);
    return names;
}

using Names = std::vector<std::string>;

TEST(config, the_published_example_has_no_problem) {
    const ReadConfig read = read_config(example_path);
    EXPECT_EQ(as_text(read.problems), "");
    EXPECT_EQ(read.config.terminal.id, "000101001001001");
    EXPECT_EQ(read.config.kiosk.width, 1080);
    EXPECT_EQ(read.config.intake.listen_port, 8470);
}

TEST(config, relative_paths_start_at_the_folder_of_the_file) {
    const ReadConfig read = read_config_text(example(), "/srv/kiosk");
    EXPECT_EQ(read.config.post.terminal_key, "/srv/kiosk/post/terminal.key");
    EXPECT_EQ(read.config.kiosk.rime_folder, "/usr/share/rime-data");
    EXPECT_EQ(read.config.kiosk.photo_decoder, "");
}

TEST(config, a_print_queue_is_one_of_this_machine) {
    const std::string line = "document_queue = \"\"";
    EXPECT_EQ(read_config_text(example(), "/srv").config.printers.document_queue, "");
    for (const std::string queue : {"paper", "ipp://localhost:60000/ipp/print"}) {
        const ReadConfig read =
            read_config_text(with(example(), line, "document_queue = \"" + queue + "\""), "/srv");
        EXPECT_EQ(as_text(read.problems), "");
        EXPECT_EQ(read.config.printers.document_queue, queue);
    }
    const ReadConfig elsewhere = read_config_text(
        with(example(), line, "document_queue = \"ipp://192.168.1.9/ipp/print\""), "/srv");
    EXPECT_EQ(keys(elsewhere), Names{"printers.document_queue"});
}

TEST(config, the_suite_is_international_unless_the_profile_says_national) {
    const std::string line = "suite = \"I\"";
    EXPECT_EQ(read_config_text(with(example(), line, ""), "/srv").config.terminal.suite,
              domain::SuiteId::one);
    EXPECT_EQ(
        read_config_text(with(example(), line, "suite = \"N\""), "/srv").config.terminal.suite,
        domain::SuiteId::national);
    EXPECT_EQ(keys(read_config_text(with(example(), line, "suite = \"SM\""), "/srv")),
              Names{"terminal.suite"});
}

TEST(config, every_problem_is_reported_at_once_with_what_stands_there_and_what_is_expected) {
    std::string text = with(example(), "width = 1080", "width = \"wide\"");
    text = with(text, "height = 1920", "height = 12");
    text = with(text, "listen_port = 8470", "listen_prot = 8470");
    text = with(text, "root_key = \"keys/root.pub\"", "");
    text = with(text, "realm = \"training\"", "realm = \"holiday\"");
    text = with(text, "full_screen = true", "full_screen = 1");
    text += "\n[kitchen]\nsink = true\n";
    const ReadConfig read = read_config_text(text, "/srv");
    EXPECT_EQ(keys(read), (Names{"intake.listen_prot", "kiosk.full_screen", "kiosk.height",
                                 "kiosk.width", "kitchen", "terminal.realm", "terminal.root_key"}));
    const std::string lines = as_text(read.problems);
    EXPECT_NE(lines.find("kiosk.height：现在是 12，应为 320 到 7680 的整数\n"), std::string::npos)
        << lines;
    EXPECT_NE(lines.find("terminal.root_key：现在是 （没有），"), std::string::npos) << lines;
}

TEST(config, every_problem_says_its_line_and_they_come_in_the_order_of_the_file) {
    std::string text = with(example(), "listen_port = 8470", "listen_prot = 8470");
    text = with(text, "height = 1920", "height = 12");
    text = with(text, "realm = \"training\"", "realm = \"holiday\"");
    const auto line_of = [&](std::string_view words) {
        const auto begin = text.begin(), at = begin + static_cast<std::ptrdiff_t>(text.find(words));
        return static_cast<int>(std::count(begin, at, '\n')) + 1;
    };
    const ReadConfig read = read_config_text(text, "/srv");
    ASSERT_EQ(read.problems.size(), 3U);
    EXPECT_EQ(read.problems[0].line, line_of("realm = "));
    EXPECT_EQ(read.problems[1].line, line_of("height = 12"));
    EXPECT_EQ(read.problems[2].line, line_of("listen_prot"));
    const auto lines = as_text(read.problems);
    EXPECT_TRUE(
        lines.starts_with("第 " + std::to_string(line_of("realm = ")) + " 行 terminal.realm"))
        << lines;
}

TEST(config, a_missing_key_says_the_line_of_its_section) {
    const auto text = with(example(), "root_key = \"keys/root.pub\"", "");
    const ReadConfig read = read_config_text(text, "/srv");
    ASSERT_EQ(read.problems.size(), 1U);
    const auto at = text.begin() + static_cast<std::ptrdiff_t>(text.find("[terminal]"));
    EXPECT_EQ(read.problems[0].line, static_cast<int>(std::count(text.begin(), at, '\n')) + 1);
}

TEST(config, what_is_asked_of_a_face_stays_within_its_bounds) {
    const ReadConfig read = read_config_text(example(), "/srv");
    EXPECT_EQ(read.config.face, domain::FacePolicy{});
    std::string text = with(example(), "liveness = \"advisory\"", "liveness = \"required\"");
    text = with(text, "method = \"model\"", "method = \"both\"");
    text = with(text, "match = 0.45", "match = 0.6");
    const auto face = read_config_text(text, "/srv");
    EXPECT_TRUE(face.problems.empty());
    EXPECT_EQ(face.config.face.liveness, domain::LivenessDemand::required);
    EXPECT_EQ(face.config.face.method, domain::LivenessMethod::both);
    EXPECT_EQ(face.config.face.match, 0.6);
    for (const auto& [key, good, wrong] :
         {std::tuple{"face.match", "match = 0.45", "match = 0.2"},
          std::tuple{"face.near", "near = 0.36", "near = 0.5"},
          std::tuple{"face.liveness", "liveness = \"advisory\"", "liveness = \"maybe\""},
          std::tuple{"face.method", "method = \"model\"", "method = \"smile\""},
          std::tuple{"face.liveness_threshold", "threshold = 0.9", "threshold = 0.3"},
          std::tuple{"face.movements", "movements = 2", "movements = 0"},
          std::tuple{"face.movement_s", "movement_s = 8", "movement_s = 1"},
          std::tuple{"face.limit_s", "limit_s = 30", "limit_s = 3000"}})
        EXPECT_EQ(keys(read_config_text(with(example(), good, wrong), "/srv")), Names{key});
}

TEST(config, two_cameras_are_two_devices) {
    const ReadConfig read = read_config_text(
        with(example(), "document_camera = \"\"", "document_camera = \"/dev/video2\""), "/srv");
    EXPECT_TRUE(read.problems.empty());
    EXPECT_EQ(read.config.kiosk.camera_device, "/dev/video0");
    EXPECT_EQ(read.config.kiosk.document_camera, "/dev/video2");
    EXPECT_EQ(keys(read_config_text(
                  with(example(), "document_camera = \"\"", "document_camera = \"/dev/video0\""),
                  "/srv")),
              Names{"kiosk.document_camera"});
}

TEST(config, a_file_that_is_no_toml_says_where_it_cannot_be_read) {
    const ReadConfig read = read_config_text("[terminal]\nid = \n", "/srv");
    ASSERT_EQ(read.problems.size(), 1U);
    EXPECT_NE(read.problems[0].expected.find("第 2 行"), std::string::npos);
}

TEST(config, a_missing_file_is_a_problem_and_not_a_crash) {
    EXPECT_EQ(keys(read_config("/nowhere/kiosk.toml")), Names{"/nowhere/kiosk.toml"});
}

TEST(config, a_section_may_not_be_missing_or_a_plain_value) {
    EXPECT_EQ(keys(read_config_text("kiosk = 3\n", "/srv")), (Names{"kiosk", "post", "terminal"}));
}

TEST(config, the_scanner_is_said_in_one_word_and_a_wrong_one_is_reported) {
    using domain::CodeScanner;
    using domain::ScannerKind;
    const auto scanner = [](const std::string& word) {
        return read_config_text(
            with(example(), "code_scanner = \"\"", "code_scanner = \"" + word + "\""), "/srv");
    };
    EXPECT_EQ(scanner("").config.kiosk.code_scanner, CodeScanner{});
    EXPECT_EQ(scanner("hid").config.kiosk.code_scanner, CodeScanner{ScannerKind::hid});
    EXPECT_EQ(scanner("hid:05e0:1200").config.kiosk.code_scanner,
              (CodeScanner{ScannerKind::hid, "", 0x05E0, 0x1200}));
    EXPECT_EQ(scanner("keyboard:1EAB:0303").config.kiosk.code_scanner,
              (CodeScanner{ScannerKind::keyboard, "", 0x1EAB, 0x0303}));
    EXPECT_EQ(scanner("serial:/dev/serial/by-id/x").config.kiosk.code_scanner,
              (CodeScanner{ScannerKind::serial, "/dev/serial/by-id/x"}));
    for (const char* wrong : {"usb", "keyboard", "keyboard:1EAB", "keyboard:1EAB:03", "hid:",
                              "keyboard:1EAB:0303 ", "keyboard:1EAX:0303", "serial:", "serial:x"})
        EXPECT_EQ(keys(scanner(wrong)), Names{"kiosk.code_scanner"}) << wrong;
}

TEST(config,
     beginnings_of_identities_are_words_and_one_that_would_take_half_the_world_is_reported) {
    const auto beginnings = [](const std::string& words) {
        return read_config_text(with(example(), "identity_beginnings = \"\"",
                                     "identity_beginnings = \"" + words + "\""),
                                "/srv");
    };
    EXPECT_EQ(beginnings("YSS1 eid://").config.kiosk.identity_beginnings,
              (Names{"YSS1", "eid://"}));
    EXPECT_EQ(keys(beginnings("YSS1 h")), Names{"kiosk.identity_beginnings"});
}

TEST(config, devices_sit_where_it_says_and_never_two_at_one_place) {
    const auto text =
        with(example(), "id_card_reader = \"below-right\"", "id_card_reader = \"right-middle\"");
    const auto read = read_config_text(text, "/srv");
    EXPECT_EQ(keys(read), Names{});
    EXPECT_EQ(read.config.device_places.id_card_reader, domain::Place::right_middle);
    EXPECT_EQ(keys(read_config_text(with(example(), "\"below-right\"", "\"somewhere\""), "/srv")),
              Names{"device_places.id_card_reader"});
    EXPECT_EQ(keys(read_config_text(with(example(), "\"below-left\"", "\"below-right\""), "/srv")),
              Names{"device_places.document_printer"});
}

TEST(config, a_cabinet_may_be_left_out_and_the_example_shows_the_defaults) {
    const auto text = example();
    const auto from = text.find("[cabinet]"), to = text.find("[post]");
    ASSERT_NE(from, std::string::npos);
    const auto without = read_config_text(text.substr(0, from) + text.substr(to), "/srv");
    EXPECT_EQ(as_text(without.problems), "");
    EXPECT_FALSE(without.config.cabinet.is_there());
    EXPECT_EQ(read_config_text(text, "/srv").config.cabinet, domain::CabinetSettings{});
}

TEST(config, a_cabinet_on_gpio_lines_is_read_as_it_is_wired) {
    auto text = with(example(), "board = \"none\"", "board = \"gpio\"");
    text = with(text, "chip = \"\"", "chip = \"/dev/gpiochip0\"");
    text = with(text, "bias = \"as-is\"", "bias = \"pull-up\"");
    text = with(text, "service_door_line = -1", "service_door_line = 17");
    text = with(text, "camera_lamp = -1", "camera_lamp = 22");
    text = with(text, "receipt_printer_lamp = -1", "receipt_printer_lamp = 23");
    text = with(text, "active_low = \"\"", "active_low = \"service_door lamps\"");
    text = with(text, "ups = \"\"", "ups = \"ups@localhost\"");
    const auto read = read_config_text(text, "/srv");
    EXPECT_EQ(as_text(read.problems), "");
    const auto& cabinet = read.config.cabinet;
    EXPECT_EQ(cabinet.board, domain::CabinetSettings::Board::gpio);
    EXPECT_EQ(cabinet.bias, domain::CabinetSettings::Bias::pull_up);
    const auto door = static_cast<std::size_t>(domain::CabinetLine::service_door);
    EXPECT_EQ(cabinet.lines.at(door), 17U);
    EXPECT_TRUE(cabinet.active_low[door]);
    EXPECT_TRUE(cabinet.lamps_active_low);
    EXPECT_EQ(cabinet.lamp_lines.at(2), 22U);
    EXPECT_EQ(cabinet.lamp_lines.at(3), 23U);
    EXPECT_EQ(cabinet.ups, "ups@localhost");
    // Two things on one line, and a name that is no line's.
    EXPECT_EQ(keys(read_config_text(with(text, "camera_lamp = 22", "camera_lamp = 17"), "/srv")),
              Names{"cabinet.camera_lamp"});
    EXPECT_EQ(keys(read_config_text(with(text, "service_door lamps", "front_door"), "/srv")),
              Names{"cabinet.active_low"});
    EXPECT_EQ(keys(read_config_text(with(text, "\"/dev/gpiochip0\"", "\"\""), "/srv")),
              Names{"cabinet.chip"});
}

TEST(config, a_board_on_usb_has_an_id_of_vendor_and_product) {
    const auto text = with(example(), "board = \"none\"", "board = \"usb\"");
    const auto read =
        read_config_text(with(text, "usb_id = \"\"", "usb_id = \"12ab:0003\""), "/srv");
    EXPECT_EQ(as_text(read.problems), "");
    EXPECT_EQ(read.config.cabinet.usb_vendor, 0x12AB);
    EXPECT_EQ(read.config.cabinet.usb_product, 3);
    for (const char* wrong : {"", "12ab", "12ab:3", "12ab:000g", "12ab-0003", "012ab:003"}) {
        const auto id = "usb_id = \"" + std::string(wrong) + "\"";
        EXPECT_EQ(keys(read_config_text(with(text, "usb_id = \"\"", id), "/srv")),
                  Names{"cabinet.usb_id"})
            << wrong;
    }
}

TEST(config, a_ups_is_asked_on_this_machine_only_and_its_name_is_no_option) {
    for (const char* right : {"ups", "ups@localhost", "my-ups.1@127.0.0.1"})
        EXPECT_EQ(
            keys(read_config_text(
                with(example(), "ups = \"\"", "ups = \"" + std::string(right) + "\""), "/srv")),
            Names{})
            << right;
    for (const char* wrong : {"ups@10.0.0.1", "-l", "@localhost", "u ps", "ups@localhost:3493;ls"})
        EXPECT_EQ(
            keys(read_config_text(
                with(example(), "ups = \"\"", "ups = \"" + std::string(wrong) + "\""), "/srv")),
            Names{"cabinet.ups"})
            << wrong;
}

TEST(config, a_terminal_may_have_a_receipt_printer_with_one_of_two_papers) {
    const auto none = read_config_text(example(), "/srv");
    EXPECT_FALSE(none.config.printers.receipt_printer);
    auto text = with(example(), "receipt_printer = \"\" ", "receipt_printer = \"usb\" ");
    text = with(text, "receipt_dots = 576", "receipt_dots = 384");
    const auto read = read_config_text(text, "/srv");
    EXPECT_EQ(as_text(read.problems), "");
    EXPECT_TRUE(read.config.printers.receipt_printer);
    EXPECT_EQ(read.config.printers.receipt_dots, 384);
    text = with(text, "receipt_dots = 384", "receipt_dots = 400");
    text = with(text, "receipt_printer = \"usb\" ", "receipt_printer = \"serial\" ");
    EXPECT_EQ(keys(read_config_text(text, "/srv")),
              (Names{"printers.receipt_dots", "printers.receipt_printer"}));
}

TEST(config, a_receipt_printer_that_no_table_knows_is_named_by_vendor_and_product) {
    const auto printer = [](const std::string& word) {
        return read_config_text(
            with(example(), "receipt_printer = \"\" ", "receipt_printer = \"" + word + "\" "),
            "/srv");
    };
    const auto named = printer("usb:154f:0517");
    EXPECT_EQ(as_text(named.problems), "");
    EXPECT_TRUE(named.config.printers.receipt_printer);
    EXPECT_EQ(named.config.printers.receipt_printer_id, (domain::UsbId{0x154F, 0x0517}));
    EXPECT_FALSE(printer("usb").config.printers.receipt_printer_id);
    for (const auto* wrong : {"usb:", "usb:154f", "usb:154f:05170", "usb:154g:0517", "154f:0517"})
        EXPECT_EQ(keys(printer(wrong)), Names{"printers.receipt_printer"}) << wrong;
}

TEST(config, a_card_reader_that_no_table_knows_is_named_by_its_ids_and_is_not_on_a_port_too) {
    const auto reader = [](const std::string& text) {
        return with(example(), "card_reader = \"\"", "card_reader = \"" + text + "\"");
    };
    const auto named = read_config_text(reader("usb:1234:abcd"), "/srv");
    EXPECT_EQ(as_text(named.problems), "");
    EXPECT_EQ(named.config.kiosk.card_reader_id, (domain::UsbId{0x1234, 0xABCD}));
    for (const auto* known : {"", "usb"}) {
        const auto read = read_config_text(reader(known), "/srv");
        EXPECT_EQ(as_text(read.problems), "") << known;
        EXPECT_FALSE(read.config.kiosk.card_reader_id) << known;
    }
    for (const auto* wrong : {"1234:abcd", "usb:1234", "usb:1234:abcde", "hid:1234:abcd"})
        EXPECT_EQ(keys(read_config_text(reader(wrong), "/srv")), Names{"kiosk.card_reader"})
            << wrong;
    EXPECT_EQ(keys(read_config_text(with(reader("usb:1234:abcd"), "card_reader_port = \"\"",
                                         "card_reader_port = \"/dev/ttyUSB0\""),
                                    "/srv")),
              Names{"kiosk.card_reader_port"});
}

TEST(config, the_numbers_that_mend_the_touch_are_six_and_keep_the_panel_a_plane) {
    const auto read = [&](const std::string& numbers) {
        return read_config_text(
            with(example(), "touch_matrix = \"\"", "touch_matrix = \"" + numbers + "\""), "/srv");
    };
    EXPECT_EQ(read_config_text(example(), "/srv").config.kiosk.touch_matrix, domain::TouchMatrix{});
    EXPECT_EQ(read("").config.kiosk.touch_matrix, domain::TouchMatrix{});
    const auto mirrored = read("-1 0 1 0 1 0");
    EXPECT_EQ(as_text(mirrored.problems), "");
    EXPECT_EQ(mirrored.config.kiosk.touch_matrix, (domain::TouchMatrix{{-1, 0, 1, 0, 1, 0}}));
    for (const char* numbers :
         {"1 0 0 0 1", "1 0 0 0 1 0 0", "nan 0 0 0 1 0", "1 1 0 1 1 0", "1 0 99 0 1 0", "left"}) {
        const auto wrong = read(numbers);
        EXPECT_EQ(keys(wrong), Names{"kiosk.touch_matrix"}) << numbers;
        EXPECT_GT(wrong.problems.at(0).line, 0);
        EXPECT_NE(wrong.problems.at(0).expected.find("1 0 0 0 1 0"), std::string::npos);
    }
}

TEST(config, a_terminal_id_has_15_digits) {
    for (const char* id : {"00010100100100", "0001010010010012", "00010100100100x"}) {
        const auto text =
            with(example(), "id = \"000101001001001\"", "id = \"" + std::string(id) + "\"");
        EXPECT_EQ(keys(read_config_text(text, "/srv")), Names{"terminal.id"}) << id;
    }
}

TEST(config, a_terminal_in_service_speaks_https_only) {
    const auto text = with(example(), "realm = \"training\"", "realm = \"service\"");
    EXPECT_EQ(keys(read_config_text(text, "/srv")), Names{"post.intake_url"});
}

TEST(config, https_needs_an_authority_and_a_certificate_of_its_own) {
    auto text = with(example(), "http://127.0.0.1:8470", "https://centre.example:8470");
    EXPECT_EQ(keys(read_config_text(text, "/srv")),
              (Names{"post.tls_ca", "post.tls_certificate", "post.tls_key"}));
    text =
        with(text, "[post]", "[post]\ntls_ca = \"ca\"\ntls_certificate = \"c\"\ntls_key = \"k\"");
    const auto read = read_config_text(text, "/srv");
    EXPECT_EQ(keys(read), Names{});
    EXPECT_EQ(read.config.post.tls_ca, "/srv/ca");
}

TEST(config, a_proxy_is_only_what_is_named_and_only_http) {
    EXPECT_EQ(read_config_text(example(), "/srv").config.post.proxy, "");
    const auto text = with(example(), "[post]", "[post]\nproxy = \"socks5://x\"");
    EXPECT_EQ(keys(read_config_text(text, "/srv")), Names{"post.proxy"});
}

TEST(config, an_intake_with_a_certificate_needs_its_key_and_the_terminals_authority) {
    const auto text = with(example(), "[intake]", "[intake]\ntls_certificate = \"c\"");
    EXPECT_EQ(keys(read_config_text(text, "/srv")),
              (Names{"intake.tls_client_ca", "intake.tls_key"}));
}

TEST(config, the_proxy_before_the_console_is_an_address) {
    const auto read = [](const std::string& address) {
        return read_config_text(
            with(example(), "[intake]", "[intake]\nconsole_proxy = \"" + address + "\""), "/srv");
    };
    EXPECT_EQ(read("10.0.0.5").config.intake.console_proxy, "10.0.0.5");
    EXPECT_EQ(keys(read("fd00::1")), Names{});
    for (const auto* wrong : {"proxy.example", "10.0.0.0/8", "127.0.0.1:80"})
        EXPECT_EQ(keys(read(wrong)), Names{"intake.console_proxy"}) << wrong;
}

TEST(config, the_longest_pause_is_not_shorter_than_the_first) {
    const auto text = with(example(), "backoff_cap_ms = 900000", "backoff_cap_ms = 1999");
    EXPECT_EQ(keys(read_config_text(text, "/srv")), Names{"post.backoff_cap_ms"});
}

TEST(config, a_number_that_is_no_number_is_refused) {
    const auto text = with(example(), "pixels_per_mm = 4.034", "pixels_per_mm = nan");
    EXPECT_EQ(keys(read_config_text(text, "/srv")), Names{"kiosk.pixels_per_mm"});
}

TEST(config, idle_limits_below_what_people_need_are_refused_with_the_bound_said) {
    auto text = with(example(), "\nsigned_in_s = 120", "\nsigned_in_s = 59");
    text = with(text, "\ninput_s = 180", "\ninput_s = 119");
    text = with(text, "\nelder_browse_warning_s = 45", "\nelder_browse_warning_s = 19");
    text = with(text, "slow_percent = 150", "slow_percent = 201");
    const auto read = read_config_text(text, "/srv");
    EXPECT_EQ(keys(read), (Names{"times.elder_browse_warning_s", "times.input_s",
                                 "times.signed_in_s", "times.slow_percent"}));
    const auto lines = as_text(read.problems);
    EXPECT_NE(lines.find("59"), std::string::npos);
    EXPECT_NE(lines.find("60"), std::string::npos);
}

TEST(config, idle_limits_may_be_left_out_and_the_example_shows_the_defaults) {
    const auto text = example();
    const auto from = text.find("[times]"), to = text.find("[post]");
    const auto without = read_config_text(text.substr(0, from) + text.substr(to), "/srv");
    EXPECT_EQ(as_text(without.problems), "");
    EXPECT_EQ(without.config.times, domain::IdleTimes{});
    EXPECT_EQ(read_config_text(text, "/srv").config.times, domain::IdleTimes{});
    const auto longer = read_config_text(with(text, "\ninput_s = 180", "\ninput_s = 200"), "/srv");
    EXPECT_EQ(longer.config.times.standard.input.quiet, std::chrono::seconds{200});
}

TEST(config, quiet_hours_are_times_of_the_day_and_never_loud) {
    const auto read = read_config_text(example(), "/srv");
    EXPECT_EQ(as_text(read.problems), "");
    EXPECT_EQ(read.config.quiet, (domain::QuietHours{21 * 60, 7 * 60, 2}));
    for (const char* wrong : {"24:00", "7:00", "21.00", "aa:bb", "12:60"}) {
        const auto text = with(example(), "\"21:00\"", '"' + std::string(wrong) + '"');
        EXPECT_EQ(keys(read_config_text(text, "/srv")), Names{"sound.quiet_from"}) << wrong;
    }
    const auto loud = with(example(), "quiet_volume = 2", "quiet_volume = 4");
    EXPECT_EQ(keys(read_config_text(loud, "/srv")), Names{"sound.quiet_volume"});
}

TEST(config, a_held_delete_key_repeats_between_half_a_second_and_two_or_never) {
    using std::chrono::milliseconds;
    const auto text = example();
    EXPECT_EQ(read_config_text(text, "/srv").config.touch, domain::TouchSettings{});
    const auto slow = with(text, "delete_repeat_ms = 600", "delete_repeat_ms = 2000");
    EXPECT_EQ(read_config_text(slow, "/srv").config.touch.delete_repeats_after, milliseconds{2000});
    const auto never = with(text, "delete_repeats = true", "delete_repeats = false");
    EXPECT_EQ(read_config_text(never, "/srv").config.touch.delete_repeats_after, std::nullopt);
    for (const char* wrong : {"delete_repeat_ms = 499", "delete_repeat_ms = 2001"}) {
        const auto read = read_config_text(with(text, "delete_repeat_ms = 600", wrong), "/srv");
        EXPECT_EQ(keys(read), Names{"touch.delete_repeat_ms"}) << wrong;
    }
}

TEST(config, masks_are_chosen_from_the_known_ones_and_a_wrong_one_names_them) {
    auto text = with(example(), "id = \"3+4\"", "id = \"1+1\"");
    text = with(text, "name = \"last\"", "name = \"first\"");
    text = with(text, "letter = \"full\"", "letter = \"masked\"");
    const auto read = read_config_text(text, "/srv");
    EXPECT_EQ(as_text(read.problems), "");
    EXPECT_EQ(read.config.masking.id_number, (domain::KeptEnds{1, 1}));
    EXPECT_EQ(read.config.masking.name, domain::KeptName::first);
    EXPECT_TRUE(read.config.masking.letter);
    EXPECT_EQ(read_config_text(example(), "/srv").config.masking, domain::MaskingPolicy{});

    text = with(example(), "id = \"3+4\"", "id = \"9+9\"");
    text = with(text, "\nphone = \"3+4\"", "\nphone = 34");
    text = with(text, "name = \"last\"", "nam = \"last\"");
    const auto wrong = read_config_text(text, "/srv");
    EXPECT_EQ(keys(wrong), (Names{"masking.id", "masking.nam", "masking.phone"}));
    EXPECT_NE(as_text(wrong.problems).find("3+4 | 1+1"), std::string::npos);
}

}  // namespace
}  // namespace provisioning::config
