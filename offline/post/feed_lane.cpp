#include "offline/post/feed_lane.hpp"

#include "base/assert.hpp"

namespace offline::post {

FeedLane::FeedLane(sync::CentreAddress centre, feeds::FeedOptions options, feeds::FeedStore& store,
                   store::Disk& disk, const outbox::Terminal& terminal,
                   const sealing::PinnedRoot& root, sealing::KeySet& keys, const base::Clock& clock,
                   base::EventLog& log, std::function<void()> wake)
    : wake_(std::move(wake)),
      driver_(std::move(options), store, disk, terminal, root, keys, clock, log,
              [this](sync::Exchange exchange) {
                  // Never more than one is on its way, so the queue has room.
                  KIOSK_ASSERT(worker_.give(0, std::move(exchange)));
              }),
      worker_(std::move(centre), [this](std::int64_t, base::Result<sync::Answer> answer) {
          {
              std::lock_guard lock(mutex_);
              letters_.push_back(std::move(answer));
          }
          wake_();
      }) {}

base::Millis FeedLane::round(bool online) {
    std::vector<base::Result<sync::Answer>> letters;
    {
        std::lock_guard lock(mutex_);
        letters.swap(letters_);
    }
    for (const auto& letter : letters) driver_.answered(letter);
    return driver_.tick(online);
}

}  // namespace offline::post
