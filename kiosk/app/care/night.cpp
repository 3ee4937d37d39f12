#include "app/care/night.hpp"

#include <functional>
#include <string_view>

namespace app {

namespace {

using base::Millis;

// A program restarted a moment ago does not begin anew again, whatever its memory says.
constexpr Millis least_time_up{15 * 60 * 1000};
constexpr base::Instant first_day{std::chrono::sys_days{std::chrono::year{2025} / 1 / 1}};

std::uint32_t spread(std::string_view text) {
    std::uint32_t hash = 2166136261;  // FNV-1a: the same on every machine
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
    return hash;
}

int minute_of_day(base::Instant now) {
    const auto local = now + base::china_offset;
    return static_cast<int>(std::chrono::floor<std::chrono::minutes>(
                                local - std::chrono::floor<std::chrono::days>(local))
                                .count());
}

}  // namespace

NightWatch::NightWatch(const domain::CareSettings& settings, const std::string& terminal)
    : settings_(settings),
      // The second half of the window is left for what takes its time.
      minute_in_window_(static_cast<int>(
          spread(terminal) % static_cast<std::uint32_t>(settings.window.minutes() / 2 + 1))) {}

NightWatch::Due NightWatch::due(const NightFacts& facts) {
    Due out;
    if (!facts.nobody_here) return out;
    const bool memory_short = facts.memory >= Pressure::short_;
    out.restart = memory_short && facts.up_for >= least_time_up;
    const int minute = minute_of_day(facts.now);
    // A clock that knows no date knows no night either.
    if (!settings_.window.holds(minute) || facts.now < first_day) return out;
    const int into = (minute - settings_.window.from + 24 * 60) % (24 * 60);
    if (into < minute_in_window_) return out;
    const auto today = base::local_date(facts.now);
    if (tested_on_ != today) {
        tested_on_ = today;
        out.self_test = true;
        return out;  // what it finds is told before anything ends
    }
    const auto long_enough =
        std::chrono::duration_cast<Millis>(std::chrono::days{settings_.restart_after_days});
    if (settings_.restart_after_days > 0 && facts.up_for >= long_enough) out.restart = true;
    return out;
}

std::vector<std::string> self_test(const SelfTestFacts& facts) {
    std::vector<std::string> out;
    const auto add = [&](std::string_view part, std::string_view what) {
        out.push_back(std::string(part) + ":" + std::string(what));
    };
    const auto device = [&](std::string_view part, const domain::DeviceHealth& health) {
        // Without a fault it is one that this terminal does not have.
        if (health.fault) add(part, base::name(health.fault->code));
        if (health.supply == domain::Supply::out) add(part, "supply_out");
        if (health.supply == domain::Supply::low) add(part, "supply_low");
    };
    const auto& health = facts.health;
    device("id_card_reader", health.id_card_reader);
    device("camera", health.camera);
    device("face_comparison", health.face_comparison);
    device("document_printer", health.document_printer);
    device("receipt_printer", health.receipt_printer);
    device("code_scanner", health.code_scanner);
    device("document_camera", health.document_camera);
    device("panel", health.panel);
    device("speech", health.speech);
    device("headphones", health.headphones);
    device("cabinet", health.cabinet);
    if (!facts.post.taking) add("outbox", "takes_nothing");
    if (facts.post.attention > 0) add("outbox", "attention");
    if (facts.memory != Pressure::ample) add("memory", name(facts.memory));
    if (facts.disk != Pressure::ample) add("disk", name(facts.disk));
    if (facts.screen == domain::ScreenProof::frozen || facts.screen == domain::ScreenProof::blank)
        add("screen", domain::name(facts.screen));
    if (!facts.in_service) add("catalogue", "none");
    if (facts.catalogue_outdated) add("catalogue", "outdated");
    if (facts.now < first_day) add("clock", "wrong");
    return out;
}

}  // namespace app
