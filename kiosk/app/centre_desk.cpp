#include "app/centre_desk.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

namespace app {

namespace {

constexpr base::Millis report_every{60'000};
constexpr std::size_t waiting_max = 8;

// Without what moves with every citizen.
domain::AppReport matter_of(domain::AppReport report) {
    report.page.clear();
    report.sessions = report.kept = report.memory_kib = 0;
    report.disk_free_percent = report.paper_hours = report.roll_hours = -1;
    return report;
}

// As a report may carry it: a version of somebody's own build may have other characters.
std::string as_word(std::string text) {
    if (text.size() > 48) text.resize(48);
    for (char& c : text)
        if (!domain::is_report_word(std::string(1, c))) c = '-';
    return text;
}

}  // namespace

CentreDesk::CentreDesk(offline::post::PostClient& post, const base::Clock& clock,
                       std::string version, std::string state_folder)
    : post_(post),
      clock_(clock),
      state_folder_(std::move(state_folder)),
      version_(as_word(version.empty() ? "0" : std::move(version))),
      started_at_(clock.now()) {}

void CentreDesk::measure() {
    std::ifstream statm("/proc/self/statm");
    std::int64_t pages = 0, resident = 0;
    if (statm >> pages >> resident) memory_kib_ = resident * (::sysconf(_SC_PAGESIZE) / 1024);
    std::error_code problem;
    const auto space = std::filesystem::space(state_folder_, problem);
    if (!problem && space.capacity > 0)
        disk_free_percent_ = static_cast<int>(100 * (space.available / 1024) /
                                              std::max<std::uintmax_t>(1, space.capacity / 1024));
}

void CentreDesk::look(const Facts& facts) {
    const auto now = clock_.steady();
    domain::AppReport report;
    report.parts = domain::parts_of(facts.health);
    report.version = version_;
    report.pack = as_word(facts.pack);
    report.pack_version = facts.pack_version;
    report.key_set = facts.key_set;
    report.pack_outdated = facts.pack_outdated;
    report.page = as_word(facts.page);
    report.proof = facts.proof;
    if (facts.pause) report.pause = std::string(domain::name(facts.pause->reason));
    report.started_at = started_at_;
    report.sessions = sessions_;
    report.kept = kept_;
    report.paper_hours = std::clamp(facts.paper_hours, -1, 9999);
    report.roll_hours = std::clamp(facts.roll_hours, -1, 9999);
    const bool due = !told_at_ || now - *told_at_ >= report_every;
    if (!due && matter_of(report) == matter_of(told_)) return;
    if (due) measure();
    report.memory_kib = memory_kib_;
    report.disk_free_percent = disk_free_percent_;
    told_ = report;
    told_at_ = now;
    post_.report(std::move(report));
}

void CentreDesk::take(offline::post::CommandGiven command) {
    const bool waits = std::ranges::any_of(
        waiting_, [&](const auto& one) { return one.serial == command.serial; });
    if (!waits && waiting_.size() < waiting_max) waiting_.push_back(std::move(command));
}

void CentreDesk::answer(const std::string& outcome) {
    post_.command_done(waiting_.front().serial, outcome);
    waiting_.pop_front();
}

std::string CentreDesk::notice() const {
    return notice_.until > clock_.now() ? notice_.text : std::string{};
}

}  // namespace app
