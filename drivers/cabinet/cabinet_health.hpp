// One health of a cabinet out of its parts: ready when all are, else degraded with the first fault,
// for the terminal serves without any of them. Threads of several parts may say theirs.
#pragma once

#include "drivers/health_report.hpp"

#include <array>
#include <mutex>
#include <optional>
#include <utility>

namespace drivers::cabinet {

enum class Part { board, ups, light };

class CabinetHealth {
  public:
    explicit CabinetHealth(DeviceSink sink)
        : report_(domain::DeviceKind::cabinet, std::move(sink)) {}

    void say(Part part, std::optional<base::Fault> fault) {
        std::lock_guard lock(mutex_);
        faults_.at(static_cast<std::size_t>(part)) = std::move(fault);
        for (const auto& wrong : faults_) {
            if (!wrong) continue;
            report_.say({domain::DeviceState::degraded, domain::Supply::unknown, wrong});
            return;
        }
        report_.ready();
    }
    domain::DeviceHealth now() const { return report_.now(); }

  private:
    std::mutex mutex_;
    std::array<std::optional<base::Fault>, 3> faults_;
    HealthReport report_;
};

}  // namespace drivers::cabinet
