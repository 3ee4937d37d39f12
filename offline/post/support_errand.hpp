// Has a support bundle made by the program that makes them (kiosk-technician support-bundle), as a
// process of its own: the post links nothing of diagnostics. begin() and ended() on the office's
// thread; a thread of its own waits. One that takes too long is ended.
#pragma once

#include "base/result.hpp"
#include "offline/post/child_process.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace offline::post {

class SupportErrand {
  public:
    // `command`: the program with its options, whole. `wake` is called when it has ended, on the
    // waiting thread. InternalError: no process.
    static base::Result<std::unique_ptr<SupportErrand>> begin(std::vector<std::string> command,
                                                              std::function<void()> wake);
    ~SupportErrand();  // ends the process
    SupportErrand(const SupportErrand&) = delete;
    SupportErrand& operator=(const SupportErrand&) = delete;

    // True: it made the file; false: it did not. Nothing: it still runs.
    std::optional<bool> ended() const;

  private:
    SupportErrand(ChildProcess child, std::function<void()> wake);
    void wait();

    const ChildProcess child_;
    const std::function<void()> wake_;
    mutable std::mutex mutex_;
    std::optional<bool> ended_;  // guarded by mutex_
    std::thread thread_;
};

}  // namespace offline::post
