// What step() may read besides the session and the event: the catalogue, the terminal's settings,
// the time, device health, and an id drawn beforehand, so that step() stays pure.
#pragma once

#include "base/clock.hpp"
#include "catalogue/pack.hpp"
#include "domain/cabinet.hpp"
#include "domain/device_health.hpp"
#include "domain/device_places.hpp"
#include "domain/identifiers.hpp"
#include "domain/idle_times.hpp"
#include "domain/local_receipt.hpp"
#include "domain/masking.hpp"
#include "domain/post_status.hpp"
#include "domain/quiet_hours.hpp"
#include "domain/touch_matrix.hpp"

#include <string>
#include <vector>

namespace session {

struct Settings {
    domain::Realm realm = domain::Realm::training;
    std::string terminal;  // 15 characters
    std::string division;  // 12 digits: where the terminal stands
    bool face_check_wanted = false;
    domain::IdleTimes times{};
    domain::MaskingPolicy masking{};
    domain::DevicePlaces places{};
    domain::QuietHours quiet{};
    domain::PanelLight light{};
    bool has_scanner = false;                        // of codes, there or not at the moment
    std::vector<std::string> identity_beginnings{};  // domain/scanned_code.hpp
    bool set_up_open = false;                        // nobody is served before it is finished
    // Keys of the centre are here: before, the terminal could know no technician.
    bool has_keys = true;
    int panel_width = 1080, panel_height = 1920;  // pixels
    double pixels_per_mm = 4.034, lower_edge_mm = 850;
    domain::TouchMatrix touch_matrix{};
};

struct World {
    const catalogue::Pack& pack;
    const Settings& settings;
    const domain::TerminalHealth& health;
    base::Instant now{};
    domain::SubId fresh_id;
    domain::Line line = domain::Line::unknown;  // to the centre, as the post office says
};

}  // namespace session
