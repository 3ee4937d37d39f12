// The table of card readers, and what is written from it: with CW_UPDATE_REFERENCES=1 both files
// are rewritten instead of compared.
#include "drivers/id_card/reader_models.hpp"

#include "base/bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace drivers::id_card {
namespace {

constexpr const char* rules_file = "provisioning/udev/60-citizen-window-card-readers.rules";
constexpr const char* readme_file = "drivers/id_card/README.md";
constexpr const char* table_head = "| VID:PID | reader | spoken to | notes |\n|---|---|---|---|\n";

std::string hex(std::uint16_t value, const char* format) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), format, static_cast<unsigned>(value));
    return text.data();
}

std::string udev_rules() {
    std::string out =
        "# The card readers of drivers/id_card/reader_models.hpp, compared with it by a test. "
        "Copied to\n"
        "# /etc/udev/rules.d; the kiosk's account is a member of plugdev. A reader never sleeps.\n";
    for (const auto& model : reader_models) {
        if (model.speaks == Speaks::never) continue;
        out += "\n# " + std::string(model.name) +
               "\nACTION!=\"remove\", SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", "
               "ATTR{idVendor}==\"" +
               hex(model.id.vendor, "%04x") + "\", ATTR{idProduct}==\"" +
               hex(model.id.product, "%04x") +
               "\", GROUP=\"plugdev\", MODE=\"0660\", ATTR{power/control}=\"on\"\n";
    }
    return out;
}

const char* word(Speaks speaks) {
    switch (speaks) {
        case Speaks::by_descriptors:
            return "as its descriptors show";
        case Speaks::hid_reports:
            return "U3 reports";
        case Speaks::never:
            return "never";
    }
    return "";
}

std::string readme_table() {
    std::string out = table_head;
    for (const auto& model : reader_models)
        out += "| " + hex(model.id.vendor, "%04X") + ":" + hex(model.id.product, "%04X") + " | " +
               model.name + " | " + word(model.speaks) + " | " + model.notes + " |\n";
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
    EXPECT_EQ(is, should) << path << " differs from drivers/id_card/reader_models.hpp";
}

TEST(reader_models, the_udev_rules_are_those_of_the_table) {
    compare_or_update(rules_file, text_of(rules_file), udev_rules());
}

TEST(reader_models, the_readme_lists_the_readers_of_the_table) {
    const auto readme = text_of(readme_file);
    const auto start = readme.find(table_head);
    ASSERT_NE(start, std::string::npos) << "the table's head is gone from " << readme_file;
    const auto end = readme.find("\n\n", start);
    ASSERT_NE(end, std::string::npos);
    const auto rest = readme.substr(end + 1);
    compare_or_update(readme_file, readme, readme.substr(0, start) + readme_table() + rest);
}

TEST(reader_models, vendor_and_product_must_both_fit) {
    ASSERT_NE(model_of({0x0400, 0xC35A}), nullptr);
    EXPECT_EQ(model_of({0x0400, 0xC359}), nullptr);  // a remote control
    EXPECT_EQ(model_of({0x10C4, 0xEA60}), nullptr);  // a serial bridge
    EXPECT_EQ(model_of({0x0401, 0xC35A}), nullptr);
}

TEST(reader_models, no_reader_stands_in_the_table_twice) {
    for (const auto& model : reader_models)
        EXPECT_EQ(std::count_if(reader_models.begin(), reader_models.end(),
                                [&](const auto& other) { return other.id == model.id; }),
                  1)
            << model.name;
}

TEST(reader_models, only_the_reader_that_is_known_to_need_it_is_given_a_pause) {
    constexpr usb::DeviceId needs_it{0x2B8B, 0x2721};
    for (const auto& model : reader_models)
        EXPECT_EQ(model.pause.count(), model.id == needs_it ? 100 : 0) << model.name;
}

TEST(reader_models, a_reader_that_the_configuration_names_is_the_only_one_looked_for) {
    EXPECT_EQ(served_readers(domain::UsbId{0x1234, 0xABCD}),
              (std::vector<usb::DeviceId>{{0x1234, 0xABCD}}));
}

TEST(reader_models, a_reader_that_decodes_in_a_cloud_is_never_looked_for) {
    const usb::DeviceId cloud{0xC216, 0x0102};
    ASSERT_NE(model_of(cloud), nullptr);
    const auto served = served_readers();
    EXPECT_EQ(std::count(served.begin(), served.end(), cloud), 0);
    EXPECT_EQ(udev_rules().find("c216"), std::string::npos);
    EXPECT_EQ(served.size(), reader_models.size() - 1);
    EXPECT_TRUE(served_readers(domain::UsbId{0xC216, 0x0102}).empty()) << "even when it is named";
}

}  // namespace
}  // namespace drivers::id_card
