// The one bounded inbox in which everything that does not come from the screen meets the main
// thread. Any thread puts; only the main thread takes. Full means that the main thread hangs: a
// bug, not a reason to lose a result.
#pragma once

#include "base/assert.hpp"
#include "base/bounded_queue.hpp"
#include "catalogue/pack.hpp"
#include "documents/documents.hpp"
#include "drivers/device_set.hpp"
#include "offline/post/post_client.hpp"
#include "offline/sealing/keys/key_set.hpp"
#include "session/event.hpp"
#include "ui/speech/voice.hpp"

#include <functional>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace app {

// A document was drawn by the paper worker, or could not be.
struct PaperDrawn {
    domain::Ticket ticket;
    base::Result<drivers::PrintJob> job;
};
// Its pages to look at, or why not.
struct PaperPictured {
    domain::Ticket ticket;
    base::Result<documents::Pictures> pages;
};
// What kiosk-post staged and this terminal found right (staged_catalogue.hpp).
struct StagedPack {
    catalogue::Pack pack;
    base::Instant soft_expiry{};  // may be outdated from then on; the epoch: never
};
struct CatalogueStaged {
    std::optional<StagedPack> pack;
    std::optional<offline::sealing::KeySet> keys;
    std::optional<std::int64_t> configuration;  // version of one that lies there and holds
    std::vector<base::FaultCode> refused;       // packs and keys that lay there and were not right
    std::vector<base::FaultCode> configurations_refused = {};
    std::optional<base::FaultCode> floor_not_kept;
};
// The audit record of technicians does not hold together.
struct AuditBroken {};
using Incoming = std::variant<drivers::DeviceEvent, offline::post::PostEvent, PaperDrawn,
                              PaperPictured, ui::speech::VoiceEvent, CatalogueStaged,
                              session::TechnicianChecked, session::AuditRead, session::SuppliesRead,
                              session::SetUpKnown, session::SetUpKept, AuditBroken>;

class Inbox {
  public:
    // `wake` makes the main loop look; set before any worker starts.
    void on_arrival(std::function<void()> wake) { wake_ = std::move(wake); }

    void put(Incoming item) {
        KIOSK_ASSERT(queue_.push(std::move(item)));
        if (wake_) wake_();
    }
    std::optional<Incoming> take() { return queue_.try_pop(); }

  private:
    std::function<void()> wake_;
    base::BoundedQueue<Incoming> queue_{256};
};

}  // namespace app
