#include "domain/device_health.hpp"
#include "domain/face_verdict.hpp"
#include "domain/post_status.hpp"

#include <array>

namespace domain {

std::string_view name(FaceOutcome outcome) {
    constexpr std::array<std::string_view, 3> names{"match", "no_match", "cannot_assess"};
    return names.at(static_cast<std::size_t>(outcome));
}

std::string_view name(FaceBand band) {
    constexpr std::array<std::string_view, 3> names{"match", "near", "no_match"};
    return names.at(static_cast<std::size_t>(band));
}

std::string_view name(Liveness liveness) {
    constexpr std::array<std::string_view, 3> names{"not_asked", "shown", "not_shown"};
    return names.at(static_cast<std::size_t>(liveness));
}

std::string_view name(DeviceKind kind) {
    constexpr std::array<std::string_view, 11> names{
        "id_card_reader", "camera",          "face_comparison", "document_printer",
        "panel",          "speech",          "headphones",      "receipt_printer",
        "code_scanner",   "document_camera", "cabinet"};
    return names.at(static_cast<std::size_t>(kind));
}

std::string_view name(Supply supply) {
    switch (supply) {
        case Supply::plenty:
            return "plenty";
        case Supply::low:
            return "low";
        case Supply::out:
            return "out";
        case Supply::unknown:
            break;
    }
    return "unknown";
}

std::string_view name(DeviceState state) {
    constexpr std::array<std::string_view, 3> names{"ready", "degraded", "unavailable"};
    return names.at(static_cast<std::size_t>(state));
}

std::string_view name(Delivery delivery) {
    constexpr std::array<std::string_view, 5> names{"kept", "sending", "received", "attention",
                                                    "unknown"};
    return names.at(static_cast<std::size_t>(delivery));
}

DeviceHealth& part(TerminalHealth& health, DeviceKind kind) {
    switch (kind) {
        case DeviceKind::id_card_reader:
            return health.id_card_reader;
        case DeviceKind::camera:
            return health.camera;
        case DeviceKind::face_comparison:
            return health.face_comparison;
        case DeviceKind::speech:
            return health.speech;
        case DeviceKind::headphones:
            return health.headphones;
        case DeviceKind::document_printer:
            return health.document_printer;
        case DeviceKind::receipt_printer:
            return health.receipt_printer;
        case DeviceKind::code_scanner:
            return health.code_scanner;
        case DeviceKind::document_camera:
            return health.document_camera;
        case DeviceKind::cabinet:
            return health.cabinet;
        case DeviceKind::panel:
            break;
    }
    return health.panel;
}

}  // namespace domain
