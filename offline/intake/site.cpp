#include "offline/intake/site.hpp"

#include "catalogue/pack_reader.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/sealing/sealing.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <filesystem>

namespace offline::intake {

base::Result<std::optional<EnrolmentParts>> read_issuer(const Site& site,
                                                        const sealing::PinnedRoot& root) {
    namespace fs = std::filesystem;
    const std::string key_path = site.folder + "/issuer.key";
    if (!fs::exists(key_path)) return std::optional<EnrolmentParts>{};
    base::Bytes key_file = TRY(base::read_file(key_path));
    const sealing::WipeAtEnd wipe(key_file);
    auto key = TRY(sealing::SigningKey::parse(key_file, "issuer-key", site.realm));
    const base::Bytes file = TRY(base::read_file(site.folder + "/issuer.cert"));
    auto issuer = TRY(sealing::Issuer::verify(file, root));
    if (issuer.key != key.public_key())
        return base::fail(base::FaultCode::KeyAbsent, "issuer.cert is of another key");
    EnrolmentParts out{root, std::move(issuer), std::move(key), {}, {}};
    const std::string tls_key = site.folder + "/tls_ca.key.pem";
    if (site.tls && fs::exists(tls_key)) {
        const base::Bytes certificate = TRY(base::read_file(site.tls->client_ca));
        out.tls_authority = sealing::tls::Pair{certificate, TRY(base::read_file(tls_key))};
    }
    out.key_set = [folder = site.feeds_folder(), own = site.key_set]() {
        const auto published = feeds::staged_versions(folder, papers::Feed::key_set);
        return base::read_file(
            published.empty()
                ? own
                : folder + "/" + papers::feed_file_name(papers::Feed::key_set, published.front()));
    };
    return std::optional(std::move(out));
}

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
