#include "offline/intake/console/account_commands.hpp"

#include <fmt/format.h>

namespace offline::intake::console {

Text add_account_text(const Site& site, const std::string& who, Role role,
                      const base::SecretText& password, base::Instant now) {
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    TRY_STATUS(add_account(store->fleet(), who, role, password, now));
    return fmt::format("{}\t{}\n", who, name(role));
}

Text accounts_text(const Site& site) {
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    const auto accounts = TRY(store->fleet().accounts());
    std::string out = "account\trole\tstate\tmade\n";
    for (const auto& one : accounts)
        out += fmt::format("{}\t{}\t{}\t{}\n", one.name, name(one.role),
                           one.disabled             ? "disabled"
                           : one.wrong >= wrong_max ? "locked"
                                                    : "good",
                           base::iso8601_local(one.made_at));
    return out;
}

Text disable_account_text(const Site& site, const std::string& who, base::Instant now) {
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    TRY_STATUS(store->fleet().disable(who, now));
    return fmt::format("{}\tdisabled\n", who);
}

Text unlock_account_text(const Site& site, const std::string& who) {
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    if (!TRY(store->fleet().account(who)))
        return base::fail(base::FaultCode::AnswerNotFound, "no such account");
    TRY_STATUS(store->fleet().forgive(who));
    return fmt::format("{}\tunlocked\n", who);
}

}  // namespace offline::intake::console
