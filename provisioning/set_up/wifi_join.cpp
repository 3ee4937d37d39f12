#include "provisioning/set_up/wifi_join.hpp"

#include "base/clock.hpp"
#include "base/messages.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <sstream>
#include <string_view>
#include <vector>

namespace provisioning::set_up {

namespace {

using domain::set_up::JoinOutcome;

constexpr std::size_t said_bytes_max = 64 << 10;

// nmcli(1), EXIT STATUS.
constexpr int went_well = 0, timed_out = 3, not_running = 8;

struct Ended {
    int exit = -1;     // -1: by a signal, or it took too long
    std::string said;  // both its outputs
};

// Both ends of a pipe that no child gets by itself.
struct Pipe {
    std::array<int, 2> ends{-1, -1};
    Pipe() {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) ends = {-1, -1};
    }
    ~Pipe() {
        close(0);
        close(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close(std::size_t which) {
        if (ends.at(which) >= 0) ::close(ends.at(which));
        ends.at(which) = -1;
    }
};

// False: the time is over.
bool read_to_end(int from, base::Millis limit, std::string& said) {
    const base::SystemClock clock;
    const auto until = clock.steady() + limit;
    for (;;) {
        const auto left = until - clock.steady();
        if (left <= base::Millis{0}) return false;
        pollfd asked{from, POLLIN, 0};
        if (::poll(&asked, 1, static_cast<int>(left.count())) <= 0) continue;
        std::array<char, 4096> block{};
        const auto got = ::read(from, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return true;
        said.append(block.data(),
                    std::min(said_bytes_max - said.size(), static_cast<std::size_t>(got)));
    }
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> out;
    for (auto& word : words) out.push_back(word.data());
    out.push_back(nullptr);
    return out;
}

// None: it could not be started. `input` is less than a pipe holds.
std::optional<Ended> run(const JoinTool& tool, std::vector<std::string> words,
                         std::string_view input = {}) {
    words.insert(words.begin(), tool.nmcli);
    // Its words are read, so that they are in one language.
    std::vector<std::string> settings{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"};
    const auto arguments = pointers(words), variables = pointers(settings);
    Pipe in, out;
    if (in.ends[0] < 0 || out.ends[0] < 0) return std::nullopt;
    if (::write(in.ends[1], input.data(), input.size()) != static_cast<ssize_t>(input.size()))
        return std::nullopt;
    in.close(1);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in.ends[0], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDERR_FILENO);
    pid_t child = 0;
    const int problem =
        ::posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), variables.data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (problem != 0) return std::nullopt;
    out.close(1);
    Ended ended;
    const bool in_time = read_to_end(out.ends[0], tool.limit + std::chrono::seconds(5), ended.said);
    if (!in_time) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (in_time && WIFEXITED(status)) ended.exit = WEXITSTATUS(status);
    return ended;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) out.push_back(line);
    return out;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

// wifi:connected, wifi:disconnected …; one that is off is unavailable.
bool has_adapter(const std::string& devices) {
    return std::ranges::any_of(lines_of(devices), [](const std::string& line) {
        return line.starts_with("wifi:") && line != "wifi:unavailable" && line != "wifi:unmanaged";
    });
}

struct Seen {
    bool seen = false, only_wpa3 = false;
};
// WPA2 WPA3:name: how it is protected stands first, because a name may have colons.
Seen look_for(const std::string& name, const std::string& networks) {
    Seen out;
    for (const auto& line : lines_of(networks)) {
        const auto colon = line.find(':');
        if (colon == std::string::npos || line.substr(colon + 1) != name) continue;
        const auto protection = line.substr(0, colon);
        out.only_wpa3 =
            has(protection, "WPA3") && !has(protection, "WPA2") && !has(protection, "WPA1");
        out.seen = true;
    }
    return out;
}

JoinOutcome outcome_of(const Ended& ended, bool seen) {
    if (ended.exit == went_well) return JoinOutcome::joined;
    if (ended.exit == not_running) return JoinOutcome::no_manager;
    if (has(ended.said, "privileges") || has(ended.said, "authorized"))
        return JoinOutcome::not_allowed;
    if (has(ended.said, "ecrets")) return JoinOutcome::wrong_passphrase;
    const bool not_found = has(ended.said, "could not be found");
    if (not_found || (!seen && (ended.exit == timed_out || has(ended.said, "timed out"))))
        return JoinOutcome::no_such_network;
    return JoinOutcome::failed;
}

// The connections of ours, by their own ids: names need not be unique.
std::vector<std::string> kept_before(const std::string& connections) {
    std::vector<std::string> out;
    for (const auto& line : lines_of(connections)) {
        const auto colon = line.find(':');
        if (colon == std::string::npos) continue;
        if (line.substr(colon + 1) == connection_name) out.push_back(line.substr(0, colon));
    }
    return out;
}

// A line of nmcli's passwd-file: it takes blanks off both ends and reads backslashes as C does.
std::string secret_line(const std::string& passphrase) {
    std::string out;
    out.reserve(512);  // nothing of it is left behind by growing
    out += "802-11-wireless-security.psk:";
    for (const char c : passphrase) {
        if (c == ' ')
            out += "\\040";
        else if (c == '\\')
            out += "\\\\";
        else
            out += c;
    }
    out += '\n';
    return out;
}

void drop(const JoinTool& tool, const std::string& uuid) {
    run(tool, {"connection", "delete", "uuid", uuid});
}

JoinOutcome bring_up(const WifiRequest& request, const JoinTool& tool, const Seen& look) {
    const auto before = run(tool, {"-t", "-e", "no", "-f", "UUID,NAME", "connection", "show"});
    const auto made =
        run(tool, {"connection", "add", "type", "wifi", "con-name", connection_name, "ifname", "*",
                   "ssid", request.name, "802-11-wireless.hidden", look.seen ? "no" : "yes",
                   "wifi-sec.key-mgmt", look.only_wpa3 ? "sae" : "wpa-psk",
                   "connection.auth-retries", "1"});
    if (!made || !before) return JoinOutcome::no_manager;
    if (made->exit != went_well) return outcome_of(*made, look.seen);
    // … (0b2c…) successfully added.
    const auto open = made->said.rfind('('), close = made->said.rfind(')');
    if (open == std::string::npos || close == std::string::npos || close < open)
        return JoinOutcome::failed;
    const auto uuid = made->said.substr(open + 1, close - open - 1);
    auto secret = secret_line(*request.passphrase);
    const auto up = run(tool,
                        {"-w", std::to_string(tool.limit.count()), "connection", "up", "uuid", uuid,
                         "passwd-file", "/dev/fd/0"},
                        secret);
    base::wipe(secret);
    const auto outcome = up ? outcome_of(*up, look.seen) : JoinOutcome::no_manager;
    if (outcome != JoinOutcome::joined) {
        drop(tool, uuid);
        return outcome;
    }
    for (const auto& old : kept_before(before->said)) drop(tool, old);
    // Once was enough to tell a wrong passphrase; in service it tries as often as others do.
    run(tool, {"connection", "modify", "uuid", uuid, "connection.auth-retries", "-1"});
    return outcome;
}

}  // namespace

JoinOutcome join(const WifiRequest& request, const JoinTool& tool) {
    const auto devices = run(tool, {"-t", "-f", "TYPE,STATE", "device"});
    if (!devices || devices->exit == not_running || devices->exit == 127)
        return JoinOutcome::no_manager;
    if (devices->exit != went_well) return JoinOutcome::failed;
    if (!has_adapter(devices->said)) return JoinOutcome::no_adapter;
    const auto networks =
        run(tool, {"-t", "-e", "no", "-f", "SECURITY,SSID", "device", "wifi", "list"});
    return bring_up(request, tool, networks ? look_for(request.name, networks->said) : Seen{});
}

int run_join(const std::string& request_path, const std::string& said_path, const JoinTool& tool,
             const technician::Say& say, const technician::Say& complain) {
    const auto request = take_request(request_path);
    const auto outcome = request ? join(*request, tool) : JoinOutcome::failed;
    say(base::text(domain::set_up::sentence(outcome), base::Locale::zh,
                   {{"name", request ? request->name : std::string{}}}));
    if (!said_path.empty() && !put_outcome(said_path, outcome)) {
        complain("写不了 " + said_path);
        return technician::could_not;
    }
    return outcome == JoinOutcome::joined ? technician::went_well : technician::went_wrong;
}

}  // namespace provisioning::set_up
