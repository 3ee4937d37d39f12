// The packages' own lane of the post office: fetcher, connection and thread, to the owner's
// repository instead of the centre. The lowest of all: it never asks while the line is not good,
// and nobody waits for it.
#pragma once

#include "offline/releases/package_fetcher.hpp"
#include "offline/sync/centre_worker.hpp"

#include <functional>
#include <mutex>
#include <vector>

namespace offline::post {

class PackageLane {
  public:
    // An empty address: nothing is fetched, a courier brings packages. `wake` is rung from the
    // worker's thread; everything else is the office's.
    PackageLane(sync::CentreAddress repository, releases::FetchOptions options,
                const feeds::FeedStore& feeds, releases::PackageShelf shelf,
                const sealing::KeySet& keys, const base::Clock& clock, base::EventLog& log,
                std::function<void()> wake);

    // Takes what came and does what is due; the steady time of the next round.
    base::Millis round(bool online);

  private:
    std::function<void()> wake_;
    std::mutex mutex_;
    std::vector<base::Result<sync::Answer>> letters_;  // guarded by mutex_
    releases::PackageShelf shelf_;
    releases::PackageFetcher fetcher_;
    sync::CentreWorker worker_;  // last: it fills letters_
};

}  // namespace offline::post
