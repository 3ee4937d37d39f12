// What a plug-in for the card's photo may do. Each tries something as a script of its own, and has
// an answer of the right size only when it could.
#include "drivers/id_card/photo/photo_decoder.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

namespace drivers::id_card {
namespace {

class PhotoPlugIn : public ::testing::Test {
  protected:
    PhotoPlugIn() {
        std::string pattern = ::testing::TempDir() + "plug_in_XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
    }
    ~PhotoPlugIn() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name) const { return folder_ + "/" + name; }
    bool can(const std::string& something) const {
        const auto script = file("script");
        std::ofstream(script) << "#!/bin/bash\nset -e\n"
                              << something << "\nhead -c 38556 /dev/zero\n";
        ::chmod(script.c_str(), S_IRWXU);
        return PhotoDecoder(script).decode(base::Bytes(1024)).has_value();
    }

  private:
    std::string folder_;
};

TEST_F(PhotoPlugIn, reads_what_it_is_given_and_files_that_it_needs) {
    EXPECT_TRUE(can("[ $(head -c 1024 | wc -c) = 1024 ]; read -r line < \"$0\""));
    EXPECT_FALSE(can("false"));
}

TEST_F(PhotoPlugIn, connects_to_nothing_not_even_to_this_machine) {
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    auto* const address = reinterpret_cast<sockaddr*>(&here);
    ASSERT_EQ(::bind(listening, address, size), 0);
    ASSERT_EQ(::listen(listening, 2), 0);
    ASSERT_EQ(::getsockname(listening, address, &size), 0);
    const int without_filter = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(::connect(without_filter, address, size), 0) << "else it shows nothing";
    ::close(without_filter);
    EXPECT_FALSE(can("exec 3<>/dev/tcp/127.0.0.1/" + std::to_string(ntohs(here.sin_port))));
    ::close(listening);
}

TEST_F(PhotoPlugIn, leaves_nothing_in_the_file_system_and_changes_nothing_there) {
    std::ofstream(file("old")) << "old";
    for (const auto& attempt : std::array<std::string, 6>{
             "echo new > " + file("new"), "echo new >> " + file("old"), "mkdir " + file("new"),
             "ln -s old " + file("new"), "mv " + file("old") + " " + file("new"),
             "rm -f " + file("old")}) {
        EXPECT_FALSE(can(attempt)) << attempt;
        EXPECT_FALSE(std::filesystem::exists(std::filesystem::symlink_status(file("new"))));
        EXPECT_EQ(std::filesystem::file_size(file("old")), 3U) << attempt;
    }
}

TEST_F(PhotoPlugIn, sends_no_signal_to_the_program_that_started_it) {
    EXPECT_FALSE(can("kill -0 $PPID"));
}

TEST_F(PhotoPlugIn, leaves_its_starter_as_free_as_it_was) {
    EXPECT_TRUE(can("true"));
    std::ofstream(file("afterwards")) << "written";
    EXPECT_EQ(std::filesystem::file_size(file("afterwards")), 7U);
}

}  // namespace
}  // namespace drivers::id_card
