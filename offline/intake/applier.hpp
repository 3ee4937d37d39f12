// The business side's hand: takes effects that wait and has them, one transaction each, on a thread
// of its own until it is destroyed. Several may run, in one process or in many, over one database.
// While the store cannot be reached it asks again once a second.
#pragma once

#include "offline/intake/intake_service.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace offline::intake {

class Applier {
  public:
    // `service` outlives it.
    explicit Applier(IntakeService& service);
    ~Applier();

  private:
    void work(const std::stop_token& stop);

    IntakeService& service_;
    std::mutex mutex_;
    std::condition_variable_any pause_;
    std::jthread thread_;
};

}  // namespace offline::intake
