// The wizard that makes a machine a terminal, decision by decision. Nothing of a citizen stands in
// it; an invitation passes through without being kept.
#pragma once

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "base/secret.hpp"
#include "domain/identifiers.hpp"
#include "domain/set_up/known.hpp"
#include "domain/set_up/touch_calibration.hpp"
#include "domain/set_up/touch_grid.hpp"
#include "domain/technician.hpp"
#include "flows/suspend/suspend_states.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace flows {

struct SettingUp {
    enum class Page {
        loading,     // what is known of the terminal is read
        question,    // one decision
        confirm,     // old → new
        trial,       // the screen shows the new size, for fifteen seconds
        keeping,     // it is being written
        enrolling,   // the post office uses the invitation
        joining,     // a wireless network
        cross,       // one of the five that calibrate the touch
        calibrated,  // the new calibration is in use, for fifteen seconds
        touch,       // the grid over the whole panel
        drift,       // and the line across it
        display,     // colours, then the ruler
        finished
    };
    Below below;
    domain::Technician who;
    domain::Ticket ticket{};  // of what is read, kept or printed
    Page page = Page::loading;
    domain::set_up::Known known{};
    domain::set_up::Decision decision{};
    // As answered so far. Beside the fields of the decision: proxy_host, proxy_port.
    domain::set_up::Values values{};
    std::vector<domain::set_up::TestResult> tests{};  // what a machine judged, so far
    std::vector<domain::set_up::Change> changes{};    // to be confirmed
    std::vector<domain::set_up::AnswerFault> faults{};
    std::optional<base::Fault> fault{};  // it could not be kept, or printed
    std::string focused{};               // the field that is typed into
    base::Instant since{};               // of the trial, the enrolling, the last touch of a test
    domain::set_up::TouchGrid grid{};
    std::vector<domain::PanelPoint> crossed{};  // as the panel says, uncorrected
    domain::set_up::Calibration calibration{};  // of the last five, good or refused
    base::SecretText passphrase{};              // as typed so far; gone once it is handed over
    int colour = 0;                             // of the display test
    std::string printing{};                     // the field whose test page is on its way
    bool scanning = false;                      // camera and scanner look for an invitation
    bool foreign = false;                       // a code was shown that is none
};

// Red, green, blue, white, black, then the ruler.
inline constexpr int display_steps = 6;
// Detail of a SetUpAnswerWrong: nobody on the network vouches for the clock.
inline constexpr std::string_view clock_not_synchronised = "clock_not_synchronised";

}  // namespace flows
