// A machine whose parts say what a test wants, and answers to all twelve decisions.
#pragma once

#include "base/bytes.hpp"
#include "offline/enrolment/facts.hpp"
#include "provisioning/set_up/script.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace provisioning::set_up::samples {

using base::FaultCode;
using domain::set_up::Setting;
using domain::set_up::Takes;
using domain::set_up::TestVerdict;
using technician::could_not;
using technician::went_well;
using technician::went_wrong;

inline const base::Instant some_day{base::Millis{1795311660000}};  // 2026-11-22T09:41:00+08:00

inline std::string read(const std::string& path) {
    const auto bytes = base::read_file(path);
    return bytes ? std::string(base::as_text(*bytes)) : std::string();
}
inline void write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}
inline std::string with(std::string text, const std::string& old_part,
                        const std::string& new_part) {
    const auto place = text.find(old_part);
    EXPECT_NE(place, std::string::npos) << old_part;
    return place == std::string::npos ? text : text.replace(place, old_part.size(), new_part);
}

// A machine whose parts say what a test wants, and that notes what was done to it.
struct PlayedMachine {
    base::ManualClock clock{some_day};
    std::string folder = [] {
        std::string name = ::testing::TempDir() + "set_up_XXXXXX";
        EXPECT_NE(::mkdtemp(name.data()), nullptr);
        return name;
    }();
    std::string config = folder + "/kiosk.toml";
    std::vector<std::string> said, complained, done;
    bool synchronised = true, enrolled = false;
    base::Status enrolling{};
    domain::set_up::JoinOutcome joining = domain::set_up::JoinOutcome::joined;
    Surroundings here{
        [] {
            return std::vector<Link>{{"eth0", false, true}};
        },
        [this] { return synchronised; },
        [this](const domain::set_up::Values& values) {
            done.push_back("enrol " + values.at("invitation"));
            enrolled = enrolling.has_value();
            return enrolling;
        },
        [this](const WifiRequest& request) {
            done.push_back("join " + request.name + " " +
                           std::to_string(request.passphrase->size()));
            return joining;
        },
        [this]() -> base::Result<std::string> {
            if (!enrolled) return base::fail(FaultCode::KeyAbsent, "not enrolled");
            return std::string("终端 000101001001001");
        },
        [this](const config::Config& with) {
            done.push_back("devices " + with.kiosk.camera_device);
            diagnostics::Check reader{"id_card_reader", "读卡器", diagnostics::Verdict::passed};
            diagnostics::Check camera{"camera", "摄像头", diagnostics::Verdict::failed};
            camera.found = "找不到摄像头";
            return std::vector{reader, camera};
        },
        [this](const config::Config& with, const diagnostics::AskPerson& ask,
               const std::set<std::string>& only) {
            std::vector<diagnostics::Check> out;
            for (const auto& test : only) {
                done.push_back(test + " " + with.printers.document_queue);
                diagnostics::Check check{test, test, diagnostics::Verdict::passed};
                check.by = diagnostics::JudgedBy::person;
                if (ask(test, "?") == diagnostics::Answer::no)
                    check.verdict = diagnostics::Verdict::failed;
                out.push_back(check);
            }
            return out;
        },
        [](const config::Config&) -> base::Result<std::int64_t> { return 7; },
        clock};

    PlayedMachine() {
        auto example = with(read("provisioning/config/kiosk.example.toml"), "set_up = \"none\" ",
                            "set_up = \"required\" ");
        write(config, example);
        std::filesystem::create_directory(folder + "/state");
    }
    ~PlayedMachine() { std::filesystem::remove_all(folder); }

    // As the post leaves it beside the key set when the centre has enrolled this terminal.
    void invited_as(offline::papers::wire::Profile profile,
                    const std::string& terminal = "000101001001001") const {
        offline::enrolment::Facts facts;
        facts.terminal = terminal;
        facts.division = terminal.substr(0, 12);
        facts.profile = profile;
        std::filesystem::create_directories(folder + "/keys");
        write(folder + "/keys/enrolment.json",
              std::string(base::as_text(offline::enrolment::as_file(facts))));
    }
    Records records() const { return {folder + "/state", "000101001001001"}; }
    int run(const std::string& answers, bool again = false) {
        said.clear();
        complained.clear();
        done.clear();
        bool before = false;
        return run_script(
            {config, answers, "T-0007", again}, here, before,
            [this](const std::string& line) { said.push_back(line); },
            [this](const std::string& line) { complained.push_back(line); });
    }
    bool has_said(const std::string& text) const {
        return std::ranges::any_of(
            said, [&](const auto& line) { return line.find(text) != std::string::npos; });
    }
};

inline std::string good_answers() {
    return R"([language]
language = "zh"
[network]
kind = "proxy"
proxy = "http://proxy.example:3128"
[clock]
set_by = "network"
[enrolment]
how = "invitation"
invitation = "CWE1:secret-text"
[devices]
camera_device = "/dev/v4l/by-path/front"
document_queue = "paper"
[screen]
width = 1920
height = 1080
display = "pass"
touch = "fail"
[reader]
id_card_reader = "left-middle"
[printers]
documents = "pass"
slips = "unsupported"
[camera]
skip = true
[sound]
speaker = "pass"
quiet_from = "20:30"
quiet_to = "06:30"
[pack]
catalogue = "present"
[mode]
profile = "village"
)";
}

}  // namespace provisioning::set_up::samples
