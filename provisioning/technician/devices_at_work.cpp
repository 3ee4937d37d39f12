#include "provisioning/technician/devices_at_work.hpp"

#include <utility>
#include <vector>

namespace provisioning::technician {

using domain::DeviceKind;

namespace {

template <class Part>
void look_at(const std::unique_ptr<Part>& device, DeviceKind kind, domain::TerminalHealth& health) {
    if (device) domain::part(health, kind) = device->health();
}

bool has_not_said(const domain::DeviceHealth& health) {
    return health.state == domain::DeviceState::unavailable && !health.fault;
}

}  // namespace

DevicesAtWork::DevicesAtWork(const MakeDevices& make)
    : devices_(make([line = line_](drivers::DeviceEvent event) {
          // A full line means that nobody looks any more.
          (void)line->push(std::move(event));
      })) {}

domain::DeviceHealth DevicesAtWork::health_of(DeviceKind kind) const {
    auto health = health_;
    return domain::part(health, kind);
}

std::optional<drivers::DeviceEvent> DevicesAtWork::next(std::stop_token stop, base::Millis limit) {
    auto event = line_->pop_for(stop, limit);
    if (event)
        if (const auto* changed = std::get_if<drivers::HealthChanged>(&*event))
            domain::part(health_, changed->device) = changed->health;
    return event;
}

template <class Said>
void DevicesAtWork::wait_until(Said said, std::stop_token stop, base::Millis limit,
                               const base::Clock& clock) {
    const auto until = clock.steady() + limit;
    while (!stop.stop_requested() && !said()) {
        const auto left = until - clock.steady();
        if (left.count() <= 0 || !next(stop, left)) break;
    }
}

void DevicesAtWork::settle(std::stop_token stop, base::Millis limit, const base::Clock& clock) {
    const auto all_said = [&] {
        look_at(devices_.id_card_reader, DeviceKind::id_card_reader, health_);
        look_at(devices_.camera, DeviceKind::camera, health_);
        look_at(devices_.face_checker, DeviceKind::face_comparison, health_);
        look_at(devices_.document_printer, DeviceKind::document_printer, health_);
        look_at(devices_.headphones, DeviceKind::headphones, health_);
        for (const auto* one : {&health_.id_card_reader, &health_.camera, &health_.face_comparison,
                                &health_.document_printer, &health_.headphones})
            if (has_not_said(*one)) return false;
        return true;
    };
    wait_until(all_said, stop, limit, clock);
    look_at(devices_.receipt_printer, DeviceKind::receipt_printer, health_);
    look_at(devices_.document_camera, DeviceKind::document_camera, health_);
    look_at(devices_.cabinet, DeviceKind::cabinet, health_);
}

void DevicesAtWork::hear_of(DeviceKind kind, std::stop_token stop, base::Millis limit,
                            const base::Clock& clock) {
    wait_until([&] { return !has_not_said(domain::part(health_, kind)); }, stop, limit, clock);
}

}  // namespace provisioning::technician
