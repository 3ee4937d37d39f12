// Ctrl-C as a stop token for the commands that last. Made before any thread is, on the main thread.
#pragma once

#include <pthread.h>

#include <csignal>
#include <stop_token>
#include <thread>

namespace provisioning::technician {

// Ctrl-C asks for the end; a second one ends at once.
class Interruption {
  public:
    Interruption() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGINT);
        sigaddset(&signals_, SIGTERM);
        sigaddset(&signals_, SIGUSR1);  // ends the waiting itself
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
        waiter_ = std::jthread([this] {
            int which = 0;
            sigwait(&signals_, &which);
            pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
            source_.request_stop();
        });
    }
    ~Interruption() {
        if (!source_.stop_requested()) pthread_kill(waiter_.native_handle(), SIGUSR1);
    }
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
    std::stop_token token() const { return source_.get_token(); }

  private:
    sigset_t signals_{};
    std::stop_source source_;
    std::jthread waiter_;
};

}  // namespace provisioning::technician
