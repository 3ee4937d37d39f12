// What a terminal does for itself in its quiet hours, and when: the self-test and the clean-up once
// a night, a fresh start of the program when it has run for long. Pure; one thread.
#pragma once

#include "app/care/pressure.hpp"
#include "base/clock.hpp"
#include "domain/care_settings.hpp"
#include "domain/device_health.hpp"
#include "domain/post_status.hpp"
#include "domain/screen_proof.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace app {

struct NightFacts {
    base::Instant now{};
    base::Millis up_for{0};  // steady, since the program started
    bool nobody_here = false;
    Pressure memory = Pressure::ample;
};

class NightWatch {
  public:
    // `terminal` spreads terminals over the window, so that a county's do not all begin anew in the
    // same minute.
    NightWatch(const domain::CareSettings& settings, const std::string& terminal);

    struct Due {
        bool self_test = false;  // with the clean-up
        bool restart = false;
        friend bool operator==(const Due&, const Due&) = default;
    };
    // What is due now. A self-test counts as done when it was said here.
    Due due(const NightFacts& facts);

  private:
    domain::CareSettings settings_;
    int minute_in_window_;
    std::optional<base::Date> tested_on_;
};

struct SelfTestFacts {
    domain::TerminalHealth health;
    domain::PostStatus post;
    Pressure memory = Pressure::ample, disk = Pressure::ample;
    domain::ScreenProof screen = domain::ScreenProof::unknown;
    bool catalogue_outdated = false;
    bool in_service = false;  // a catalogue and keys hold
    base::Instant now{};
};
// What is not as it should be, as words for the log and the report: card_reader:CardReaderSilent,
// outbox:attention, memory:short. Empty: all is well.
std::vector<std::string> self_test(const SelfTestFacts& facts);

}  // namespace app
