// A number that one thread counts up and a test waits for.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace drivers::testing {

class Counted {
  public:
    int add() {
        int now = 0;
        {
            std::lock_guard lock(mutex_);
            now = ++number_;
        }
        changed_.notify_all();
        return now;
    }
    int now() const {
        std::lock_guard lock(mutex_);
        return number_;
    }
    bool reaches(int number) const {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return number_ >= number; });
    }

  private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    int number_ = 0;
};

}  // namespace drivers::testing
