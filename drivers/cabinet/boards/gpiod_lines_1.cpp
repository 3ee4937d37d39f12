// With libgpiod 1.6 (Debian 12); gpiod_lines_2.cpp is the same with 2 (Debian 13).
#include "drivers/cabinet/boards/gpiod_lines.hpp"

#include <gpiod.h>

#include <array>
#include <utility>

namespace drivers::cabinet {

using base::FaultCode;

namespace {

constexpr const char* consumer = "citizen-window";

int flags_of(domain::CabinetSettings::Bias bias) {
    using Bias = domain::CabinetSettings::Bias;
    switch (bias) {
        case Bias::pull_up:
            return GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP;
        case Bias::pull_down:
            return GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN;
        case Bias::as_is:
            break;
    }
    return 0;
}

}  // namespace

struct GpiodLines::Library {
    gpiod_chip* chip = nullptr;
    gpiod_line_bulk inputs{}, outputs{};

    Library() {
        gpiod_line_bulk_init(&inputs);
        gpiod_line_bulk_init(&outputs);
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    ~Library() {
        if (chip != nullptr) gpiod_chip_close(chip);  // its lines go with it
    }
    base::Status find(const std::vector<unsigned>& offsets, gpiod_line_bulk& into) {
        if (offsets.size() > GPIOD_LINE_BULK_MAX_LINES)
            return base::fail(FaultCode::CabinetBoardAbsent, "lines");
        for (const auto offset : offsets) {
            gpiod_line* line = gpiod_chip_get_line(chip, offset);
            if (line == nullptr) return base::fail(FaultCode::CabinetBoardAbsent, "line");
            gpiod_line_bulk_add(&into, line);
        }
        return {};
    }
};

GpiodLines::GpiodLines(std::string chip, domain::CabinetSettings::Bias bias)
    : chip_(std::move(chip)), bias_(bias) {}
GpiodLines::~GpiodLines() = default;

base::Status GpiodLines::open(const std::vector<unsigned>& inputs,
                              const std::vector<unsigned>& outputs) {
    auto library = std::make_unique<Library>();
    library->chip = gpiod_chip_open_lookup(chip_.c_str());
    if (library->chip == nullptr) return base::fail(FaultCode::CabinetBoardAbsent, "chip");
    TRY_STATUS(library->find(inputs, library->inputs));
    TRY_STATUS(library->find(outputs, library->outputs));
    if (!inputs.empty() &&
        gpiod_line_request_bulk_input_flags(&library->inputs, consumer, flags_of(bias_)) != 0)
        return base::fail(FaultCode::CabinetBoardAbsent, "inputs");
    const std::vector<int> low(outputs.size(), 0);
    if (!outputs.empty() &&
        gpiod_line_request_bulk_output(&library->outputs, consumer, low.data()) != 0)
        return base::fail(FaultCode::CabinetBoardAbsent, "outputs");
    library_ = std::move(library);
    return {};
}

void GpiodLines::close() {
    library_.reset();
}

base::Result<std::vector<bool>> GpiodLines::read() {
    if (!library_) return base::fail(FaultCode::CabinetBoardAbsent, "closed");
    std::array<int, GPIOD_LINE_BULK_MAX_LINES> values{};
    const auto count = gpiod_line_bulk_num_lines(&library_->inputs);
    if (count > 0 && gpiod_line_get_value_bulk(&library_->inputs, values.data()) != 0)
        return base::fail(FaultCode::CabinetBoardAbsent, "read");
    std::vector<bool> levels;
    for (unsigned i = 0; i < count; ++i) levels.push_back(values.at(i) != 0);
    return levels;
}

base::Status GpiodLines::write(const std::vector<bool>& levels) {
    if (!library_) return base::fail(FaultCode::CabinetBoardAbsent, "closed");
    const std::vector<int> values(levels.begin(), levels.end());
    if (gpiod_line_set_value_bulk(&library_->outputs, values.data()) != 0)
        return base::fail(FaultCode::CabinetBoardAbsent, "write");
    return {};
}

}  // namespace drivers::cabinet
