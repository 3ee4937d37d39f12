#include "drivers/cabinet/ups/ups_watcher.hpp"

#include "base/pulse.hpp"
#include "drivers/cabinet/ups/ups_answer.hpp"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace drivers::cabinet {

namespace {

base::Result<UpsAnswer> answer_of(UpsSource& source) {
    const auto text = TRY(source.ask());
    return read_ups_answer(text);
}

bool worth_telling(const domain::Power& before, const domain::Power& now) {
    const auto tenth = [](const std::optional<int>& percent) {
        return percent ? *percent / 10 : -1;
    };
    if (before.level != now.level) return true;
    // A charge on mains is no news: it only fills up.
    return now.level != domain::PowerLevel::mains &&
           tenth(before.charge_percent) != tenth(now.charge_percent);
}

}  // namespace

UpsWatcher::UpsWatcher(std::unique_ptr<UpsSource> source, domain::PowerLimits limits,
                       base::Millis asked_every, CabinetHealth& health, DeviceSink sink)
    : source_(std::move(source)),
      limits_(limits),
      asked_every_(asked_every),
      health_(health),
      sink_(std::move(sink)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

void UpsWatcher::run(std::stop_token stop) {
    const base::Pulse pulse("ups");
    std::mutex mutex;
    std::condition_variable_any pause;
    std::unique_lock lock(mutex);
    answering_.seen();  // somebody has configured it
    while (!stop.stop_requested()) {
        ask();
        const base::Pulse::Rest rest;
        pause.wait_for(lock, stop, asked_every_, [] { return false; });
    }
}

void UpsWatcher::ask() {
    const auto answer = answer_of(*source_);
    if (!answer) {
        if (answering_.missed()) health_.say(Part::ups, answer.error());
        return;
    }
    answering_.seen();
    health_.say(Part::ups, std::nullopt);
    const auto power = power_of(*answer, limits_);
    if (!worth_telling(told_, power)) return;
    told_ = power;
    sink_(PowerChanged{power});
}

}  // namespace drivers::cabinet
