// The document camera on a thread of its own, over the frames of a second camera. While started it
// says in SheetSeen what the preview shows, when that changes, looking at some five frames a
// second. A capture takes the first of the next frames that is good, at most ten of them, and ends
// in exactly one DocumentCaptured: a page, what is in the way, or the camera's fault. Nothing is
// kept here.
#pragma once

#include "drivers/device_set.hpp"
#include "drivers/document/photograph_sheet.hpp"
#include "drivers/request_slot.hpp"

#include <memory>
#include <thread>

namespace drivers::document {

class SheetCamera final : public DocumentCamera {
  public:
    // `camera` gives `frames` and is owned.
    SheetCamera(std::unique_ptr<Camera> camera,
                std::shared_ptr<base::LatestValue<domain::Frame>> frames, const base::Clock& clock,
                DeviceSink sink, domain::PageLimits limits = {});

    void start(domain::Ticket ticket) override;
    void capture(domain::Ticket ticket) override { wanted_.put({ticket, true}); }
    void stop() override;
    const base::LatestValue<domain::Frame>& frames() const override { return *frames_; }
    domain::DeviceHealth health() const override { return camera_->health(); }

  private:
    struct Request {
        domain::Ticket ticket;
        bool capture = false;
    };

    void run(std::stop_token stop);
    void preview(const Request& request, std::stop_token stop);
    void take(const Request& request, std::stop_token stop);
    base::Result<CapturedSheet> captured(std::stop_token stop);

    const std::unique_ptr<Camera> camera_;
    const std::shared_ptr<base::LatestValue<domain::Frame>> frames_;
    const base::Clock& clock_;
    const DeviceSink sink_;
    const domain::PageLimits limits_;
    RequestSlot<Request> wanted_;
    std::uint64_t seen_ = 0;        // the worker's
    std::uint64_t frame_seen_ = 0;  // the worker's

    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::document
