#include "drivers/printer/escpos/printer_link.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace drivers::printer::escpos {

namespace {

using base::FaultCode;
using base::Millis;

constexpr Millis control_limit{500};
constexpr Millis write_limit{200};
constexpr Millis first_status_limit{300};
constexpr Millis answer_limit{3000};
constexpr int readings_most = 64;  // a printer that only talks must not keep the worker

base::Fault as_printer_fault(const base::Fault& fault) {
    switch (fault.code) {
        case FaultCode::UsbDeviceAbsent:
            return {FaultCode::PrinterAbsent, {}};
        case FaultCode::UsbDeviceGone:
            return {FaultCode::PrinterAbsent, "unplugged"};
        case FaultCode::UsbStalled:
            return {FaultCode::PrinterFailed, "stalled"};
        case FaultCode::UsbTimedOut:
            return {FaultCode::PrinterFailed, "silent"};
        case FaultCode::UsbFailed:
            return {FaultCode::PrinterAbsent, fault.safe_detail};
        default:
            return fault;
    }
}

}  // namespace

PrinterLink::PrinterLink(std::shared_ptr<usb::UsbClassTransport> transport)
    : transport_(std::move(transport)) {}
PrinterLink::~PrinterLink() {
    close();
}

base::Status PrinterLink::open(bool forget) {
    close();
    if (auto opened = transport_->open(); !opened)
        return base::fail(as_printer_fault(opened.error()));
    open_ = true;
    const auto* model = model_of(transport_->id());
    // Of one that only the configuration knows, nobody knows that it would not print the question
    // for a process id as garbage.
    proof_ = model != nullptr ? model->proof : Proof::in_order;
    auto up = choose_pipes();
    if (up && forget) forget_buffer();
    if (up) up = ask_port();
    if (up) {
        std::array<std::uint8_t, 512> answer;
        const auto got =
            transport_->ask(get_device_id(transport_->interface()), answer, control_limit);
        if (got)
            says_it_is_ = read_device_id(base::ByteView(answer).first(*got)).value_or(Ieee1284Id{});
        up = set_up();
    }
    if (!up) close();
    return up;
}

void PrinterLink::close() {
    if (std::exchange(open_, false)) transport_->close();
    state_ = {};
    says_it_is_ = {};
    replies_.forget();
    set_up_.clear();
    asked_.reset();
    awaited_.reset();
    owed_ = 0;
    port_answers_ = true;
    speaks_by_itself_ = asking_is_vain_ = printed_ = processed_ = false;
}

base::Status PrinterLink::choose_pipes() {
    out_ = in_ = 0;
    for (const auto& endpoint : transport_->interface().endpoints) {
        if (endpoint.kind != usb::TransferKind::bulk) continue;
        auto& pipe = endpoint.is_in() ? in_ : out_;
        if (pipe == 0) pipe = endpoint.address;
    }
    if (out_ == 0 || proof_ == Proof::none)
        return base::fail(FaultCode::PrinterAbsent, "endpoints");
    if (in_ == 0) return {};
    if (auto listening = transport_->listen(in_); !listening)
        return base::fail(as_printer_fault(listening.error()));
    return {};
}

base::Status PrinterLink::start_over() {
    forget_buffer();
    replies_.forget();
    awaited_.reset();
    TRY_STATUS(ask_port());
    TRY_STATUS(set_up());
    owed_ = 0;  // what was still to come has come, or never will
    return {};
}

base::Status PrinterLink::set_up() {
    set_up_ = escpos::set_up();
    TRY_STATUS(send_set_up());
    return hear(first_status_limit);
}

base::Status PrinterLink::send_set_up() {
    while (!set_up_.empty()) {
        const auto moved = TRY(send_some(set_up_, write_limit));
        if (moved == 0) return {};  // out of paper, mostly: the rest goes when it takes bytes again
        set_up_.erase(set_up_.begin(), set_up_.begin() + static_cast<std::ptrdiff_t>(moved));
    }
    return {};
}

base::Status PrinterLink::ask_port() {
    if (!port_answers_) return {};
    std::array<std::uint8_t, 1> answer;
    const auto got =
        transport_->ask(get_port_status(transport_->interface()), answer, control_limit);
    if (got) {
        state_.port = read_port_status(base::ByteView(answer).first(*got));
        return {};
    }
    if (got.error().code == FaultCode::UsbDeviceGone)
        return base::fail(as_printer_fault(got.error()));
    // It does not know the request, or is too busy for it: what was known no longer holds.
    port_answers_ = got.error().code != FaultCode::UsbStalled;
    state_.port.reset();
    return {};
}

// Of a printer without automatic status: the roll, and what stops it when the port says that
// something does.
base::Status PrinterLink::ask_paper() {
    if (in_ == 0 || speaks_by_itself_ || asking_is_vain_ || !set_up_.empty()) return {};
    const auto now = clock_.steady();
    if (asked_) {
        // Nothing is asked after a question without an answer, which may still come and would be
        // taken for the next one's.
        asking_is_vain_ = now - asked_at_ > answer_limit;
        return {};
    }
    auto query = RealtimeQuery::paper;
    if (state_.told && stop_cause(state_) == FaultCode::PrinterFailed)
        query =
            state_.status.cover_open ? RealtimeQuery::error_cause : RealtimeQuery::offline_cause;
    if (TRY(send_some(ask_now(query), write_limit)) == 0) return {};
    asked_ = query;
    asked_at_ = now;
    return {};
}

base::Status PrinterLink::look_after() {
    TRY_STATUS(ask_port());
    TRY_STATUS(send_set_up());
    return ask_paper();
}

base::Status PrinterLink::hear(Millis limit) {
    if (in_ == 0) return {};
    std::array<std::uint8_t, 512> bytes;
    for (int i = 0; i < readings_most; ++i) {
        const auto got = transport_->read(in_, bytes, i == 0 ? limit : Millis{1});
        if (!got && got.error().code == FaultCode::UsbTimedOut) return {};
        if (!got) return base::fail(as_printer_fault(got.error()));
        for (const auto& reply : replies_.read(base::ByteView(bytes).first(*got))) take(reply);
    }
    return {};
}

void PrinterLink::take(const Reply& reply) {
    if (const auto* status = std::get_if<AutomaticStatus>(&reply)) {
        speaks_by_itself_ = true;
        apply(state_, *status);
    } else if (const auto* answer = std::get_if<RealtimeAnswer>(&reply)) {
        // Nobody asked, or nobody waits for it any more: it may mean anything.
        if (asked_ && !asking_is_vain_ && !speaks_by_itself_) apply(state_, *asked_, *answer);
        if (!asking_is_vain_) asked_.reset();
    } else if (const auto* process = std::get_if<ProcessAnswer>(&reply)) {
        if (awaited_ == process->id) printed_ = true;
    } else if (owed_ > 0 && --owed_ == 0 && awaited_) {
        processed_ = true;
    }
}

base::Result<std::size_t> PrinterLink::send_some(base::ByteView bytes, Millis limit) {
    const auto moved = transport_->write_some(out_, bytes, limit);
    if (moved) return *moved;
    if (moved.error().code == FaultCode::UsbTimedOut) return std::size_t{0};
    return base::fail(as_printer_fault(moved.error()));
}

void PrinterLink::forget_buffer() {
    const auto interface = transport_->interface();
    if (transport_->tell(soft_reset(interface, usb::Recipient::interface), control_limit)) return;
    // An older reading of the standard; a printer that knows neither keeps what it has.
    (void)transport_->tell(soft_reset(interface, usb::Recipient::other), control_limit);
}

void PrinterLink::expect(const ProcessId& id) {
    awaited_ = id;
    printed_ = processed_ = false;
    ++owed_;
}

}  // namespace drivers::printer::escpos
