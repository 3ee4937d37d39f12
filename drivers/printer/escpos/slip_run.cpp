#include "drivers/printer/escpos/slip_run.hpp"

#include "base/pulse.hpp"
#include "base/secret.hpp"

#include <algorithm>
#include <optional>

namespace drivers::printer::escpos {

namespace {

using base::FaultCode;
using base::Millis;

constexpr std::size_t chunk_most = 4096;
constexpr Millis listen_slice{50};
constexpr Millis look_pause{500};

class SlipRun {
  public:
    SlipRun(PrinterLink& link, const SlipOrder& order, const SlipPatience& patience)
        : link_(link), order_(order), patience_(patience) {}

    base::Result<PrintOutcome> run() {
        TRY_STATUS(link_.hear(Millis{0}));
        TRY_STATUS(link_.look_after());
        if (const auto cause = stop_cause(link_.state())) return base::fail(*cause);
        if (!link_.is_set_up()) return base::fail(FaultCode::PrinterFailed, "takes nothing");
        compose();
        link_.expect(order_.id);
        while (done_ < bytes_.size())
            if (auto ended = send_on()) return *ended;
        // One that says nothing proves nothing.
        return link_.can_answer() ? wait_for_proof() : PrintOutcome::unknown;
    }
    ~SlipRun() { base::wipe(bytes_); }
    SlipRun(const SlipRun&) = delete;
    SlipRun& operator=(const SlipRun&) = delete;

  private:
    using Ended = std::optional<base::Result<PrintOutcome>>;

    void compose() {
        const auto add = [&](const base::Bytes& more) {
            bytes_.insert(bytes_.end(), more.begin(), more.end());
        };
        if (order_.cut_before) add(partial_cut());
        add(slip(order_.picture));
        slip_end_ = bytes_.size();
        if (link_.proof() == Proof::process_id) add(ask_process_id(order_.id));
        add(ask_paper_in_order());
        moved_at_ = clock_.steady();
    }

    // What it came to when it ended before everything was sent; `offered` bytes were being taken,
    // nobody knows how many of them.
    base::Result<PrintOutcome> ended_early(std::size_t offered, base::Fault fault) const {
        if (done_ == 0 && offered == 0) return base::fail(std::move(fault));
        return done_ + offered < slip_end_ ? PrintOutcome::spoiled : PrintOutcome::unknown;
    }

    Ended send_on() {
        base::Pulse::beat();
        const bool withdrawn = order_.withdrawn && order_.withdrawn();
        if ((withdrawn || order_.stop.stop_requested()) && done_ < slip_end_)
            return ended_early(0, {FaultCode::PrinterFailed, "purged"});
        const auto chunk =
            base::ByteView(bytes_).subspan(done_, std::min(chunk_most, bytes_.size() - done_));
        const auto moved = link_.send_some(chunk, patience_.slice);
        if (!moved) return ended_early(chunk.size(), moved.error());
        done_ += *moved;
        if (*moved > 0) moved_at_ = clock_.steady();
        auto heard = link_.hear(*moved > 0 ? Millis{0} : listen_slice);
        if (heard && *moved == 0) heard = link_.ask_port();  // no other byte may come in between
        if (!heard) return ended_early(0, heard.error());
        if (done_ == bytes_.size()) return std::nullopt;
        if (const auto cause = stop_cause(link_.state())) return ended_early(0, {*cause, {}});
        // A hot head goes on by itself, and a person or the session's own limit waits for it.
        if (link_.state().status.overheated) moved_at_ = clock_.steady();
        if (clock_.steady() - moved_at_ > patience_.stuck)
            return ended_early(0, {FaultCode::PrinterFailed, "takes nothing"});
        return std::nullopt;
    }

    base::Result<PrintOutcome> wait_for_proof() {
        const auto sent_at = clock_.steady();
        auto looked_at = sent_at;
        std::optional<Millis> processed_at, stopped_at;
        for (;;) {
            base::Pulse::beat();
            if (!link_.hear(listen_slice)) return PrintOutcome::unknown;
            if (link_.printed()) return PrintOutcome::printed;
            const auto now = clock_.steady();
            if (link_.processed() && !processed_at) processed_at = now;
            if (now - looked_at > look_pause || processed_at) {
                if (!link_.look_after()) return PrintOutcome::unknown;
                looked_at = now;
            }
            const bool stopped = stop_cause(link_.state()).has_value();
            if (stopped && !stopped_at) stopped_at = now;
            if (!stopped) stopped_at.reset();
            const auto wanted =
                link_.proof() == Proof::process_id ? patience_.process_id : Millis{0};
            if (processed_at && !stopped && now - *processed_at >= wanted)
                return PrintOutcome::printed;
            if (now - sent_at > patience_.proof ||
                (stopped_at && now - *stopped_at > patience_.grace))
                return PrintOutcome::unknown;
            if (order_.stop.stop_requested()) return PrintOutcome::unknown;
        }
    }

    PrinterLink& link_;
    const SlipOrder& order_;
    const SlipPatience& patience_;
    base::SystemClock clock_;
    base::Bytes bytes_;
    std::size_t slip_end_ = 0, done_ = 0;
    Millis moved_at_{};
};

}  // namespace

base::Result<PrintOutcome> run_slip(PrinterLink& link, const SlipOrder& order,
                                    const SlipPatience& patience) {
    return SlipRun(link, order, patience).run();
}

}  // namespace drivers::printer::escpos
