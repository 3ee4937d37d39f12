// present(): the session as a page. Pure: the only place that knows both the session and the
// screens. Every button of the page stands beside the event it means.
#pragma once

#include "catalogue/pack.hpp"
#include "domain/device_health.hpp"
#include "domain/post_status.hpp"
#include "session/event.hpp"
#include "session/session.hpp"
#include "session/world.hpp"
#include "ui/screens/screen.hpp"

#include <map>
#include <string>
#include <vector>

namespace app {

struct Page {
    ui::screens::Screen screen;
    std::map<std::string, session::Event> on_press;

    // The event an action of the screen means; Touched when it means nothing else.
    session::Event event_for(const ui::screens::Action& action) const;
};

// What only the technician's pages show of the machine.
struct LogLine {
    base::Instant at{};
    std::string event, detail;  // typed words, no person
};
struct MachineFacts {
    std::string version{};
    int disk_free_percent = -1;  // of the state folder's disk; < 0: not known
    bool audit_broken = false;
    bool memory_short = false;
    std::optional<int> paper_hours{};  // until the tray is empty; none: not known
    std::optional<int> roll_hours{};   // until the roll is used up; none: not known
    std::vector<LogLine> log{};        // the newest first
};
inline constexpr int disk_low_percent = 10;
inline constexpr int paper_soon_hours = 24;

struct PresentInput {
    const session::Session& session;
    const catalogue::Pack* pack = nullptr;  // null: no valid pack, out of service
    const session::Settings& settings;
    const domain::TerminalHealth& health;
    const domain::PostStatus& post;
    base::Instant now{};
    bool speech_paused = false;
    MachineFacts machine{};
    std::string notice{};  // of the centre, for the first page
};

// The two buttons of the voice; the app acts on them itself.
inline constexpr const char* speech_repeat_id = "speech_repeat";
inline constexpr const char* speech_pause_id = "speech_pause";

Page present(const PresentInput& input);

}  // namespace app
