#include "drivers/qr/scanner/scanner.hpp"

#include "base/pulse.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <functional>
#include <span>
#include <string>
#include <utility>

namespace drivers::qr {

namespace {

constexpr base::Millis whole_every{1000};
constexpr base::Millis same_code{1500};  // the same again so soon is the same one lying there
constexpr int silence_ms = 20;           // well below the silence that ends a code
constexpr int reads_to_empty = 64;       // of what waits in a buffer: a scanner may never stop

bool is_absent(const base::Fault& fault) {
    return fault.code == base::FaultCode::CodeScannerAbsent ||
           fault.code == base::FaultCode::CodeScannerWrongMode;
}

int rest(std::span<pollfd> waiting, int limit_ms) {
    const base::Pulse::Rest quiet;
    return ::poll(waiting.data(), waiting.size(), limit_ms);
}

}  // namespace

Scanner::Scanner(std::unique_ptr<ScannerWire> wire, const base::Clock& clock, DeviceSink sink)
    : clock_(clock),
      sink_(sink),
      health_(domain::DeviceKind::code_scanner, std::move(sink)),
      interrupt_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      recovery_(clock),
      wire_(std::move(wire)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

Scanner::~Scanner() {
    worker_.request_stop();
    wake();
}

void Scanner::start(domain::Ticket ticket, LookWith) {
    wanted_.put(ticket);
    wake();
}
void Scanner::stop() {
    wanted_.clear();
    wake();
}
void Scanner::wake() const {
    ::eventfd_write(interrupt_.number(), 1);
}

void Scanner::run(std::stop_token stop) {
    const base::Pulse pulse("code_scanner");
    wire_->on_plugging([this] {
        recovery_.plugging();
        wake();
    });
    for (;;) {
        wait_until_due(stop);
        if (stop.stop_requested()) return;
        base::Fault fault;
        if (auto open = wire_->open()) {
            empty(*open);
            recovery_.worked();
            health_.ready();
            fault = listen(*open, stop);
            recovery_.worked();  // until just now
        } else {
            fault = open.error();
        }
        if (stop.stop_requested()) return;
        health_.unavailable(is_absent(fault) ? recovery_.absent(fault) : recovery_.failed(fault));
    }
}

// What a device kept from before it was wholly ours is nobody's.
void Scanner::empty(const OpenScanner& open) const {
    std::array<std::uint8_t, 4096> buffer;
    for (const auto& line : open.lines) {
        pollfd waiting{line.number(), POLLIN, 0};
        for (int i = 0; i<reads_to_empty&& ::poll(&waiting, 1, 0)> 0; ++i)
            if (::read(line.number(), buffer.data(), buffer.size()) <= 0) break;
    }
    base::wipe_memory(buffer.data(), buffer.size());
}

base::Fault Scanner::listen(OpenScanner& open, std::stop_token stop) {
    std::vector<pollfd> waiting{{interrupt_.number(), POLLIN, 0}};
    for (const auto& line : open.lines) waiting.push_back({line.number(), POLLIN, 0});
    auto whole_at = clock_.steady();
    while (!stop.stop_requested()) {
        const int limit = open.decoder->waiting() ? silence_ms
                          : open.still_whole      ? static_cast<int>(whole_every.count())
                                                  : -1;
        const int ready = rest(waiting, limit);
        if (ready < 0 && errno != EINTR) return {base::FaultCode::CodeScannerAbsent, "poll failed"};
        take_request(&open);
        for (std::size_t line = 0; line < open.lines.size(); ++line) {
            if (ready > 0 && waiting[line + 1].revents != 0) {
                if (auto fault = read(open, line)) return *fault;
            } else if (open.decoder->waiting()) {
                say(open.decoder->take(line, {}, clock_.steady()));
            }
        }
        if (open.still_whole && (recovery_.heard() || clock_.steady() - whole_at >= whole_every)) {
            if (!open.still_whole())
                return {base::FaultCode::CodeScannerAbsent, "its nodes have changed"};
            whole_at = clock_.steady();
        }
    }
    return {};
}

std::optional<base::Fault> Scanner::read(OpenScanner& open, std::size_t line) {
    std::array<std::uint8_t, 4096> buffer;
    const auto got = ::read(open.lines[line].number(), buffer.data(), buffer.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
    if (got <= 0) return base::Fault{base::FaultCode::CodeScannerAbsent, "unplugged"};
    const auto size = static_cast<std::size_t>(got);
    say(open.decoder->take(line, base::ByteView(buffer).first(size), clock_.steady()));
    base::wipe_memory(buffer.data(), size);
    return std::nullopt;
}

// What came before the request is nobody's, be it read, waiting in a buffer or still coming.
void Scanner::take_request(OpenScanner* open) {
    eventfd_t woken = 0;
    ::eventfd_read(interrupt_.number(), &woken);
    const auto change = wanted_.wait_change(std::stop_token{}, seen_, base::Millis{0});
    if (!change) return;
    asked_.reset();
    said_.reset();
    if (open != nullptr) {
        for (std::size_t line = 0; line < open->lines.size(); ++line) {
            pollfd waiting{open->lines[line].number(), POLLIN, 0};
            for (int i = 0; i<reads_to_empty&& ::poll(&waiting, 1, 0)> 0; ++i)
                if (read(*open, line)) break;  // found out again by who listens
        }
        open->decoder->drop_begun();
    }
    asked_ = change->request;
    if (asked_ && ignored_ > 0) sink_(CodesIgnored{std::exchange(ignored_, 0)});
}

void Scanner::say(std::vector<base::SecretText> codes) {
    for (auto& code : codes) {
        if (!asked_) {
            ++ignored_;
            continue;
        }
        const auto now = clock_.steady();
        const auto hash = std::hash<std::string>{}(*code);
        const bool again = said_ == hash && now - said_at_ < same_code;
        said_ = hash;
        said_at_ = now;
        if (!again)
            wanted_.while_current(seen_, [&] { sink_(CodeSeen{*asked_, std::move(code)}); });
    }
}

void Scanner::wait_until_due(std::stop_token stop) {
    while (!stop.stop_requested() && !recovery_.is_due()) {
        pollfd waiting{interrupt_.number(), POLLIN, 0};
        rest({&waiting, 1}, static_cast<int>(recovery_.pause().count()));
        take_request(nullptr);
    }
}

}  // namespace drivers::qr
