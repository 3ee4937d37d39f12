// What the app says of itself to the post, for the centre's list of terminals: how the parts are,
// what runs, what was drawn. Counts and words; nothing of a person. Values.
#pragma once

#include "base/clock.hpp"
#include "domain/device_health.hpp"
#include "domain/screen_proof.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

// A part that this terminal has.
struct PartReport {
    DeviceKind part{};
    DeviceState state = DeviceState::unavailable;
    Supply supply = Supply::unknown;
    std::string fault;  // the fault's name; empty: none
    friend bool operator==(const PartReport&, const PartReport&) = default;
};

struct AppReport {
    std::vector<PartReport> parts;
    std::string version;
    std::string pack;  // its id; empty: none, out of service
    std::int64_t pack_version = 0, key_set = 0;
    bool pack_outdated = false;
    std::string page;  // by its name
    ScreenProof proof = ScreenProof::unknown;
    std::string pause;  // why a technician took it out of service; empty: it serves
    base::Instant started_at{};
    std::int64_t sessions = 0, kept = 0;  // begun, and submissions handed in, since then
    std::int64_t memory_kib = 0;          // resident
    int disk_free_percent = -1;           // of the state folder's disk; -1: not known
    int paper_hours = -1;                 // until the documents' tray is empty; -1: not known
    int roll_hours = -1;                  // until the slips' roll is used up; -1: not known
    friend bool operator==(const AppReport&, const AppReport&) = default;
};

// Those parts that are there: one that has none says unavailable without a fault.
std::vector<PartReport> parts_of(const TerminalHealth& health);
// A word as it may stand in a report: 1 to 48 of a-z A-Z 0-9 _ . -
bool is_report_word(std::string_view text);

// What the centre wants of the app. It acts when nobody is using the terminal.
enum class CommandKind { notice, restart, reload, support_bundle };
inline constexpr int command_kind_count = 4;
std::string_view name(CommandKind kind);

// A sentence on the first page; an empty one takes it away again.
struct CentreNotice {
    std::string text;
    base::Instant until{};
    friend bool operator==(const CentreNotice&, const CentreNotice&) = default;
};
inline constexpr std::size_t notice_bytes_max = 240;
bool is_notice_text(std::string_view text);  // UTF-8 without control characters

}  // namespace domain
