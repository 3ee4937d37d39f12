#include "drivers/headphones/switch_events.hpp"

#include <linux/input.h>

#include <cstring>

namespace drivers::headphones {

namespace {

void append(base::Bytes& out, const input_event& event) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&event);
    out.insert(out.end(), bytes, bytes + sizeof event);
}

}  // namespace

std::optional<bool> SwitchEvents::take(base::ByteView bytes) {
    rest_.insert(rest_.end(), bytes.begin(), bytes.end());
    std::optional<bool> said;
    std::size_t at = 0;
    for (; rest_.size() - at >= sizeof(input_event); at += sizeof(input_event)) {
        input_event event;
        std::memcpy(&event, rest_.data() + at, sizeof event);
        if (event.type == EV_SW && event.code == SW_HEADPHONE_INSERT) said = event.value != 0;
    }
    rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(at));
    return said;
}

base::Bytes switch_event(bool plugged) {
    base::Bytes out;
    input_event event{};
    event.type = EV_SW;
    event.code = SW_HEADPHONE_INSERT;
    event.value = plugged ? 1 : 0;
    append(out, event);
    append(out, input_event{});  // EV_SYN, SYN_REPORT
    return out;
}

}  // namespace drivers::headphones
