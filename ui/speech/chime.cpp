#include "ui/speech/chime.hpp"

#include "ui/speech/sound_output.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace ui::speech {

std::vector<std::int16_t> chime(double gain) {
    constexpr std::array<double, 2> notes_hz{880, 659};
    constexpr double note_s = 0.2, attack_s = 0.005, fall_s = 0.08, loud = 0.6 * 32767;
    std::vector<std::int16_t> samples;
    for (const double hz : notes_hz)
        for (int i = 0; i < static_cast<int>(note_s * sample_rate); ++i) {
            const double t = i / static_cast<double>(sample_rate);
            const double shape = std::min(1.0, t / attack_s) * std::exp(-t / fall_s);
            const double wave = std::sin(2 * std::numbers::pi * hz * t);
            samples.push_back(static_cast<std::int16_t>(std::lround(loud * gain * shape * wave)));
        }
    return samples;
}

}  // namespace ui::speech
