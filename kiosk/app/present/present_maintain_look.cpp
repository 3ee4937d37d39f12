// 待送件, 网络, 日志, 审计记录, 时间 (T10, T14, T16): pages that only show. Of supplies:
// present_maintain_supplies.cpp.
#include "app/present/maintenance.hpp"

#include <array>

namespace app {

using screens::Tone;

namespace {

void unanswered(PageBuilder& b) {
    b.add(screens::Notice{
        Tone::warn, "alert-triangle", b.say(MessageId::maintain_outbox_unanswered), {}, false});
}

std::string megabytes(const PageBuilder& b, std::int64_t bytes) {
    const auto tenths = (bytes + 50'000) / 100'000;
    return b.say(MessageId::maintain_megabytes,
                 {{"n", std::to_string(tenths / 10) + "." + std::to_string(tenths % 10)}});
}

template <std::size_t N>
std::string word_of(const PageBuilder& b, const std::string& word,
                    const std::array<std::pair<std::string_view, MessageId>, N>& words) {
    for (const auto& [name, id] : words)
        if (name == word) return b.say(id);
    return word;
}

// Why a submission waits for a person (offline/sync, offline/outbox).
std::string cause_words(const PageBuilder& b, const std::string& why) {
    return word_of<3>(b, why,
                      {{{"refused", MessageId::maintain_cause_refused},
                        {"damaged", MessageId::maintain_cause_damaged},
                        {"digest", MessageId::maintain_cause_digest}}});
}

void outbox_page(const flows::TechnicianLooking& here, PageBuilder& b) {
    b.name("maintain_outbox");
    b.title(b.say(MessageId::maintain_outbox), b.say(MessageId::maintain_outbox_note));
    if (!here.stock) return unanswered(b);
    const auto& stock = *here.stock;
    const auto all = stock.waiting + stock.sending + stock.attention;
    b.add(screens::Notice{stock.attention > 0 ? Tone::danger
                          : all > 0           ? Tone::info
                                              : Tone::success,
                          all > 0 ? "package" : "circle-check",
                          all > 0
                              ? b.say(MessageId::maintain_outbox_some, {{"n", std::to_string(all)}})
                              : b.say(MessageId::maintain_outbox_none),
                          {},
                          false});
    screens::KeyValues card;
    card.rows = {fact(b, MessageId::maintain_outbox_waiting, pieces(b, stock.waiting)),
                 fact(b, MessageId::maintain_outbox_sending, pieces(b, stock.sending)),
                 fact(b, MessageId::maintain_outbox_attention, pieces(b, stock.attention))};
    if (stock.oldest)
        card.rows.push_back(fact(b, MessageId::maintain_outbox_oldest, moment(b, *stock.oldest)));
    card.rows.push_back(fact(b, MessageId::maintain_outbox_size, megabytes(b, stock.bytes)));
    card.rows.push_back(
        fact(b, MessageId::maintain_room_used,
             b.say(MessageId::maintain_percent, {{"n", std::to_string(stock.used_percent)}})));
    b.add(std::move(card));
    if (stock.causes.empty()) return;
    screens::KeyValues causes;
    causes.title = b.say(MessageId::maintain_outbox_causes);
    for (const auto& [why, count] : stock.causes)
        causes.rows.push_back({cause_words(b, why), pieces(b, count), false, {}, {}, {}, {}});
    b.add(std::move(causes));
}

void network_page(const flows::TechnicianLooking& here, PageBuilder& b) {
    b.name("maintain_network");
    b.title(b.say(MessageId::maintain_network));
    const bool online = b.in.post.line == domain::Line::online;
    if (b.in.post.revoked)
        b.add(screens::Notice{Tone::danger,
                              "lock",
                              b.say(MessageId::maintain_revoked),
                              {fault_words(b, {base::FaultCode::TerminalRevoked, {}})},
                              false});
    b.add(screens::Notice{online ? Tone::success : Tone::warn,
                          online ? "wifi" : "wifi-off",
                          line_words(b),
                          {},
                          false});
    screens::KeyValues card;
    card.rows = {
        fact(b, MessageId::maintain_network_last,
             here.stock && here.stock->last_contact ? moment(b, *here.stock->last_contact)
                                                    : b.say(MessageId::maintain_network_never)),
        fact(b, MessageId::maintain_outbox_waiting, pieces(b, b.in.post.waiting)),
        fact(b, MessageId::maintain_outbox_sending, pieces(b, b.in.post.sending))};
    b.add(std::move(card));
    b.line(b.say(here.asked ? MessageId::maintain_retried : MessageId::maintain_network_next));
    b.add(screens::ButtonRow{{b.primary("maintain_retry", MessageId::maintain_network_retry,
                                        session::CentreTryWanted{})}});
}

void time_page(const flows::TechnicianLooking& here, PageBuilder& b) {
    constexpr std::array trusts{MessageId::maintain_time_trust_0, MessageId::maintain_time_trust_1,
                                MessageId::maintain_time_trust_2, MessageId::maintain_time_trust_3};
    b.name("maintain_time");
    b.title(b.say(MessageId::maintain_time), b.say(MessageId::maintain_time_note));
    screens::KeyValues card;
    const auto now = base::iso8601_local(b.in.now);
    card.rows = {
        {b.say(MessageId::maintain_time_now),
         now.substr(0, 10) + " " + now.substr(11, 8),
         true,
         {},
         {},
         {},
         {}},
        fact(b, MessageId::maintain_time_zone, b.say(MessageId::maintain_time_zone_china)),
        fact(b, MessageId::maintain_time_trust,
             here.stock ? b.say(trusts.at(static_cast<std::size_t>(here.stock->clock_trust)))
                        : b.say(MessageId::maintain_room_none))};
    b.add(std::move(card));
    if (!here.stock && !here.waiting) unanswered(b);
}

// However long, and whatever stands in it.
void as_list(screens::Table& table, PageBuilder& b) {
    table.list = true;
    if (table.rows.empty()) table.empty_text = b.say(MessageId::maintain_log_empty);
    b.add(std::move(table));
}

void log_page(PageBuilder& b) {
    b.name("maintain_log");
    b.title(b.say(MessageId::maintain_log), b.say(MessageId::maintain_log_note));
    screens::Table table;
    table.id = "log";
    table.columns = {{b.say(MessageId::maintain_log_time), 3, false},
                     {b.say(MessageId::maintain_log_event), 4, false},
                     {b.say(MessageId::maintain_log_detail), 5, false}};
    for (const auto& line : b.in.machine.log)
        table.rows.push_back({{moment(b, line.at), line.event, line.detail}, {}});
    as_list(table, b);
}

std::string act_words(const PageBuilder& b, const std::string& act) {
    constexpr std::string_view decision_of = "set_up_";
    if (act == "set_up") return b.say(MessageId::set_up_act);
    if (act.starts_with(decision_of))
        if (const auto which =
                domain::set_up::decision_from(std::string_view(act).substr(decision_of.size())))
            return b.say(MessageId::set_up_act) + " · " +
                   b.say(domain::set_up::question(*which).title);
    return word_of<15>(b, act,
                       {{{"sign_in", MessageId::maintain_act_sign_in},
                         {"sign_out", MessageId::maintain_act_sign_out},
                         {"stick_register", MessageId::maintain_act_stick_register},
                         {"stick_export", MessageId::maintain_act_stick_export},
                         {"stick_import", MessageId::maintain_act_stick_import},
                         {"stick_bundles", MessageId::maintain_act_stick_bundles},
                         {"courier", MessageId::maintain_act_courier},
                         {"pause", MessageId::maintain_act_pause},
                         {"resume", MessageId::maintain_act_resume},
                         {"restart", MessageId::maintain_act_restart},
                         {"shut_down", MessageId::maintain_act_shut_down},
                         {"clean", MessageId::maintain_act_clean},
                         {"tray_filled", MessageId::maintain_act_tray_filled},
                         {"roll_changed", MessageId::maintain_act_roll_changed},
                         {"try_centre", MessageId::maintain_act_try_centre}}});
}

std::string outcome_words(const PageBuilder& b, const std::string& outcome) {
    for (int i = 0; i < base::fault_code_count; ++i)
        if (const auto code = static_cast<base::FaultCode>(i); base::name(code) == outcome)
            return std::string(base::citizen_text(code, b.locale()));
    return word_of<12>(b, outcome,
                       {{{"skipped", MessageId::set_up_summary_skipped},
                         {"begun", MessageId::maintain_outcome_begun},
                         {"done", MessageId::maintain_outcome_done},
                         {"refused", MessageId::maintain_outcome_refused},
                         {"left", MessageId::maintain_outcome_left},
                         {"timed_out", MessageId::maintain_outcome_timed_out},
                         {"restart", MessageId::maintain_act_restart},
                         {"shut_down", MessageId::maintain_act_shut_down},
                         {"maintenance", MessageId::maintain_pause_reason_0},
                         {"paper", MessageId::maintain_pause_reason_1},
                         {"device", MessageId::maintain_pause_reason_2},
                         {"network", MessageId::maintain_pause_reason_3}}});
}

void audit_page(const flows::TechnicianLooking& here, PageBuilder& b) {
    b.name("maintain_audit");
    b.title(b.say(MessageId::maintain_audit), b.say(MessageId::maintain_audit_note));
    if (here.waiting) {
        b.add(screens::Progress{"shield-check", b.say(MessageId::maintain_audit_read)});
        return;
    }
    b.add(here.audit_broken ? screens::Notice{Tone::danger,
                                              "alert-triangle",
                                              b.say(MessageId::maintain_audit_broken),
                                              {},
                                              false}
                            : screens::Notice{Tone::success,
                                              "shield-check",
                                              b.say(MessageId::maintain_audit_whole,
                                                    {{"n", std::to_string(here.audit_lines)}}),
                                              {},
                                              false});
    screens::Table table;
    table.id = "audit";
    table.columns = {{b.say(MessageId::maintain_log_time), 4, false},
                     {b.say(MessageId::maintain_audit_who), 3, false},
                     {b.say(MessageId::maintain_audit_act), 3, false},
                     {b.say(MessageId::maintain_audit_outcome), 4, false}};
    for (const auto& line : here.audit)
        table.rows.push_back(
            {{moment(b, line.at),
              line.label == "none" ? b.say(MessageId::maintain_audit_nobody) : line.label,
              act_words(b, line.act), outcome_words(b, line.outcome)},
             {}});
    as_list(table, b);
}

}  // namespace

void show(const flows::TechnicianLooking& here, PageBuilder& b) {
    using flows::MaintenanceView;
    switch (here.view) {
        case MaintenanceView::outbox:
            if (here.waiting) {
                b.name("maintain_outbox");
                b.title(b.say(MessageId::maintain_outbox), b.say(MessageId::maintain_outbox_note));
                b.add(screens::Progress{"package", b.say(MessageId::maintain_audit_read)});
            } else {
                outbox_page(here, b);
            }
            break;
        case MaintenanceView::network:
            network_page(here, b);
            break;
        case MaintenanceView::log:
            log_page(b);
            break;
        case MaintenanceView::audit:
            audit_page(here, b);
            break;
        case MaintenanceView::time:
            time_page(here, b);
            break;
        case MaintenanceView::supplies:
            supplies_page(here, b);
            break;
    }
    b.add(screens::ButtonRow{
        {b.secondary("maintain_back", MessageId::maintain_back, session::WentBack{})}});
}

}  // namespace app
