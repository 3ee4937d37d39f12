#include "offline/post/support_errand.hpp"

#include <poll.h>

#include <cerrno>
#include <csignal>
#include <system_error>

namespace offline::post {

namespace {

constexpr int longest_ms = 5 * 60'000;

}  // namespace

base::Result<std::unique_ptr<SupportErrand>> SupportErrand::begin(std::vector<std::string> command,
                                                                  std::function<void()> wake) {
    auto child = TRY(ChildProcess::start(std::move(command), ChildProcess::Output::silent));
    auto errand =
        std::unique_ptr<SupportErrand>(new SupportErrand(std::move(child), std::move(wake)));
    try {
        errand->thread_ = std::thread([raw = errand.get()] { raw->wait(); });
    } catch (const std::system_error&) {  // the machine has none left for it
        return base::fail(base::FaultCode::InternalError, "no thread");
    }
    return errand;
}

SupportErrand::SupportErrand(ChildProcess child, std::function<void()> wake)
    : child_(std::move(child)), wake_(std::move(wake)) {}

SupportErrand::~SupportErrand() {
    child_.tell(SIGKILL);
    if (thread_.joinable())
        thread_.join();
    else
        (void)child_.reap();
}

void SupportErrand::wait() {
    pollfd asked{child_.ended_descriptor(), POLLIN, 0};
    int ready = 0;
    while ((ready = ::poll(&asked, 1, longest_ms)) < 0 && errno == EINTR) {
    }
    if (ready <= 0) child_.tell(SIGKILL);
    const int code = child_.reap();
    {
        const std::lock_guard lock(mutex_);
        ended_ = code == 0;
    }
    wake_();
}

std::optional<bool> SupportErrand::ended() const {
    const std::lock_guard lock(mutex_);
    return ended_;
}

}  // namespace offline::post
