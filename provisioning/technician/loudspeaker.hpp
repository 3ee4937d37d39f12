// A sentence out of the loudspeaker, by the program that reads the app's pages aloud, too
// (espeak-ng, which plays through the same default of ALSA). This program links no library of
// sound. One thread; blocks until it was said.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"

#include <string>

namespace provisioning::technician {

struct Loudspeaker {
    std::string program = "espeak-ng", voice = "cmn";
    std::string cards = "/proc/asound/cards";  // the kernel's list of them (ALSA)
    base::Millis limit{20'000};
};

// Words go in by stdin. AudioDeviceMissing: no card, or it takes no sound; SpeechProgramMissing,
// SpeechVoiceMissing. That it returns well says nothing of whether anybody could hear it.
base::Status say_aloud(const std::string& sentence, const Loudspeaker& by);

unsigned random_digit();  // 0 to 9

}  // namespace provisioning::technician
