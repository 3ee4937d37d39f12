// The answers to all decisions from one TOML file, a table for each, as scripts give them. All that
// is wrong is found before anything is changed: by line, with what stands there and what is
// expected. Pure; the text is at most 64 KiB.
#pragma once

#include "domain/set_up/decisions.hpp"
#include "provisioning/config/config.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace provisioning::set_up {

using domain::set_up::Decision;
using domain::set_up::Values;

struct Answered {
    bool skip = false;
    Values values;
    int line = 0;                      // of the table
    std::map<std::string, int> lines;  // of the keys
};

struct LineFault {
    int line = 0;  // 0: nowhere, it is missing
    std::string where, found, expected;
    friend bool operator==(const LineFault&, const LineFault&) = default;
};

struct AnswersRead {
    std::map<Decision, Answered> answers;
    std::vector<LineFault> faults;  // by line; any: the answers mean nothing
};

// `read_with` says what the configuration makes of settings (config::read_config_with_settings).
AnswersRead read_answers(
    const std::string& toml,
    const std::function<config::ReadConfig(const std::vector<domain::set_up::Setting>&)>&
        read_with);

// 第 7 行 network.proxy：现在是 …，应为 …
std::string as_text(const LineFault& fault);

// A file that is answered whole, with every key, commented; a start for one's own.
std::string example_answers();

}  // namespace provisioning::set_up
