#include "drivers/usb/recording/recorded_transport.hpp"

namespace drivers::usb {

Exchange& RecordedTransport::note(Exchange::Kind kind, std::uint8_t endpoint) {
    Exchange one;
    one.at = clock_.steady() - begun_;
    one.kind = kind;
    one.endpoint = endpoint;
    recording_.exchanges.push_back(std::move(one));
    return recording_.exchanges.back();
}

base::Status RecordedTransport::open() {
    auto opened = transport_->open();
    auto& one = note(Exchange::Kind::open);
    if (!opened) {
        one.fault = opened.error().code;
        return opened;
    }
    recording_.id = transport_->id();
    recording_.endpoints = transport_->endpoints();
    return opened;
}

void RecordedTransport::close() {
    transport_->close();
    note(Exchange::Kind::close);
}

base::Status RecordedTransport::write(std::uint8_t endpoint, base::ByteView bytes,
                                      base::Millis limit) {
    auto written = transport_->write(endpoint, bytes, limit);
    auto& one = note(Exchange::Kind::out, endpoint);
    one.bytes.assign(bytes.begin(), bytes.end());
    if (!written) one.fault = written.error().code;
    return written;
}

base::Result<std::size_t> RecordedTransport::read(std::uint8_t endpoint,
                                                  std::span<std::uint8_t> into,
                                                  base::Millis limit) {
    auto got = transport_->read(endpoint, into, limit);
    auto& one = note(Exchange::Kind::in, endpoint);
    one.room = into.size();
    if (got)
        one.bytes.assign(into.begin(), into.begin() + static_cast<std::ptrdiff_t>(*got));
    else
        one.fault = got.error().code;
    return got;
}

}  // namespace drivers::usb
