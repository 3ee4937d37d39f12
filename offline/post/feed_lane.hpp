// The feeds' own lane of the post office: a driver, a connection and a thread for it, so that no
// question and no parcel ever waits for a pack. Its answers come in by value; everything else is
// the office's thread.
#pragma once

#include "offline/feeds/feed_driver.hpp"
#include "offline/sync/centre_worker.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace offline::post {

class FeedLane {
  public:
    // `wake` is rung from the worker's thread.
    FeedLane(sync::CentreAddress centre, feeds::FeedOptions options, feeds::FeedStore& store,
             store::Disk& disk, const outbox::Terminal& terminal, const sealing::PinnedRoot& root,
             sealing::KeySet& keys, const base::Clock& clock, base::EventLog& log,
             std::function<void()> wake);

    // Takes what came and does what is due; the steady time of the next round.
    base::Millis round(bool online);
    const feeds::FeedDriver& driver() const { return driver_; }
    void nudge() { driver_.nudge(); }

  private:
    std::function<void()> wake_;
    std::mutex mutex_;
    std::vector<base::Result<sync::Answer>> letters_;  // guarded by mutex_
    feeds::FeedDriver driver_;
    sync::CentreWorker worker_;  // last: it fills letters_
};

}  // namespace offline::post
