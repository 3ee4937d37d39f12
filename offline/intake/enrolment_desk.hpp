// E and N at the centre: who brings a good code gets a certificate by the issuer, and who has one
// gets the next. The public side of the intake: bodies are small, wrong codes are counted per
// invitation in the store and per address in memory. Any thread.
#pragma once

#include "base/clock.hpp"
#include "base/event_log.hpp"
#include "offline/intake/intake_service.hpp"
#include "offline/sealing/tls/tls_certificates.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace offline::intake {

inline constexpr std::size_t enrolment_bytes_max = 16 << 10;  // of a request

// How long one address waits after wrong codes: the first five cost nothing, then 2, 4, 8 … s, an
// hour from the fifteenth. What is forgotten first when too many come is the oldest.
class Patience {
  public:
    base::Millis wait(const std::string& address, base::Millis now);
    void wrong(const std::string& address, base::Millis now);
    void good(const std::string& address);

  private:
    struct Errors {
        int count = 0;
        base::Millis last{};
    };
    std::mutex mutex_;  // guards errors_
    std::map<std::string, Errors> errors_;
};

struct EnrolmentParts {
    sealing::PinnedRoot root;
    sealing::Issuer issuer;
    sealing::SigningKey issuer_key;
    // Of what terminals show to TLS; empty: the answer has no X.509.
    std::optional<sealing::tls::Pair> tls_authority = {};
    // The file of the newest key set.
    std::function<base::Result<base::Bytes>()> key_set;
    std::chrono::days good_for{400};
};

class EnrolmentDesk {
  public:
    EnrolmentDesk(EnrolmentParts parts, std::shared_ptr<CaseStore> store, const base::Clock& clock,
                  base::EventLog& log);
    ~EnrolmentDesk();

    Reply enrol(base::ByteView body, const std::string& address);
    Reply renew(base::ByteView body);

  private:
    Reply refuse(const std::string& terminal, std::string_view outcome);
    Reply failed(const base::Fault& fault) const;
    base::Result<RegisteredCertificate> certify(const TerminalPlace& place,
                                                const sealing::PublicKey& key,
                                                const base::Bytes& tls_request,
                                                const papers::wire::MachineFacts& facts) const;
    Reply answer(const RegisteredCertificate& made, const papers::wire::Nonce& nonce,
                 std::string_view outcome);

    EnrolmentParts parts_;
    std::shared_ptr<CaseStore> store_;
    const base::Clock& clock_;
    base::EventLog& log_;
    Patience patience_;
};

}  // namespace offline::intake
