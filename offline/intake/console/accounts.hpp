// Who may use the console: accounts with a role, passwords as argon2id, sessions that end when
// nobody uses them. Tries cost time and lock in the end. Any thread; sign_in() takes a tenth of a
// second and is done one at a time.
#pragma once

#include "base/event_log.hpp"
#include "base/secret.hpp"
#include "offline/intake/store/fleet_book.hpp"

#include <map>
#include <mutex>
#include <string>

namespace offline::intake::console {

inline constexpr std::size_t password_chars_min = 12, password_bytes_max = 256;
inline constexpr std::int64_t wrong_free = 4, wrong_max = 15;  // tries in a row
inline constexpr std::size_t addresses_max = 10'000;           // whose tries are counted
inline constexpr std::chrono::minutes idle_limit{20};
inline constexpr std::chrono::hours session_limit{10};

// 2 to 32 of a-z 0-9 . _ -
bool is_account_name(std::string_view name);
// ConfigInvalid: the name or the password is none; TerminalLive never. AnswerNotFound never; a name
// that is taken is ConfigInvalid.
base::Status add_account(FleetBook& book, const std::string& name, Role role,
                         const base::SecretText& password, base::Instant now);
// How long still until another try counts; zero: now.
base::Millis wait_left(const Account& account, base::Instant now);

// Somebody who is signed in.
struct Visitor {
    std::string name;
    Role role{};
    std::string csrf;
    bool may_act() const { return role != Role::viewer; }
    bool may_see_acts() const { return role == Role::admin; }
};

class Accounts {
  public:
    Accounts(FleetBook& book, const base::Clock& clock, base::EventLog& log)
        : book_(book), clock_(clock), log_(log) {}

    // The cookie's value. ConsoleRefused, whatever was wrong, so that nobody learns which names
    // there are; TechnicianMustWait: too many tries of a name, whether there is such an account or
    // not, or from one address; the store's faults.
    base::Result<std::string> sign_in(const std::string& name, const base::SecretText& password,
                                      const std::string& address);
    // Whose cookie this is, and that it was used now.
    base::Result<std::optional<Visitor>> visitor(const std::string& cookie);
    base::Status sign_out(const std::string& cookie);
    // An account that an administrator makes, and the act of it. ConsoleRefused: `by` is none; the
    // faults of add_account().
    base::Status add(const Visitor& by, const std::string& name, Role role,
                     const base::SecretText& password);
    void acted(const Visitor& who, const std::string& act, const std::string& terminal,
               const std::string& outcome);

  private:
    struct Tries {
        std::int64_t wrong = 0;
        base::Instant last{};
    };
    Account stranger(const std::string& name) const;
    void count_stranger(const std::string& name, base::Instant now);
    bool too_many_from(const std::string& address);
    void log_sign_in(const std::string& who, const std::string& role, const std::string& outcome);

    FleetBook& book_;
    const base::Clock& clock_;
    base::EventLog& log_;
    std::mutex mutex_;  // guards tries_ and strangers_, and lets one argon2id run at a time
    // Since (steady), how many; at addresses_max the oldest is forgotten.
    std::map<std::string, std::pair<base::Millis, int>> tries_;
    // Of names that no account has; of too many the one that was tried longest ago is forgotten.
    std::map<std::string, Tries> strangers_;
};

// In constant time: the token of a form is the session's.
bool same_token(std::string_view a, std::string_view b);
std::string fresh_token();

}  // namespace offline::intake::console
