#include "offline/post/package_lane.hpp"

#include "base/assert.hpp"

namespace offline::post {

PackageLane::PackageLane(sync::CentreAddress repository, releases::FetchOptions options,
                         const feeds::FeedStore& feeds, releases::PackageShelf shelf,
                         const sealing::KeySet& keys, const base::Clock& clock, base::EventLog& log,
                         std::function<void()> wake)
    : wake_(std::move(wake)),
      shelf_(std::move(shelf)),
      fetcher_(std::move(options), feeds, shelf_, keys, clock, log,
               [this](sync::Exchange exchange) {
                   // Never more than one is on its way, so the queue has room.
                   KIOSK_ASSERT(worker_.give(0, std::move(exchange)));
               }),
      worker_(std::move(repository), [this](std::int64_t, base::Result<sync::Answer> answer) {
          {
              std::lock_guard lock(mutex_);
              letters_.push_back(std::move(answer));
          }
          wake_();
      }) {}

base::Millis PackageLane::round(bool online) {
    std::vector<base::Result<sync::Answer>> letters;
    {
        std::lock_guard lock(mutex_);
        letters.swap(letters_);
    }
    for (const auto& letter : letters) fetcher_.answered(letter);
    return fetcher_.tick(online);
}

}  // namespace offline::post
