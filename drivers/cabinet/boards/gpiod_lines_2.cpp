// With libgpiod 2 (Debian 13); gpiod_lines_1.cpp is the same with 1.6 (Debian 12).
#include "drivers/cabinet/boards/gpiod_lines.hpp"

#include <gpiod.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <system_error>
#include <utility>

namespace drivers::cabinet {

using base::FaultCode;

namespace {

constexpr const char* consumer = "citizen-window";

template <auto release>
struct Release {
    template <typename T>
    void operator()(T* object) const {
        release(object);
    }
};
using Chip = std::unique_ptr<gpiod_chip, Release<gpiod_chip_close>>;
using ChipInfo = std::unique_ptr<gpiod_chip_info, Release<gpiod_chip_info_free>>;
using LineSettings = std::unique_ptr<gpiod_line_settings, Release<gpiod_line_settings_free>>;
using LineConfig = std::unique_ptr<gpiod_line_config, Release<gpiod_line_config_free>>;
using RequestConfig = std::unique_ptr<gpiod_request_config, Release<gpiod_request_config_free>>;
using LineRequest = std::unique_ptr<gpiod_line_request, Release<gpiod_line_request_release>>;

gpiod_line_bias bias_of(domain::CabinetSettings::Bias bias) {
    using Bias = domain::CabinetSettings::Bias;
    switch (bias) {
        case Bias::pull_up:
            return GPIOD_LINE_BIAS_PULL_UP;
        case Bias::pull_down:
            return GPIOD_LINE_BIAS_PULL_DOWN;
        case Bias::as_is:
            break;
    }
    return GPIOD_LINE_BIAS_AS_IS;
}

bool has_label(const std::string& path, const std::string& label) {
    if (!gpiod_is_gpiochip_device(path.c_str())) return false;
    const Chip chip(gpiod_chip_open(path.c_str()));
    if (!chip) return false;
    const ChipInfo info(gpiod_chip_get_info(chip.get()));
    return info && gpiod_chip_info_get_label(info.get()) == label;
}

// Path, name, label or number, as libgpiod 1.6 looked a chip up; 2 opens paths only.
Chip open_chip(const std::string& chip) {
    const auto digit = [](unsigned char c) { return std::isdigit(c) != 0; };
    std::string path = chip;
    if (!chip.empty() && std::ranges::all_of(chip, digit))
        path = "/dev/gpiochip" + chip;
    else if (!chip.starts_with('/'))
        path = "/dev/" + chip;
    if (Chip found{gpiod_chip_open(path.c_str())}; found) return found;
    std::error_code failed;
    for (auto entry = std::filesystem::directory_iterator("/dev", failed);
         !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
        const std::string name = entry->path().string();
        if (name.starts_with("/dev/gpiochip") && has_label(name, chip))
            return Chip(gpiod_chip_open(name.c_str()));
    }
    return nullptr;
}

// Null: the chip has no such line, or somebody else holds it.
LineRequest requested(gpiod_chip* chip, const std::vector<unsigned>& offsets,
                      gpiod_line_settings* settings) {
    const LineConfig config(gpiod_line_config_new());
    const RequestConfig request(gpiod_request_config_new());
    if (settings == nullptr || !config || !request) return nullptr;
    gpiod_request_config_set_consumer(request.get(), consumer);
    if (gpiod_line_config_add_line_settings(config.get(), offsets.data(), offsets.size(),
                                            settings) != 0)
        return nullptr;
    return LineRequest(gpiod_chip_request_lines(chip, request.get(), config.get()));
}

}  // namespace

struct GpiodLines::Library {
    Chip chip;
    LineRequest inputs, outputs;  // null: there are none
};

GpiodLines::GpiodLines(std::string chip, domain::CabinetSettings::Bias bias)
    : chip_(std::move(chip)), bias_(bias) {}
GpiodLines::~GpiodLines() = default;

base::Status GpiodLines::open(const std::vector<unsigned>& inputs,
                              const std::vector<unsigned>& outputs) {
    auto library = std::make_unique<Library>();
    library->chip = open_chip(chip_);
    if (!library->chip) return base::fail(FaultCode::CabinetBoardAbsent, "chip");
    const LineSettings settings(gpiod_line_settings_new());
    if (!settings) return base::fail(FaultCode::CabinetBoardAbsent, "lines");
    if (!inputs.empty()) {
        gpiod_line_settings_set_direction(settings.get(), GPIOD_LINE_DIRECTION_INPUT);
        gpiod_line_settings_set_bias(settings.get(), bias_of(bias_));
        library->inputs = requested(library->chip.get(), inputs, settings.get());
        if (!library->inputs) return base::fail(FaultCode::CabinetBoardAbsent, "inputs");
    }
    if (!outputs.empty()) {
        gpiod_line_settings_reset(settings.get());
        gpiod_line_settings_set_direction(settings.get(), GPIOD_LINE_DIRECTION_OUTPUT);
        gpiod_line_settings_set_output_value(settings.get(), GPIOD_LINE_VALUE_INACTIVE);
        library->outputs = requested(library->chip.get(), outputs, settings.get());
        if (!library->outputs) return base::fail(FaultCode::CabinetBoardAbsent, "outputs");
    }
    library_ = std::move(library);
    return {};
}

void GpiodLines::close() {
    library_.reset();
}

base::Result<std::vector<bool>> GpiodLines::read() {
    if (!library_) return base::fail(FaultCode::CabinetBoardAbsent, "closed");
    auto* const inputs = library_->inputs.get();
    if (inputs == nullptr) return std::vector<bool>{};
    std::vector<gpiod_line_value> values(gpiod_line_request_get_num_requested_lines(inputs));
    if (gpiod_line_request_get_values(inputs, values.data()) != 0)
        return base::fail(FaultCode::CabinetBoardAbsent, "read");
    std::vector<bool> levels;
    for (const auto value : values) levels.push_back(value == GPIOD_LINE_VALUE_ACTIVE);
    return levels;
}

base::Status GpiodLines::write(const std::vector<bool>& levels) {
    if (!library_) return base::fail(FaultCode::CabinetBoardAbsent, "closed");
    auto* const outputs = library_->outputs.get();
    const std::size_t count =
        outputs == nullptr ? 0 : gpiod_line_request_get_num_requested_lines(outputs);
    std::vector<gpiod_line_value> values;
    for (const bool level : levels)
        values.push_back(level ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE);
    if (values.size() != count ||
        (count != 0 && gpiod_line_request_set_values(outputs, values.data()) != 0))
        return base::fail(FaultCode::CabinetBoardAbsent, "write");
    return {};
}

}  // namespace drivers::cabinet
