#include "drivers/qr/frame_code_reader.hpp"

#include "base/pulse.hpp"
#include "drivers/qr/code_finder.hpp"

#include <optional>
#include <utility>

namespace drivers::qr {

namespace {

constexpr base::Millis frame_wait{200};
constexpr int frames_until_gone =
    16;  // a round of all looks, a second: hands shake, and codes are missed

}  // namespace

FrameCodeReader::FrameCodeReader(std::shared_ptr<base::LatestValue<domain::Frame>> frames,
                                 DeviceSink sink)
    : frames_(std::move(frames)),
      sink_(std::move(sink)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

void FrameCodeReader::run(std::stop_token stop) {
    const base::Pulse pulse("code_camera");
    while (!stop.stop_requested())
        if (const auto change = wanted_.wait_change(stop, seen_); change && change->request)
            look(*change->request, stop);
}

void FrameCodeReader::look(domain::Ticket ticket, std::stop_token stop) {
    std::uint64_t frame_seen = 0;
    std::optional<base::SecretText> said;
    FrameFinder finder;
    int without = 0;
    while (!stop.stop_requested() && wanted_.is_current(seen_)) {
        const auto frame = frames_->wait_newer(stop, frame_seen, frame_wait);
        if (!frame) continue;
        auto code = finder.find(*frame->picture);
        if (!code) {
            if (++without >= frames_until_gone) said.reset();
            continue;
        }
        without = 0;
        if (said && **said == **code) continue;
        said = code;
        wanted_.while_current(seen_, [&] { sink_(CodeSeen{ticket, std::move(*code)}); });
    }
}

}  // namespace drivers::qr
