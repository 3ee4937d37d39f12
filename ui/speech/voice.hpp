// The voice of the terminal: says one utterance at a time, never two at once; a new one or stop()
// ends the one before within a tenth of a second (UX-181). start() and stop() come from the main
// thread and return at once; events come from any thread through the sink. A voice that cannot
// speak says so as health and drops what it is given.
#pragma once

#include "base/locale.hpp"
#include "domain/device_health.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>

namespace ui::speech {

// Where it sounds. Personal words go into headphones only; that is decided before the voice.
enum class Channel { loudspeaker, headphones };

using UtteranceId = std::uint64_t;
struct Utterance {
    UtteranceId id = 0;
    bool chime = false;  // two notes instead of words
    std::string text{};
    base::Locale language = base::Locale::zh;
    int rate = 0, volume = 0;  // steps of domain::Comfort
    Channel channel = Channel::loudspeaker;
};

// Said to its end; not sent for what was stopped.
struct UtteranceEnded {
    UtteranceId id = 0;
};
struct VoiceHealthChanged {
    domain::DeviceHealth health;
};
using VoiceEvent = std::variant<UtteranceEnded, VoiceHealthChanged>;
using VoiceSink = std::function<void(VoiceEvent)>;

class Voice {
  public:
    virtual ~Voice() = default;
    virtual void start(Utterance utterance) = 0;
    virtual void stop() = 0;
    virtual bool speaking() const = 0;
};

// Times the slow-normal pace of about 200 Hanzi a minute; step 2 is the elders' 170 (UX-184,
// UX-203).
inline double pace(int rate_step) {
    constexpr std::array<double, 6> paces{0.5, 0.85, 1.0, 1.3, 1.6, 2.0};
    return paces[static_cast<std::size_t>(std::clamp(rate_step, 1, 6) - 1)];
}
// Six steps of 4 dB; the last is full scale (UX-183).
inline double gain(int volume_step) {
    return std::pow(10.0, -4.0 * (6 - std::clamp(volume_step, 1, 6)) / 20);
}

}  // namespace ui::speech
