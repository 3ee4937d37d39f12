// What must not hold up the page, and must outlive a restart, when a technician signs in: the list
// of who may (argon2id takes its time), how often somebody failed, the audit record and a pause of
// service. One worker thread; calls from the main thread return at once, answers come through the
// inbox. What is still to be written when it ends is written.
//
// In the state folder: audit/, technician_gate, technician_roster_floor, service_pause.
#pragma once

#include "app/inbox.hpp"
#include "app/technician/audit_log.hpp"
#include "app/technician/set_up_desk.hpp"
#include "base/event_log.hpp"
#include "offline/papers/technician_roster.hpp"

#include <string>
#include <thread>

namespace app {

struct DeskOptions {
    std::string state_folder;
    std::string roster;    // file; empty: none
    std::string terminal;  // 15 digits
    std::string config{};  // the file, for the wizard; empty: none here
};

class TechnicianDesk {
  public:
    TechnicianDesk(DeskOptions options, const base::Clock& clock, base::EventLog& log,
                   Inbox& inbox);
    ~TechnicianDesk();
    TechnicianDesk(const TechnicianDesk&) = delete;
    TechnicianDesk& operator=(const TechnicianDesk&) = delete;

    using Keys = std::optional<offline::sealing::KeySet>;
    // Each ends in exactly one TechnicianChecked. A try is counted before it is judged, so that
    // pulling the plug makes none free; without room to count there is no signing in by card.
    void check(domain::Ticket ticket, Keys keys, base::SecretText card_number,
               base::SecretText pin);
    void check_answer(domain::Ticket ticket, Keys keys, base::Instant challenged,
                      const std::array<std::uint8_t, 16>& nonce, base::SecretText answer);
    void record(domain::AuditLine line);
    void read_audit(domain::Ticket ticket);  // ends in AuditRead
    // The wizard: SetUpKnown, SetUpKept; an invitation ends in nothing but what is read later.
    void read_set_up(domain::Ticket ticket);
    void keep_set_up(domain::Ticket ticket, domain::set_up::Decided decided, bool finished);
    void invite(base::SecretText invitation);
    void join(std::string name, base::SecretText passphrase);
    void set_up_goes_on(std::string label);  // after the restart that follows
    void keep_pause(const std::optional<domain::ServicePause>& pause);
    // As it was kept before this start. Reads; on the caller's thread.
    static std::optional<domain::ServicePause> kept_pause(const std::string& state_folder);

  private:
    struct ByCard {
        domain::Ticket ticket;
        Keys keys;
        base::SecretText card_number, pin;
    };
    struct ByAnswer {
        domain::Ticket ticket;
        Keys keys;
        base::Instant challenged{};
        std::array<std::uint8_t, 16> nonce{};
        base::SecretText answer;
    };
    struct ToRead {
        domain::Ticket ticket;
    };
    struct ToKeep {
        std::optional<domain::ServicePause> pause;
    };
    struct SetUpToRead {
        domain::Ticket ticket;
    };
    struct SetUpToKeep {
        domain::Ticket ticket;
        domain::set_up::Decided decided;
        bool finished = false;
    };
    struct ToInvite {
        base::SecretText invitation;
    };
    struct ToJoin {
        std::string name;
        base::SecretText passphrase;
    };
    struct ToGoOn {
        std::string label;
    };
    using Order = std::variant<ByCard, ByAnswer, domain::AuditLine, ToRead, ToKeep, SetUpToRead,
                               SetUpToKeep, ToInvite, ToJoin, ToGoOn>;

    void put(Order order);
    void work(const std::stop_token& stop);
    void carry_out(const ByCard& order);
    void carry_out(const ByAnswer& order);
    void carry_out(const domain::AuditLine& line);
    void carry_out(const ToRead& order);
    void carry_out(const ToKeep& order);
    void carry_out(const SetUpToRead& order);
    void carry_out(const SetUpToKeep& order);
    void carry_out(const ToInvite& order);
    void carry_out(const ToJoin& order);
    void carry_out(const ToGoOn& order);
    base::Result<domain::Technician> judge(const ByCard& order, domain::SignInGate& gate);
    base::Result<offline::papers::TechnicianRoster> roster(const Keys& keys);
    domain::SignInGate gate() const;
    base::Status keep(const domain::SignInGate& gate);
    void refused(const base::Fault& fault, const domain::SignInGate& gate, bool counted);

    const DeskOptions options_;
    const base::Clock& clock_;
    base::EventLog& log_;
    Inbox& inbox_;
    AuditLog audit_;
    SetUpDesk set_up_;
    std::int64_t roster_told_ = 0;
    std::optional<base::FaultCode> roster_refused_;
    base::BoundedQueue<Order> orders_{64};
    std::jthread thread_;
};

}  // namespace app
