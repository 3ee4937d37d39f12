// Asks a UPS every few seconds on its own thread and says PowerChanged when mains or battery
// change, or the charge has moved by a tenth. One that does not answer three times in a row is
// UpsSilent in the cabinet's health; the power stays as it was told last. A question resets
// nothing, so it is asked at the same pace whether it answers or not.
#pragma once

#include "drivers/cabinet/cabinet_health.hpp"
#include "drivers/device_set.hpp"
#include "drivers/supervision/presence.hpp"

#include <memory>
#include <string>
#include <thread>

namespace drivers::cabinet {

class UpsSource {
  public:
    virtual ~UpsSource() = default;
    // What upsc prints. Within a few seconds, or UpsSilent.
    virtual base::Result<std::string> ask() = 0;
};

class UpsWatcher {
  public:
    // `health` must outlive it.
    UpsWatcher(std::unique_ptr<UpsSource> source, domain::PowerLimits limits,
               base::Millis asked_every, CabinetHealth& health, DeviceSink sink);

  private:
    void run(std::stop_token stop);
    void ask();

    const std::unique_ptr<UpsSource> source_;
    const domain::PowerLimits limits_;
    const base::Millis asked_every_;
    CabinetHealth& health_;
    const DeviceSink sink_;
    domain::Power told_;
    supervision::Presence answering_;
    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::cabinet
