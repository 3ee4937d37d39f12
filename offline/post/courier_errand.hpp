// One piece of work with a stick, done by a process of its own (kiosk-post with a courier's command
// and --for-program): what it says comes line by line, its end as one result. The stick is that
// process's business alone; the one that holds the outbox only answers its questions
// (courier/local_call). begin() and take_news() on the office's thread; a thread of its own reads.
#pragma once

#include "base/result.hpp"
#include "domain/technician.hpp"
#include "offline/post/child_process.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace offline::post {

// How the process tells its fault on its standard output, behind everything else.
inline constexpr char courier_fault_mark = '!';

class CourierErrand {
  public:
    // `command` is the program with its options; the work's word and the folder come behind.
    // `wake` is called on the reading thread whenever there is news. InternalError: no process.
    static base::Result<std::unique_ptr<CourierErrand>> begin(std::vector<std::string> command,
                                                              domain::CourierWork work,
                                                              const std::string& stick_folder,
                                                              std::function<void()> wake);
    // Breaks the work off, which the next export or import mends. Waits three seconds at most.
    ~CourierErrand();

    struct News {
        std::vector<std::string> lines;
        std::optional<base::Result<bool>> ended;  // false: something on the stick was refused
    };
    News take_news();

  private:
    CourierErrand(ChildProcess child, std::function<void()> wake);
    void read();
    bool read_some(std::string& line);
    void take_line(std::string line);

    const ChildProcess child_;
    const Wake stop_;
    const std::function<void()> wake_;
    std::mutex mutex_;
    News news_;                         // guarded by mutex_
    std::optional<base::Fault> fault_;  // as the process told it; the reading thread's
    std::thread thread_;
};

}  // namespace offline::post
