#include "provisioning/set_up/surroundings.hpp"

#include "base/bytes.hpp"
#include "catalogue/pack_reader.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/sealing/sealing.hpp"
#include "provisioning/diagnostics/machine.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <list>
#include <utility>

namespace provisioning::set_up {

namespace {

namespace files = std::filesystem;
using base::FaultCode;

constexpr std::size_t line_bytes_max = 4096;

std::string first_word_of(const std::string& path) {
    const auto bytes = base::read_file(path);
    if (!bytes) return {};
    const auto text = base::as_text(*bytes);
    return std::string(text.substr(0, text.find_first_of(" \n")));
}

// Whoever sets up is root; the terminal's files are the post's.
std::vector<std::string> as_the_post() {
    if (::geteuid() != 0 || ::getpwnam("cw-post") == nullptr) return {};
    return {"/usr/sbin/runuser", "-u", "cw-post", "-g", "cw", "--"};
}

std::vector<std::string> post_command(const Machine& machine, const char* what) {
    auto words = as_the_post();
    words.insert(words.end(), {machine.post, what, "--config", machine.config});
    return words;
}

void add(std::vector<std::string>& words, const domain::set_up::Values& values, const char* key,
         const char* option) {
    const auto found = values.find(key);
    if (found != values.end() && !found->second.empty())
        words.insert(words.end(), {option, found->second});
}

// What must not stand in the list of processes: a file in memory that the child has open and that
// nobody finds by a name.
class HandedOver {
  public:
    explicit HandedOver(const std::string& text) : file_(::memfd_create("", 0)) {
        const bool whole = file_ >= 0 && ::write(file_, text.data(), text.size()) ==
                                             static_cast<ssize_t>(text.size());
        // Whoever the child has become may open it; others see no link to it.
        if (!whole || ::fchmod(file_, 0444) != 0) close();
    }
    ~HandedOver() { close(); }
    HandedOver(const HandedOver&) = delete;
    HandedOver& operator=(const HandedOver&) = delete;
    std::string argument() const { return "@/proc/self/fd/" + std::to_string(file_); }

  private:
    void close() {
        if (file_ >= 0) ::close(std::exchange(file_, -1));
    }
    int file_;
};

base::Result<std::int64_t> pack_version_of(const config::Config& config) {
    const auto& own = config.terminal;
    // The app keeps its floor itself; nothing is written in its place by whoever sets up.
    const std::string no_floor = "/dev/null/none";
    const auto trust = TRY(offline::feeds::read_trust_and_feeds(
        {own.root_key, own.key_set, no_floor}, own.feeds_folder, own.realm, own.suite, own.id));
    const auto verify = [&](base::ByteView pack, base::ByteView signature) {
        return offline::sealing::verify_pack(trust.keys, pack, signature);
    };
    std::vector<catalogue::PackProblem> problems;
    const auto pack =
        TRY(catalogue::load_pack(config.kiosk.pack_folder, own.realm, 0, verify, &problems));
    return pack.version;
}

// Both ends of a pipe that no other child gets.
struct Pipe {
    int from = -1, to = -1;
    Pipe() {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
            from = ends[0];
            to = ends[1];
        }
    }
    ~Pipe() {
        close_to();
        if (from >= 0) ::close(from);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close_to() {
        if (to >= 0) ::close(std::exchange(to, -1));
    }
};

// Line by line until the other end is closed; the last line that says something.
std::string follow(int from, const technician::Say& say) {
    std::string line, last;
    const auto ended = [&] {
        if (!line.empty()) say("    " + line);
        if (!line.empty()) last = line;
        line.clear();
    };
    std::array<char, 1024> chunk{};
    for (;;) {
        const auto got = ::read(from, chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        for (ssize_t i = 0; i < got; ++i) {
            const char c = chunk.at(static_cast<std::size_t>(i));
            if (c == '\n' || line.size() >= line_bytes_max)
                ended();
            else
                line += c;
        }
    }
    ended();
    return last;
}

}  // namespace

base::Status run_program(const std::vector<std::string>& words, const technician::Say& say) {
    auto own = words;
    std::vector<char*> arguments;
    for (auto& word : own) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    Pipe pipe;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
        ::posix_spawn_file_actions_adddup2(&actions, pipe.to, stream);
    pid_t child = 0;
    const int problem =
        ::posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (problem != 0) return base::fail(FaultCode::FileUnreadable, words.front());
    pipe.close_to();
    const auto last = follow(pipe.from, say);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    return base::fail(FaultCode::SetUpAnswerWrong, last);
}

std::string post_program() {
    std::error_code problem;
    const auto self = files::read_symlink("/proc/self/exe", problem);
    const auto beside = self.parent_path() / "kiosk-post";
    return !problem && files::exists(beside, problem) ? beside.string() : "/usr/bin/kiosk-post";
}

std::vector<Link> network_links(const std::string& root) {
    std::vector<Link> out;
    std::error_code problem;
    files::directory_iterator at(root + "/sys/class/net", problem);
    for (const files::directory_iterator end; !problem && at != end; at.increment(problem)) {
        const auto folder = at->path().string();
        const auto name = at->path().filename().string();
        if (name == "lo") continue;
        std::error_code none;
        out.push_back(
            {name,
             files::exists(folder + "/wireless", none) || files::exists(folder + "/phy80211", none),
             first_word_of(folder + "/operstate") == "up"});
    }
    std::ranges::sort(out, {}, &Link::name);
    return out;
}

Surroundings surroundings_of(Machine machine, const base::Clock& clock, technician::Say say) {
    const auto bench = machine.bench;
    return {
        [root = machine.root] { return network_links(root); },
        [&clock] { return diagnostics::read_machine("/tmp", clock).clock_synchronised; },
        [machine, say](const domain::set_up::Values& values) {
            auto words = post_command(machine, "enrol");
            std::list<HandedOver> secrets;
            for (const auto& [key, option] :
                 {std::pair{"invitation", "--invitation"}, {"code", "--code"}}) {
                const auto found = values.find(key);
                if (found == values.end() || found->second.empty()) continue;
                words.insert(words.end(), {option, secrets.emplace_back(found->second).argument()});
            }
            add(words, values, "root", "--root");
            return run_program(words, say);
        },
        [machine](const WifiRequest& request) { return join(request, machine.joining); },
        [machine]() -> base::Result<std::string> {
            std::string first;
            const auto done =
                run_program(post_command(machine, "identity"), [&](const std::string& line) {
                    if (first.empty()) first = line.substr(line.find_first_not_of(' '));
                });
            if (!done) return base::fail(FaultCode::KeyAbsent, done.error().safe_detail);
            return first;
        },
        [bench, &clock](const config::Config& config) {
            auto at_work = bench(config);
            return diagnostics::device_checks(technician::look_at_devices(at_work), clock.now());
        },
        [bench](const config::Config& config, const diagnostics::AskPerson& ask,
                const std::set<std::string>& only) {
            auto at_work = bench(config);
            return diagnostics::guided_tests(at_work, ask, only);
        },
        pack_version_of,
        clock};
}

}  // namespace provisioning::set_up
