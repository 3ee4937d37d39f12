// The rules that are made of classes and of a terminal's configuration. With CW_UPDATE_REFERENCES=1
// the file of the classes is rewritten instead of compared.
#include "provisioning/udev/udev_rules.hpp"

#include "base/bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <vector>

namespace provisioning::udev {
namespace {

constexpr const char* folder = "provisioning/udev/";
constexpr const char* classes_file = "provisioning/udev/62-citizen-window-classes.rules";

std::string text_of(const std::string& path) {
    const auto bytes = base::read_file(path);
    return bytes ? std::string(base::as_text(*bytes)) : "";
}

config::Config with_board(std::uint16_t vendor, std::uint16_t product) {
    config::Config config;
    config.cabinet.board = domain::CabinetSettings::Board::usb;
    config.cabinet.usb_vendor = vendor;
    config.cabinet.usb_product = product;
    return config;
}

// The rule lines of a text, without its comments.
std::vector<std::string> rules_in(const std::string& text) {
    std::vector<std::string> rules;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line.front() != '#') rules.push_back(line);
    return rules;
}

TEST(udev_rules, those_of_the_classes_are_those_of_the_table) {
    if (std::getenv("CW_UPDATE_REFERENCES") != nullptr) {
        ASSERT_TRUE(base::write_file(classes_file, base::to_bytes(class_rules()), 0644));
        return;
    }
    EXPECT_EQ(text_of(classes_file), class_rules());
}

TEST(udev_rules, every_class_stands_once_and_its_group_in_the_readme) {
    const auto readme = text_of(std::string(folder) + "README.md");
    const auto rules = class_rules();
    EXPECT_EQ(rules_in(rules).size(), node_classes.size());
    for (const auto& nodes : node_classes) {
        EXPECT_NE(rules.find(std::string("KERNEL==\"") + nodes.kernel + "\""), std::string::npos);
        EXPECT_NE(readme.find(std::string("| ") + nodes.group + " |"), std::string::npos)
            << nodes.group;
    }
}

TEST(udev_rules, what_is_named_by_its_ids_gets_what_a_device_of_a_table_gets) {
    config::Config printer;
    printer.printers.receipt_printer_id = {0x1504, 0x0006};
    const auto known =
        rules_in(text_of(std::string(folder) + "60-citizen-window-receipt-printers.rules"));
    for (const auto& config : {with_board(0x1504, 0x0006), printer}) {
        const auto configured = rules_in(configured_rules(config));
        ASSERT_EQ(configured.size(), 1u);
        EXPECT_NE(std::ranges::find(known, configured.front()), known.end()) << configured.front();
    }
}

TEST(udev_rules, a_scanner_that_no_table_knows_gets_what_one_of_the_table_gets) {
    config::Config config;
    config.kiosk.code_scanner = {domain::ScannerKind::hid, {}, 0x0C2E, 0x0B61};
    const auto configured = rules_in(configured_rules(config));
    ASSERT_EQ(configured.size(), 1u);
    const auto scanners =
        rules_in(text_of(std::string(folder) + "61-citizen-window-code-scanners.rules"));
    EXPECT_NE(std::ranges::find(scanners, configured.front()), scanners.end())
        << configured.front();
}

TEST(udev_rules, a_card_reader_that_is_named_gets_what_a_known_one_gets) {
    config::Config config;
    config.kiosk.card_reader_id = {0x0400, 0xC35A};
    const auto configured = rules_in(configured_rules(config));
    ASSERT_EQ(configured.size(), 1u);
    const auto readers =
        rules_in(text_of(std::string(folder) + "60-citizen-window-card-readers.rules"));
    EXPECT_NE(std::ranges::find(readers, configured.front()), readers.end()) << configured.front();
}

TEST(udev_rules, a_configuration_that_names_no_ids_adds_no_rule) {
    config::Config config;
    config.kiosk.code_scanner = {domain::ScannerKind::hid, {}, 0, 0};  // those of the table
    config.cabinet.board = domain::CabinetSettings::Board::gpio;
    EXPECT_TRUE(rules_in(configured_rules(config)).empty());
}

TEST(udev_rules, the_panels_light_may_be_written_by_its_group) {
    config::Config config;
    config.cabinet.backlight = "/sys/class/backlight/intel_backlight";
    const auto rules = rules_in(configured_rules(config));
    ASSERT_EQ(rules.size(), 1u);
    EXPECT_NE(rules[0].find(R"(SUBSYSTEM=="backlight", KERNEL=="intel_backlight")"),
              std::string::npos);
    EXPECT_NE(rules[0].find(R"(RUN+="/bin/chmod g+w /sys%p/brightness")"), std::string::npos);
}

TEST(udev_rules, a_folder_whose_name_means_something_to_udev_is_left_out) {
    config::Config config;
    for (const char* name : {"a\", RUN+=\"/bin/false", "%k", "a*", "a b", ""}) {
        config.cabinet.backlight = std::string("/sys/class/backlight/") + name;
        EXPECT_TRUE(rules_in(configured_rules(config)).empty()) << name;
    }
}

TEST(udev_rules, no_rule_opens_a_device_to_everybody) {
    auto config = with_board(0x1234, 0xABCD);
    config.kiosk.code_scanner = {domain::ScannerKind::hid, {}, 0x23D0, 0x0001};
    auto rules = rules_in(class_rules() + configured_rules(config));
    for (const char* file :
         {"60-citizen-window-card-readers.rules", "60-citizen-window-receipt-printers.rules",
          "61-citizen-window-code-scanners.rules"}) {
        const auto shipped = rules_in(text_of(std::string(folder) + file));
        EXPECT_FALSE(shipped.empty()) << file;
        rules.insert(rules.end(), shipped.begin(), shipped.end());
    }
    for (const auto& rule : rules) {
        EXPECT_NE(rule.find("MODE=\"0660\""), std::string::npos) << rule;
        EXPECT_NE(rule.find("GROUP=\""), std::string::npos) << rule;
        EXPECT_EQ(rule.find("0666"), std::string::npos) << rule;
    }
}

}  // namespace
}  // namespace provisioning::udev
