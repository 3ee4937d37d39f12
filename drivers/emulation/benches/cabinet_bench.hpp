// The emulated cabinet: its board, its UPS and its panel's light. Verbs: door, presence, power,
// keypad, lamp, light, cabinet. A verb returns when the driver has told what changed.
#pragma once

#include "base/clock.hpp"
#include "drivers/cabinet/emulated/emulated_cabinet_board.hpp"
#include "drivers/cabinet/emulated/emulated_ups.hpp"
#include "drivers/device_set.hpp"
#include "drivers/emulation/command_line.hpp"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

namespace drivers::emulation {

class CabinetBench {
  public:
    // The real driver before the emulated board and UPS.
    std::unique_ptr<Cabinet> make_cabinet(const base::Clock& clock, DeviceSink sink);
    Verbs verbs();

  private:
    struct Told {
        std::mutex mutex;
        std::condition_variable changed;
        std::uint64_t events = 0;   // what happened
        std::uint64_t healths = 0;  // how it is
        int light_percent = 0;
    };
    // Does it and waits until the driver has said something of that kind, where it must: bounded.
    Answer until_told(std::string done, bool must, const std::function<void()>& act,
                      std::uint64_t Told::*kind = &Told::events);
    Verb moves(const char* usage, const char* done, domain::CabinetLine line, bool to);
    Verb powers(const char* usage, const char* done, const char* status, int charge, int runtime_s);
    Answer press(const Words& words);
    Answer lamps() const;
    Answer expect_lamp(const Words& words) const;

    std::shared_ptr<cabinet::EmulatedCabinetBoard> board_ =
        std::make_shared<cabinet::EmulatedCabinetBoard>();
    std::shared_ptr<cabinet::EmulatedUps> ups_ = std::make_shared<cabinet::EmulatedUps>();
    std::shared_ptr<Told> told_ = std::make_shared<Told>();
    std::string status_ = "OL";
};

}  // namespace drivers::emulation
