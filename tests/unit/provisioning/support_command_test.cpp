// kiosk-technician support-bundle, as a technician runs it and as the post does for the centre.
#include "provisioning/diagnostics/support_command.hpp"

#include "emulated_terminal.hpp"
#include "provisioning/diagnostics/support_bundle.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace provisioning::diagnostics {
namespace {

namespace fs = std::filesystem;

class support_command : public testing::Test {
  protected:
    support_command() {
        std::string pattern = fs::temp_directory_path() / "cw-support-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        std::ofstream(folder_ + "/kiosk.toml") << "width = 1080\n";
        request_.config = folder_ + "/kiosk.toml";
        request_.to = folder_ + "/bundle.tar.gz";
        terminal_.id = "000101001001001";
        terminal_.realm = domain::Realm::training;
        terminal_.state_folder = folder_;
        terminal_.post_socket = folder_ + "/nobody";
        terminal_.post_line = folder_ + "/nobody";
        journalctl("printf 'an event\\n'");
    }
    ~support_command() override { fs::remove_all(folder_); }
    void journalctl(const std::string& does) {
        request_.journalctl = folder_ + "/journalctl";
        std::ofstream(request_.journalctl) << "#!/bin/sh\n" << does << "\n";
        ::chmod(request_.journalctl.c_str(), 0755);
    }
    std::map<std::string, std::string> parts() {
        EXPECT_EQ(write_support_bundle(bench_.bench, terminal_, request_,
                                       [this](const std::string& line) { complaints_ += line; }),
                  technician::went_well)
            << complaints_;
        std::map<std::string, std::string> out;
        const auto file = base::read_file(request_.to).value();
        const auto inside = read_bundle(file).value();
        for (const auto& part : inside) out[part.name] = part.text;
        return out;
    }
    std::string folder_, complaints_;
    technician::Terminal bench_;
    InspectedTerminal terminal_;
    SupportRequest request_;
};

TEST_F(support_command, events_that_may_not_be_read_are_left_out_in_words) {
    request_.devices = false;
    bench_.stop.request_stop();  // nobody waits for a post that is not there
    EXPECT_EQ(parts()["events.log"], "an event\n");
    journalctl("exit 1");
    EXPECT_NE(parts()["events.log"].find("left out: journalctl ended with 1: no right"),
              std::string::npos);
    journalctl("exit 0");
    EXPECT_NE(parts()["events.log"].find("no event"), std::string::npos);
    request_.journalctl = folder_ + "/not-there";
    EXPECT_NE(parts()["events.log"].find("left out: "), std::string::npos);
}

TEST_F(support_command, where_no_device_may_be_touched_none_is_called_broken) {
    bench_.before = {"usb unplug id_card"};
    bench_.configure();
    EXPECT_NE(parts()["report.txt"].find("读卡器"), std::string::npos) << "it is looked at";
    request_.devices = false;
    bench_.stop.request_stop();
    std::ofstream(folder_ + "/app-report.txt") << "part id_card_reader ready unknown -\n";
    request_.logs = {folder_ + "/app-report.txt"};
    bool touched = false;
    bench_.bench.make_devices = [&](const drivers::DeviceSink&) {
        touched = true;
        return drivers::DeviceSet{};
    };
    auto made = parts();
    EXPECT_FALSE(touched);
    EXPECT_EQ(made["report.txt"].find("读卡器"), std::string::npos);
    EXPECT_NE(made["report.txt"].find("设备：没有查看"), std::string::npos) << made["report.txt"];
    EXPECT_EQ(made["log/app-report.txt"], "part id_card_reader ready unknown -\n");
}

}  // namespace
}  // namespace provisioning::diagnostics
