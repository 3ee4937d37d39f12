// The cabinet's driver: one thread turns the board and the panel's light, one asks the UPS. A board
// that goes away is looked for when one was plugged in, and once a second; one that fails is opened
// anew when drivers/supervision says so, and is DeviceKeepsFailing in the end. The terminal serves
// on without it, and a door seen open before stays open until the board says otherwise.
#pragma once

#include "drivers/cabinet/cabinet_board.hpp"
#include "drivers/cabinet/cabinet_health.hpp"
#include "drivers/cabinet/line_filter.hpp"
#include "drivers/cabinet/panel_light.hpp"
#include "drivers/cabinet/ups/ups_watcher.hpp"
#include "drivers/device_set.hpp"
#include "drivers/supervision/recovery.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace drivers::cabinet {

struct CabinetParts {
    std::unique_ptr<CabinetBoard> board{};  // null: none
    base::Millis debounce{50};
    std::unique_ptr<UpsSource> ups{};  // null: none
    domain::PowerLimits power{};
    base::Millis ups_asked_every{5000};
    SetPanelLight light{};  // empty: the panel cannot be dimmed
};

class WatchedCabinet final : public Cabinet {
  public:
    // `clock` and what `sink` refers to must outlive it.
    WatchedCabinet(CabinetParts parts, const base::Clock& clock, DeviceSink sink);
    ~WatchedCabinet() override;
    WatchedCabinet(const WatchedCabinet&) = delete;
    WatchedCabinet& operator=(const WatchedCabinet&) = delete;

    void light(const domain::Lamps& lamps) override;
    void set_brightness(int percent) override;
    domain::DeviceHealth health() const override { return health_.now(); }

  private:
    struct Wishes {
        domain::Lamps lamps;
        std::optional<int> percent;  // not set yet
    };
    void run(std::stop_token stop);
    // The wishes when they change, the stop is asked or the time is over.
    Wishes wait(std::stop_token stop, base::Millis limit);
    void turn(const domain::Lamps& lamps);
    void lose(base::Fault fault);
    void tell(const std::vector<LineChange>& changes);

    const SetPanelLight set_light_;
    const base::Clock& clock_;
    const DeviceSink sink_;
    CabinetHealth health_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    Wishes wishes_;
    std::uint64_t version_ = 0;

    // The worker's.
    LineFilter filter_;
    bool open_ = false;
    std::uint64_t seen_ = 0;
    supervision::Recovery recovery_;
    const std::unique_ptr<CabinetBoard> board_;  // after what it tells of plugging

    std::unique_ptr<UpsWatcher> ups_;
    std::jthread worker_;  // last: ends before what it uses
};

}  // namespace drivers::cabinet
