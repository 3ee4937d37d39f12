#include "offline/intake/site.hpp"

#include "catalogue/pack_reader.hpp"
#include "offline/sealing/sealing.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

namespace offline::intake {

base::Result<sealing::IntakeKeys> read_keys(const Site& site) {
    base::Bytes file = TRY(base::read_file(site.folder + "/intake.keys"));
    const sealing::WipeAtEnd wipe(file);
    sealing::IntakeKeys keys = TRY(sealing::IntakeKeys::parse(file));
    if (keys.realm() != site.realm)
        return base::fail(base::FaultCode::RealmMismatch, "intake.keys");
    return keys;
}

base::Result<std::shared_ptr<const catalogue::Pack>> read_pack(const Site& site,
                                                               const sealing::KeySet& keys) {
    catalogue::Pack pack = TRY(catalogue::load_pack(
        site.pack_folder, site.realm, 0, [&](base::ByteView bytes, base::ByteView signature) {
            return sealing::verify_pack(keys, bytes, signature);
        }));
    return std::make_shared<const catalogue::Pack>(std::move(pack));
}

IntakeStore::Opened open_store(const Site& site,
                               IntakeStore::Opened (*embedded)(const std::string& folder)) {
    if (!site.database.empty()) return IntakeStore::connect(site.database);
    return embedded(site.folder);
}

}  // namespace offline::intake
