#include "app/session_mark.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace app {

SessionMark::SessionMark(const std::string& state_folder) {
    if (state_folder.empty()) return;
    const std::string path = state_folder + "/session.lock";
    file_ = ::open(path.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
    // Whatever the app's umask is: the post, of the folder's group, looks at it as well.
    if (file_ >= 0) [[maybe_unused]]
        const int ignored = ::fchmod(file_, 0640);
}

SessionMark::~SessionMark() {
    if (file_ >= 0) ::close(file_);
}

void SessionMark::follow(bool somebody) {
    if (file_ < 0 || somebody == held_) return;
    // Refused only in the moment in which the screen is being stopped anyway; asked again with the
    // next thing that happens.
    if (::flock(file_, somebody ? LOCK_SH | LOCK_NB : LOCK_UN) == 0) held_ = somebody;
}

}  // namespace app
