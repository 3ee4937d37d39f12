// Keeps the certificate of a post that runs good: looks once an hour, and when two thirds of its
// validity are over gets the next one, which is in force without a restart. Whatever goes wrong,
// the present one stays in use, and after its end, too: what was kept is still delivered.
#pragma once

#include "base/event_log.hpp"
#include "offline/enrolment/commands.hpp"

#include <functional>
#include <optional>
#include <string>
#include <thread>

namespace offline::enrolment {

struct RenewerOptions {
    Self self;
    Places places;
    Way way;
    base::Millis every = std::chrono::hours(1);
    // On the renewer's thread.
    std::function<void(const sealing::TerminalCertificate&)> renewed;
    std::function<void()> revoked;
};

class Renewer {
  public:
    // `exchange` in place of the network, for whoever has none; empty: libcurl.
    Renewer(RenewerOptions options, sealing::TerminalCertificate present, base::EventLog& log,
            Ask exchange = {});

    // One look, on the caller's thread.
    void look();
    // Looks again and again on a thread of its own, until the end of this object.
    void start();

  private:
    base::Result<Enrolled> renew_now();
    void say(const char* state);

    RenewerOptions options_;
    sealing::TerminalCertificate present_;
    base::EventLog& log_;
    Ask exchange_;
    std::string said_;  // the state that was logged last
    std::jthread thread_;
};

}  // namespace offline::enrolment
