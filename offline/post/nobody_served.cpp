#include "offline/post/nobody_served.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace offline::post {

bool NobodyServed::alone() const {
    return ::flock(file_, LOCK_EX | LOCK_NB) == 0;
}

bool NobodyServed::take() {
    let_go();
    if (path_.empty()) return true;
    file_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file_ < 0) return errno == ENOENT;
    // Alone for a moment only: a session that begins now marks itself beside the shared lock.
    if (alone() && ::flock(file_, LOCK_SH | LOCK_NB) == 0) return true;
    let_go();
    return false;
}

bool NobodyServed::still_when_let_go() {
    // There was no file, and there may be one by now: the app came up meanwhile.
    const bool still = file_ < 0 ? take() : alone();
    let_go();
    return still;
}

void NobodyServed::let_go() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
}

}  // namespace offline::post
