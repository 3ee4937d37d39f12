// The real resident-card reader: SDT frames over any wire, on its own thread. While a card
// is wanted it looks for one about every 350 ms; a card that was read or refused must be lifted
// before it is found again. After a good read it goes on looking whether the card is still there,
// even after stop(), and says CardRemoved once. What a module gives out of its own memory, of the
// card before this one, is CardReadFailed. Without a request it asks the module every few
// seconds whether it is well; three silences in a row count as lost. A read asked for while no
// reader answers fails at once, a watch waits for the reader; the health says when it is back. One
// that was plugged in or pulled out is looked at at once; one that fails again and again is
// DeviceKeepsFailing (drivers/supervision).
#pragma once

#include "drivers/device_set.hpp"
#include "drivers/health_report.hpp"
#include "drivers/id_card/card_link.hpp"
#include "drivers/id_card/card_memory.hpp"
#include "drivers/request_slot.hpp"
#include "drivers/supervision/presence.hpp"
#include "drivers/supervision/recovery.hpp"

#include <memory>
#include <optional>
#include <thread>

namespace drivers::id_card {

class SdtIdCardReader final : public IdCardReader {
  public:
    SdtIdCardReader(std::unique_ptr<ReaderWire> wire, DeviceSink sink);

    void start_read(domain::Ticket ticket) override { wanted_.put({ticket, Purpose::read}); }
    void start_watch(domain::Ticket ticket) override { wanted_.put({ticket, Purpose::notice}); }
    void stop() override { wanted_.clear(); }
    domain::DeviceHealth health() const override { return health_.now(); }

  private:
    enum class Purpose { notice, read };
    struct Request {
        domain::Ticket ticket;
        Purpose purpose;
    };
    using Record = base::Result<base::Secret<domain::IdCardRecord>>;

    void run(std::stop_token stop);
    base::Millis pause() const;
    bool is_up(std::stop_token stop);
    bool bring_up(std::stop_token stop);
    void look_for_card(std::stop_token stop);
    void say_in_the_way();
    bool still_lies(std::stop_token stop);
    void watch_card(std::stop_token stop);
    void check_module(std::stop_token stop);
    Record read_found_card(std::stop_token stop);
    void trust(bool trusted);
    Record decoded(Reply reply, std::stop_token stop);
    base::Result<bool> is_from_before(base::ByteView content, std::stop_token stop);
    void note_number(std::stop_token stop);
    base::Fault lifted_or(base::Fault fault, std::stop_token stop);
    void finish(Record record);
    void link_lost(const base::Fault& fault);

    const DeviceSink sink_;
    HealthReport health_;
    RequestSlot<Request> wanted_;
    const base::SystemClock clock_;

    // The worker's own.
    supervision::Recovery recovery_{clock_};
    supervision::Presence answering_;
    CardLink link_;
    CardMemory last_card_;
    std::uint64_t seen_ = 0;
    std::optional<Request> request_;
    int distrusting_cards_ = 0;                         // one after another, none was read between
    bool must_lift_ = false;                            // the card on the reader has had its turn
    bool read_lies_ = false;                            // one that was read, as far as is known
    std::optional<domain::Ticket> watched_for_;         // whose read card is still lying there
    std::optional<domain::Ticket> unread_for_;          // who could not read the card lying there
    Command watched_by_ = read_card_management_number;  // what this model can tell a lifted card by

    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::id_card
