// How a person wants the terminal to look, sound and stand. Chosen with single taps on any page,
// says nothing about who they are, and falls back to the default when the session ends (UX-208).
// Value only.
#pragma once

#include <algorithm>

namespace domain {

enum class TextSize { standard, large, largest };  // body 30, 40, 48 px em (UX-023)
enum class Contrast { standard, high };            // high: white on black, 21:1 (UX-026)

struct Comfort {
    bool elder = false;  // 长辈模式: own home page, largest text, longer times, speech, no motion
    TextSize text = TextSize::standard;
    Contrast contrast = Contrast::standard;
    bool low = false;        // 低位模式: every control ≤ 1120 mm above the floor (UX-044)
    bool left_hand = false;  // what is pressed stands on the left
    bool still = false;      // nothing moves by itself
    bool speech = false;
    bool blank = false;  // the screen stays dark while the terminal is heard and keyed (UX-192)
    int volume = volume_default;
    int rate = rate_default;

    static constexpr int volume_steps = 6, volume_default = 3;  // 1…6, 4 dB each (UX-183)
    static constexpr int rate_steps = 6, rate_default = 3;      // 1…6, 0.5…2.0 (UX-184)

    // What 长辈模式 switches on at once; each part can be changed afterwards.
    static Comfort for_elders() {
        Comfort c;
        c.elder = c.still = c.speech = true;
        c.text = TextSize::largest;
        c.volume = volume_default + 2;  // +6 dB and a little (UX-203)
        c.rate = rate_default - 1;
        return c;
    }

    friend bool operator==(const Comfort&, const Comfort&) = default;
};

}  // namespace domain
