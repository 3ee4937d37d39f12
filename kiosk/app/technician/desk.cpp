#include "app/technician/desk.hpp"

#include "base/assert.hpp"
#include "base/pulse.hpp"
#include "offline/papers/maintenance_answer.hpp"

#include <charconv>
#include <utility>

namespace app {

namespace {

using base::FaultCode;
namespace papers = offline::papers;

constexpr std::size_t audit_lines_shown = 40;

// Numbers with one space between them.
std::vector<std::int64_t> numbers_in(const std::string& path) {
    std::vector<std::int64_t> out;
    const auto bytes = base::read_file(path);
    if (!bytes) return out;
    auto text = base::as_text(*bytes);
    for (std::int64_t value = 0; !text.empty();) {
        const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
        if (read.ec != std::errc{}) break;
        out.push_back(value);
        text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
        if (!text.empty()) text.remove_prefix(1);
    }
    return out;
}

}  // namespace

TechnicianDesk::TechnicianDesk(DeskOptions options, const base::Clock& clock, base::EventLog& log,
                               Inbox& inbox)
    : options_(std::move(options)),
      clock_(clock),
      log_(log),
      inbox_(inbox),
      audit_(options_.state_folder + "/audit"),
      set_up_(options_.config, clock, log),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

TechnicianDesk::~TechnicianDesk() {
    thread_.request_stop();
    thread_.join();
}

void TechnicianDesk::put(Order order) {
    // One technician, one touch at a time: so many can only wait when the disk hangs.
    if (!orders_.push(std::move(order)))
        log_.record(base::log::AuditTrouble{FaultCode::StoreWriteFailed});
}

void TechnicianDesk::check(domain::Ticket ticket, Keys keys, base::SecretText card_number,
                           base::SecretText pin) {
    put(ByCard{ticket, std::move(keys), std::move(card_number), std::move(pin)});
}
void TechnicianDesk::check_answer(domain::Ticket ticket, Keys keys, base::Instant challenged,
                                  const std::array<std::uint8_t, 16>& nonce,
                                  base::SecretText answer) {
    put(ByAnswer{ticket, std::move(keys), challenged, nonce, std::move(answer)});
}
void TechnicianDesk::record(domain::AuditLine line) {
    put(std::move(line));
}
void TechnicianDesk::read_audit(domain::Ticket ticket) {
    put(ToRead{ticket});
}
void TechnicianDesk::read_set_up(domain::Ticket ticket) {
    put(SetUpToRead{ticket});
}
void TechnicianDesk::keep_set_up(domain::Ticket ticket, domain::set_up::Decided decided,
                                 bool finished) {
    put(SetUpToKeep{ticket, std::move(decided), finished});
}
void TechnicianDesk::invite(base::SecretText invitation) {
    put(ToInvite{std::move(invitation)});
}
void TechnicianDesk::join(std::string name, base::SecretText passphrase) {
    put(ToJoin{std::move(name), std::move(passphrase)});
}
void TechnicianDesk::set_up_goes_on(std::string label) {
    put(ToGoOn{std::move(label)});
}
void TechnicianDesk::keep_pause(const std::optional<domain::ServicePause>& pause) {
    put(ToKeep{pause});
}

std::optional<domain::ServicePause> TechnicianDesk::kept_pause(const std::string& state_folder) {
    const auto bytes = base::read_file(state_folder + "/service_pause");
    return bytes ? domain::pause_from(base::as_text(*bytes)) : std::nullopt;
}

void TechnicianDesk::work(const std::stop_token& stop) {
    const base::Pulse pulse("technician_desk");
    if (const auto now = audit_.read(0); now.broken) inbox_.put(AuditBroken{});
    const auto out = [this](const auto& order) { carry_out(order); };
    while (auto order = orders_.pop(stop)) std::visit(out, *order);
    while (auto order = orders_.try_pop()) std::visit(out, *order);
}

domain::SignInGate TechnicianDesk::gate() const {
    const auto numbers = numbers_in(options_.state_folder + "/technician_gate");
    if (numbers.size() != 2 || numbers[0] < 0) return {};
    return {static_cast<int>(std::min<std::int64_t>(numbers[0], domain::wrong_tries_max)),
            base::Instant{base::Millis{numbers[1]}}};
}

base::Status TechnicianDesk::keep(const domain::SignInGate& gate) {
    return base::write_file(
        options_.state_folder + "/technician_gate",
        base::to_bytes(std::to_string(gate.wrong) + " " +
                       std::to_string(gate.last_wrong.time_since_epoch().count())));
}

base::Result<papers::TechnicianRoster> TechnicianDesk::roster(const Keys& keys) {
    if (!keys) return base::fail(FaultCode::KeyAbsent, "technicians");
    if (options_.roster.empty()) return base::fail(FaultCode::FileUnreadable, "technicians");
    const std::string floor_file = options_.state_folder + "/technician_roster_floor";
    const auto floors = numbers_in(floor_file);
    const std::int64_t floor = floors.empty() ? 0 : floors.front();
    const auto file = TRY(base::read_file(options_.roster));
    auto roster = TRY(papers::TechnicianRoster::verify(file, *keys, floor, clock_.now()));
    if (roster.version > floor)
        TRY_STATUS(base::write_file(floor_file, base::to_bytes(std::to_string(roster.version))));
    return roster;
}

base::Result<domain::Technician> TechnicianDesk::judge(const ByCard& order,
                                                       domain::SignInGate& gate) {
    if (gate.locked()) return base::fail(FaultCode::TechnicianLocked);
    const auto now = clock_.now();
    if (domain::wait_left(gate, now) > base::Millis{0})
        return base::fail(FaultCode::TechnicianMustWait);
    const auto list = roster(order.keys);
    if (!list) {
        if (std::exchange(roster_refused_, list.error().code) != list.error().code)
            log_.record(base::log::RosterRefused{list.error().code});
        return base::fail(list.error());
    }
    roster_refused_.reset();
    if (std::exchange(roster_told_, list->version) != list->version)
        log_.record(
            base::log::RosterTaken{list->version, static_cast<std::int64_t>(list->entries.size())});
    const auto before = gate;
    gate = {gate.wrong + 1, now};
    if (const auto counted = keep(gate); !counted) {
        gate = before;
        return base::fail(counted.error());
    }
    auto who = list->matching(order.card_number, order.pin, now);
    if (who) {
        gate = {};
        TRY_STATUS(keep(gate));
        return who;
    }
    if (who.error().code == FaultCode::TechnicianRefused && gate.locked())
        return base::fail(FaultCode::TechnicianLocked);
    return who;
}

void TechnicianDesk::refused(const base::Fault& fault, const domain::SignInGate& gate,
                             bool counted) {
    log_.record(base::log::TechnicianRefusedHere{fault.code, gate.wrong});
    // Tries that cost nothing stand in the log alone: nobody fills the record by tapping.
    if (!counted) return;
    carry_out(
        domain::AuditLine{clock_.now(), "none", "sign_in", std::string(base::name(fault.code))});
}

void TechnicianDesk::carry_out(const ByCard& order) {
    auto now = gate();
    const int before = now.wrong;
    auto who = judge(order, now);
    if (who)
        log_.record(base::log::TechnicianSignedIn{who->label, "card"});
    else
        refused(who.error(), now, now.wrong > before);
    inbox_.put(session::TechnicianChecked{order.ticket, std::move(who), now});
}

void TechnicianDesk::carry_out(const ByAnswer& order) {
    const papers::MaintenanceChallenge challenge{options_.terminal, order.challenged, order.nonce};
    auto who = order.keys ? papers::read_maintenance_answer(*order.answer, challenge, *order.keys,
                                                            clock_.now())
                          : base::Result<domain::Technician>(base::fail(FaultCode::KeyAbsent));
    auto now = gate();
    if (who) {
        // The centre knows who this is: wrong tries of before are forgiven.
        now = {};
        if (const auto kept = keep(now); !kept)
            log_.record(base::log::AuditTrouble{kept.error().code});
        log_.record(base::log::TechnicianSignedIn{who->label, "answer"});
    } else {
        refused(who.error(), now, false);
    }
    inbox_.put(session::TechnicianChecked{order.ticket, std::move(who), now});
}

void TechnicianDesk::carry_out(const domain::AuditLine& line) {
    if (const auto kept = audit_.append(line); !kept)
        log_.record(base::log::AuditTrouble{kept.error().code});
}

void TechnicianDesk::carry_out(const ToRead& order) {
    auto now = audit_.read(audit_lines_shown);
    if (now.broken) log_.record(base::log::AuditTrouble{FaultCode::AuditBroken});
    inbox_.put(session::AuditRead{order.ticket, std::move(now.newest), now.lines, now.broken});
}

void TechnicianDesk::carry_out(const ToKeep& order) {
    // An empty file says that service goes on: it needs no folder to be flushed.
    const auto line = order.pause ? domain::as_line(*order.pause) : std::string{};
    const auto kept =
        base::write_file(options_.state_folder + "/service_pause", base::to_bytes(line));
    if (!kept) log_.record(base::log::AuditTrouble{kept.error().code});
}

void TechnicianDesk::carry_out(const SetUpToRead& order) {
    inbox_.put(session::SetUpKnown{order.ticket, set_up_.known()});
}

void TechnicianDesk::carry_out(const SetUpToKeep& order) {
    auto kept = set_up_.keep(order.decided, order.finished);
    if (!kept)
        log_.record(base::log::SetUpMoved{std::string(domain::set_up::name(order.decided.decision)),
                                          std::string(base::name(kept.error().code))});
    inbox_.put(session::SetUpKept{order.ticket, std::move(kept)});
}

void TechnicianDesk::carry_out(const ToInvite& order) {
    if (const auto invited = set_up_.invite(order.invitation); !invited)
        log_.record(
            base::log::SetUpMoved{"enrolment", std::string(base::name(invited.error().code))});
}

void TechnicianDesk::carry_out(const ToJoin& order) {
    if (const auto asked = set_up_.join(order.name, order.passphrase); !asked)
        log_.record(base::log::SetUpMoved{"network", std::string(base::name(asked.error().code))});
}

void TechnicianDesk::carry_out(const ToGoOn& order) {
    if (const auto kept = set_up_.go_on(order.label); !kept)
        log_.record(base::log::SetUpMoved{"restart", std::string(base::name(kept.error().code))});
}

}  // namespace app
