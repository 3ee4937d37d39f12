// What an operator does about terminals: invites, lists, replaces, revokes. Like
// operator_commands.hpp: each command opens the store beside a server that runs, does one thing and
// ends; texts are what is printed.
#pragma once

#include "base/clock.hpp"
#include "offline/intake/invitation_sheet.hpp"
#include "offline/intake/operator_commands.hpp"
#include "offline/papers/invitation.hpp"

#include <string>

namespace offline::intake {

struct Invite {
    TerminalPlace place;
    std::string replaces = {};
    std::chrono::hours valid_for{72};
    std::string centre;        // where terminals find it
    std::string qr_file = {};  // an SVG is written there; empty: none
};
struct MadeInvitation {
    papers::Invitation invitation;
    QrModules modules;
    base::Instant until{};
};
// Keeps what proves the code and gives the code itself, once. Faults as of invite().
base::Result<MadeInvitation> make_invitation(TerminalBook& book, const sealing::PinnedRoot& root,
                                             const Invite& what, base::Instant now);
// ConfigInvalid: a part is not what it should be; TerminalLive: one of this number is in service
// and nothing says that it is replaced. The code is printed once and kept nowhere.
Text invite(const Site& site, const Invite& what, base::Instant now);
// The same place for another machine: the certificate of the one before ends when this one enrols.
Text replace(const Site& site, const std::string& terminal, Invite what, base::Instant now);

Text registered_text(const Site& site, base::Instant now);
// The certificate ends; revoked or lost. What the centre countersigned stays acceptable, later
// numbers go to review. With a feed key the revocation feed is published, too; the text says what
// is not here yet, and what is still to be done. AnswerNotFound.
Text end_terminal(const Site& site, const std::string& terminal, Ended why,
                  const std::string& feed_key, base::Instant now);

// All that ended so, as `intake publish revocation` reads it: what tells the terminals themselves.
Text revocations_text(const Site& site);

// "72h", "3d". ConfigInvalid.
base::Result<std::chrono::hours> hours_from(const std::string& text);

}  // namespace offline::intake
