// The event log: only events declared in log_events.toml exist, their fields are typed, and none
// can hold a person. One JSON object per line. The writer may be called from any thread.
#pragma once

#include "base/clock.hpp"
#include "base/log_events.hpp"  // generated: one struct per event in namespace base::log

#include <cstdint>
#include <string>
#include <string_view>

namespace base {

class EventLog {
  public:
    virtual ~EventLog() = default;
    // `json_line` comes from the generated to_json only.
    virtual void write_line(std::string json_line) = 0;

    template <class Event>
    void record(const Event& event) {
        write_line(log::to_json(event));
    }
};

// Appends to a file descriptor (2 = stderr, which systemd puts into the journal), each line with
// its wall time. Does not own the descriptor.
class DescriptorEventLog final : public EventLog {
  public:
    DescriptorEventLog(int descriptor, const Clock& clock)
        : descriptor_(descriptor), clock_(clock) {}
    void write_line(std::string json_line) override;

  private:
    int descriptor_;
    const Clock& clock_;
};

class NoEventLog final : public EventLog {
  public:
    void write_line(std::string) override {}
};

}  // namespace base
