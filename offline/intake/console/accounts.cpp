#include "offline/intake/console/accounts.hpp"

#include "base/random.hpp"

#include <algorithm>

namespace offline::intake::console {

namespace {

using base::FaultCode;

constexpr base::Millis window{60'000};
constexpr int tries_in_window = 20;  // of one address
constexpr std::size_t strangers_max = 10'000;
constexpr base::Millis touch_every{30'000};

base::Bytes hashed(const std::string& cookie) {
    const auto digest = sealing::digest(sealing::SuiteId::one, base::to_bytes(cookie));
    return {digest.begin(), digest.end()};
}

}  // namespace

bool is_account_name(std::string_view name) {
    return name.size() >= 2 && name.size() <= 32 && std::ranges::all_of(name, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
                      c == '-';
           });
}

std::string fresh_token() {
    return base::to_hex(base::random_bytes<32>());
}

bool same_token(std::string_view a, std::string_view b) {
    if (a.size() != b.size() || a.empty()) return false;
    unsigned differs = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        differs |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    return differs == 0;
}

base::Status add_account(FleetBook& book, const std::string& name, Role role,
                         const base::SecretText& password, base::Instant now) {
    if (!is_account_name(name))
        return base::fail(FaultCode::ConfigInvalid, "name: 2 to 32 of a-z 0-9 . _ -");
    std::size_t characters = 0;
    for (const char c : *password) characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (characters < password_chars_min || password->size() > password_bytes_max)
        return base::fail(FaultCode::ConfigInvalid, "password: 12 characters at least");
    Account account;
    account.name = name;
    account.role = role;
    account.salt = base::random_bytes<16>();
    account.hash = TRY(sealing::stretched(password, account.salt));
    account.made_at = now;
    if (!TRY(book.add(account)))
        return base::fail(FaultCode::ConfigInvalid, "name: there is one already");
    return {};
}

base::Millis wait_left(const Account& account, base::Instant now) {
    if (account.wrong <= wrong_free) return base::Millis{0};
    const auto doubled = std::min<std::int64_t>(account.wrong - wrong_free - 1, 6);
    const base::Millis wait = base::Millis{60'000} * (std::int64_t{1} << doubled);
    // A clock that fell back shortens nothing.
    const auto passed =
        std::max(base::Millis{0}, std::chrono::duration_cast<base::Millis>(now - account.wrong_at));
    return std::max(base::Millis{0}, wait - passed);
}

bool Accounts::too_many_from(const std::string& address) {
    const auto now = clock_.steady();
    // Whoever comes from ten thousand addresses keeps nobody else out by that.
    if (tries_.size() >= addresses_max && !tries_.contains(address))
        tries_.erase(
            std::ranges::min_element(tries_, {}, [](const auto& one) { return one.second.first; }));
    auto& [since, count] = tries_[address];
    if (count == 0 || now - since >= window) {
        since = now;
        count = 0;
    }
    return ++count > tries_in_window;
}

// It takes as long, waits as long and locks as soon as one that there is.
Account Accounts::stranger(const std::string& name) const {
    Account out;
    out.salt = {1};
    if (const auto found = strangers_.find(name); found != strangers_.end()) {
        out.wrong = found->second.wrong;
        out.wrong_at = found->second.last;
    }
    return out;
}

void Accounts::count_stranger(const std::string& name, base::Instant now) {
    if (!is_account_name(name)) return;  // that there is none such is no secret
    if (strangers_.size() >= strangers_max && !strangers_.contains(name))
        strangers_.erase(std::ranges::min_element(strangers_, {},
                                                  [](const auto& one) { return one.second.last; }));
    auto& tries = strangers_[name];
    ++tries.wrong;
    tries.last = now;
}

void Accounts::log_sign_in(const std::string& who, const std::string& role,
                           const std::string& outcome) {
    log_.record(base::log::ConsoleSignedIn{who, role, outcome});
    [[maybe_unused]] const auto ignored = book_.record({clock_.now(), who, "sign-in", "", outcome});
}

base::Result<std::string> Accounts::sign_in(const std::string& name,
                                            const base::SecretText& password,
                                            const std::string& address) {
    const std::lock_guard lock(mutex_);
    if (too_many_from(address)) return base::fail(FaultCode::TechnicianMustWait, "address");
    if (password->size() > password_bytes_max) return base::fail(FaultCode::ConsoleRefused);
    const auto known = is_account_name(name) ? TRY(book_.account(name)) : std::optional<Account>{};
    const Account account = known ? *known : stranger(name);
    const base::Instant now = clock_.now();
    const bool locked = account.wrong >= wrong_max;
    if (!locked && wait_left(account, now) > base::Millis{0})
        return base::fail(FaultCode::TechnicianMustWait, "account");
    // Also of a name that is locked or that there is not: who asks hears nothing from the time.
    const auto hash = TRY(sealing::stretched(password, account.salt));
    if (locked || !known || account.disabled || !sealing::same(hash, account.hash)) {
        if (!known) count_stranger(name, now);
        TRY_STATUS(book_.refuse_sign_in(name, known.has_value(), now));
        // What somebody typed who has no account may be anything, such as a telephone number in
        // the wrong field: it comes neither into a log nor into the store.
        log_.record(base::log::ConsoleSignedIn{
            known ? name : "none", "none",
            known && account.wrong + 1 >= wrong_max ? "locked" : "refused"});
        return base::fail(FaultCode::ConsoleRefused);
    }
    TRY_STATUS(book_.forgive(name));
    const std::string cookie = fresh_token();
    TRY_STATUS(book_.begin({hashed(cookie), name, fresh_token(), now, now}));
    log_sign_in(name, std::string(intake::name(account.role)), "in");
    return cookie;
}

base::Result<std::optional<Visitor>> Accounts::visitor(const std::string& cookie) {
    if (cookie.size() != 64) return std::optional<Visitor>{};
    const base::Instant now = clock_.now();
    const auto token = hashed(cookie);
    const auto session = TRY(book_.session(token, now - idle_limit));
    if (!session) return std::optional<Visitor>{};
    const auto account = TRY(book_.account(session->account));
    if (!account || account->disabled || now - session->begun_at >= session_limit) {
        TRY_STATUS(book_.end_session(token));
        return std::optional<Visitor>{};
    }
    if (now - session->seen_at >= touch_every) TRY_STATUS(book_.touch(token, now));
    return std::optional(Visitor{account->name, account->role, session->csrf});
}

base::Status Accounts::sign_out(const std::string& cookie) {
    const auto who = TRY(visitor(cookie));
    if (who) log_sign_in(who->name, std::string(name(who->role)), "out");
    return book_.end_session(hashed(cookie));
}

base::Status Accounts::add(const Visitor& by, const std::string& name, Role role,
                           const base::SecretText& password) {
    const std::string act = is_account_name(name) ? "account-" + name : "account";
    if (!by.may_see_acts()) {
        acted(by, act, {}, "forbidden");
        return base::fail(FaultCode::ConsoleRefused);
    }
    const auto made = [&]() -> base::Status {
        const std::lock_guard lock(mutex_);
        return add_account(book_, name, role, password, clock_.now());
    }();
    acted(by, act, {}, made ? "done" : std::string(base::name(made.error().code)));
    return made;
}

void Accounts::acted(const Visitor& who, const std::string& act, const std::string& terminal,
                     const std::string& outcome) {
    log_.record(base::log::ConsoleActed{who.name, act, outcome});
    [[maybe_unused]] const auto ignored =
        book_.record({clock_.now(), who.name, act, terminal, outcome});
}

}  // namespace offline::intake::console
