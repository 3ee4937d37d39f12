// The earliest time that this terminal believes: never before the program was built, nor before
// what a signed paper of the centre told. It only goes up and outlives a restart, so a dead clock
// (1970) neither blocks TLS nor makes an expired certificate look young. One thread; floor() and
// now() from any.
// Source: offline-sync.md 2.10.
#pragma once

#include "base/clock.hpp"
#include "base/event_log.hpp"
#include "domain/local_receipt.hpp"
#include "offline/store/disk.hpp"

#include <atomic>
#include <optional>
#include <string>

namespace offline::sync {

class ClockFloor {
  public:
    // Kept in `path`; empty: in memory only. A file that does not read counts as none.
    ClockFloor(std::string path, const base::Clock& clock, base::EventLog& log,
               store::Disk& disk = store::real_disk());

    base::Instant floor() const { return base::Instant{base::Millis{floor_ms_.load()}}; }
    // The wall clock, but never before the floor: what certificates are measured by.
    base::Instant now() const;

    // A verified paper told the time; `source`: receipt, hello or feed. Written when it went up by
    // an hour or more, so that not every receipt costs a flush.
    void told(base::Instant server_time, const char* source);
    // The same, and the paper was made just now, for this terminal: a hello with its nonce.
    void told_now(base::Instant server_time);
    // The newest time that was told; 0: none yet.
    base::Instant server_time() const { return told_; }

    // How far the wall clock is to be trusted now. server: a paper of today's run says the same
    // within two minutes; ntp: the machine's clock is disciplined; none: it is before the floor.
    domain::ClockTrust trust() const;

  private:
    void keep(const char* source);

    std::string path_;
    const base::Clock& clock_;
    base::EventLog& log_;
    store::Disk& disk_;
    std::atomic<std::int64_t> floor_ms_{0};
    base::Instant kept_{};  // in the file
    base::Instant told_{};
    // Wall minus server time at the last telling, and when that was (steady).
    std::optional<std::pair<base::Millis, base::Millis>> offset_;
};

}  // namespace offline::sync
