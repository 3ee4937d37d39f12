// 耗材与纸张: what each printer has left and used since its paper was changed, how long that lasts
// and why one thinks so, the newest prints as counts, and the two acts that make the count begin
// anew. Never whose a print was.
#include "app/present/maintenance.hpp"
#include "domain/printing.hpp"

#include <algorithm>

namespace app {

using domain::DeviceKind;
using domain::PaperUse;
using flows::MaintenanceQuestion;
using screens::Tone;

namespace {

// A terminal without this printer has nothing to show of it.
bool is_there(const PageBuilder& b, const PaperUse& use) {
    if (use.since || !use.newest.empty() || !use.readable) return true;
    auto all = b.in.health;
    const auto& health = domain::part(all, use.printer);
    return health.state != domain::DeviceState::unavailable ||
           (health.fault && health.fault->code != base::FaultCode::PrinterAbsent);
}

std::string number(std::int64_t value) {
    return std::to_string(value);
}

std::string state_words(const PageBuilder& b, const domain::DeviceHealth& health) {
    std::string out;
    if (health.state == domain::DeviceState::ready)
        out = b.say(MessageId::maintain_supply_well);
    else
        out =
            b.say(health.state == domain::DeviceState::degraded ? MessageId::maintain_degraded
                                                                : MessageId::maintain_unavailable);
    if (health.supply == domain::Supply::low)
        out += " · " + b.say(MessageId::maintain_supply_low);
    else if (health.supply == domain::Supply::out)
        out += " · " + b.say(MessageId::maintain_supply_out);
    if (health.fault) out += " · " + fault_words(b, *health.fault);
    return out;
}

std::string used_words(const PageBuilder& b, const PaperUse& use) {
    const auto count = number(use.printed + use.spoiled + use.unknown);
    return use.since ? b.say(MessageId::maintain_used_since,
                             {{"n", count}, {"when", moment(b, *use.since).substr(0, 11)}})
                     : b.say(MessageId::maintain_used_ever, {{"n", count}});
}

std::string forecast_words(const PageBuilder& b, const PaperUse& use) {
    if (!use.forecast) return b.say(MessageId::maintain_forecast_none);
    const auto& forecast = *use.forecast;
    return lasts(b, forecast.hours) + " · " +
           b.say(MessageId::maintain_forecast_basis, {{"used", number(forecast.used)},
                                                      {"hours", number(forecast.used_hours)},
                                                      {"holds", number(forecast.holds)}});
}

std::string counts_words(const PageBuilder& b, const PaperUse& use) {
    return b.say(MessageId::maintain_ledger_counts, {{"printed", number(use.printed)},
                                                     {"spoiled", number(use.spoiled)},
                                                     {"unknown", number(use.unknown)}});
}

std::string ink_words(const PageBuilder& b, const std::vector<domain::InkLevel>& ink) {
    std::string out;
    for (const auto& one : ink) {
        if (!out.empty()) out += " · ";
        if (!one.name.empty()) out += one.name + " ";
        out += one.percent ? b.say(MessageId::maintain_percent, {{"n", number(*one.percent)}})
                           : b.say(MessageId::maintain_room_none);
    }
    return out;
}

void printer_card(PageBuilder& b, const PaperUse& use, const std::vector<domain::InkLevel>& ink) {
    auto health = b.in.health;
    screens::KeyValues card;
    card.title = b.say(device_name(use.printer));
    card.rows = {fact(b, MessageId::maintain_supply_state,
                      state_words(b, domain::part(health, use.printer)))};
    if (use.readable) {
        card.rows.push_back(fact(b, MessageId::maintain_used, used_words(b, use)));
        card.rows.push_back(fact(b, MessageId::maintain_forecast, forecast_words(b, use)));
        card.rows.push_back(fact(b, MessageId::maintain_ledger, counts_words(b, use)));
    } else {
        card.rows.push_back(
            fact(b, MessageId::maintain_ledger, b.say(MessageId::maintain_ledger_unreadable)));
    }
    if (!ink.empty()) card.rows.push_back(fact(b, MessageId::maintain_ink, ink_words(b, ink)));
    b.add(std::move(card));
}

std::string document_words(const PageBuilder& b, const domain::PrintedLine& line) {
    std::string out = line.document;  // a word of a program that is newer than this page
    if (line.document == "receipt") out = b.say(MessageId::maintain_print_receipt);
    if (line.document == "bill") out = b.say(MessageId::paper_bill);
    if (line.document == "letter") out = b.say(MessageId::maintain_print_letter);
    if (line.document == "proof") out = b.say(MessageId::proof_paper);
    if (line.document == "notice") out = b.say(MessageId::notice_paper);
    if (line.document == "test") out = b.say(MessageId::maintain_print_test);
    return line.copy ? out + b.say(MessageId::maintain_print_copy) : out;
}

std::string end_words(const PageBuilder& b, const domain::PrintedLine& line) {
    std::string out;
    const auto add = [&](int count, MessageId what) {
        if (count < 1) return;
        if (!out.empty()) out += b.locale() == base::Locale::zh ? "，" : ", ";
        out += b.say(what, {{"n", number(count)}});
    };
    add(line.printed, MessageId::maintain_sheets_printed);
    add(line.spoiled, MessageId::maintain_sheets_spoiled);
    add(line.unknown, MessageId::maintain_sheets_unknown);
    add(line.untouched, MessageId::maintain_sheets_untouched);
    add(line.under_way, MessageId::maintain_sheets_under_way);
    return out;
}

// Of both printers together, the newest first.
void newest_prints(PageBuilder& b, const std::vector<PaperUse>& papers) {
    struct Line {
        DeviceKind printer;
        domain::PrintedLine print;
    };
    std::vector<Line> lines;
    for (const auto& use : papers)
        for (const auto& print : use.newest) lines.push_back({use.printer, print});
    std::ranges::stable_sort(lines,
                             [](const Line& a, const Line& z) { return a.print.at > z.print.at; });
    if (lines.size() > domain::printed_lines_shown) lines.resize(domain::printed_lines_shown);
    screens::Table table;
    table.id = "prints";
    table.title = b.say(MessageId::maintain_prints);
    table.columns = {{b.say(MessageId::maintain_log_time), 4, false},
                     {b.say(MessageId::maintain_print_what), 3, false},
                     {b.say(MessageId::maintain_print_where), 3, false},
                     {b.say(MessageId::maintain_print_end), 4, false}};
    for (const auto& line : lines)
        table.rows.push_back({{moment(b, line.print.at), document_words(b, line.print),
                               b.say(device_name(line.printer)), end_words(b, line.print)},
                              {}});
    table.list = true;
    table.empty_text = table.rows.empty() ? b.say(MessageId::maintain_log_empty) : std::string{};
    b.add(std::move(table));
}

void note_of_change(const flows::TechnicianLooking& here, PageBuilder& b) {
    if (here.fault)
        b.add(screens::Notice{Tone::danger,
                              "alert-circle",
                              b.say(MessageId::maintain_change_failed),
                              {fault_words(b, *here.fault)},
                              false});
    else if (here.noted)
        b.add(screens::Notice{
            Tone::success, "circle-check", b.say(MessageId::maintain_change_noted), {}, false});
}

screens::Button act(PageBuilder& b, MaintenanceQuestion question) {
    const bool roll = question == MaintenanceQuestion::roll_changed;
    return b.secondary(roll ? "maintain_roll_changed" : "maintain_tray_filled",
                       roll ? MessageId::maintain_roll_changed : MessageId::maintain_tray_filled,
                       session::MaintenanceAsked{question}, roll ? "receipt" : "printer");
}

}  // namespace

void supplies_page(const flows::TechnicianLooking& here, PageBuilder& b) {
    b.name("maintain_supplies");
    b.title(b.say(MessageId::maintain_supplies), b.say(MessageId::maintain_supplies_note));
    if (here.waiting) {
        b.add(screens::Progress{
            "printer", b.say(here.noting && !here.noted ? MessageId::maintain_change_under_way
                                                        : MessageId::maintain_audit_read)});
        return;
    }
    note_of_change(here, b);
    auto supplies = here.supplies.value_or(domain::Supplies{});
    std::erase_if(supplies.papers, [&](const PaperUse& use) { return !is_there(b, use); });
    if (supplies.papers.empty()) {
        b.add(screens::Notice{
            Tone::info, "printer", b.say(MessageId::maintain_supplies_none), {}, false});
        return;
    }
    screens::ButtonRow acts;
    for (const auto& use : supplies.papers) {
        const bool documents = use.printer == DeviceKind::document_printer;
        printer_card(b, use, documents ? supplies.ink : std::vector<domain::InkLevel>{});
        acts.buttons.push_back(act(
            b, documents ? MaintenanceQuestion::tray_filled : MaintenanceQuestion::roll_changed));
    }
    b.add(std::move(acts));
    newest_prints(b, supplies.papers);
}

void ask_about_paper(const flows::TechnicianAsked& here, PageBuilder& b) {
    const bool roll = here.question == MaintenanceQuestion::roll_changed;
    b.name(roll ? "maintain_roll_changed" : "maintain_tray_filled");
    b.page.screen.low = true;
    b.add(screens::Notice{
        Tone::warn,
        roll ? "receipt" : "printer",
        b.say(roll ? MessageId::maintain_roll_title : MessageId::maintain_tray_title),
        {b.say(roll ? MessageId::maintain_roll_text : MessageId::maintain_tray_text)},
        true});
    b.add(screens::ButtonRow{
        {b.secondary("maintain_cancel", MessageId::maintain_cancel, session::WentBack{}),
         b.primary("maintain_confirm",
                   roll ? MessageId::maintain_roll_changed : MessageId::maintain_tray_filled,
                   session::MaintenanceConfirmed{})}});
}

}  // namespace app
