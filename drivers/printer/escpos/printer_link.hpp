// One receipt printer on USB, open or not: bytes out, what it says in. Keeps what is known of its
// state. Its IN pipe is always being read; its port status comes over endpoint 0 and so even from a
// printer that takes nothing more. Owning worker only. Faults: PrinterAbsent (not there, or gone:
// detail "unplugged", or not to be opened: "busy", "access"), PrinterFailed ("stalled").
#pragma once

#include "drivers/printer/escpos/codec/printer_state.hpp"
#include "drivers/printer/escpos/printer_models.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace drivers::printer::escpos {

class PrinterLink {
  public:
    explicit PrinterLink(std::shared_ptr<usb::UsbClassTransport> transport);
    ~PrinterLink();
    PrinterLink(const PrinterLink&) = delete;
    PrinterLink& operator=(const PrinterLink&) = delete;

    // Sets the printer up as far as it takes bytes now. `forget`: what it still has buffered, of
    // whoever came before, is thrown away first.
    base::Status open(bool forget);
    void close();
    bool is_open() const { return open_; }
    void on_plugging(std::function<void()> tell) { transport_->on_plugging(std::move(tell)); }
    const PrinterState& state() const { return state_; }
    Proof proof() const { return proof_; }
    bool can_answer() const { return in_ != 0; }
    bool is_set_up() const { return set_up_.empty(); }
    // As the printer names itself: for who looks after it.
    const Ieee1284Id& says_it_is() const { return says_it_is_; }

    // Takes what the printer said, waiting for it up to the limit.
    base::Status hear(base::Millis limit);
    // Asks for the port status, which may be done at any time.
    base::Status ask_port();
    // That, and between slips what else is due: the rest of the set-up, the roll.
    base::Status look_after();
    // What moved of `bytes`; 0 = the printer takes nothing now.
    base::Result<std::size_t> send_some(base::ByteView bytes, base::Millis limit);
    // Throws away what the printer has buffered and not printed, and sets it up anew. What is known
    // of it stays until it says something else.
    base::Status start_over();

    // A slip is about to be sent, which ends with both questions. Answers to earlier ones do not
    // count from here on.
    void expect(const ProcessId& id);
    bool printed() const { return printed_; }      // that slip, by its id
    bool processed() const { return processed_; }  // everything up to its end

  private:
    base::Status choose_pipes();
    void forget_buffer();
    base::Status set_up();
    base::Status send_set_up();
    base::Status ask_paper();
    void take(const Reply& reply);

    const std::shared_ptr<usb::UsbClassTransport> transport_;
    base::SystemClock clock_;
    bool open_ = false;
    std::uint8_t out_ = 0, in_ = 0;  // 0 = it has none
    Proof proof_ = Proof::in_order;
    Ieee1284Id says_it_is_;
    PrinterState state_;
    ReplyReader replies_;
    base::Bytes set_up_;                  // what is still to be sent of it
    bool port_answers_ = true;            // not every printer knows the request
    bool speaks_by_itself_ = false;       // automatic status came
    std::optional<RealtimeQuery> asked_;  // one at a time: the answer does not say to what
    base::Millis asked_at_{};
    bool asking_is_vain_ = false;
    std::optional<ProcessId> awaited_;
    int owed_ = 0;  // answers to questions in order that have not come
    bool printed_ = false, processed_ = false;
};

}  // namespace drivers::printer::escpos
