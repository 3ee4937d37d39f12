// Health of a device and of what it consumes: two separate axes, as in XFS4IoT.
#pragma once

#include "base/fault.hpp"

#include <optional>
#include <string_view>

namespace domain {

enum class DeviceKind {
    id_card_reader,
    camera,
    face_comparison,
    document_printer,
    panel,
    speech,
    headphones,
    receipt_printer,
    code_scanner,
    document_camera,
    cabinet
};
enum class DeviceState { ready, degraded, unavailable };
enum class Supply { unknown, plenty, low, out };

struct DeviceHealth {
    DeviceState state = DeviceState::unavailable;
    Supply supply = Supply::unknown;
    std::optional<base::Fault> fault;  // why it is not ready
    friend bool operator==(const DeviceHealth&, const DeviceHealth&) = default;
};

struct TerminalHealth {
    DeviceHealth id_card_reader;
    DeviceHealth camera;
    DeviceHealth face_comparison;
    DeviceHealth document_printer;
    // What the citizen sees and touches: well until it shows otherwise.
    DeviceHealth panel{DeviceState::ready, Supply::unknown, std::nullopt};
    DeviceHealth speech;
    DeviceHealth headphones;  // the jack's switch; without one nothing is lost but its news
    // Not every terminal has these; one that has none says unavailable without a fault.
    DeviceHealth receipt_printer;
    DeviceHealth code_scanner;
    DeviceHealth document_camera;
    DeviceHealth cabinet;  // its sensors and lamps
    friend bool operator==(const TerminalHealth&, const TerminalHealth&) = default;
};

DeviceHealth& part(TerminalHealth& health, DeviceKind kind);
std::string_view name(DeviceKind kind);
std::string_view name(DeviceState state);
std::string_view name(Supply supply);

}  // namespace domain
