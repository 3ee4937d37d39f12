#include "drivers/qr/scanner/emulated/emulated_pos_scanner.hpp"

#include <algorithm>

namespace drivers::qr {

namespace {

constexpr std::uint8_t data_report = 2;
constexpr std::size_t data_bytes = 56;
constexpr std::string_view aim = "]Q1";

}  // namespace

base::Bytes EmulatedPosScanner::descriptor() const {
    base::Bytes out{
        0x05, 0x8C,               // usage page: bar code scanner
        0x09, 0x02,               // usage: bar code scanner
        0xA1, 0x01,               // collection: application
        0x09, 0x12,               // usage: scanned data report
        0xA1, 0x02,               // collection: logical
        0x85, data_report,        // report id
        0x15, 0x00,               // logical minimum 0
        0x26, 0xFF,        0x00,  // logical maximum 255
        0x75, 0x08,               // report size 8
    };
    const auto add = [&](const base::Bytes& bytes) {
        out.insert(out.end(), bytes.begin(), bytes.end());
    };
    if (says_length)
        add({0x95, 0x01,              // report count 1
             0x05, 0x01, 0x09, 0x3B,  // generic desktop, byte count
             0x81, 0x02});            // input: data, variable
    add({0x95, 0x03,       0x05, 0x8C, 0x09, 0xFB, 0x09, 0xFC, 0x09, 0xFD, 0x81, 0x02,  // AIM id
         0x95, data_bytes, 0x09, 0xFE, 0x82, 0x02, 0x01,  // decoded data, buffered bytes
         0x95, 0x01,       0x06, 0x66, 0xFF, 0x09, 0x04, 0x81, 0x02,  // the maker's symbology
         0x09, 0x05,       0x81, 0x02,                                // spare
         0x05, 0x8C,       0x09, 0xFF, 0x75, 0x01, 0x81, 0x02,        // data continued
         0x95, 0x07,       0x81, 0x03,                                // seven bits of padding
         0xC0, 0xC0});
    return out;
}

std::vector<base::Bytes> EmulatedPosScanner::reports_of(std::string_view text) const {
    std::vector<base::Bytes> out;
    do {
        const auto part = text.substr(0, data_bytes);
        text.remove_prefix(part.size());
        base::Bytes report{data_report};
        if (says_length) report.push_back(static_cast<std::uint8_t>(part.size()));
        report.insert(report.end(), aim.begin(), aim.end());
        report.insert(report.end(), part.begin(), part.end());
        report.resize(report.size() + data_bytes - part.size());
        report.insert(report.end(), {0x73, 0, static_cast<std::uint8_t>(text.empty() ? 0 : 1)});
        out.push_back(std::move(report));
    } while (!text.empty());
    return out;
}

base::Bytes keyboard_descriptor() {
    return {0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15,
            0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08,
            0x81, 0x01, 0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91,
            0x02, 0x95, 0x01, 0x75, 0x03, 0x91, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00,
            0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xC0};
}

}  // namespace drivers::qr
