// A centre that enrols, without HTTP, and a machine that wants to be a terminal.
#pragma once

#include "offline/enrolment/enrolling.hpp"
#include "offline/intake/enrolment_desk.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

namespace offline_test {

namespace wire = papers::wire;
inline const std::string division = terminal_id.substr(0, 12);

inline sync::Answer as_answer(const intake::Reply& reply) {
    return {reply.status, wire::content_type, {}, reply.body, {}};
}

class EnrollingCentre {
  public:
    EnrollingCentre(const World& world, const std::string& folder, const base::Clock& clock,
                    base::EventLog& log, std::optional<sealing::tls::Pair> tls = {})
        : store(intake::IntakeStore::open(folder).value()),
          clock_(clock),
          issuer_key(sealing::SigningKey::generate(world.suite)),
          issuer(
              sealing::Issuer::issue(world.root, world.realm, issuer_key.public_key(), {}).value()),
          desk(intake::EnrolmentParts{world.pinned, issuer, issuer_key, std::move(tls),
                                      [&world] {
                                          return base::Result<base::Bytes>(world.key_set_file());
                                      }},
               store, clock, log) {}

    papers::InvitationCode invite(const std::string& terminal = terminal_id,
                                  std::chrono::hours valid_for = std::chrono::hours(72),
                                  const std::string& replaces = "") {
        for (;;) {
            auto code = papers::InvitationCode::draw();
            const auto key = [&](sealing::SuiteId suite) {
                return code.key(suite).value().public_key().bytes;
            };
            intake::OpenInvitation open{
                code.number(),
                {terminal, terminal.substr(0, 12), "一楼大厅", wire::Profile::hall},
                replaces,
                clock_.now() + valid_for,
                key(sealing::SuiteId::one),
                key(sealing::SuiteId::national)};
            if (store->book().invite(open, clock_.now()).value()) return code;
        }
    }
    enrolment::Ask line(const std::string& address = "10.0.0.9") {
        return [this, address](const sync::Exchange& exchange) -> base::Result<sync::Answer> {
            ++asked;
            const auto reply = exchange.path == "/v1/enrol" ? desk.enrol(exchange.body, address)
                                                            : desk.renew(exchange.body);
            return as_answer(reply);
        };
    }

    std::shared_ptr<intake::CaseStore> store;
    const base::Clock& clock_;
    sealing::SigningKey issuer_key;
    sealing::Issuer issuer;
    intake::EnrolmentDesk desk;
    int asked = 0;
};

// One machine's folder on any disk.
struct Machine {
    Machine(const World& world, std::string path, store::Disk& on, std::string id = terminal_id)
        : disk(on),
          places{path + "/enrolment",    path + "/root.pub",      path + "/key_set.json",
                 path + "/terminal.key", path + "/terminal.cert", path + "/tls_ca.pem",
                 path + "/tls.cert.pem", path + "/tls.key.pem",   {}},
          self{world.realm, world.suite, std::move(id), {"1.0", "a machine", "0123456789abcdef"}},
          root(sealing::fingerprint(world.pinned)) {}

    base::Result<enrolment::Enrolled> enrol(const papers::InvitationCode& code,
                                            const enrolment::Ask& ask) {
        return enrolment::enrol(self, {code, "http://centre", root}, places, keys(), disk, ask);
    }
    base::Result<enrolment::Enrolled> renew(const enrolment::Ask& ask) {
        return enrolment::renew(self, places, keys(), disk, ask);
    }
    base::Result<enrolment::InPlace> in_place() {
        return enrolment::read_in_place(self, places, keys(), disk);
    }
    enrolment::OwnKeyStore keys() { return {places, disk}; }

    store::Disk& disk;
    enrolment::Places places;
    enrolment::Self self;
    std::string root;
};

}  // namespace offline_test
