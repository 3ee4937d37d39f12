// The rules as a small judge reads them: the first that fits decides, as in usbguard-rules.conf(5).
// Where Debian's usbguard is installed, its own parser reads them as well.
#include "provisioning/usbguard/usbguard_rules.hpp"

#include "drivers/id_card/reader_models.hpp"
#include "drivers/printer/escpos/printer_models.hpp"
#include "drivers/qr/scanner/scanner_models.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>

namespace provisioning::usbguard {
namespace {

using Interfaces = std::vector<std::string>;

struct Plugged {
    std::string id;
    Interfaces interfaces;
};

std::vector<std::string> rules_in(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line.front() != '#') out.push_back(line);
    return out;
}

// A part that is * fits every part.
bool fits(const std::string& pattern, const std::string& value) {
    std::istringstream left(pattern), right(value);
    for (std::string a, b; std::getline(left, a, ':') && std::getline(right, b, ':');)
        if (a != "*" && a != b) return false;
    return true;
}

bool fits_any(const Interfaces& patterns, const std::string& value) {
    return std::ranges::any_of(patterns, [&](const auto& one) { return fits(one, value); });
}

bool rule_fits(const std::string& rule, const Plugged& device, std::string& target) {
    std::istringstream in(rule);
    std::string word, how;
    Interfaces patterns;
    in >> target;
    while (in >> word)
        if (word == "id") {
            in >> word;
            if (!fits(word, device.id)) return false;
        } else if (word == "with-interface") {
            in >> how >> word;
            EXPECT_EQ(word, "{") << rule;
            while (in >> word && word != "}") patterns.push_back(word);
        } else {
            ADD_FAILURE() << "a word that the judge does not know: " << rule;
        }
    const auto& has = device.interfaces;
    const auto named = [&](const auto& one) { return fits_any(patterns, one); };
    if (how.empty()) return true;
    if (how == "one-of") return std::ranges::any_of(has, named);
    if (how == "match-all") return std::ranges::all_of(has, named);
    if (how == "equals") return has == patterns;
    ADD_FAILURE() << "an operator that the judge does not know: " << rule;
    return false;
}

bool is_let_in(const std::string& text, const Plugged& device) {
    for (const auto& rule : rules_in(text)) {
        std::string target;
        if (rule_fits(rule, device, target)) return target == "allow";
    }
    return false;
}

std::string text_of(drivers::usb::DeviceId id) {
    return fmt::format("{:04x}:{:04x}", id.vendor, id.product);
}

constexpr const char *keyboard = "03:01:01", *hid = "03:00:00", *storage = "08:06:50",
                     *vendors_own = "ff:00:00", *printing = "07:01:02";

TEST(usbguard_rules, every_served_device_of_the_tables_is_let_in_and_none_that_is_never_served) {
    const auto text = rules({}, {});
    for (const auto& model : drivers::id_card::reader_models)
        EXPECT_EQ(is_let_in(text, {text_of(model.id), {hid}}),
                  model.speaks != drivers::id_card::Speaks::never)
            << model.name;
    for (const auto& model : drivers::printer::escpos::printer_models)
        EXPECT_EQ(is_let_in(text, {text_of(model.id), {printing}}),
                  model.proof != drivers::printer::escpos::Proof::none)
            << model.name;
    for (const auto& model : drivers::qr::scanner_models) {
        const bool on_a_port = model.mode == drivers::qr::ScannerMode::serial;
        const Interfaces has = on_a_port ? Interfaces{"02:02:01", "0a:00:00"} : Interfaces{hid};
        if (model.mode == drivers::qr::ScannerMode::keyboard) continue;
        EXPECT_TRUE(is_let_in(text, {text_of({model.vendor, model.product}), has})) << model.name;
    }
}

TEST(usbguard_rules, keyboards_and_storage_stay_out_even_with_an_id_that_is_known_or_named) {
    const domain::UsbId touch{0x0EEF, 0x0001}, hub{0x05E3, 0x0608};
    config::Config config;
    config.kiosk.card_reader_id = {0x1234, 0x0001};
    config.printers.receipt_printer_id = {0x1234, 0x0002};
    config.kiosk.code_scanner = {domain::ScannerKind::hid, {}, 0x1234, 0x0003};
    config.cabinet.board = domain::CabinetSettings::Board::usb;
    config.cabinet.usb_vendor = 0x1234;
    config.cabinet.usb_product = 0x0004;
    const auto text = rules(config, {touch, {hub}});
    std::vector<std::string> ids{"dead:beef", "0eef:0001", "05e3:0608", "1d6b:0002",
                                 "1234:0001", "1234:0002", "1234:0003", "1234:0004"};
    for (const auto& model : drivers::id_card::reader_models) ids.push_back(text_of(model.id));
    for (const auto& model : drivers::printer::escpos::printer_models)
        ids.push_back(text_of(model.id));
    for (const auto& model : drivers::qr::scanner_models)
        ids.push_back(text_of({model.vendor, model.product}));
    for (const auto& id : ids) {
        EXPECT_FALSE(is_let_in(text, {id, {keyboard}})) << id;
        EXPECT_FALSE(is_let_in(text, {id, {hid, keyboard}})) << id;
        EXPECT_FALSE(is_let_in(text, {id, {storage}})) << id;
        EXPECT_FALSE(is_let_in(text, {id, {printing, storage}})) << id;
    }
}

TEST(usbguard_rules, what_nobody_knows_stays_out) {
    const auto text = rules({}, {});
    for (const char* shows : {hid, "03:01:02", vendors_own, printing, "02:06:00", "01:01:00",
                              "09:00:00", "e0:01:01", "00:00:00"})
        EXPECT_FALSE(is_let_in(text, {"dead:beef", {shows}})) << shows;
}

TEST(usbguard_rules, a_known_reader_with_one_more_interface_than_it_is_meant_to_have_stays_out) {
    const auto text = rules({}, {});
    EXPECT_TRUE(is_let_in(text, {"0400:c35a", {vendors_own}}));
    EXPECT_FALSE(is_let_in(text, {"0400:c35a", {vendors_own, "02:06:00"}}));
}

TEST(usbguard_rules, the_kernels_hubs_and_cameras_are_let_in) {
    const auto text = rules({}, {});
    EXPECT_TRUE(is_let_in(text, {"1d6b:0002", {"09:00:00"}}));
    EXPECT_TRUE(is_let_in(text, {"dead:beef", {"0e:01:00", "0e:02:00"}}));
    EXPECT_TRUE(is_let_in(text, {"dead:beef", {"0e:01:00", "0e:02:00", "01:01:00", "01:02:00"}}));
    EXPECT_FALSE(is_let_in(text, {"dead:beef", {"0e:01:00", hid}}));
}

TEST(usbguard_rules, what_is_built_in_is_let_in_when_it_is_named) {
    const Plugged touch{"0eef:0001", {hid, "03:01:02"}}, hub{"05e3:0608", {"09:00:00"}};
    EXPECT_FALSE(is_let_in(rules({}, {}), touch));
    EXPECT_FALSE(is_let_in(rules({}, {}), hub));
    const auto text = rules({}, {domain::UsbId{0x0EEF, 0x0001}, {{0x05E3, 0x0608}}});
    EXPECT_TRUE(is_let_in(text, touch));
    EXPECT_TRUE(is_let_in(text, hub));
}

TEST(usbguard_rules, the_one_keyboard_is_the_scanner_that_the_configuration_says_types) {
    config::Config config;
    config.kiosk.code_scanner = {domain::ScannerKind::keyboard, {}, 0x23D0, 0x0C80};
    const auto text = rules(config, {});
    EXPECT_TRUE(is_let_in(text, {"23d0:0c80", {keyboard}}));
    EXPECT_FALSE(is_let_in(text, {"23d0:0c80", {keyboard, storage}}));
    EXPECT_FALSE(is_let_in(text, {"23d0:0c81", {keyboard}}));
}

TEST(usbguard_rules, a_reader_that_is_never_served_stays_out_when_it_is_named) {
    config::Config config;
    config.kiosk.card_reader_id = {0xC216, 0x0102};
    EXPECT_FALSE(is_let_in(rules(config, {}), {"c216:0102", {hid}}));
}

bool reads(const char* parser, std::string rule) {
    std::string program = parser;
    std::array<char*, 3> arguments{program.data(), rule.data(), nullptr};
    pid_t child = 0;
    if (posix_spawn(&child, parser, nullptr, nullptr, arguments.data(), environ) != 0) return false;
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(usbguard_rules, usbguards_own_parser_reads_every_rule) {
    constexpr const char* parser = "/usr/bin/usbguard-rule-parser";
    if (!std::filesystem::exists(parser)) GTEST_SKIP() << "usbguard is not installed";
    config::Config config;
    config.kiosk.code_scanner = {domain::ScannerKind::keyboard, {}, 0x23D0, 0x0C80};
    const auto text = rules(config, {domain::UsbId{0x0EEF, 0x0001}, {{0x05E3, 0x0608}}});
    for (const auto& rule : rules_in(text)) {
        EXPECT_TRUE(reads(parser, rule)) << rule;
    }
}

}  // namespace
}  // namespace provisioning::usbguard
