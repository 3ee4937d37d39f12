#include "drivers/cabinet/boards/gpio_board.hpp"

#include <utility>

namespace drivers::cabinet {

bool is_lit(domain::LampState state, base::Millis now) {
    constexpr base::Millis slow_half{500}, quick_half{200};
    switch (state) {
        case domain::LampState::off:
            return false;
        case domain::LampState::slow:
            return now / slow_half % 2 == 0;
        case domain::LampState::quick:
            return now / quick_half % 2 == 0;
        case domain::LampState::continuous:
            break;
    }
    return true;
}

GpioBoard::GpioBoard(domain::CabinetSettings settings, std::unique_ptr<GpioLines> lines)
    : settings_(std::move(settings)), lines_(std::move(lines)) {
    for (std::size_t i = 0; i < settings_.lines.size(); ++i) {
        if (!settings_.lines.at(i)) continue;
        inputs_.push_back(i);
        input_offsets_.push_back(*settings_.lines.at(i));
    }
    for (std::size_t i = 0; i < settings_.lamp_lines.size(); ++i) {
        if (!settings_.lamp_lines.at(i)) continue;
        outputs_.push_back(i);
        output_offsets_.push_back(*settings_.lamp_lines.at(i));
    }
}

base::Status GpioBoard::open() {
    written_.clear();
    return lines_->open(input_offsets_, output_offsets_);
}

base::Result<std::vector<Reading>> GpioBoard::turn(const domain::Lamps& lamps, base::Millis now) {
    std::vector<bool> levels;
    for (const auto lamp : outputs_)
        levels.push_back(is_lit(lamps.states.at(lamp), now) != settings_.lamps_active_low);
    if (!outputs_.empty() && levels != written_) {
        TRY_STATUS(lines_->write(levels));
        written_ = levels;
    }
    Reading reading;
    const auto read = TRY(lines_->read());
    if (read.size() != inputs_.size())
        return base::fail(base::FaultCode::CabinetBoardSilent, "lines");
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
        const auto line = inputs_[i];
        reading.fitted.set(line);
        reading.set.set(line, read[i] != settings_.active_low[line]);
    }
    return std::vector{reading};
}

}  // namespace drivers::cabinet
