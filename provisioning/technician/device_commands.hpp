// kiosk-technician devices: list, watch and test. What is said comes line by line; nothing of a
// person is in it: of a card its kind and the times, of a code its purpose, of a face nothing. One
// thread. Every command ends when `stop` is asked.
#pragma once

#include "base/clock.hpp"
#include "drivers/id_card/module_report.hpp"
#include "drivers/printer/escpos/printer_report.hpp"
#include "provisioning/technician/device_words.hpp"
#include "provisioning/technician/devices_at_work.hpp"
#include "provisioning/technician/file_tools.hpp"
#include "provisioning/technician/loudspeaker.hpp"
#include "provisioning/technician/paper/paper_records.hpp"
#include "provisioning/technician/read_back.hpp"

#include <functional>
#include <string>
#include <vector>

namespace provisioning::technician {

// A test that was made elsewhere.
struct RecordedTest {
    bool passed = false, by_person = false;
    std::string found{};
    base::Instant at{};
};

enum class Judged {
    by_test,       // the machine; what only eyes can judge is still to be asked
    by_reading,    // the machine read again what it printed: nobody need be asked
    by_person,     // a person has answered already
    by_nobody,     // nobody was there: it counts as not done
    nothing_there  // the terminal has no such device
};

struct Bench {
    // Asked before the devices are made: each has one owner at a time.
    std::function<base::Result<drivers::id_card::ModuleReport>()> ask_module;
    std::function<base::Result<drivers::printer::escpos::PrinterReport>()> ask_receipt_printer;
    MakeDevices make_devices;
    std::vector<Device> configured;
    PaperRecords paper;
    const base::Clock& clock;
    Say say;
    std::stop_token stop;
    base::Millis settle_limit{4000};
    base::Millis patience{60'000};   // with who has to place, lift, show or plug something
    base::Millis camera_span{3000};  // so long a camera is looked at
    base::Millis read_back_limit{20'000};
    std::function<std::string()> draw_code{draw_test_code};  // for each page that is printed
    std::function<unsigned()> draw_digit{random_digit};      // that the loudspeaker says
    // A sentence out of the loudspeaker, blocking. None: this program makes no sound here.
    std::function<base::Status(const std::string& sentence)> say_aloud{};
    // What a person answers in a line; none, or nothing said: nobody is there.
    std::function<std::optional<std::string>(const std::string& question)> ask{};
    // The panel is tested on itself, by the wizard; what that kept. None: nothing is known here.
    std::function<std::optional<RecordedTest>()> panel_record{};
    Judged judged = Judged::by_test;  // how the verdict of the test that ran last came about
};

// A device that is configured, as it was met.
struct SeenDevice {
    Device device;
    domain::DeviceHealth health;
    Finding written;       // of its paper
    bool is_well() const;  // works, or is none; and its records are in order
};
// Every device that is configured, once all of them have said how they are.
std::vector<SeenDevice> look_at_devices(Bench& bench);

// All devices as they are, and what stands written about their paper. False when one that is
// configured does not work.
bool list_devices(Bench& bench);
// The same, then every change with its time, until the stop.
void watch_devices(Bench& bench);
// Only what stands written about the paper, for which kiosk need not be stopped. False when a
// setting has to be mended or a record cannot be read.
bool show_ledgers(const PaperRecords& records, const Say& say);

// What can be tested, with the word for it on the command line.
struct DeviceTest {
    const char* name;  // card, camera, code, printer, slip, document, cabinet, headphones,
                       // speaker, panel
    const char* what;  // in Chinese, for --help
    bool (*run)(Bench&, DevicesAtWork&);
};
const std::vector<DeviceTest>& device_tests();
// The last line says 通过, 没有通过 or 没有测.
bool test_device(Bench& bench, const DeviceTest& test);

}  // namespace provisioning::technician
