// Whether somebody is at this terminal, as the app says it: while a session lasts it holds a shared
// lock on session.lock in the state folder (kiosk/app/session_mark). Asked before a support bundle
// is made, and again when it is finished; in between a shared lock of its own keeps an update
// (kiosk-update) from beginning, and no citizen waits for anything. On the office's thread.
#pragma once

#include <string>

namespace offline::post {

class NobodyServed {
  public:
    // Empty: nobody is ever served here.
    explicit NobodyServed(std::string lock_file) : path_(std::move(lock_file)) {}
    ~NobodyServed() { let_go(); }
    NobodyServed(const NobodyServed&) = delete;
    NobodyServed& operator=(const NobodyServed&) = delete;

    // True: nobody is there in this moment, and the shared lock is held from now on. A file that is
    // not there: no app ever ran here. One that does not open counts as somebody.
    bool take();
    // Of who took: still nobody. The lock is gone in any case.
    bool still_when_let_go();
    void let_go();

  private:
    bool alone() const;

    const std::string path_;
    int file_ = -1;
};

}  // namespace offline::post
