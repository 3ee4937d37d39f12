// Brings the packages of the newest release list to the shelf, from the owner's repository, in
// slices that a restart goes on after. Like FeedDriver it has no thread and no socket: exchanges go
// out by `send`, one at a time, and come back by answered(); all waiting is by the steady clock. It
// asks only for what a list names that holds, is for this terminal and has not ended, never for
// more bytes than are signed, and gives up a slice that drips. Installing is not its business.
#pragma once

#include "base/event_log.hpp"
#include "offline/feeds/feed_store.hpp"
#include "offline/releases/package_shelf.hpp"
#include "offline/sync/centre_client.hpp"
#include "offline/sync/retry_schedule.hpp"

#include <functional>
#include <optional>

namespace offline::releases {

inline constexpr std::int64_t package_slice_bytes = 256 << 10;
// A slice that takes longer is given up: 2 kB/s, less than any line that can bring a package.
inline constexpr base::Millis package_slice_limit{120'000};

struct FetchOptions {
    sync::RetryPolicy retry;
    base::Millis every{900'000};  // after a package that was refused
    std::uint64_t seed = 0;
    std::string terminal;
    bool has_repository = true;          // else only looked at: a courier brings them
    std::function<base::Instant()> now;  // what the terminal believes
};

class PackageFetcher {
  public:
    using Send = std::function<void(sync::Exchange)>;

    PackageFetcher(FetchOptions options, const feeds::FeedStore& feeds, PackageShelf& shelf,
                   const sealing::KeySet& keys, const base::Clock& clock, base::EventLog& log,
                   Send send);

    // Does what is due; returns the steady time of the next thing to do.
    base::Millis tick(bool online);
    void answered(const base::Result<sync::Answer>& answer);

  private:
    void look_at_list();
    base::Status on_slice(const base::Result<sync::Answer>& answer);
    void failed(const base::Fault& fault);

    FetchOptions options_;
    const feeds::FeedStore& feeds_;
    PackageShelf& shelf_;
    const sealing::KeySet& keys_;
    const base::Clock& clock_;
    base::EventLog& log_;
    Send send_;

    std::int64_t looked_at_ = -1;  // release
    base::Instant expires_at_{};
    std::vector<papers::ReleasePackage> wanted_;
    std::optional<papers::ReleasePackage> under_way_;
    base::Millis next_{};
    int failures_ = 0;  // in a row
};

}  // namespace offline::releases
