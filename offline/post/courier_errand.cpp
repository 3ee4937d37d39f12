#include "offline/post/courier_errand.hpp"

#include "base/bytes.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

namespace offline::post {

namespace {

using base::FaultCode;

constexpr std::size_t line_bytes_max = 400;  // of a message's text
constexpr std::size_t lines_max = 200;       // that nobody has taken yet
constexpr int patience_ms = 3000;            // with one that was told to end
constexpr int refused_something = 4;         // exit of the command

const char* command_of(domain::CourierWork work) {
    switch (work) {
        case domain::CourierWork::register_stick:
            return "register-stick";
        case domain::CourierWork::export_bundle:
            return "export";
        case domain::CourierWork::import_returns:
            return "import";
        case domain::CourierWork::list:
            break;
    }
    return "bundles";
}

base::Fault fault_in(std::string_view told) {
    const auto space = std::min(told.find(' '), told.size());
    for (int i = 0; i < base::fault_code_count; ++i) {
        const auto code = static_cast<FaultCode>(i);
        if (base::name(code) == told.substr(0, space))
            return {code, std::string(told.substr(std::min(space + 1, told.size())))};
    }
    return {FaultCode::InternalError, "courier"};
}

}  // namespace

base::Result<std::unique_ptr<CourierErrand>> CourierErrand::begin(std::vector<std::string> command,
                                                                  domain::CourierWork work,
                                                                  const std::string& stick_folder,
                                                                  std::function<void()> wake) {
    command.emplace_back("--for-program");
    command.emplace_back(command_of(work));
    if (work != domain::CourierWork::list) command.push_back(stick_folder);
    auto child = TRY(ChildProcess::start(std::move(command), ChildProcess::Output::heard));
    auto errand =
        std::unique_ptr<CourierErrand>(new CourierErrand(std::move(child), std::move(wake)));
    try {
        errand->thread_ = std::thread([raw = errand.get()] { raw->read(); });
    } catch (const std::system_error&) {  // the machine has none left for it
        return base::fail(base::FaultCode::InternalError, "no thread");
    }
    return errand;
}

CourierErrand::CourierErrand(ChildProcess child, std::function<void()> wake)
    : child_(std::move(child)), wake_(std::move(wake)) {}

CourierErrand::~CourierErrand() {
    child_.tell(SIGTERM);
    stop_.ring();
    if (thread_.joinable())
        thread_.join();
    else
        (void)child_.reap();
}

void CourierErrand::take_line(std::string line) {
    if (line.empty()) return;
    if (line.front() == courier_fault_mark) {
        fault_ = fault_in(std::string_view(line).substr(1));
        return;
    }
    if (!base::is_valid_utf8(line)) return;
    {
        const std::lock_guard lock(mutex_);
        if (news_.lines.size() >= lines_max) news_.lines.erase(news_.lines.begin());
        news_.lines.push_back(std::move(line));
    }
    wake_();
}

// True while more may come.
bool CourierErrand::read_some(std::string& line) {
    std::array<char, 4096> block{};
    const auto got = ::read(child_.output_descriptor(), block.data(), block.size());
    if (got < 0 && errno == EINTR) return true;
    if (got <= 0) return false;
    for (const char c : std::string_view(block.data(), static_cast<std::size_t>(got))) {
        if (c == '\n')
            take_line(std::exchange(line, {}));
        else if (line.size() < line_bytes_max)
            line += c;
    }
    return true;
}

void CourierErrand::read() {
    std::string line;
    bool speaking = true, stopping = false;
    for (;;) {
        std::array<pollfd, 3> waits{{{child_.ended_descriptor(), POLLIN, 0},
                                     {speaking ? child_.output_descriptor() : -1, POLLIN, 0},
                                     {stopping ? -1 : stop_.descriptor(), POLLIN, 0}}};
        const int ready = ::poll(waits.data(), waits.size(), stopping ? patience_ms : -1);
        // One that a hanging stick holds does not hold up the post: whoever is left when it ends
        // at last reaps it.
        if (ready == 0) return;
        if (ready < 0) continue;
        stopping = stopping || waits[2].revents != 0;
        if (waits[1].revents != 0) speaking = read_some(line);
        if (waits[0].revents != 0 && waits[1].revents == 0) break;  // ended, and all was read
    }
    take_line(std::move(line));
    const int code = child_.reap();
    {
        const std::lock_guard lock(mutex_);
        if (code == 0 || code == refused_something)
            news_.ended = base::Result<bool>(code == 0);
        else
            news_.ended =
                base::fail(fault_.value_or(base::Fault{FaultCode::InternalError, "courier ended"}));
    }
    wake_();
}

CourierErrand::News CourierErrand::take_news() {
    const std::lock_guard lock(mutex_);
    News out{std::move(news_.lines), news_.ended};
    news_.lines.clear();
    return out;
}

}  // namespace offline::post
