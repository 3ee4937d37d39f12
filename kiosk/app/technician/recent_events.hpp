// The log, and the last of its lines kept in memory for the technician's page. They are typed words
// and numbers; there is no person in any of them. Any thread.
#pragma once

#include "app/present/present.hpp"
#include "base/event_log.hpp"

#include <deque>
#include <mutex>

namespace app {

class RecentEvents final : public base::EventLog {
  public:
    static constexpr std::size_t kept = 100;
    RecentEvents(base::EventLog& log, const base::Clock& clock) : log_(log), clock_(clock) {}
    void write_line(std::string json_line) override;
    std::vector<LogLine> newest() const;  // first the newest

  private:
    base::EventLog& log_;
    const base::Clock& clock_;
    mutable std::mutex mutex_;
    std::deque<LogLine> lines_;  // guarded by mutex_
};

// {"event":"DeviceHealthChanged","device":"camera","state":"ready"} as its name and
// "device=camera state=ready".
LogLine as_words(std::string_view json_line, base::Instant at);

}  // namespace app
