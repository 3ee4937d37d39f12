// Looks for QR codes in the camera's frames, on
// its own thread. A code is said once and again only after it was gone for a while.
#pragma once

#include "drivers/device_set.hpp"
#include "drivers/request_slot.hpp"

#include <memory>
#include <thread>

namespace drivers::qr {

class FrameCodeReader final : public CodeReader {
  public:
    // `frames` is shared with the camera that fills it.
    FrameCodeReader(std::shared_ptr<base::LatestValue<domain::Frame>> frames, DeviceSink sink);

    void start(domain::Ticket ticket, LookWith) override { wanted_.put(ticket); }
    void stop() override { wanted_.clear(); }

  private:
    void run(std::stop_token stop);
    void look(domain::Ticket ticket, std::stop_token stop);

    const std::shared_ptr<base::LatestValue<domain::Frame>> frames_;
    const DeviceSink sink_;
    RequestSlot<domain::Ticket> wanted_;
    std::uint64_t seen_ = 0;  // the worker's

    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::qr
