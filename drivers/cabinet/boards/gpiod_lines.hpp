// The lines of a GPIO chip as the kernel has it, through libgpiod 1.6 or 2, which nobody else
// includes.
#pragma once

#include "drivers/cabinet/boards/gpio_board.hpp"
#include "drivers/supervision/device_watch.hpp"

#include <memory>
#include <optional>
#include <string>

namespace drivers::cabinet {

class GpiodLines final : public GpioLines {
  public:
    // `chip`: path, name, label or number, as libgpiod 1.6 looks it up.
    GpiodLines(std::string chip, domain::CabinetSettings::Bias bias);
    ~GpiodLines() override;

    base::Status open(const std::vector<unsigned>& inputs,
                      const std::vector<unsigned>& outputs) override;
    void close() override;
    base::Result<std::vector<bool>> read() override;
    base::Status write(const std::vector<bool>& levels) override;
    void on_plugging(std::function<void()> tell) override {
        watch_.emplace(std::vector<std::string>{"gpio"}, std::move(tell));
    }

  private:
    struct Library;
    const std::string chip_;
    const domain::CabinetSettings::Bias bias_;
    std::unique_ptr<Library> library_;  // null: closed
    std::optional<supervision::DeviceWatch> watch_;
};

}  // namespace drivers::cabinet
