#include "offline/intake/slots.hpp"

#include <algorithm>

namespace offline::intake {

using base::Millis;

Millis Slots::admit(const std::string& terminal, std::int64_t items, bool urgent, Millis now,
                    std::uint64_t seed) {
    const auto reserved = reserved_.find(terminal);
    if (reserved != reserved_.end()) {
        if (now < reserved->second && !urgent) return reserved->second - now;
        reserved_.erase(reserved);
        return Millis{0};  // its work was counted when the time was given
    }
    if (items <= 0) return Millis{0};
    const Millis starts = std::max(now, busy_until_);
    const Millis wait = starts - now;
    // To the item: what is less than a millisecond is counted with the next one.
    const auto book = [&] {
        item_thousandths_ += items * 1000;
        busy_until_ = starts + Millis{item_thousandths_ / rules_.items_per_second};
        item_thousandths_ %= rules_.items_per_second;
    };
    if (urgent || wait <= rules_.patience) {
        book();
        return Millis{0};
    }
    if (wait >= rules_.longest || reserved_.size() >= rules_.reservations) {
        const auto spread = static_cast<std::uint64_t>(rules_.longest.count() / 2);
        return rules_.longest / 2 + Millis{static_cast<std::int64_t>(seed % spread)};
    }
    book();
    reserved_[terminal] = starts;
    return wait;
}

}  // namespace offline::intake
