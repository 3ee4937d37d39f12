// A terminal's devices without hardware, driven by one-line commands; the same verbs serve the
// training panel, flow tests and the demonstration. The card reader is the real driver over an
// emulated USB device that speaks true bytes, the document printer's the one over libcups before a
// printer that speaks IPP; camera and face comparison are the real ones over an emulated frame
// source. Commands may come from any one thread and take effect at once. help() lists the verbs; a
// wrong line is EmulationCommandWrong and names them too.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "domain/code_scanner.hpp"
#include "domain/face_policy.hpp"
#include "drivers/device_set.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace drivers::emulation {

struct EmulationOptions {
    std::string people_folder;          // people/*.toml
    std::string faces_folder;           // public face samples; empty = cards without a photo
    std::string models_folder;          // empty = no face comparison
    std::string photo_decoder;          // plug-in program; empty = none
    std::string printer_output_folder;  // empty = what is printed is not kept
    base::Millis printer_page_time{400};
    domain::FacePolicy face{};
    domain::ScannerKind scanner = domain::ScannerKind::none;  // what the terminal is told it has
    bool receipt_printer = false;  // attached from the start; else by `slip attach`
    std::string slip_ledger{};     // its file; empty = none is kept
    // The document printer's socket and ledger are there; empty = in a temporary folder.
    std::string state_folder{};
};

class EmulatedDevices {
  public:
    // `clock` and what `sink` refers to must outlive the devices.
    static base::Result<EmulatedDevices> create(EmulationOptions options, const base::Clock& clock,
                                                DeviceSink sink);
    EmulatedDevices(EmulatedDevices&&) noexcept;
    EmulatedDevices& operator=(EmulatedDevices&&) noexcept;
    ~EmulatedDevices();

    // Once: the app owns its devices; commands go on working.
    DeviceSet take_devices();

    // What was done, in words.
    base::Result<std::string> command(std::string_view one_line);
    // When the last byte of the last card that was read left the reader (steady clock); 0 = none.
    base::Millis card_replied_at() const;
    std::vector<std::string> people() const;
    std::string help() const;

  private:
    struct Parts;
    explicit EmulatedDevices(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace drivers::emulation
