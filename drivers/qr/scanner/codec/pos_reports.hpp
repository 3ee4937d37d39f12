// A bar code scanner that speaks HID POS (usage page 0x8C, USB-IF HID Usage Tables): its data
// reports, as its descriptor lays them out, put together to texts. Pure.
#pragma once

#include "drivers/qr/scanner/code_decoder.hpp"
#include "drivers/qr/scanner/codec/hid_descriptor.hpp"

#include <optional>
#include <string>

namespace drivers::qr {

// Where a data report holds what; bytes from after the report's id.
struct PosLayout {
    std::uint8_t report = 0;
    std::optional<std::size_t> length_byte;  // some scanners have none: zeros fill the rest
    std::optional<std::size_t> aim_byte;     // the first of three, "]Q1"
    std::size_t data_byte = 0, data_bytes = 0;
    std::optional<std::size_t> more_bit;  // another report continues the text
    std::size_t bytes = 0;                // of the report
};

// None when the device has no input report with decoded data in whole bytes: a scanner in another
// mode (it types, or is a serial port), or no scanner.
std::optional<PosLayout> pos_layout(const std::vector<HidField>& fields);

struct ScannedText {
    std::string aim;  // "]Q1"; empty when the scanner says none
    base::SecretText text;
};

// One scanner's stream of input reports.
class PosReports final : public CodeDecoder {
  public:
    explicit PosReports(const PosLayout& layout) : layout_(layout) {}
    ~PosReports() override { base::wipe(text_); }
    PosReports(const PosReports&) = delete;
    PosReports& operator=(const PosReports&) = delete;

    // One report as the device sends it, its id first where it has ids. A text whose next part is
    // late by more than 200 ms is dropped, and so is one that is longer than any code. Its end is
    // dropped with it: only after two seconds is a report taken for another code's first.
    std::optional<ScannedText> take(base::ByteView report, base::Millis now);

    // The same for who reads a device that sends one report a read. An end of line that the scanner
    // is set to send after each code is not part of it.
    std::vector<base::SecretText> take(std::size_t line, base::ByteView report,
                                       base::Millis now) override;
    bool waiting() const override { return false; }  // another report has to come
    void drop_begun() override { spoilt_ = begun_; }

  private:
    void drop();

    const PosLayout layout_;
    std::string text_, aim_;
    bool begun_ = false;   // a part that another one follows was taken
    bool spoilt_ = false;  // and one of them was no good
    base::Millis last_{};  // when it came
};

}  // namespace drivers::qr
