#include "offline/courier/centre/station.hpp"

#include "offline/courier/centre/intake_door.hpp"
#include "offline/courier/centre/running_intake.hpp"
#include "offline/intake/serve_command.hpp"
#include "offline/sealing/keys/trust.hpp"

namespace offline::courier {

base::Result<std::unique_ptr<CallServer>> serve_stations(const intake::Site& site,
                                                         intake::IntakeServer& server) {
    return CallServer::listen(
        door_socket_in(site.folder),
        [&server](const formats::Record& question) -> base::Result<formats::Record> {
            base::Result<formats::Record> out =
                base::fail(base::FaultCode::PostUnreachable, "ending");
            server.with_service([&](intake::IntakeService& service) {
                ServiceDoor own(service);
                out = answer(own, question);
            });
            return out;
        });
}

base::Result<bool> import_bundles_of(const intake::Site& site, const std::string& stick,
                                     const base::Clock& clock, base::EventLog& log,
                                     const Say& say) {
    const sealing::IntakeKeys keys = TRY(intake::read_keys(site));
    StationOptions options;
    options.root = TRY(sealing::read_root(site.root_key, site.realm));
    options.key_set = TRY(base::read_file(site.key_set));
    TRY(sealing::KeySet::verify(options.key_set, options.root));
    options.staging_folder = site.folder + "/bundles";
    const auto take = [&](IntakeDoor& door) {
        return import_from_stick(stick, door, keys, options, clock, log, say);
    };
    if (auto line = CallClient::connect(door_socket_in(site.folder))) {
        RunningIntake door(std::move(*line));
        return take(door);
    }
    auto made = TRY(intake::make_service(site, clock, log));
    ServiceDoor door(made.service);
    return take(door);
}

}  // namespace offline::courier
