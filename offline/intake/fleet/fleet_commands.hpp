// What an operator does about the health of terminals: looks, and tells them something. Like
// operator_commands.hpp; the console does the same through these.
#pragma once

#include "domain/app_report.hpp"
#include "offline/intake/fleet/light.hpp"
#include "offline/intake/operator_commands.hpp"
#include "offline/intake/site.hpp"

#include <string>

namespace offline::intake {

struct Order {
    std::string terminal;
    domain::CommandKind kind{};
    std::string text;                 // of a notice; empty takes it away
    std::chrono::hours good_for{72};  // to be begun before; of a notice: how long it stands
    std::string by;                   // who wants it
};
// Signed by the issuer's key of the intake's folder; kept until the terminal asks. The serial.
// ConfigInvalid, KeyAbsent: no issuer here; AnswerNotFound: no such terminal was ever heard of;
// TerminalRevoked: the register says that it was replaced, lost or revoked.
base::Result<std::int64_t> order(CaseStore& store, const EnrolmentParts& issuer,
                                 domain::Realm realm, const Order& order, base::Instant now);

// One line for a terminal: what needs a visit first on top.
struct FleetLine {
    TerminalPlace place;  // as the register has it; only the number where it has none
    std::string state;    // live, expired, revoked …; empty: not in the register
    std::optional<Heard> heard;
    std::optional<papers::HeartbeatContent> content;
    std::vector<StillTalking> still;  // within a day, as this terminal, without being it any more
    Judgement judgement;
    // Nobody waits for it: revoked, lost, replaced.
    bool over() const;
};
base::Result<std::vector<FleetLine>> fleet(CaseStore& store, base::Instant now);

Text order_text(const Site& site, const Order& order, base::Instant now);
Text commands_text(const Site& site, const std::string& terminal, base::Instant now);
Text health_text(const Site& site, base::Instant now);
// What became of one: 等待终端来取 …
std::string state_zh(const CommandRow& row, base::Instant now);
std::string outcome_zh(const std::string& outcome);
std::string kind_zh(std::string_view kind);

}  // namespace offline::intake
