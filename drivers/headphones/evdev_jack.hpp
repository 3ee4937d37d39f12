// The jack as the kernel has it: the first /dev/input/event* whose switches include
// SW_HEADPHONE_INSERT (EVIOCGBIT), its state now by EVIOCGSW.
#pragma once

#include "drivers/headphones/jack_source.hpp"
#include "drivers/supervision/device_watch.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace drivers::headphones {

class EvdevJack final : public JackSource {
  public:
    explicit EvdevJack(std::string folder = "/dev/input") : folder_(std::move(folder)) {}
    base::Result<OpenJack> open() override;
    void on_plugging(std::function<void()> tell) override {
        watch_.emplace(std::vector<std::string>{"input"}, std::move(tell));
    }

  private:
    std::string folder_;
    std::optional<supervision::DeviceWatch> watch_;
};

}  // namespace drivers::headphones
