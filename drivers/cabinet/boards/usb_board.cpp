#include "drivers/cabinet/boards/usb_board.hpp"

#include "drivers/cabinet/boards/board_report.hpp"

#include <array>

namespace drivers::cabinet {

using base::FaultCode;

namespace {

constexpr base::Millis read_limit{2}, write_limit{100}, write_again_after{1000};
constexpr int misses_allowed = 3;
constexpr int reads_a_turn = 16;  // a board that babbles does not hold the turn up

auto absent(const base::Fault& why) {
    return base::fail(FaultCode::CabinetBoardAbsent, std::string(base::name(why.code)));
}

}  // namespace

base::Status UsbBoard::open() {
    if (const auto opened = transport_->open(); !opened) return absent(opened.error());
    in_ = out_ = 0;
    for (const auto& endpoint : transport_->endpoints()) {
        if (endpoint.kind != usb::TransferKind::interrupt) continue;
        auto& place = endpoint.is_in() ? in_ : out_;
        if (place == 0) place = endpoint.address;
    }
    if (in_ == 0 || out_ == 0) return base::fail(FaultCode::CabinetBoardSilent, "endpoints");
    written_.reset();
    unanswered_ = 0;
    return {};
}

base::Status UsbBoard::write_lamps(const domain::Lamps& lamps, base::Millis now) {
    if (written_ == lamps && now - written_at_ < write_again_after) return {};
    if (unanswered_ >= misses_allowed)
        return base::fail(FaultCode::CabinetBoardSilent, "no report");
    const auto written = transport_->write(out_, lamps_report(lamps), write_limit);
    const bool stalled = !written && (written.error().code == FaultCode::UsbStalled ||
                                      written.error().code == FaultCode::UsbTimedOut);
    if (!written && !stalled) return absent(written.error());
    ++unanswered_;
    written_at_ = now;
    if (written) written_ = lamps;
    return {};
}

base::Result<std::vector<Reading>> UsbBoard::turn(const domain::Lamps& lamps, base::Millis now) {
    TRY_STATUS(write_lamps(lamps, now));
    std::vector<Reading> readings;
    for (int i = 0; i < reads_a_turn; ++i) {
        std::array<std::uint8_t, lines_report_size> bytes{};
        const auto got = transport_->read(in_, bytes, read_limit);
        if (!got && got.error().code == FaultCode::UsbTimedOut) break;
        if (!got && got.error().code == FaultCode::UsbStalled) continue;  // cleared
        if (!got) return absent(got.error());
        // What is no report is let pass: the next answer comes within a second.
        if (const auto reading = read_lines_report({bytes.data(), *got})) {
            readings.push_back(*reading);
            unanswered_ = 0;
        }
    }
    return readings;
}

}  // namespace drivers::cabinet
