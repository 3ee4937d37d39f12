// How many requests are inside at once, and how many were answered what: the bound above which the
// intake says later, and the numbers of /metrics. Any thread.
#pragma once

#include "offline/intake/store/case_store.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace offline::intake {

class Gate {
  public:
    explicit Gate(int most) : most_(most) {}

    // Empty when full; what is returned is let go at the end of the request.
    std::shared_ptr<void> enter();
    void count(const std::string& request, int status);

    int inside() const { return inside_; }
    std::map<std::pair<std::string, int>, std::int64_t> answers() const;

  private:
    const int most_;
    std::atomic<int> inside_{0};
    mutable std::mutex mutex_;  // guards answers_
    std::map<std::pair<std::string, int>, std::int64_t> answers_;
};

// In Prometheus' text format; nothing in it is of a person or a terminal.
std::string metrics_text(const Gate& gate, CaseStore& store);

}  // namespace offline::intake
