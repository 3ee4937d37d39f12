// What a program tells the service manager that started it (sd_notify(3), its datagram protocol):
// that it serves, that it still does, what it is at. Without NOTIFY_SOCKET in the environment every
// call does nothing. The main thread's.
//
// Who calls alive() promises that the program has just done its work, not only that it runs: the
// app after a frame, the post after a round with its outbox, the intake after a question to its
// store.
#pragma once

#include "base/clock.hpp"

#include <optional>
#include <string>

namespace base {

class ServiceNotice {
  public:
    // Takes the variables out of the environment, so that no child speaks for the program.
    explicit ServiceNotice(const Clock& clock);
    ~ServiceNotice();
    ServiceNotice(const ServiceNotice&) = delete;
    ServiceNotice& operator=(const ServiceNotice&) = delete;

    void ready();
    void stopping();
    // Tells it when a third of the time that the manager allows has passed.
    void alive();
    // How long alive() may stay away from now on; a day where nobody watches.
    Millis due_in() const;

  private:
    void send(const std::string& text);

    const Clock& clock_;
    int socket_ = -1;
    std::string address_;  // as sockaddr_un has it
    Millis period_{0};     // 0: nobody watches
    Millis told_at_{};     // steady
};

// A socket that listens already and was handed over at the start (sd_listen_fds(3)), closed when
// the program becomes another one; none: the program was started without. More than one is not
// expected.
std::optional<int> handed_over_socket();

}  // namespace base
