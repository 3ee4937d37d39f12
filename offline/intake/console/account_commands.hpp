// intake accounts: who may use the console. In the operator's own process, beside a server that
// runs.
#pragma once

#include "base/secret.hpp"
#include "offline/intake/console/accounts.hpp"
#include "offline/intake/operator_commands.hpp"

#include <string>

namespace offline::intake::console {

// ConfigInvalid: what is wrong with the name or the password.
Text add_account_text(const Site& site, const std::string& name, Role role,
                      const base::SecretText& password, base::Instant now);
Text accounts_text(const Site& site);
// Its sessions end at once. AnswerNotFound.
Text disable_account_text(const Site& site, const std::string& name, base::Instant now);
// Wrong tries are forgotten. AnswerNotFound.
Text unlock_account_text(const Site& site, const std::string& name);

}  // namespace offline::intake::console
