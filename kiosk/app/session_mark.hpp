// Whether somebody is at this terminal, for whoever would take it away for a while (kiosk-update)
// or makes a support bundle (kiosk-post): while a session lasts the app holds a shared lock on
// session.lock in the state folder, which the kernel gives back when the app ends, however it ends.
// Main thread. Without a folder, or on a disk that does not take the file, nothing is marked;
// nothing can be installed on such a disk either.
#pragma once

#include <string>

namespace app {

class SessionMark {
  public:
    explicit SessionMark(const std::string& state_folder);
    ~SessionMark();
    SessionMark(const SessionMark&) = delete;
    SessionMark& operator=(const SessionMark&) = delete;

    void follow(bool somebody);

  private:
    int file_ = -1;
    bool held_ = false;
};

}  // namespace app
