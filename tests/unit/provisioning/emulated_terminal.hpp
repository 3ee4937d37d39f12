// A terminal of emulated devices, and somebody who does what the program asks for.
#pragma once

#include "../drivers/test_files.hpp"
#include "drivers/emulation/emulated_devices.hpp"
#include "drivers/printer/escpos/emulated/emulated_receipt_printer.hpp"
#include "provisioning/technician/device_commands.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace provisioning::technician {

using drivers::emulation::EmulatedDevices;

struct Terminal {
    base::SystemClock clock;
    std::optional<EmulatedDevices> emulated;
    std::stop_source stop;
    std::vector<std::string> said;
    std::map<std::string, std::string> answers;  // what is said → the verb that follows
    std::vector<std::string> before;             // verbs before the devices are looked at
    // What the devices have to have said after that: their threads hear a verb when they come to
    // it.
    std::vector<std::pair<domain::DeviceKind, domain::DeviceState>> awaited;
    std::string stop_after;
    domain::ScannerKind scanner = domain::ScannerKind::none;
    std::mutex mutex;
    std::condition_variable heard;
    std::map<domain::DeviceKind, domain::DeviceState> states;
    int codes_seen = 0;

    Bench bench{[] {
                    return base::Result<drivers::id_card::ModuleReport>(
                        {"USB 0400:C35A", "05.01-20161025-0123456789-0000000042"});
                },
                [] {
                    return drivers::printer::escpos::ask_printer(
                        std::make_shared<drivers::usb::EmulatedUsbTransport>(
                            std::make_shared<drivers::printer::escpos::EmulatedReceiptPrinter>()));
                },
                [this](drivers::DeviceSink sink) {
                    drivers::emulation::EmulationOptions options;
                    options.people_folder = drivers::testing::people_folder;
                    options.printer_page_time = base::Millis{0};
                    options.scanner = scanner;
                    emulated = *EmulatedDevices::create(
                        std::move(options), clock,
                        [this, sink = std::move(sink)](drivers::DeviceEvent event) {
                            note(event);
                            sink(std::move(event));
                        });
                    for (const auto& verb : before) EXPECT_TRUE(emulated->command(verb)) << verb;
                    await();
                    auto devices = emulated->take_devices();
                    // What was pulled out first must have been noticed before anybody looks.
                    const auto& reader = *devices.id_card_reader;
                    for (const auto& verb : before)
                        while (verb == "usb unplug id_card" && !reader.health().fault)
                            std::this_thread::yield();
                    return devices;
                },
                {{domain::DeviceKind::id_card_reader, "USB", {}},
                 {domain::DeviceKind::camera, "/dev/video0", {}},
                 {domain::DeviceKind::document_printer, {}, {}},
                 {domain::DeviceKind::receipt_printer, "USB", {}},
                 {domain::DeviceKind::document_camera, "/dev/video1", {}},
                 {domain::DeviceKind::cabinet, {}, {}},
                 {domain::DeviceKind::headphones, {}, {}}},
                {},
                clock,
                [this](const std::string& line) { hear(line); },
                stop.get_token()};

    Terminal() {
        bench.patience = base::Millis{20'000};
        bench.camera_span = base::Millis{300};
        bench.read_back_limit = base::Millis{200};
    }
    void note(const drivers::DeviceEvent& event) {
        const auto* changed = std::get_if<drivers::HealthChanged>(&event);
        const bool code = std::holds_alternative<drivers::CodeSeen>(event);
        if (changed == nullptr && !code) return;
        std::lock_guard lock(mutex);
        if (changed != nullptr) states[changed->device] = changed->health.state;
        codes_seen += code;
        heard.notify_all();
    }
    void await() {
        std::unique_lock lock(mutex);
        for (const auto& [kind, state] : awaited)
            EXPECT_TRUE(heard.wait_for(lock, std::chrono::seconds(20),
                                       [&, kind = kind, state = state] {
                                           return states.contains(kind) && states[kind] == state;
                                       }))
                << domain::name(kind);
    }
    void hear(const std::string& line) {
        said.push_back(line);
        for (const auto& [text, verb] : answers)
            if (line.find(text) != std::string::npos) do_as_asked(verb);
        if (!stop_after.empty() && line.find(stop_after) != std::string::npos) stop.request_stop();
    }
    // What is scanned before the scanner's thread has come to the request is nobody's: as a person
    // would, it is held before the scanner again until it was read.
    void do_as_asked(const std::string& verb) {
        EXPECT_TRUE(emulated->command(verb)) << verb;
        if (!verb.starts_with("scanner scan ")) return;
        std::unique_lock lock(mutex);
        const auto until = clock.steady() + bench.patience;
        const auto read = [this] { return codes_seen > 0; };
        while (!heard.wait_for(lock, std::chrono::milliseconds(100), read) &&
               clock.steady() < until) {
            lock.unlock();
            EXPECT_TRUE(emulated->command(verb)) << verb;
            lock.lock();
        }
    }
    bool has_said(const std::string& text) const {
        for (const auto& line : said)
            if (line.find(text) != std::string::npos) return true;
        return false;
    }
    // A receipt printer that the terminal does not have is not waited for.
    void configure() {
        if (std::ranges::count(before, "slip attach") == 0)
            std::erase_if(bench.configured, [](const Device& device) {
                return device.kind == domain::DeviceKind::receipt_printer;
            });
    }
    bool list() {
        configure();
        return list_devices(bench);
    }
    bool test(const std::string& name) {
        for (const auto& one : device_tests())
            if (name == one.name) return test_device(bench, one);
        ADD_FAILURE() << name;
        return false;
    }
};

}  // namespace provisioning::technician
