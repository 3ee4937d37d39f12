// The power-cut drill: a technician pulls the plug while made-up submissions are being kept, and
// after the start it is counted whether everything that was acknowledged is there. It works on a
// scratch outbox on the same disk, with keys of its own that nobody else believes; the terminal's
// outbox is not touched. Says Chinese on `say`. On the caller's thread.
#pragma once

#include "base/clock.hpp"
#include "offline/outbox/types.hpp"
#include "offline/sealing/keys/key_set.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace offline::post {

struct DrillSettings {
    std::string folder;  // of the drill alone
    domain::Realm realm{};
    std::string boot;             // what the kernel calls this start of the machine
    base::Millis lasts{120'000};  // without a cut it gives up
    base::Millis between{40};     // two submissions
};
using DrillSay = std::function<void(const std::string&)>;

// Keeps and acknowledges until the power is cut, `wait` says so (it waits that long and tells
// whether to end), or the time is over. What an earlier drill left is removed. StoreWriteFailed and
// the like.
base::Result<std::int64_t> begin_drill(const DrillSettings& settings, const sealing::KeySet& keys,
                                       const base::Clock& clock,
                                       const std::function<bool(base::Millis)>& wait,
                                       const DrillSay& say);

struct DrillResult {
    bool power_was_cut = false;  // the machine was started anew since
    bool opened = false;         // the outbox is whole
    std::int64_t acknowledged = 0, lost = 0;
    base::Instant at{};
    bool passed() const { return power_was_cut && opened && lost == 0 && acknowledged > 0; }
};
// AnswerNotFound: none was begun. The result is written beside, and of a drill that was passed the
// scratch outbox is removed.
base::Result<DrillResult> check_drill(const DrillSettings& settings, const base::Clock& clock,
                                      const DrillSay& say);

}  // namespace offline::post
