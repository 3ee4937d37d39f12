// What the tests of the offline room share: keys of a whole training world made in memory, a folder
// that goes away, an outbox, an intake with a small reader in place of the catalogue.
#pragma once

#include "base/random.hpp"
#include "offline/intake/intake_server.hpp"
#include "offline/intake/intake_store.hpp"
#include "offline/outbox/outbox.hpp"
#include "offline/sealing/sealing.hpp"
#include "provisioning/enrolment/training_keys.hpp"

#include <nlohmann/json.hpp>
#include <stdlib.h>

#include <filesystem>
#include <string>

namespace offline_test {

namespace fs = std::filesystem;
using namespace offline;
using base::FaultCode;

inline const base::Instant start{base::Millis{1795311660000}};  // 2026-11-22T09:41:00+08:00
inline const std::string terminal_id = "000101001001001";
inline const std::string item = "990511001000";
inline const std::string implementation = "11000101DEM000110Q4990511001000";

struct World {
    explicit World(sealing::SuiteId of = sealing::SuiteId::one) : suite(of) {}

    sealing::SuiteId suite;
    domain::Realm realm = domain::Realm::training;
    sealing::SigningKey root = sealing::SigningKey::generate(suite);
    sealing::SigningKey pack = sealing::SigningKey::generate(suite);
    sealing::SigningKey feed = sealing::SigningKey::generate(suite);
    sealing::SigningKey release = sealing::SigningKey::generate(suite);
    sealing::SigningKey terminal_key = sealing::SigningKey::generate(suite);
    sealing::IntakeKeys intake = sealing::IntakeKeys::generate(realm, suite);
    sealing::PinnedRoot pinned{realm, root.public_key()};
    sealing::TerminalCertificate certificate =
        sealing::TerminalCertificate::issue(root, realm, terminal_id, terminal_key.public_key())
            .value();

    sealing::KeySetContent key_set() const {
        auto content = provisioning::enrolment::key_set_of(
            intake, pack.public_key(), &feed.public_key(), &release.public_key());
        content.realm = realm;
        return content;
    }
    base::Bytes key_set_file() const { return key_set().issue(root).value(); }
    sealing::SigningKey receipt_key(base::Instant now = start) const {
        return intake.receipt_key(suite, now).value();
    }
    base::Result<base::Bytes> seal(const domain::SubId& id, base::ByteView text) const {
        return sealing::seal_submission(keys(), start, id, text);
    }
    base::Result<sealing::SealedQuestion> question(base::ByteView text) const {
        return sealing::SealedQuestion::make(keys(), start, text);
    }
    sealing::KeySet keys() const { return sealing::KeySet::verify(key_set_file(), pinned).value(); }
    outbox::Terminal terminal() const { return {certificate, terminal_key}; }
};

class Folder {
  public:
    Folder() {
        std::string pattern = fs::temp_directory_path() / "cw-offline-XXXXXX";
        path_ = ::mkdtemp(pattern.data());
    }
    ~Folder() { fs::remove_all(path_); }
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

inline std::string submission_text(const std::string& name = "王秀兰") {
    return nlohmann::json{{"item", item}, {"id_number", "000101194601020124"}, {"name", name}}
        .dump();
}

inline outbox::Acceptance acceptance(const World& world,
                                     const std::string& text = submission_text(),
                                     domain::SubId id = domain::SubId::draw()) {
    return {id, item, 3, start, world.seal(id, base::to_bytes(text)).value()};
}

// In place of the catalogue: the rule here is that an item is known.
inline base::Result<intake::ReadSubmission> read_small_submission(base::ByteView json, base::Date) {
    const auto value = nlohmann::json::parse(base::as_text(json), nullptr, false);
    if (!value.is_object() || value.value("item", "") != item)
        return base::fail(FaultCode::CentreRefused, "item");
    return intake::ReadSubmission{item,          implementation, "高龄津贴申领", value["id_number"],
                                  value["name"], value.dump()};
}

inline intake::IntakeService service_of(const World& world, const std::string& folder,
                                        const base::Clock& clock, base::EventLog& log,
                                        intake::SlotRules slots = {}) {
    intake::IntakeService service(intake::IntakeStore::open(folder).value(), world.pinned,
                                  world.intake, read_small_submission, clock, log);
    intake::IntakeLimits limits;
    limits.attachments_folder = folder + "/attachments";
    limits.key_set = [] { return std::int64_t{1}; };
    limits.slots = slots;
    service.use(std::move(limits));
    return service;
}

class Intake {
  public:
    Intake(const World& world, const std::string& folder, const base::Clock& clock, int port = 0)
        : server_(intake::IntakeServer::listen("127.0.0.1", port,
                                               service_of(world, folder, clock, log_))
                      .value()) {}
    std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
    int port() const { return server_->port(); }

  private:
    base::NoEventLog log_;
    std::unique_ptr<intake::IntakeServer> server_;
};

inline std::int64_t cases_in(const std::string& folder) {
    return intake::IntakeStore::open_to_read(folder).value()->count().value();
}

}  // namespace offline_test
