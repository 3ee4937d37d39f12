// A thread that runs exchanges one after another and hands each answer to the sink, exactly one per
// exchange (called on the worker's thread). The owner of the outbox talks to it by values only.
#pragma once

#include "base/bounded_queue.hpp"
#include "offline/sync/centre_client.hpp"

#include <functional>
#include <thread>

namespace offline::sync {

class CentreWorker {
  public:
    using Sink = std::function<void(std::int64_t reference, base::Result<Answer> answer)>;

    CentreWorker(CentreAddress address, Sink sink);
    ~CentreWorker();

    // False: too many wait already; the sink will not be called for it.
    [[nodiscard]] bool give(std::int64_t reference, Exchange exchange);

  private:
    struct Job {
        std::int64_t reference = 0;
        Exchange exchange;
    };
    void work(const std::stop_token& stop);

    CentreClient client_;
    Sink sink_;
    base::BoundedQueue<Job> jobs_;
    std::jthread thread_;  // last: it starts when all else stands
};

}  // namespace offline::sync
