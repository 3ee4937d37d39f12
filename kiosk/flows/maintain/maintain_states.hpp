// The technician's pages: entered from the first page and from closed ones only, by a chain of taps
// that no page shows. Nothing of a citizen stands in any of them; what a technician showed to sign
// in is a secret that dies with the page.
#pragma once

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "base/secret.hpp"
#include "domain/identifiers.hpp"
#include "domain/supplies.hpp"
#include "domain/technician.hpp"
#include "flows/suspend/suspend_states.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace flows {

// What the terminal goes back to: the first page, or the closed one for as long as its reasons
// last.
using Below = Suspended;

struct TechnicianSigningIn {
    Below below;
    enum class Step { card, pin, challenge, answer, checking };
    Step step = Step::card;
    domain::Ticket ticket;  // of the card, or of the check
    base::SecretText card_number{};
    base::SecretText pin{};
    bool too_short = false;
    std::array<std::uint8_t, 16> nonce{};  // of the challenge
    base::Instant challenged{};
    std::optional<base::Fault> fault{};  // of the try before
    domain::SignInGate gate{};           // as the fault left it
};

struct TechnicianOverview {
    Below below;
    domain::Technician who;
    bool refused = false;  // asked for what they may not do
};

enum class MaintenanceQuestion { resume, restart, shut_down, tray_filled, roll_changed };
constexpr bool is_about_paper(MaintenanceQuestion question) {
    return question == MaintenanceQuestion::tray_filled ||
           question == MaintenanceQuestion::roll_changed;
}

// Pages that only show something. From supplies, what was filled up is asked about and noted.
enum class MaintenanceView { outbox, network, log, audit, time, supplies };
struct TechnicianLooking {
    Below below;
    domain::Technician who;
    MaintenanceView view{};
    domain::Ticket ticket{};
    std::optional<domain::OutboxStock> stock{};  // of outbox, network and time
    std::optional<base::Fault> fault{};          // it could not be asked
    std::vector<domain::AuditLine> audit{};      // the newest first
    std::int64_t audit_lines = 0;                // all of them
    bool audit_broken = false;
    std::optional<domain::Supplies> supplies{};
    std::optional<MaintenanceQuestion> noting{};  // tray or roll: being written down, or it was
    bool noted = false;                           // and it was; `fault`: it could not be
    bool asked = false;                           // the centre is tried at once
    bool waiting = true;
};

struct TechnicianCourier {
    Below below;
    domain::Technician who;
    domain::Ticket ticket{};
    std::optional<domain::CourierWork> work{};  // under way, or what ended last
    bool at_work = false;
    bool sticks = true;                // a place for one is set up
    std::vector<std::string> lines{};  // what the post said, the newest last
    std::optional<bool> all_well{};    // how it ended
    std::optional<base::Fault> fault{};
};

// 暂停服务: why and for how long.
struct TechnicianPausing {
    Below below;
    domain::Technician who;
    domain::PauseReason reason = domain::PauseReason::maintenance;
    domain::PauseLength length = domain::PauseLength::half_an_hour;
};

struct TechnicianAsked {
    Below below;
    domain::Technician who;
    MaintenanceQuestion question{};
};

// 清洁屏幕: touches do nothing for a while.
struct TechnicianCleaning {
    Below below;
    domain::Technician who;
    base::Instant since{};
};

}  // namespace flows
