// What the intake knows of its terminals: invitations that are open or were used, and the
// certificates that came of them. One decision is one transaction, as in the case store, whose
// faults these are; two nodes that are asked with one code at once give one certificate.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "offline/papers/enrolment.hpp"
#include "offline/papers/feed_contents.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace offline::intake {

inline constexpr std::int64_t wrong_codes_max = 15;  // then an invitation is locked

struct TerminalPlace {
    std::string terminal, division, point;
    papers::wire::Profile profile{};
};

struct OpenInvitation {
    std::string number;
    TerminalPlace place;
    // The terminal whose certificates end when this one is enrolled; empty: none. The same number
    // as `place.terminal` when a machine takes another one's place.
    std::string replaces = {};
    base::Instant until{};
    // Of the code, one in each suite: all that is kept of it.
    base::Bytes key_one, key_national;
    std::int64_t wrong = 0;
    base::Instant used_at = {};
    std::string certificate = {};  // id of the one that it was used for

    sealing::PublicKey key(sealing::SuiteId suite) const {
        return {suite, suite == sealing::SuiteId::one ? key_one : key_national};
    }
};

// Why a certificate is not the terminal's present one any more.
enum class Ended { no, renewed, replaced, revoked, lost };
std::string_view name(Ended ended);

struct RegisteredCertificate {
    std::string id;
    TerminalPlace place;
    sealing::PublicKey key;
    base::Bytes file, tls;  // tls: PEM, empty without
    papers::wire::MachineFacts facts;
    base::Instant issued_at{}, not_after{};
    Ended ended = Ended::no;
    base::Instant ended_at{};
    std::int64_t last_seq = 0;  // countersigned when it ended
};

// Numbers of a terminal: what it said in its last hello, and what is held of that.
struct Unsent {
    bool said = false;         // a hello was met
    std::int64_t highest = 0;  // given out there, as far as is known here
    std::int64_t countersigned = 0;
    std::int64_t missing = 0;  // given out and not held here
};

// What became of a request to be enrolled; not enrolled and not again: a refusal.
enum class Enrolling { enrolled, again, wrong_code, used, expired, locked, live, revoked };
std::string_view word(Enrolling outcome);

// Makes the certificate, inside the transaction: pure, quick. `above`: numbers begin above it.
using Certify = std::function<base::Result<RegisteredCertificate>(const OpenInvitation&)>;

class TerminalBook {
  public:
    virtual ~TerminalBook() = default;

    // False: the number is another open invitation's; draw again. An earlier open invitation of the
    // same terminal is over.
    virtual base::Result<bool> invite(const OpenInvitation& invitation, base::Instant now) = 0;
    virtual base::Result<std::optional<OpenInvitation>> invitation(const std::string& number) = 0;
    virtual base::Result<std::vector<OpenInvitation>> invitations() = 0;
    virtual base::Status count_wrong(const std::string& number) = 0;

    struct Outcome {
        Enrolling is = Enrolling::wrong_code;
        std::optional<RegisteredCertificate> certificate;  // of enrolled and again
    };
    // The code was proved for this key.
    virtual base::Result<Outcome> enrol(const std::string& number, const sealing::PublicKey& key,
                                        base::Instant now, const Certify& certify) = 0;
    // The terminal's present certificate ends as renewed and `next` takes its place.
    // AnswerNotFound: `id` is not its present one; TerminalRevoked.
    virtual base::Status renew(const std::string& id, const RegisteredCertificate& next,
                               base::Instant now) = 0;
    virtual base::Result<std::optional<RegisteredCertificate>> certificate(
        const std::string& id) = 0;
    // The terminal's present one.
    virtual base::Result<std::optional<RegisteredCertificate>> present(
        const std::string& terminal) = 0;
    // The terminal's present one, or the last that ended otherwise than by renewal.
    virtual base::Result<std::optional<RegisteredCertificate>> newest(
        const std::string& terminal) = 0;
    virtual base::Result<std::vector<RegisteredCertificate>> all_present() = 0;
    // Ends what the terminal has, also what it renewed. AnswerNotFound: nothing to end.
    virtual base::Status end(const std::string& terminal, Ended why, base::Instant now) = 0;
    // Of all certificates that ended but by renewal.
    virtual base::Result<std::vector<papers::RevokedTerminal>> revoked() = 0;
    virtual base::Result<Unsent> unsent(const std::string& terminal) = 0;
};

}  // namespace offline::intake
