// The state folder of a training terminal for the kill tests, made by the enrolment itself, and an
// intake with its real service, store and server but a reader that takes any JSON.
#pragma once

#include "offline/intake/applier.hpp"
#include "offline/intake/intake_server.hpp"
#include "offline/intake/intake_store.hpp"
#include "offline/outbox/outbox.hpp"
#include "offline/sealing/sealing.hpp"
#include "provisioning/enrolment/training_keys.hpp"

#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace power_loss {

inline const std::string terminal_id = "000101001001001";

inline base::Bytes file(const std::string& path) {
    return base::read_file(path).value();
}

// Without a pack, an empty one is signed: the post never reads it.
inline void make_state(const std::string& folder, int port, std::string pack = {},
                       domain::SuiteId suite = domain::SuiteId::one) {
    if (pack.empty()) std::ofstream(pack = folder + "/unsigned.json") << "{}";
    const auto made = provisioning::enrolment::make_training_keys(
        {folder, terminal_id, pack, suite}, [](const std::string&, bool) {});
    if (!made) throw std::runtime_error(made.error().safe_detail);
    std::ofstream(folder + "/kiosk.toml")
        << "[terminal]\nrealm = \"training\"\nsuite = \"" << domain::name(suite) << "\"\nid = \""
        << terminal_id << "\"\nstate_folder = \".\"\n"
        << "root_key = \"keys/root.pub\"\nkey_set = \"keys/key_set.json\"\n"
        << "post_socket = \"post.sock\"\n"
        << "[kiosk]\nwidth = 1080\nheight = 1920\npack_folder = \"pack\"\nicon_font = "
           "\"none.ttf\"\n"
        << "rime_folder = \"none\"\n"
        << "[post]\noutbox_folder = \"outbox\"\nterminal_key = \"post/terminal.key\"\n"
        << "terminal_certificate = \"post/terminal.cert\"\n"
        << "intake_url = \"http://127.0.0.1:" << port << "\"\n"
        << "backoff_base_ms = 20\nbackoff_cap_ms = 100\nfirst_contact_jitter_ms = 0\n"
        << "[intake]\nfolder = \"intake\"\nlisten_port = " << port << "\npack_folder = \"pack\"\n";
}

inline offline::sealing::PinnedRoot root_of(const std::string& folder) {
    return offline::sealing::PinnedRoot::parse(file(folder + "/keys/root.pub")).value();
}
inline offline::sealing::KeySet keys_of(const std::string& folder) {
    return offline::sealing::KeySet::verify(file(folder + "/keys/key_set.json"), root_of(folder))
        .value();
}
inline offline::outbox::Terminal terminal_of(const std::string& folder) {
    return {offline::sealing::TerminalCertificate::verify(file(folder + "/post/terminal.cert"),
                                                          root_of(folder))
                .value(),
            offline::sealing::SigningKey::parse(file(folder + "/post/terminal.key"), "terminal-key",
                                                domain::Realm::training)
                .value()};
}

struct ServingIntake {
    base::NoEventLog log;
    std::optional<offline::intake::IntakeService> service;
    std::unique_ptr<offline::intake::IntakeServer> server;
    std::unique_ptr<offline::intake::Applier> applier;
};
// On SQLite in the folder, or on a PostgreSQL.
inline std::unique_ptr<ServingIntake> serve_intake(const std::string& folder, int port,
                                                   const base::Clock& clock,
                                                   const std::string& database = "") {
    namespace intake = offline::intake;
    auto serving = std::make_unique<ServingIntake>();
    auto store = database.empty() ? intake::IntakeStore::open(folder + "/intake")
                                  : intake::IntakeStore::connect(database);
    auto keys = offline::sealing::IntakeKeys::parse(file(folder + "/intake/intake.keys"));
    if (!store || !keys) return nullptr;
    const intake::SubmissionReader any = [](base::ByteView json, base::Date) {
        return base::Result<intake::ReadSubmission>(
            intake::ReadSubmission{"990511001000", "11000101DEM000110Q4990511001000",
                                   "高龄津贴申领", "1", "n", std::string(base::as_text(json))});
    };
    serving->service.emplace(std::move(*store), root_of(folder), std::move(*keys), any, clock,
                             serving->log);
    auto server = intake::IntakeServer::listen("127.0.0.1", port, *serving->service);
    if (!server) return nullptr;
    serving->server = std::move(*server);
    serving->applier = std::make_unique<intake::Applier>(*serving->service);
    return serving;
}

}  // namespace power_loss
