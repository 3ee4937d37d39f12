#include "drivers/emulation/benches/cabinet_bench.hpp"

#include "drivers/cabinet/boards/usb_board.hpp"
#include "drivers/cabinet/watched_cabinet.hpp"

#include <map>
#include <utility>

namespace drivers::emulation {

using domain::CabinetLine;

namespace {

constexpr base::Millis ups_asked_every{50};
constexpr std::chrono::seconds patience{5};  // a board is looked for every two seconds

}  // namespace

std::unique_ptr<Cabinet> CabinetBench::make_cabinet(const base::Clock& clock, DeviceSink sink) {
    cabinet::CabinetParts parts;
    parts.board =
        std::make_unique<cabinet::UsbBoard>(std::make_unique<usb::EmulatedUsbTransport>(board_));
    parts.debounce = base::Millis{0};  // nothing bounces here, and keys are pressed at once
    parts.ups = std::make_unique<cabinet::EmulatedUpsSource>(ups_);
    parts.ups_asked_every = ups_asked_every;
    parts.light = [told = told_](int percent) -> base::Status {
        std::lock_guard lock(told->mutex);
        told->light_percent = percent;
        return {};
    };
    return std::make_unique<cabinet::WatchedCabinet>(
        std::move(parts), clock, [sink = std::move(sink), told = told_](DeviceEvent event) {
            const bool health = std::holds_alternative<HealthChanged>(event);
            sink(std::move(event));
            {
                std::lock_guard lock(told->mutex);
                ++(health ? told->healths : told->events);
            }
            told->changed.notify_all();
        });
}

Answer CabinetBench::until_told(std::string done, bool must, const std::function<void()>& act,
                                std::uint64_t Told::*kind) {
    std::unique_lock lock(told_->mutex);
    const auto before = *told_.*kind;
    lock.unlock();
    act();
    lock.lock();
    if (must) told_->changed.wait_for(lock, patience, [&] { return *told_.*kind != before; });
    return done;
}

Verb CabinetBench::moves(const char* usage, const char* done, CabinetLine line, bool to) {
    return {usage, [this, done, line, to](const Words&) {
                const bool heard = board_->is_plugged() && board_->is_set(line) != to;
                return until_told(done, heard, [&] { board_->set(line, to); });
            }};
}

Verb CabinetBench::powers(const char* usage, const char* done, const char* status, int charge,
                          int runtime_s) {
    return {usage, [this, done, status, charge, runtime_s](const Words&) {
                const bool heard = std::exchange(status_, status) != status;
                return until_told(done, heard, [&] { ups_->set(status, charge, runtime_s); });
            }};
}

Answer CabinetBench::press(const Words& words) {
    static const std::map<std::string, CabinetLine> keys{{"next", CabinetLine::key_next},
                                                         {"previous", CabinetLine::key_previous},
                                                         {"select", CabinetLine::key_select},
                                                         {"repeat", CabinetLine::key_repeat},
                                                         {"help", CabinetLine::key_help}};
    const auto found = keys.find(words[1]);
    if (found == keys.end())
        return base::fail(base::FaultCode::EmulationCommandWrong,
                          "no such key; known: next | previous | select | repeat | help");
    return until_told("key " + words[1] + " pressed", board_->is_plugged(), [&] {
        board_->set(found->second, true);
        board_->set(found->second, false);
    });
}

Answer CabinetBench::lamps() const {
    const auto lamps = board_->lamps();
    Words lit;
    for (std::size_t i = 0; i < domain::lamp_count; ++i) {
        const auto lamp = static_cast<domain::Lamp>(i);
        if (lamps[lamp] != domain::LampState::off)
            lit.push_back(std::string(name(lamp)) + " " + std::string(name(lamps[lamp])));
    }
    return lit.empty() ? "no lamp is lit" : joined(lit);
}

// For scripts: fails unless that lamp comes to shine so.
Answer CabinetBench::expect_lamp(const Words& words) const {
    using domain::LampState;
    for (std::size_t i = 0; i < domain::lamp_count; ++i) {
        const auto lamp = static_cast<domain::Lamp>(i);
        if (name(lamp) != words[1]) continue;
        for (const auto state :
             {LampState::off, LampState::slow, LampState::quick, LampState::continuous}) {
            if (name(state) != words[2]) continue;
            if (board_->wait_lamp(lamp, state, patience)) return words[1] + " is " + words[2];
            return base::fail(base::FaultCode::EmulationCommandWrong, "it is not: " + *lamps());
        }
    }
    return base::fail(base::FaultCode::EmulationCommandWrong,
                      "known: id_card_reader | document_printer | receipt_printer | camera, and "
                      "off | slow | quick |"
                      " continuous");
}

Verbs CabinetBench::verbs() {
    return {
        moves("door open", "the service door is open", CabinetLine::service_door, true),
        moves("door close", "the service door is closed", CabinetLine::service_door, false),
        moves("door paper open", "the paper door is open", CabinetLine::paper_door, true),
        moves("door paper close", "the paper door is closed", CabinetLine::paper_door, false),
        moves("door tamper", "the tamper switch is tripped", CabinetLine::tamper, true),
        moves("door tamper reset", "the tamper switch is set back", CabinetLine::tamper, false),
        moves("presence nobody", "the sensor sees nobody", CabinetLine::presence, false),
        moves("presence somebody", "the sensor sees somebody", CabinetLine::presence, true),
        powers("power cut", "mains are gone, the battery is full", "OB DISCHRG", 95, 1800),
        powers("power low", "the battery is low", "OB DISCHRG", 30, 500),
        powers("power critical", "the battery is nearly empty", "OB DISCHRG LB", 10, 90),
        powers("power back", "mains are back", "OL CHRG", 60, 1200),
        simple("power silent", "upsd is away", [this] { ups_->fall_silent(true); }),
        simple("power answers", "upsd is there again", [this] { ups_->fall_silent(false); }),
        {"keypad KEY", [this](const Words& words) { return press(words); }},
        {"lamp LAMP STATE", [this](const Words& words) { return expect_lamp(words); }},
        {"lamp?", [this](const Words&) { return lamps(); }},
        {"light?",
         [this](const Words&) -> Answer {
             std::lock_guard lock(told_->mutex);
             return "the panel shines at " + std::to_string(told_->light_percent) + " percent";
         }},
        {"cabinet unplug",
         [this](const Words&) {
             return until_told(
                 "the cabinet's board is unplugged", board_->is_plugged(),
                 [&] { board_->unplug(); }, &Told::healths);
         }},
        {"cabinet plug",
         [this](const Words&) {
             return until_told(
                 "the cabinet's board is plugged in", !board_->is_plugged(),
                 [&] { board_->plug(); }, &Told::healths);
         }},
    };
}

}  // namespace drivers::emulation
