// Samples to the sound card through SDL: 16 bit, one channel. Without a card it runs on SDL's dummy
// driver, so that speech keeps its time, and says so. Any thread; one owner locks around it.
#pragma once

#include "base/fault.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace ui::speech {

inline constexpr int sample_rate = 22050;  // espeak-ng's own

class SoundOutput {
  public:
    SoundOutput();
    ~SoundOutput();
    SoundOutput(const SoundOutput&) = delete;
    SoundOutput& operator=(const SoundOutput&) = delete;

    // Why nobody hears anything; none when there is a card.
    const std::optional<base::Fault>& fault() const { return fault_; }
    void play(std::span<const std::int16_t> samples);
    void clear();  // silent at once
    // Samples that have not sounded yet.
    std::size_t waiting() const;
    // Nothing follows: the card may rest.
    void rest();
    // Gives back what SDL keeps for the calling thread: the last word of a thread that had an
    // output.
    static void leave_thread();

  private:
    std::uint32_t device_ = 0;
    std::optional<base::Fault> fault_;
};

}  // namespace ui::speech
