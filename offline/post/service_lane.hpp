// Brings service records to the centre, the oldest first, each until the centre's signed answer
// names its digest: a portal's 200 is none. One that the centre refuses for good is marked for a
// person and passed over. A connection and a thread of its own; everything but
// the exchange is on the office's thread.
#pragma once

#include "offline/post/service_book.hpp"
#include "offline/sealing/keys/key_set.hpp"
#include "offline/sync/centre_worker.hpp"
#include "offline/sync/retry_schedule.hpp"

#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace offline::post {

class ServiceLane {
  public:
    // `wake` is rung from the worker's thread.
    ServiceLane(sync::CentreAddress centre, ServiceBook book, const outbox::Terminal& terminal,
                const sealing::KeySet& keys, sync::RetryPolicy retry, std::uint64_t seed,
                const base::Clock& clock, base::EventLog& log, std::function<void()> wake);

    base::Result<KeptRecord> append(const papers::ServiceContent& content,
                                    const sealing::Epoch& epoch);
    // Takes what came and does what is due; the steady time of the next round.
    base::Millis round(bool online);

  private:
    base::Status answered(const base::Result<sync::Answer>& answer);
    void send_next();

    ServiceBook book_;
    const outbox::Terminal& terminal_;
    const sealing::KeySet& keys_;
    const sync::RetryPolicy retry_;
    const std::uint64_t seed_;
    const base::Clock& clock_;
    base::EventLog& log_;
    std::function<void()> wake_;
    std::optional<KeptRecord> under_way_;
    int failures_ = 0;
    base::Millis next_{0};  // steady
    std::mutex mutex_;
    std::vector<base::Result<sync::Answer>> letters_;  // guarded by mutex_
    sync::CentreWorker worker_;                        // last: it fills letters_
};

}  // namespace offline::post
