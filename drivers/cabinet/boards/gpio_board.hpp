// Sensors and lamps on the lines of a GPIO chip. Which line is what, and what is wired the other
// way round, stands in the configuration; a lamp blinks by being switched here.
#pragma once

#include "drivers/cabinet/cabinet_board.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace drivers::cabinet {

// The chip's lines as levels on the wire: the kernel's, or those of a test. One thread.
class GpioLines {
  public:
    virtual ~GpioLines() = default;
    virtual base::Status open(const std::vector<unsigned>& inputs,
                              const std::vector<unsigned>& outputs) = 0;
    virtual void close() = 0;
    virtual base::Result<std::vector<bool>> read() = 0;               // in the order of the inputs
    virtual base::Status write(const std::vector<bool>& levels) = 0;  // of the outputs
    virtual void on_plugging(std::function<void()> tell) = 0;         // as CabinetBoard's: of chips
};

// Whether a lamp that blinks shines now. At most two and a half flashes a second: more than three
// may start a seizure (UX-035).
bool is_lit(domain::LampState state, base::Millis now);

class GpioBoard final : public CabinetBoard {
  public:
    GpioBoard(domain::CabinetSettings settings, std::unique_ptr<GpioLines> lines);

    base::Status open() override;
    void close() override { lines_->close(); }
    void on_plugging(std::function<void()> tell) override { lines_->on_plugging(std::move(tell)); }
    base::Result<std::vector<Reading>> turn(const domain::Lamps& lamps, base::Millis now) override;

  private:
    const domain::CabinetSettings settings_;
    const std::unique_ptr<GpioLines> lines_;
    std::vector<std::size_t> inputs_, outputs_;  // what the chip's lines are, in order
    std::vector<unsigned> input_offsets_, output_offsets_;
    std::vector<bool> written_;
};

}  // namespace drivers::cabinet
