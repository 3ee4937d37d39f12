// The machine that kiosk-technician set-up runs on: its network, its clock, its drivers, and
// kiosk-post for what needs the network or a key. One thread.
#pragma once

#include "provisioning/set_up/carry_out.hpp"
#include "provisioning/set_up/found_devices.hpp"
#include "provisioning/set_up/wifi_join.hpp"
#include "provisioning/technician/device_commands.hpp"

#include <string>
#include <vector>

namespace provisioning::set_up {

struct Machine {
    std::string config;  // the file, as kiosk-post is to read it
    std::string post;    // the program kiosk-post
    // The devices of a configuration.
    std::function<technician::Bench(const config::Config&)> bench;
    std::string root = "/";  // but in tests
    JoinTool joining{};
};

Surroundings surroundings_of(Machine machine, const base::Clock& clock, technician::Say say);

// kiosk-post beside this program, else the one of the system.
std::string post_program();

// Runs a program and waits; what it says goes line by line to `say`. SetUpAnswerWrong: it ended
// with another status than 0, with the last line as detail; FileUnreadable: it could not be run.
base::Status run_program(const std::vector<std::string>& words, const technician::Say& say);

}  // namespace provisioning::set_up
