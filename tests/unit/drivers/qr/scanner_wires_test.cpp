// How a scanner is found in /sys, and what is said of one that cannot be opened: over folders that
// look like the kernel's. Its ioctls are tested in mocked_scanner_test.cpp.
#include "drivers/qr/scanner/wires/hidraw_wire.hpp"
#include "drivers/qr/scanner/wires/keyboard_wire.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace drivers::qr {
namespace {

using base::FaultCode;

constexpr usb::DeviceId newland_keyboard{0x1EAB, 0x0303}, newland_pos{0x1EAB, 0x0310};

class Folders {
  public:
    Folders()
        : root_(std::filesystem::temp_directory_path() /
                ("scanner-wires-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(root_);
    }
    ~Folders() { std::filesystem::remove_all(root_); }
    Folders(const Folders&) = delete;
    Folders& operator=(const Folders&) = delete;

    DeviceFolders folders() const { return {(root_ / "sys").string(), (root_ / "dev").string()}; }
    void put(const std::string& path, const std::string& content) const {
        std::filesystem::create_directories((root_ / path).parent_path());
        std::ofstream(root_ / path) << content;
    }
    void hidraw(const std::string& name, const std::string& hid_id) const {
        put("sys/class/hidraw/" + name + "/device/uevent",
            "DRIVER=hid-generic\nHID_ID=" + hid_id + "\nHID_NAME=Scanner\n");
    }
    void event(const std::string& name, const char* vendor, const char* product) const {
        put("sys/class/input/" + name + "/device/id/vendor", std::string(vendor) + "\n");
        put("sys/class/input/" + name + "/device/id/product", std::string(product) + "\n");
    }
    void on_usb(const std::string& port, const char* vendor, const char* product) const {
        put("sys/bus/usb/devices/" + port + "/idVendor", std::string(vendor) + "\n");
        put("sys/bus/usb/devices/" + port + "/idProduct", std::string(product) + "\n");
    }

  private:
    const std::filesystem::path root_;
};

TEST(device_nodes, are_found_with_their_ids_and_what_is_malformed_is_passed_over) {
    const Folders machine;
    machine.hidraw("hidraw0", "0003:00000C2E:00000B61");
    machine.hidraw("hidraw1", "0003:0000");
    machine.hidraw("hidraw2", "0003:0000XXXX:0000YYYY");
    machine.event("event3", "1eab", "0303");
    machine.event("event4", "", "");
    machine.put("sys/class/input/mouse0/device/id/vendor", "1eab\n");
    const auto dev = machine.folders().dev;
    EXPECT_EQ(hidraw_nodes(machine.folders()),
              (std::vector<DeviceNode>{{{0x0C2E, 0x0B61}, dev + "/hidraw0"}}));
    EXPECT_EQ(event_nodes(machine.folders()),
              (std::vector<DeviceNode>{{newland_keyboard, dev + "/input/event3"}}));
    EXPECT_EQ(in_words(newland_keyboard), "1EAB:0303");
}

FaultCode fault_of(ScannerWire&& wire) {
    const auto open = wire.open();
    return open ? FaultCode::InternalError : open.error().code;
}

TEST(hidraw_wire, says_whether_there_is_none_or_one_that_is_set_to_something_else) {
    const Folders machine;
    EXPECT_EQ(fault_of(HidrawWire(std::nullopt, machine.folders())), FaultCode::CodeScannerAbsent);
    machine.on_usb("1-1", "046d", "c31c");  // a keyboard that is no scanner
    EXPECT_EQ(fault_of(HidrawWire(std::nullopt, machine.folders())), FaultCode::CodeScannerAbsent);
    machine.on_usb("1-2", "1eab", "0306");  // a serial port
    EXPECT_EQ(fault_of(HidrawWire(std::nullopt, machine.folders())),
              FaultCode::CodeScannerWrongMode);
}

TEST(hidraw_wire, one_that_may_not_be_opened_is_said_so) {
    const Folders machine;
    machine.hidraw("hidraw0", "0003:00001EAB:00000310");  // and no such node in dev
    EXPECT_EQ(fault_of(HidrawWire(std::nullopt, machine.folders())), FaultCode::CodeScannerNotHeld);
}

TEST(hidraw_wire, one_that_types_and_whose_keyboard_cannot_be_held_is_said_so) {
    const Folders machine;
    machine.on_usb("1-2", "1eab", "0303");
    machine.event("event3", "1eab", "0303");
    EXPECT_EQ(fault_of(HidrawWire(std::nullopt, machine.folders())), FaultCode::CodeScannerNotHeld);
}

TEST(hidraw_wire, looks_only_for_the_ids_that_it_was_told) {
    const Folders machine;
    machine.hidraw("hidraw0", "0003:00001EAB:00000310");
    EXPECT_EQ(fault_of(HidrawWire(usb::DeviceId{0x05E0, 0x1200}, machine.folders())),
              FaultCode::CodeScannerAbsent);
    EXPECT_EQ(fault_of(HidrawWire(newland_pos, machine.folders())), FaultCode::CodeScannerNotHeld);
}

TEST(keyboard_wire, without_its_nodes_there_is_no_scanner_and_without_all_of_them_held_neither) {
    const Folders machine;
    machine.event("event1", "046d", "c31c");
    EXPECT_EQ(fault_of(KeyboardWire(newland_keyboard, machine.folders())),
              FaultCode::CodeScannerAbsent);
    machine.event("event3", "1eab", "0303");
    machine.put("dev/input/event3", "");  // a file: it cannot be grabbed
    EXPECT_EQ(fault_of(KeyboardWire(newland_keyboard, machine.folders())),
              FaultCode::CodeScannerNotHeld);
}

}  // namespace
}  // namespace drivers::qr
