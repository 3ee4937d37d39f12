#include "drivers/cabinet/emulated/emulated_cabinet_board.hpp"

#include "drivers/cabinet/boards/board_report.hpp"

namespace drivers::cabinet {

namespace {

constexpr std::uint8_t reports_in = 0x81, reports_out = 0x01;
constexpr usb::DeviceId nobodys{0xFFFF, 0x0001};  // of no vendor

std::size_t at(domain::CabinetLine line) {
    return static_cast<std::size_t>(line);
}

}  // namespace

EmulatedCabinetBoard::EmulatedCabinetBoard()
    : EmulatedUsbDevice(nobodys, {{reports_in, usb::TransferKind::interrupt, 8},
                                  {reports_out, usb::TransferKind::interrupt, 8}}) {
    set_.set(at(domain::CabinetLine::presence));
}

void EmulatedCabinetBoard::set(domain::CabinetLine line, bool on) {
    std::lock_guard lock(mutex_);
    if (set_[at(line)] == on) return;
    set_.set(at(line), on);
    report();
}

bool EmulatedCabinetBoard::is_set(domain::CabinetLine line) const {
    std::lock_guard lock(mutex_);
    return set_[at(line)];
}

domain::Lamps EmulatedCabinetBoard::lamps() const {
    std::lock_guard lock(mutex_);
    return lamps_;
}

bool EmulatedCabinetBoard::wait_lamp(domain::Lamp lamp, domain::LampState state,
                                     base::Millis limit) const {
    std::unique_lock lock(mutex_);
    return lit_.wait_for(lock, limit, [&] { return lamps_[lamp] == state; });
}

void EmulatedCabinetBoard::talk_nonsense(bool nonsense) {
    std::lock_guard lock(mutex_);
    nonsense_ = nonsense;
}

void EmulatedCabinetBoard::fall_silent(bool silent) {
    std::lock_guard lock(mutex_);
    silent_ = silent;
}

void EmulatedCabinetBoard::host_wrote(std::uint8_t, base::ByteView bytes) {
    if (const auto lamps = read_lamps_report(bytes)) lamps_ = *lamps;
    lit_.notify_all();
    report();
}

void EmulatedCabinetBoard::powered() {
    lamps_ = {};
}

void EmulatedCabinetBoard::report() {
    if (silent_) return;
    auto bytes = lines_report({domain::CabinetLines{}.set(), set_});
    if (nonsense_) bytes.front() = 0xFF;
    answer(reports_in, std::move(bytes));
}

}  // namespace drivers::cabinet
