// What one workload asked of the outbox and what it was told, in order, and when: the log of the
// disk carries the marks, so that for every cut it is known what had been promised by then.
#pragma once

#include "offline/outbox/outbox.hpp"

#include <optional>
#include <vector>

namespace power_loss {

// In the order in which they may happen to one submission.
enum class Event { kept, shown, sent, refused, complete };

struct Item {
    offline::outbox::Acceptance acceptance;
    std::vector<base::Bytes> attachments;      // what acceptance.attachments stand for
    std::optional<domain::LocalReceipt> slip;  // what the citizen took home
    base::Bytes receipt2;
    std::string case_number;
};

struct Step {
    Event event{};
    std::size_t item = 0;
    bool promised = false;  // it was answered, and with yes
};

struct History {
    std::vector<Item> items;
    std::vector<Step> steps;
    std::string broken;  // a promise that did not even need a cut to be broken

    // Marks on the disk: step i was asked, step i was answered.
    static std::int64_t asked(std::size_t step) { return static_cast<std::int64_t>(2 * step + 1); }
    static std::int64_t answered(std::size_t step) {
        return static_cast<std::int64_t>(2 * step + 2);
    }
    std::size_t answered_by(std::int64_t mark) const { return static_cast<std::size_t>(mark / 2); }
    std::size_t asked_by(std::int64_t mark) const {
        return static_cast<std::size_t>((mark + 1) / 2);
    }
};

}  // namespace power_loss
