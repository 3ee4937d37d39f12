// What a print queue or a printer answers over IPP, from its bytes to health and job.
#include "drivers/printer/cups/ipp_reading.hpp"
#include "drivers/printer/queue/printer_condition.hpp"
#include "drivers/printer/queue/printer_reasons.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>

namespace {

using namespace drivers::printer;

ssize_t read_bytes(void* source, ipp_uchar_t* buffer, size_t wanted) {
    auto& left = *static_cast<std::span<const std::uint8_t>*>(source);
    const auto now = std::min(wanted, left.size());
    std::memcpy(buffer, left.data(), now);
    left = left.subspan(now);
    return static_cast<ssize_t>(now);
}

void require(bool holds) {
    if (!holds) std::abort();
}

void look_at(const PrinterView& view) {
    const auto condition = condition_of(view);
    const bool unavailable = condition.health.state == domain::DeviceState::unavailable;
    require(unavailable == condition.obstacle.has_value());
    require((condition.health.state == domain::DeviceState::ready) !=
            condition.health.fault.has_value());
    if (condition.health.fault)
        require(condition.health.fault->safe_detail ==
                safe_keyword(condition.health.fault->safe_detail));
    const auto inks = ink_of(view);
    require(inks.size() <= 8);
    for (const auto& ink : inks) {
        require(ink.name.size() <= 40);
        require(!ink.percent || (*ink.percent >= 0 && *ink.percent <= 100));
    }
    for (const auto& reason : view.reasons) require(reason.size() <= 255 && reason != "none");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::span<const std::uint8_t> left(data, size);
    const std::unique_ptr<ipp_t, decltype(&ippDelete)> ipp(ippNew(), ippDelete);
    // Half an answer is read, too: what came before the break must not harm.
    for (int steps = 0; steps < 1000; ++steps) {
        const auto state = ippReadIO(&left, read_bytes, 1, nullptr, ipp.get());
        if (state == IPP_STATE_DATA || state == IPP_STATE_ERROR) break;
    }
    auto view = read_printer(ipp.get());
    look_at(view);
    view.fresh = true;
    look_at(view);
    auto queue = view;
    queue.fresh = false;
    look_at(joined(queue, view));
    for (const auto& job : read_jobs(ipp.get())) {
        require(job.state >= JobState::pending && job.state <= JobState::completed);
        require(job.started_at >= 0);
    }
    return 0;
}
