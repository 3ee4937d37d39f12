// The table of scanners, and what is written from it: with CW_UPDATE_REFERENCES=1 both files are
// rewritten instead of compared.
#include "drivers/qr/scanner/scanner_models.hpp"

#include "base/bytes.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace drivers::qr {
namespace {

constexpr const char* rules_file = "provisioning/udev/61-citizen-window-code-scanners.rules";
constexpr const char* readme_file = "drivers/qr/README.md";
constexpr const char* table_head = "| VID:PID | scanner | mode | notes |\n|---|---|---|---|\n";

// As udev matches it: a question mark for a digit that does not matter.
std::string product_pattern(const ScannerModel& model) {
    auto digits = fmt::format("{:04x}", model.product);
    const auto mask = fmt::format("{:04x}", model.product_mask);
    for (std::size_t i = 0; i < digits.size(); ++i)
        if (mask[i] == '0') digits[i] = '?';
    return digits;
}

std::string udev_rules() {
    std::string out =
        "# The scanners of drivers/qr/scanner/scanner_models.hpp, compared with it by a test. "
        "Copied "
        "to\n"
        "# /etc/udev/rules.d; the kiosk's account is a member of plugdev (reports), input (one "
        "that "
        "types,\n"
        "# to silence it) and dialout (serial ports).\n";
    for (const auto& model : scanner_models) {
        if (model.mode != ScannerMode::hid_pos && model.mode != ScannerMode::by_descriptor)
            continue;
        out += fmt::format(
            "\n# {}\nACTION!=\"remove\", SUBSYSTEM==\"hidraw\", ATTRS{{idVendor}}==\"{:04x}\", "
            "ATTRS{{idProduct}}==\"{}\", GROUP=\"plugdev\", MODE=\"0660\"\n",
            model.name, model.vendor, product_pattern(model));
    }
    return out;
}

const char* word(ScannerMode mode) {
    switch (mode) {
        case ScannerMode::hid_pos:
            return "HID POS";
        case ScannerMode::by_descriptor:
            return "HID POS or keyboard: its descriptor tells";
        case ScannerMode::keyboard:
            return "keyboard";
        case ScannerMode::serial:
            return "serial";
    }
    return "";
}

std::string readme_table() {
    std::string out = table_head;
    for (const auto& model : scanner_models) {
        auto product = product_pattern(model);
        for (auto& digit : product)
            digit = digit == '?' ? 'x' : static_cast<char>(std::toupper(digit));
        out += fmt::format("| {:04X}:{} | {} | {} | {} |\n", model.vendor, product, model.name,
                           word(model.mode), model.notes);
    }
    return out;
}

std::string text_of(const char* path) {
    const auto bytes = base::read_file(path);
    return bytes ? std::string(base::as_text(*bytes)) : "";
}

void compare_or_update(const char* path, const std::string& is, const std::string& should) {
    if (std::getenv("CW_UPDATE_REFERENCES") != nullptr) {
        ASSERT_TRUE(base::write_file(path, base::to_bytes(should), 0644));
        return;
    }
    EXPECT_EQ(is, should) << path << " differs from drivers/qr/scanner/scanner_models.hpp";
}

TEST(scanner_models, the_udev_rules_are_those_of_the_table) {
    compare_or_update(rules_file, text_of(rules_file), udev_rules());
}

TEST(scanner_models, the_readme_lists_the_scanners_of_the_table) {
    const auto readme = text_of(readme_file);
    const auto start = readme.find(table_head);
    ASSERT_NE(start, std::string::npos) << "the table's head is gone from " << readme_file;
    const auto end = readme.find("\n\n", start);
    ASSERT_NE(end, std::string::npos);
    compare_or_update(readme_file, readme,
                      readme.substr(0, start) + readme_table() + readme.substr(end + 1));
}

TEST(scanner_models, the_mode_of_a_newland_stands_in_the_last_byte_of_its_product) {
    ASSERT_NE(scanner_model_of({0x1EAB, 0x1A10}), nullptr);
    EXPECT_EQ(scanner_model_of({0x1EAB, 0x1A10})->mode, ScannerMode::hid_pos);
    EXPECT_EQ(scanner_model_of({0x1EAB, 0x1A03})->mode, ScannerMode::keyboard);
    EXPECT_EQ(scanner_model_of({0x1EAB, 0x1A06})->mode, ScannerMode::serial);
    EXPECT_EQ(scanner_model_of({0x1EAB, 0x1A22}), nullptr);
}

TEST(scanner_models, vendor_and_product_must_both_fit) {
    ASSERT_NE(scanner_model_of({0x0C2E, 0x0B61}), nullptr);
    EXPECT_EQ(scanner_model_of({0x0C2E, 0x0B62}), nullptr);
    EXPECT_EQ(scanner_model_of({0x0C2F, 0x0B61}), nullptr);
    EXPECT_EQ(scanner_model_of({0x046D, 0xC31C}), nullptr);  // a keyboard
}

TEST(scanner_models, no_device_fits_two_rows) {
    for (const auto& model : scanner_models)
        EXPECT_EQ(scanner_model_of({model.vendor, model.product}), &model) << model.name;
}

}  // namespace
}  // namespace drivers::qr
