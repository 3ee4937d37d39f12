// The table of receipt printers, and what is written from it: with CW_UPDATE_REFERENCES=1 both
// files are rewritten instead of compared.
#include "drivers/printer/escpos/printer_models.hpp"

#include "base/bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace drivers::printer::escpos {
namespace {

constexpr const char* rules_file = "provisioning/udev/60-citizen-window-receipt-printers.rules";
constexpr const char* readme_file = "drivers/printer/escpos/README.md";
constexpr const char* table_head = "| VID:PID | printer | proof | notes |\n|---|---|---|---|\n";

std::string hex(std::uint16_t value, const char* format) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), format, static_cast<unsigned>(value));
    return text.data();
}

std::string udev_rules() {
    std::string out =
        "# The receipt printers of drivers/printer/escpos/printer_models.hpp, compared with it by "
        "a "
        "test.\n# Copied to /etc/udev/rules.d; the kiosk's account is a member of plugdev. usblp "
        "must "
        "not hold them:\n# copy citizen-window-usblp.conf beside this file to /etc/modprobe.d, "
        "too.\n";
    for (const auto& model : printer_models) {
        if (model.proof == Proof::none) continue;
        out += "\n# " + std::string(model.name) +
               "\nACTION!=\"remove\", SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", "
               "ATTR{idVendor}==\"" +
               hex(model.id.vendor, "%04x") + "\", ATTR{idProduct}==\"" +
               hex(model.id.product, "%04x") +
               "\", GROUP=\"plugdev\", MODE=\"0660\", ATTR{power/control}=\"on\"\n";
    }
    return out;
}

const char* word(Proof proof) {
    switch (proof) {
        case Proof::process_id:
            return "process id";
        case Proof::in_order:
            return "answer in order";
        case Proof::none:
            return "none: not served";
    }
    return "";
}

std::string readme_table() {
    std::string out = table_head;
    for (const auto& model : printer_models)
        out += "| " + hex(model.id.vendor, "%04X") + ":" + hex(model.id.product, "%04X") + " | " +
               model.name + " | " + word(model.proof) + " | " + model.notes + " |\n";
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
    EXPECT_EQ(is, should) << path << " differs from drivers/printer/escpos/printer_models.hpp";
}

TEST(printer_models, the_udev_rules_are_those_of_the_table) {
    compare_or_update(rules_file, text_of(rules_file), udev_rules());
}

TEST(printer_models, the_readme_lists_the_printers_of_the_table) {
    const auto readme = text_of(readme_file);
    const auto start = readme.find(table_head);
    ASSERT_NE(start, std::string::npos) << "the table's head is gone from " << readme_file;
    const auto end = readme.find("\n\n", start);
    ASSERT_NE(end, std::string::npos);
    const auto rest = readme.substr(end + 1);
    compare_or_update(readme_file, readme, readme.substr(0, start) + readme_table() + rest);
}

TEST(printer_models, vendor_and_product_must_both_fit) {
    ASSERT_NE(model_of({0x0416, 0x5011}), nullptr);
    EXPECT_EQ(model_of({0x0416, 0x5012}), nullptr);  // another device of that chip's vendor
    EXPECT_EQ(model_of({0x0417, 0x5011}), nullptr);
}

TEST(printer_models, no_printer_stands_in_the_table_twice) {
    for (const auto& model : printer_models)
        EXPECT_EQ(std::count_if(printer_models.begin(), printer_models.end(),
                                [&](const auto& other) { return other.id == model.id; }),
                  1)
            << model.name;
}

TEST(printer_models, one_that_proves_nothing_is_never_looked_for) {
    const usb::DeviceId one_way{0x2730, 0x2008};
    ASSERT_NE(model_of(one_way), nullptr);
    const auto served = served_printers();
    EXPECT_EQ(std::count(served.begin(), served.end(), one_way), 0);
    EXPECT_EQ(udev_rules().find("2730"), std::string::npos);
    EXPECT_EQ(served.size(), printer_models.size() - 2);
}

TEST(printer_models, one_that_the_configuration_names_is_looked_for_and_no_other) {
    EXPECT_EQ(served_printers(domain::UsbId{0x154F, 0x0517}),
              (std::vector<usb::DeviceId>{{0x154F, 0x0517}}));
}

}  // namespace
}  // namespace drivers::printer::escpos
