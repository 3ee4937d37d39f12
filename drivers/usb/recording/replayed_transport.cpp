#include "drivers/usb/recording/replayed_transport.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace drivers::usb {

using base::FaultCode;
using Kind = Exchange::Kind;

namespace {

const char* word(Kind kind) {
    switch (kind) {
        case Kind::open:
            return "open";
        case Kind::close:
            return "close";
        case Kind::out:
            return "out";
        case Kind::in:
            break;
    }
    return "in";
}

}  // namespace

base::Fault ReplayedTransport::differs(const std::string& expected) {
    base::Fault fault{FaultCode::UsbFailed,
                      fmt::format("replay {}: expected {}", at_ + 1, expected)};
    if (!mismatch_) mismatch_ = fault;
    return fault;
}

base::Result<const Exchange*> ReplayedTransport::next(Kind kind, std::uint8_t endpoint) {
    if (is_played_out()) return base::fail(differs("the end"));
    const auto& one = recording_.exchanges[at_];
    if (one.kind != kind || one.endpoint != endpoint)
        return base::fail(differs(fmt::format("{} {:02X}", word(one.kind), one.endpoint)));
    ++at_;
    if (one.fault) return base::fail(*one.fault);
    return &one;
}

base::Status ReplayedTransport::open() {
    TRY(next(Kind::open, 0));
    return {};
}

void ReplayedTransport::close() {
    // Who takes a recording ends it where they like; closing needs no partner there.
    if (!is_played_out() && recording_.exchanges[at_].kind == Kind::close) ++at_;
}

base::Status ReplayedTransport::write(std::uint8_t endpoint, base::ByteView bytes, base::Millis) {
    if (!is_played_out() && recording_.exchanges[at_].kind == Kind::out &&
        !std::equal(bytes.begin(), bytes.end(), recording_.exchanges[at_].bytes.begin(),
                    recording_.exchanges[at_].bytes.end()))
        return base::fail(differs("other bytes"));
    TRY(next(Kind::out, endpoint));
    return {};
}

base::Result<std::size_t> ReplayedTransport::read(std::uint8_t endpoint,
                                                  std::span<std::uint8_t> into, base::Millis) {
    if (!is_played_out() && recording_.exchanges[at_].kind == Kind::in &&
        recording_.exchanges[at_].room != into.size())
        return base::fail(
            differs(fmt::format("room for {} bytes", recording_.exchanges[at_].room)));
    const auto* one = TRY(next(Kind::in, endpoint));
    std::copy(one->bytes.begin(), one->bytes.end(), into.begin());
    return one->bytes.size();
}

}  // namespace drivers::usb
