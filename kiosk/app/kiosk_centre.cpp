// What the centre hears of the app, what it has the app do, and what the post says of it.
#include "app/kiosk.hpp"

namespace app {

void Kiosk::tell_centre() {
    const auto* care = parts_.care;
    centre_.look({health_, parts_.pack ? parts_.pack->pack_id : std::string{}, pack_version(),
                  parts_.keys ? parts_.keys->version() : 0, catalogue_outdated(), logged_page_,
                  care != nullptr ? care->screen() : domain::ScreenProof::unknown, parts_.pause,
                  care != nullptr ? care->paper_hours().value_or(-1) : -1,
                  care != nullptr ? care->roll_hours().value_or(-1) : -1});
}

void Kiosk::obey() {
    // A card that was left on the reader is called for until it is gone: a program that began anew
    // would take it for the next person's.
    const auto* closed = std::get_if<flows::Suspended>(&session_.state);
    const bool nobody = (session_.idle() || (closed != nullptr && !closed->card)) &&
                        session_.overlay == session::Overlay::none;
    while (nobody && !ending_) {
        const auto* command = centre_.due();
        if (command == nullptr) return;
        const auto done = obey(*command);
        centre_.answer(done ? "done" : std::string(base::name(done.error().code)));
        refresh();
    }
}

base::Status Kiosk::obey(const offline::post::CommandGiven& command) {
    switch (command.kind) {
        case domain::CommandKind::notice:
            centre_.show(command.notice);
            return {};
        case domain::CommandKind::restart:
            ending_ = Ending::restart;
            return {};
        case domain::CommandKind::reload:
            return reload();
        case domain::CommandKind::support_bundle:
            break;
    }
    return base::fail(base::FaultCode::CommandRefused, "not of the app");
}

base::Status Kiosk::reload() {
    if (!parts_.reload) return base::fail(base::FaultCode::ConfigInvalid, "reload");
    parts_.settings = TRY(parts_.reload());
    parts_.settings.has_keys = parts_.keys.has_value();
    if (parts_.devices.cabinet)
        parts_.devices.cabinet->set_brightness(parts_.settings.light.bright_percent);
    return {};
}

// A post that says nothing takes nothing back.
void Kiosk::post_says(domain::PostStatus status) {
    const bool known = status.line == domain::Line::online || status.line == domain::Line::offline;
    if (!known) status.revoked = post_status_.revoked;
    post_status_ = std::move(status);
    if (post_status_.revoked != session_.revoked)
        happen(session::RevocationTold{post_status_.revoked});
    refresh();
}

}  // namespace app
