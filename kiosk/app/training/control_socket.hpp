// The training terminal's control: a local socket on which scripts send one-line verbs and read
// "| data" lines and then "ok" or "error TEXT". One client at a time. Lines arrive on a thread of
// its own and are answered by the main thread.
#pragma once

#include "base/result.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace app::training {

struct Reply {
    std::vector<std::string> data;
    std::string error;  // empty = ok
};

class ControlSocket {
  public:
    // `wake` makes the main loop look for a line. An old socket file is replaced.
    static base::Result<std::unique_ptr<ControlSocket>> open(const std::string& path,
                                                             std::function<void()> wake);
    ~ControlSocket();
    ControlSocket(const ControlSocket&) = delete;
    ControlSocket& operator=(const ControlSocket&) = delete;

    // Main thread: the next line, which must be answered before another one comes.
    std::optional<std::string> take_line();
    void answer(const Reply& reply);

  private:
    struct State;
    explicit ControlSocket(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace app::training
