// What a program tells the service manager, heard at the socket.
#include "base/service_notice.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>

namespace {

using namespace std::chrono_literals;

// The manager's end.
class service_notice : public testing::Test {
  protected:
    service_notice() {
        std::string pattern = std::filesystem::temp_directory_path() / "cw-notify-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const std::string path = folder_ + "/notify";
        std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
        EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    }
    ~service_notice() override {
        for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
            ::unsetenv(name);
        ::close(socket_);
        std::filesystem::remove_all(folder_);
    }
    std::string heard() const {
        std::array<char, 256> text{};
        const auto size = ::recv(socket_, text.data(), text.size(), 0);
        return size < 0 ? "" : std::string(text.data(), static_cast<std::size_t>(size));
    }

    base::ManualClock clock_{base::Instant{}};
    std::string folder_;
    int socket_ = -1;
};

TEST_F(service_notice, the_manager_hears_of_the_beginning_and_the_end) {
    base::ServiceNotice notice(clock_);
    notice.ready();
    EXPECT_EQ(heard(), "READY=1");
    notice.stopping();
    EXPECT_EQ(heard(), "STOPPING=1");
}
TEST_F(service_notice, a_watched_program_is_heard_three_times_in_its_time_and_not_with_every_turn) {
    ::setenv("WATCHDOG_USEC", "9000000", 1);
    ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
    base::ServiceNotice notice(clock_);
    EXPECT_EQ(notice.due_in(), 0ms);
    int count = 0;
    for (int turn = 0; turn < 90; ++turn, clock_.forward(100ms)) {
        notice.alive();
        count += heard() == "WATCHDOG=1" ? 1 : 0;
    }
    EXPECT_EQ(count, 3);
    notice.alive();
    EXPECT_EQ(notice.due_in(), 3000ms);
}
TEST_F(service_notice, one_that_hangs_says_nothing) {
    ::setenv("WATCHDOG_USEC", "9000000", 1);
    base::ServiceNotice notice(clock_);
    notice.alive();
    EXPECT_EQ(heard(), "WATCHDOG=1");
    clock_.forward(20s);
    EXPECT_EQ(heard(), "");
    EXPECT_EQ(notice.due_in(), 0ms) << "it is late";
}
TEST_F(service_notice, the_watch_over_another_process_is_not_ours) {
    ::setenv("WATCHDOG_USEC", "9000000", 1);
    ::setenv("WATCHDOG_PID", "1", 1);
    base::ServiceNotice notice(clock_);
    notice.alive();
    EXPECT_EQ(heard(), "");
    EXPECT_GT(notice.due_in(), 1h);
}
TEST_F(service_notice, no_child_can_speak_for_the_program) {
    ::setenv("WATCHDOG_USEC", "9000000", 1);
    const base::ServiceNotice notice(clock_);
    EXPECT_EQ(::getenv("NOTIFY_SOCKET"), nullptr);
    EXPECT_EQ(::getenv("WATCHDOG_USEC"), nullptr);
}
TEST_F(service_notice, started_by_hand_it_says_nothing_and_nothing_is_due) {
    ::unsetenv("NOTIFY_SOCKET");
    base::ServiceNotice notice(clock_);
    notice.ready();
    notice.alive();
    EXPECT_EQ(heard(), "");
    EXPECT_GT(notice.due_in(), 1h);
}
TEST_F(service_notice, an_address_that_is_none_is_left_alone) {
    for (const std::string& address : {std::string("relative"), std::string(300, '/')}) {
        ::setenv("NOTIFY_SOCKET", address.c_str(), 1);
        base::ServiceNotice notice(clock_);
        notice.ready();
        EXPECT_EQ(heard(), "");
    }
}

}  // namespace
