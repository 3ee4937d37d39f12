// What the commands of the program `intake` take from its configuration, and what all of them open.
// In the operator's or the server's own process, before any thread starts.
#pragma once

#include "catalogue/pack.hpp"
#include "domain/identifiers.hpp"
#include "offline/intake/intake_server.hpp"
#include "offline/intake/intake_store.hpp"
#include "offline/sealing/opening.hpp"

#include <memory>
#include <optional>
#include <string>

namespace offline::intake {

struct Site {
    std::string folder;       // intake.keys, feeds/, attachments/ and the embedded store
    std::string database;     // postgresql://…; empty: the embedded store
    std::string pack_folder;  // the terminals' pack
    domain::Realm realm{};
    std::string root_key, key_set;  // files
    std::string listen_host;
    int listen_port = 0;
    std::optional<IntakeTls> tls;
    std::string console_proxy = {};  // address of the proxy before the console; empty: none

    std::string feeds_folder() const { return folder + "/feeds"; }
    std::string service_records_folder() const { return folder + "/service-records"; }
    std::string support_bundles_folder() const { return folder + "/support-bundles"; }
};

// The issuer of the folder (issuer.key and issuer.cert), and the authority of terminals' X.509
// (tls_ca.key.pem) where TLS is on; nothing when it has no issuer: then nobody is enrolled here.
base::Result<std::optional<EnrolmentParts>> read_issuer(const Site& site,
                                                        const sealing::PinnedRoot& root);
// RealmMismatch, and what reading them says.
base::Result<sealing::IntakeKeys> read_keys(const Site& site);
// The same pack as the terminal's, verified the same way.
base::Result<std::shared_ptr<const catalogue::Pack>> read_pack(const Site& site,
                                                               const sealing::KeySet& keys);
// PostgreSQL when a database is named, else the SQLite file, each in its own way.
IntakeStore::Opened open_store(const Site& site,
                               IntakeStore::Opened (*embedded)(const std::string& folder));

}  // namespace offline::intake
