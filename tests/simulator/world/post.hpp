// The one place that makes a terminal's post: the real outbox and the real delivery on a disk and a
// clock of the world. Wrappers around it are the mutants of the detector's own tests.
#pragma once

#include "base/event_log.hpp"
#include "offline/outbox/outbox.hpp"
#include "offline/sync/delivery.hpp"
#include "offline/sync/outbox_parcels.hpp"

#include <functional>
#include <memory>

namespace simulator {

class Post {
  public:
    using Send = std::function<void(std::int64_t reference, offline::sync::Exchange)>;
    virtual ~Post() = default;
    virtual base::Result<domain::LocalReceipt> accept(const offline::outbox::Acceptance& given) = 0;
    virtual base::Millis tick() = 0;
    virtual void answered(std::int64_t reference,
                          const base::Result<offline::sync::Answer>& answer) = 0;
    virtual void line_came_back() = 0;
    virtual offline::outbox::Outbox& outbox() = 0;
    virtual base::Instant time_floor() const = 0;
    // How many receipts found a full disk although there was a ballast to give up.
    virtual int receipts_without_room() const = 0;
};

inline constexpr const char* outbox_folder = "/outbox";
inline constexpr std::int64_t outbox_quota = 4 << 20;
inline constexpr std::int64_t outbox_ballast = 2 << 20;  // more than a log that nobody moved yet
inline constexpr base::Millis retry_cap{900'000};

struct PostParts {
    offline::store::Disk& disk;
    const offline::outbox::Terminal& terminal;
    offline::sealing::KeySet keys;
    const base::Clock& clock;
    base::EventLog& log;
    std::uint64_t seed = 0;
    Post::Send send;
    std::int64_t ballast = outbox_ballast;
};

// A fault: the outbox does not open.
using PostMaker = std::function<base::Result<std::unique_ptr<Post>>(PostParts)>;
base::Result<std::unique_ptr<Post>> make_post(PostParts parts);

}  // namespace simulator
