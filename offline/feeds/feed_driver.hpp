// Brings feeds from the centre to this terminal: asks what is newer, fetches what is long in
// slices, takes what holds and says what does not. Like Delivery it has no thread and no socket:
// exchanges go out by `send`, one at a time, and come back by answered(); all waiting is by the
// steady clock. The lowest of all lanes: it asks only while the line is good, and an app that asks
// or a parcel never waits for it, because it has a connection of its own.
//
// A new key set or revocation is in force for everything on this thread from the moment it was
// taken: `keys`, to which delivery and office refer, is replaced in its place.
#pragma once

#include "base/event_log.hpp"
#include "offline/feeds/feed_store.hpp"
#include "offline/outbox/outbox.hpp"
#include "offline/sync/centre_client.hpp"
#include "offline/sync/retry_schedule.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>

namespace offline::feeds {

struct FeedOptions {
    sync::RetryPolicy retry;
    base::Millis every{900'000};  // between two questions that found nothing; jittered from half on
    std::uint64_t seed = 0;
    std::string key_set_floor;  // file that follows a new key set (keys/trust.hpp)
    // A signed version was made at this time: the time floor hears it.
    std::function<void(base::Instant)> told = {};
    ConfigurationCheck configuration;  // none: no configuration is taken
};

class FeedDriver {
  public:
    using Send = std::function<void(sync::Exchange)>;

    FeedDriver(FeedOptions options, FeedStore& store, store::Disk& disk,
               const outbox::Terminal& terminal, const sealing::PinnedRoot& root,
               sealing::KeySet& keys, const base::Clock& clock, base::EventLog& log, Send send);

    // Does what is due; returns the steady time of the next thing to do.
    base::Millis tick(bool online);
    void answered(const base::Result<sync::Answer>& answer);
    void nudge() { next_ = base::Millis{0}; }

    // What the centre last said of one of this terminal's submissions.
    std::optional<papers::CaseStatus> status_of(const std::string& local_number) const;
    // The centre takes this terminal's certificate for good no more.
    bool revoked() const;
    // A key that is not to be believed any more, by its kid.
    bool is_withdrawn(const std::string& kid) const {
        return std::find(withdrawn_.begin(), withdrawn_.end(), kid) != withdrawn_.end();
    }

  private:
    void ask_feeds();
    void ask_slice();
    base::Status on_feeds(base::ByteView body);
    base::Status on_slice(base::ByteView body);
    void consider_key_set(base::ByteView file);
    void consider(const papers::wire::FeedOffer& offer);
    base::Status take(const papers::FeedHead& head, base::ByteView signed_head,
                      base::ByteView content);
    void finish_blob();
    void refuse(papers::Feed feed, const base::Fault& fault, base::ByteView head);
    void put_in_force(papers::Feed feed, base::ByteView content);
    void failed(const base::Fault& fault, base::Millis retry_after);
    std::uint64_t draw() { return options_.seed += 0x9E3779B97F4A7C15ull; }

    FeedOptions options_;
    FeedStore& store_;
    store::Disk& disk_;
    const outbox::Terminal& terminal_;
    sealing::PinnedRoot root_;
    sealing::KeySet& keys_;
    const base::Clock& clock_;
    base::EventLog& log_;
    Send send_;

    struct Fetching {
        papers::FeedHead head;
        base::Bytes signed_head;
    };
    enum class Step { feeds, slice };
    std::optional<Step> waiting_for_;
    std::optional<Fetching> fetching_;
    base::Millis next_{};
    int failures_ = 0;                    // in a row
    std::set<base::Bytes> refused_;       // heads whose content was no good: not fetched again
    std::vector<std::string> withdrawn_;  // kids
    std::set<std::string> ended_;         // certificates of terminals
    std::map<std::string, papers::CaseStatus> statuses_;
};

}  // namespace offline::feeds
