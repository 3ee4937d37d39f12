#include "drivers/printer/emulated/emulated_ipp_printer.hpp"

#include "drivers/printer/emulated/ipp_line.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace drivers::printer {

namespace {

using base::FaultCode;

constexpr base::Millis longest_wait{600000};

// A job's word becomes a file's name.
bool is_word(const std::string& name) {
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

}  // namespace

EmulatedIppPrinter::EmulatedIppPrinter(EmulatedIppOptions options, const base::Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      machine_(
          options_.page_time,
          [this](const std::string& name, base::ByteView pdf) { return keep(name, pdf); },
          clock.steady()) {}

base::Result<std::unique_ptr<EmulatedIppPrinter>> EmulatedIppPrinter::start(
    EmulatedIppOptions options, const base::Clock& clock) {
    httpInitialize();  // a line that breaks while it is written to is no signal
    std::unique_ptr<EmulatedIppPrinter> printer(new EmulatedIppPrinter(std::move(options), clock));
    printer->bell_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (printer->bell_ < 0) return base::fail(FaultCode::FileUnwritable, "eventfd");
    TRY_STATUS(printer->listen_now());
    printer->server_ = std::thread([raw = printer.get()] { raw->serve(); });
    return printer;
}

EmulatedIppPrinter::~EmulatedIppPrinter() {
    {
        std::lock_guard lock(mutex_);
        ends_ = true;
        if (line_ >= 0) ::shutdown(line_, SHUT_RDWR);
    }
    ring();
    if (server_.joinable()) server_.join();
    if (listener_ >= 0) {
        ::close(listener_);
        ::unlink(options_.socket_file.c_str());
    }
    if (bell_ >= 0) ::close(bell_);
}

base::Status EmulatedIppPrinter::listen_now() {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    const auto& path = options_.socket_file;
    if (path.size() >= sizeof at.sun_path)
        return base::fail(FaultCode::FileUnwritable, "the printer's socket has too long a name");
    std::memcpy(at.sun_path, path.data(), path.size());
    ::unlink(path.c_str());  // of a run that was killed
    const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0) return base::fail(FaultCode::FileUnwritable, "printer socket");
    if (::bind(listener, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 ||
        ::listen(listener, 16) != 0) {
        ::close(listener);
        return base::fail(FaultCode::FileUnwritable, "printer socket");
    }
    listener_ = listener;
    return {};
}

void EmulatedIppPrinter::ring() {
    const std::uint64_t once = 1;
    (void)!::write(bell_, &once, sizeof once);  // fails only while it rings already
}

void EmulatedIppPrinter::handle(const std::function<void(PaperMachine&)>& act) {
    {
        std::lock_guard lock(mutex_);
        machine_.advance(clock_.steady());
        act(machine_);
        machine_.advance(clock_.steady());
    }
    ring();
}

void EmulatedIppPrinter::unplug() {
    {
        std::lock_guard lock(mutex_);
        if (!std::exchange(plugged_, false)) return;
        was_unplugged_ = listener_ >= 0;
        machine_.lose_power();
        ::unlink(options_.socket_file.c_str());
        if (line_ >= 0) ::shutdown(line_, SHUT_RDWR);
    }
    ring();
}

void EmulatedIppPrinter::plug() {
    {
        std::lock_guard lock(mutex_);
        plugged_ = true;
    }
    ring();
}

void EmulatedIppPrinter::serve() {
    while (!ends_) {
        {
            std::lock_guard lock(mutex_);
            machine_.advance(clock_.steady());
            if (std::exchange(was_unplugged_, false)) ::close(std::exchange(listener_, -1));
            // A folder that has gone meanwhile: it stays as good as unplugged.
            if (plugged_ && listener_ < 0) (void)listen_now();
        }
        std::array<pollfd, 2> waits{{{bell_, POLLIN, 0}, {listener_, POLLIN, 0}}};
        const nfds_t count = listener_ >= 0 ? 2 : 1;
        if (::poll(waits.data(), count, moments_until_next_step()) < 0) continue;
        if ((waits[0].revents & POLLIN) != 0) {
            std::uint64_t rung = 0;
            (void)!::read(bell_, &rung, sizeof rung);
        } else if ((waits[1].revents & POLLIN) != 0) {
            talk();
        }
    }
}

int EmulatedIppPrinter::moments_until_next_step() {
    std::lock_guard lock(mutex_);
    const auto next = machine_.next_step();
    if (!next) return -1;
    const auto left = *next - clock_.steady();
    return static_cast<int>(std::clamp(left, base::Millis{1}, longest_wait).count());
}

void EmulatedIppPrinter::talk() {
    IppLine line(listener_, ends_);
    {
        std::lock_guard lock(mutex_);
        if (!plugged_ || ends_) return;
        line_ = line.descriptor();
    }
    line.exchange([this](ipp_t* request, SentDocument document) {
        if (!document) return refusal(request, document.error());
        std::lock_guard lock(mutex_);
        const auto now = clock_.steady();
        machine_.advance(now);
        auto answer = answer_ipp(machine_, request, std::move(*document), now);
        machine_.advance(now);
        return answer;
    });
    std::lock_guard lock(mutex_);
    line_ = -1;
}

bool EmulatedIppPrinter::keep(const std::string& name, base::ByteView document) const {
    if (options_.output_folder.empty()) return true;
    const auto word = is_word(name) ? name : std::string("untitled");
    return base::write_file(options_.output_folder + "/" + word + ".pdf", document).has_value();
}

}  // namespace drivers::printer
