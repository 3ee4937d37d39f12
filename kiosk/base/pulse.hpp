// The sign of life of a worker thread. A worker that neither rests nor comes back to rest within
// its limit hangs: the app then tells its service manager nothing more (base/service_notice) and is
// started anew.
//
//   void run(std::stop_token stop) {
//       const base::Pulse pulse("card_reader");
//       …
//
// Waiting for a queue, a slot or a frame (bounded_queue.hpp, drivers/request_slot.hpp) is rest by
// itself; who waits in another way, as in poll(2), says so with a Rest.
#pragma once

#include "base/clock.hpp"

#include <atomic>
#include <optional>

namespace base {

class Pulse {
  public:
    // Longer than the slowest single step of any driver, a USB time-out with its repetitions.
    static constexpr Millis usual_limit{30'000};

    // On the worker's own thread, which has one at most. `worker`: a word for the log, a literal.
    explicit Pulse(const char* worker, Millis limit = usual_limit);
    ~Pulse();
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;

    // As long as it lives its thread may take what time it wants. Nothing on threads without a
    // pulse.
    class Rest {
      public:
        Rest();
        ~Rest();
        Rest(const Rest&) = delete;
        Rest& operator=(const Rest&) = delete;
    };

    // One more step of long work is done: as a moment of rest. Nothing on threads without a pulse.
    static void beat() { const Rest moment; }

    const char* worker() const { return worker_; }
    // How much longer than its limit it has worked on one thing; none: it is well. Any thread.
    std::optional<Millis> silent_for(Millis now) const;

  private:
    const char* worker_;
    const Millis limit_;
    std::atomic<Millis::rep> working_since_;  // steady; < 0: it rests
};

struct SilentWorker {
    const char* worker;
    Millis silent_for;  // since its last sign of life
};
// The worker of this process that has been silent longest, if any is over its limit. `now`: steady
// time of SystemClock. Any thread.
std::optional<SilentWorker> silent_worker(Millis now);

}  // namespace base
