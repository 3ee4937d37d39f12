// The jack as the kernel has it: the first /dev/input/event* whose switches include
// SW_HEADPHONE_INSERT (EVIOCGBIT), its state now by EVIOCGSW.
#pragma once

#include "drivers/headphones/jack_source.hpp"

#include <string>

namespace drivers::headphones {

class EvdevJack final : public JackSource {
  public:
    explicit EvdevJack(std::string folder = "/dev/input") : folder_(std::move(folder)) {}
    base::Result<OpenJack> open() override;

  private:
    std::string folder_;
};

}  // namespace drivers::headphones
