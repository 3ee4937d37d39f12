#include "drivers/qr/scanner/emulated/emulated_scanner.hpp"

#include "drivers/qr/scanner/codec/key_codes.hpp"
#include "drivers/qr/scanner/codec/pos_reports.hpp"
#include "drivers/qr/scanner/codec/serial_codes.hpp"
#include "drivers/qr/scanner/emulated/emulated_pos_scanner.hpp"

#include <sys/socket.h>

#include <array>

namespace drivers::qr {

namespace {

using base::FaultCode;
using domain::ScannerKind;

base::Result<std::unique_ptr<CodeDecoder>> decoder_of(ScannerKind mode) {
    switch (mode) {
        case ScannerKind::hid: {
            const auto fields = TRY(input_fields(EmulatedPosScanner{}.descriptor()));
            const auto layout = pos_layout(fields);
            if (!layout) break;
            return std::make_unique<PosReports>(*layout);
        }
        case ScannerKind::serial:
            return std::make_unique<SerialCodes>();
        case ScannerKind::keyboard:
            return std::make_unique<KeyDecoder>(1);
        case ScannerKind::none:
            break;
    }
    return base::fail(FaultCode::CodeScannerAbsent, "emulated");
}

}  // namespace

void EmulatedScanner::plug(bool there) {
    const std::lock_guard lock(mutex_);
    there_ = there;
    if (!there) to_driver_ = FileDescriptor();  // the driver reads the end
    if (tell_) tell_();
}

void EmulatedScanner::set_mode(ScannerKind mode) {
    const std::lock_guard lock(mutex_);
    mode_ = mode;
    to_driver_ = FileDescriptor();
    if (tell_) tell_();
}

void EmulatedScanner::on_plugging(std::function<void()> tell) {
    const std::lock_guard lock(mutex_);
    tell_ = std::move(tell);
}

void EmulatedScanner::hold_elsewhere(bool held) {
    const std::lock_guard lock(mutex_);
    held_elsewhere_ = held;
    if (held) to_driver_ = FileDescriptor();
}

std::vector<base::Bytes> EmulatedScanner::messages(base::ByteView code) const {
    if (mode_ == ScannerKind::hid) return EmulatedPosScanner{}.reports_of(base::as_text(code));
    if (mode_ == ScannerKind::keyboard)
        return {key_events(chords_of(base::as_text(code)), clock_.steady())};
    base::Bytes bytes(code.begin(), code.end());
    bytes.push_back('\r');
    return {std::move(bytes)};
}

bool EmulatedScanner::send(const std::vector<base::Bytes>& messages) {
    if (!to_driver_) return false;
    for (const auto& message : messages)
        if (::send(to_driver_.number(), message.data(), message.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(message.size()))
            return false;
    return true;
}

bool EmulatedScanner::scan(base::ByteView code) {
    const std::lock_guard lock(mutex_);
    return send(messages(code));
}

bool EmulatedScanner::begin_scan(base::ByteView code) {
    const std::lock_guard lock(mutex_);
    auto all = messages(code);
    // A code of one report comes whole or not at all; its half is a report that says more follows.
    if (mode_ == ScannerKind::hid && all.size() == 1) all.front().back() |= 1U;
    if (all.size() > 1)
        all.resize(all.size() / 2);
    else if (mode_ != ScannerKind::hid)
        all.front().resize(all.front().size() / 2);
    return send(all);
}

bool EmulatedScanner::type(const std::vector<Chord>& keys) {
    const std::lock_guard lock(mutex_);
    if (mode_ != ScannerKind::keyboard) return false;
    return send({key_events(keys, clock_.steady())});
}

base::Result<OpenScanner> EmulatedScanner::open() {
    const std::lock_guard lock(mutex_);
    if (!there_) return base::fail(FaultCode::CodeScannerAbsent, "emulated");
    if (mode_ != wanted_)
        return base::fail(wanted_ == ScannerKind::hid ? FaultCode::CodeScannerWrongMode
                                                      : FaultCode::CodeScannerAbsent,
                          "emulated");
    if (mode_ == ScannerKind::keyboard && held_elsewhere_)
        return base::fail(FaultCode::CodeScannerNotHeld, "emulated");
    OpenScanner open;
    open.decoder = TRY(decoder_of(mode_));
    // Reports come one a read; events and letters in any pieces.
    const int kind = mode_ == ScannerKind::hid ? SOCK_SEQPACKET : SOCK_STREAM;
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, kind | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0)
        return base::fail(FaultCode::CodeScannerAbsent, "no socket");
    open.lines.emplace_back(ends[0]);
    to_driver_ = FileDescriptor(ends[1]);
    return open;
}

}  // namespace drivers::qr
