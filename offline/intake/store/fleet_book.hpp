// What the intake knows of its terminals' health, what it told them to do, and who uses the
// console. One decision is one transaction, as in the case store, whose faults these are. Any
// thread.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "offline/papers/heartbeat.hpp"
#include "offline/sealing/password.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace offline::intake {

inline constexpr int command_reports_kept = 400;  // of each terminal
inline constexpr int heartbeats_kept = 400;       // of each terminal: a month at the quiet pace

// The newest of a terminal.
struct Heard {
    std::string terminal;
    std::int64_t number = 0;
    base::Instant said_at{}, received_at{};
    base::Bytes content;  // papers::wire::heartbeat_content
    std::string certificate_id;
    base::Bytes certificate;
};
// An earlier one.
struct HeardBefore {
    std::int64_t number = 0;
    base::Instant received_at{};
    std::string light;
    base::Bytes content;
};

// A machine that speaks as a terminal with a certificate that is over.
struct StillTalking {
    std::string terminal, certificate_id;
    std::string why;  // a word: replaced, revoked, lost, expired, issuer, other
    base::Instant first_at{}, last_at{};
    std::int64_t times = 0;
};
inline constexpr int still_talking_kept = 20;  // of each terminal

struct CommandRow {
    std::string terminal;
    std::int64_t serial = 0;
    std::string kind, ordered_by;
    base::Instant issued_at{}, expires_at{}, given_at{}, outcome_at{};
    std::string outcome;  // empty: not known yet
};
struct ReportRow {
    std::string terminal;
    std::int64_t serial = 0;
    std::string outcome;
    base::Instant reported_at{};
};
// Makes and signs the file for this serial, inside the transaction.
struct MadeCommand {
    std::string file, digest;
};
using MakeCommand = std::function<base::Result<MadeCommand>(std::int64_t serial)>;

enum class Role { viewer, operator_, admin };
std::string_view name(Role role);
std::optional<Role> role_from(std::string_view word);

struct Account {
    std::string name;
    Role role{};
    sealing::Salt salt{};
    sealing::Digest hash{};
    base::Instant made_at{};
    bool disabled = false;
    std::int64_t wrong = 0;  // tries in a row
    base::Instant wrong_at{};
};
struct ConsoleSession {
    base::Bytes token;  // its hash: the cookie itself is kept nowhere
    std::string account, csrf;
    base::Instant begun_at{}, seen_at{};
};
struct ConsoleAct {
    base::Instant at{};
    std::string account, act, terminal, outcome;
};
inline constexpr int acts_kept = 2000;  // of each account
// Of one day.
struct RefusedSignIns {
    std::string account;  // empty: names that no account has, whatever they were
    std::int64_t times = 0;
    base::Instant last{};
};
inline constexpr std::int64_t refused_days_kept = 90;

class FleetBook {
  public:
    virtual ~FleetBook() = default;

    // --- heartbeats
    virtual base::Result<std::optional<Heard>> heard(const std::string& terminal) = 0;
    virtual base::Result<std::vector<Heard>> all_heard() = 0;
    // The newest first.
    virtual base::Result<std::vector<HeardBefore>> history(const std::string& terminal) = 0;
    // In one transaction: the heartbeat, unless a newer one is there of a machine that has not
    // ended since, and what it says of commands, each once. The oldest ones go.
    virtual base::Status hear(const Heard& heard, const std::string& light,
                              const std::vector<papers::CommandReport>& reports) = 0;
    // Once more. Nothing else that is known of the terminal changes.
    virtual base::Status still_talks(const StillTalking& machine) = 0;
    virtual base::Result<std::vector<StillTalking>> still_talking() = 0;  // the newest first

    // --- commands
    virtual base::Result<std::int64_t> order(const CommandRow& row, const MakeCommand& make) = 0;
    // Files of those that are not known to be done or refused, the oldest first.
    virtual base::Result<std::vector<std::string>> to_give(const std::string& terminal,
                                                           base::Instant now) = 0;
    virtual base::Result<std::vector<CommandRow>> commands(const std::string& terminal) = 0;
    // Also of what this centre never ordered.
    virtual base::Result<std::vector<ReportRow>> reports(const std::string& terminal) = 0;

    // --- the console
    // False: the name is taken.
    virtual base::Result<bool> add(const Account& account) = 0;
    virtual base::Result<std::optional<Account>> account(const std::string& name) = 0;
    virtual base::Result<std::vector<Account>> accounts() = 0;
    // Its sessions end with it. AnswerNotFound.
    virtual base::Status disable(const std::string& name, base::Instant now) = 0;
    // Counted for the account, if there is one, and for the day; a name that is not `known` is
    // written nowhere.
    virtual base::Status refuse_sign_in(const std::string& name, bool known, base::Instant now) = 0;
    virtual base::Result<std::vector<RefusedSignIns>> refused_sign_ins() = 0;  // the newest first
    virtual base::Status forgive(const std::string& name) = 0;
    virtual base::Status begin(const ConsoleSession& session) = 0;
    // Nothing: there is none, or nobody used it since `not_before`.
    virtual base::Result<std::optional<ConsoleSession>> session(base::ByteView token,
                                                                base::Instant not_before) = 0;
    virtual base::Status touch(base::ByteView token, base::Instant now) = 0;
    virtual base::Status end_session(base::ByteView token) = 0;
    // Of each account the oldest ones go.
    virtual base::Status record(const ConsoleAct& act) = 0;
    virtual base::Result<std::vector<ConsoleAct>> acts() = 0;  // the newest 200
};

}  // namespace offline::intake
