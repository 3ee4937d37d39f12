// 健康总览 (T02) and the questions before something ends: what is wrong comes first.
#include "app/present/maintenance.hpp"
#include "domain/printing.hpp"

#include <algorithm>
#include <array>

namespace app {

using screens::Tone;

namespace {

constexpr std::array device_names{
    MessageId::maintain_device_id_card_reader,  MessageId::maintain_device_camera,
    MessageId::maintain_device_face_comparison, MessageId::maintain_device_document_printer,
    MessageId::maintain_device_panel,           MessageId::maintain_device_speech,
    MessageId::maintain_device_headphones,      MessageId::maintain_device_receipt_printer,
    MessageId::maintain_device_code_scanner,    MessageId::maintain_device_document_camera,
    MessageId::maintain_device_cabinet};
static_assert(device_names.size() == static_cast<std::size_t>(domain::DeviceKind::cabinet) + 1);

constexpr std::array device_icons{"id",     "camera",     "face-id", "printer", "device-desktop",
                                  "volume", "headphones", "receipt", "scan",    "file-text",
                                  "lock"};
static_assert(device_icons.size() == device_names.size());

// 读卡器：不能用.
std::string said_of(const PageBuilder& b, const std::string& what, MessageId how) {
    return what + (b.locale() == base::Locale::zh ? "：" : ": ") + b.say(how);
}

// Supplies come with a fault of their own where they are out; low is no fault yet.
void device_findings(const PageBuilder& b, std::vector<Finding>& grave,
                     std::vector<Finding>& mild) {
    auto health = b.in.health;
    for (std::size_t i = 0; i < device_names.size(); ++i) {
        const auto& device = domain::part(health, static_cast<domain::DeviceKind>(i));
        const std::string name = b.say(device_names.at(i));
        const std::string icon = device_icons.at(i);
        if (device.state == domain::DeviceState::unavailable && device.fault)
            grave.push_back({icon, said_of(b, name, MessageId::maintain_unavailable),
                             fault_words(b, *device.fault)});
        else if (device.state == domain::DeviceState::degraded)
            mild.push_back({icon, said_of(b, name, MessageId::maintain_degraded),
                            device.fault ? fault_words(b, *device.fault) : std::string{}});
        // One that is broken for want of it says so already.
        if (device.supply == domain::Supply::out &&
            device.state != domain::DeviceState::unavailable)
            grave.push_back({icon, said_of(b, name, MessageId::maintain_supply_out), {}});
        else if (device.supply == domain::Supply::low)
            mild.push_back({icon, said_of(b, name, MessageId::maintain_supply_low), {}});
    }
}

std::string pack_words(const PageBuilder& b) {
    return b.pack.version > 0
               ? b.say(MessageId::maintain_pack_version, {{"n", std::to_string(b.pack.version)}})
               : b.say(MessageId::maintain_pack_none);
}

std::string disk_words(const PageBuilder& b) {
    const int free = b.in.machine.disk_free_percent;
    if (free < 0) return b.say(MessageId::maintain_room_none);
    return b.say(
        free < disk_low_percent ? MessageId::maintain_disk_low : MessageId::maintain_disk_free,
        {{"n", std::to_string(free)}});
}

std::string works(const PageBuilder& b) {
    std::string out;
    auto health = b.in.health;
    for (std::size_t i = 0; i < device_names.size(); ++i) {
        const auto& device = domain::part(health, static_cast<domain::DeviceKind>(i));
        // What is listed as to be mended is not listed as well, too.
        if (device.state != domain::DeviceState::ready || device.supply == domain::Supply::low ||
            device.supply == domain::Supply::out)
            continue;
        if (!out.empty()) out += b.locale() == base::Locale::zh ? "、" : ", ";
        out += b.say(device_names.at(i));
    }
    return out;
}

// In one line: room on the disk, catalogue, program, clock.
std::string machine_words(const PageBuilder& b) {
    return b.say(MessageId::maintain_disk) + disk_words(b) + " · " +
           b.say(MessageId::maintain_pack) + pack_words(b) + " · " +
           b.say(MessageId::maintain_version) + " " + b.in.machine.version + " · " +
           moment(b, b.in.now).substr(0, 11);
}

screens::Tile tile(PageBuilder& b, const char* id, screens::IconName icon, MessageId text,
                   session::Event event) {
    return {b.bind(id, std::move(event)), std::move(icon), b.say(text), {}, false};
}

void menu(const flows::TechnicianOverview& here, PageBuilder& b) {
    using flows::MaintenanceQuestion;
    using flows::MaintenanceView;
    using session::MaintenanceAsked;
    using session::MaintenanceViewOpened;
    screens::Tiles tiles{screens::TileSize::medium, {}};
    tiles.tiles = {
        tile(b, "maintain_outbox", "package", MessageId::maintain_menu_outbox,
             MaintenanceViewOpened{MaintenanceView::outbox}),
        tile(b, "maintain_supplies", "printer", MessageId::maintain_menu_supplies,
             MaintenanceViewOpened{MaintenanceView::supplies}),
        tile(b, "maintain_courier", "archive", MessageId::maintain_menu_courier,
             session::CourierOpened{}),
        tile(b, "maintain_network", "wifi", MessageId::maintain_menu_network,
             MaintenanceViewOpened{MaintenanceView::network}),
        tile(b, "maintain_time", "clock", MessageId::maintain_menu_time,
             MaintenanceViewOpened{MaintenanceView::time}),
        tile(b, "maintain_log", "list", MessageId::maintain_menu_log,
             MaintenanceViewOpened{MaintenanceView::log}),
        tile(b, "maintain_audit", "shield-check", MessageId::maintain_menu_audit,
             MaintenanceViewOpened{MaintenanceView::audit}),
        here.below.pause
            ? tile(b, "maintain_resume", "circle-check", MessageId::maintain_menu_resume,
                   MaintenanceAsked{MaintenanceQuestion::resume})
            : tile(b, "maintain_pause", "player-pause", MessageId::maintain_menu_pause,
                   session::PauseOpened{}),
        tile(b, "maintain_clean", "eraser", MessageId::maintain_menu_clean,
             session::CleaningWanted{}),
        tile(b, "maintain_set_up", "tool", MessageId::set_up_menu, session::SetUpOpened{}),
        tile(b, "maintain_restart", "refresh", MessageId::maintain_menu_restart,
             MaintenanceAsked{MaintenanceQuestion::restart}),
        tile(b, "maintain_shut_down", "bolt", MessageId::maintain_menu_shut_down,
             MaintenanceAsked{MaintenanceQuestion::shut_down})};
    b.add(std::move(tiles));
}

}  // namespace

std::string fault_words(const PageBuilder& b, const base::Fault& fault) {
    const auto& entry = base::entry(fault.code);
    const std::string name(entry.name);
    if (b.locale() == base::Locale::zh)
        return std::string(entry.technician_zh) + "（" + name + "）";
    return std::string(entry.citizen_en) + " (" + name + ")";
}

std::string line_words(const PageBuilder& b) {
    switch (b.in.post.line) {
        case domain::Line::online:
            return b.say(MessageId::maintain_network_online);
        case domain::Line::offline:
            return b.say(MessageId::maintain_network_offline);
        case domain::Line::absent:
            return b.say(MessageId::maintain_network_absent);
        case domain::Line::unknown:
            break;
    }
    return b.say(MessageId::maintain_network_unknown);
}

std::string pieces(const PageBuilder& b, std::int64_t count) {
    return b.say(MessageId::maintain_pieces, {{"n", std::to_string(count)}});
}

std::string moment(const PageBuilder&, base::Instant instant) {
    const auto text = base::iso8601_local(instant);  // 2026-11-22T09:41:00+08:00
    return text.substr(5, 5) + " " + text.substr(11, 8);
}

MessageId device_name(domain::DeviceKind device) {
    return device_names.at(static_cast<std::size_t>(device));
}

std::string lasts(const PageBuilder& b, int hours) {
    return b.say(MessageId::maintain_paper_lasts, {{"n", std::to_string(hours)}});
}

std::string duration(const PageBuilder& b, base::Millis left) {
    const auto seconds = (left.count() + 999) / 1000;
    if (seconds > 120)
        return b.say(MessageId::maintain_minutes, {{"n", std::to_string((seconds + 59) / 60)}});
    return b.say(MessageId::maintain_seconds, {{"n", std::to_string(seconds)}});
}

screens::KeyValue fact(const PageBuilder& b, MessageId label, std::string value) {
    return {b.say(label), std::move(value), false, {}, {}, screens::Sensitivity::open, {}};
}

std::vector<Finding> findings(const PageBuilder& b) {
    std::vector<Finding> grave, mild;
    const auto add = [&](bool is_grave, const char* icon, MessageId what, std::string why = {}) {
        (is_grave ? grave : mild).push_back({icon, b.say(what), std::move(why)});
    };
    if (b.in.post.revoked)
        add(true, "lock", MessageId::maintain_revoked,
            fault_words(b, {base::FaultCode::TerminalRevoked, {}}));
    if (b.in.machine.audit_broken) add(true, "shield-check", MessageId::maintain_audit_broken);
    if (b.pack.version == 0) add(true, "book", MessageId::maintain_pack_none);
    if (b.in.post.line == domain::Line::absent)
        add(true, "package", MessageId::maintain_network_absent);
    device_findings(b, grave, mild);
    if (b.in.post.attention > 0)
        grave.push_back({"package",
                         b.say(MessageId::maintain_post_attention,
                               {{"n", std::to_string(b.in.post.attention)}}),
                         {}});
    if (const int free = b.in.machine.disk_free_percent; free >= 0 && free < disk_low_percent)
        grave.push_back({"stack-2", b.say(MessageId::maintain_disk) + disk_words(b), {}});
    if (b.in.machine.memory_short) add(false, "stack-2", MessageId::maintain_memory_short);
    const auto short_of = [&](const char* icon, MessageId what, std::optional<int> hours) {
        if (hours && *hours < paper_soon_hours)
            mild.push_back({icon, b.say(what) + lasts(b, *hours), {}});
    };
    short_of("printer", MessageId::maintain_paper, b.in.machine.paper_hours);
    short_of("receipt", MessageId::maintain_roll, b.in.machine.roll_hours);
    if (b.in.session.power != domain::PowerLevel::mains)
        add(true, "bolt", MessageId::maintain_power_battery);
    if (const auto* under = session::below(b.in.session.state); under && !under->open.empty())
        mild.push_back({"lock",
                        said_of(b, b.say(MessageId::maintain_doors), MessageId::maintain_door_open),
                        {}});
    if (b.in.post.line == domain::Line::offline)
        add(false, "wifi-off", MessageId::maintain_network_offline);
    grave.insert(grave.end(), mild.begin(), mild.end());
    return grave;
}

void add_findings(PageBuilder& b, const std::vector<Finding>& wrong) {
    if (wrong.empty()) {
        b.add(screens::Notice{
            Tone::success, "circle-check", b.say(MessageId::maintain_all_well), {}, false});
        return;
    }
    screens::TextCard card;
    card.title = b.say(MessageId::maintain_to_mend, {{"n", std::to_string(wrong.size())}});
    for (const auto& finding : wrong)
        card.paragraphs.push_back({{}, finding.what + "  ", finding.why, false, {}});
    b.add(std::move(card));
}

void show(const flows::TechnicianOverview& here, PageBuilder& b) {
    b.title(b.say(MessageId::maintain_overview),
            b.say(MessageId::maintain_signed_in, {{"label", here.who.label}}));
    if (here.refused)
        b.add(screens::Notice{Tone::warn, "lock", b.say(MessageId::maintain_no_right), {}, false});
    if (here.below.pause)
        b.add(screens::Notice{
            Tone::warn, "player-pause", b.say(MessageId::maintain_service_paused), {}, false});
    add_findings(b, findings(b));
    screens::KeyValues facts;
    facts.rows = {fact(b, MessageId::maintain_works, works(b)),
                  fact(b, MessageId::maintain_network, line_words(b)),
                  fact(b, MessageId::maintain_machine, machine_words(b))};
    if (const auto hours = b.in.machine.paper_hours)
        facts.rows.push_back(fact(b, MessageId::maintain_paper, lasts(b, *hours)));
    if (const auto hours = b.in.machine.roll_hours)
        facts.rows.push_back(fact(b, MessageId::maintain_roll, lasts(b, *hours)));
    b.add(std::move(facts));
    menu(here, b);
    b.add(screens::ButtonRow{
        {b.primary("maintain_leave", MessageId::maintain_leave, session::TechnicianLeft{})}});
}

void show(const flows::TechnicianAsked& here, PageBuilder& b) {
    using flows::MaintenanceQuestion;
    const auto cancel =
        b.secondary("maintain_cancel", MessageId::maintain_cancel, session::WentBack{});
    if (here.question == MaintenanceQuestion::resume) {
        b.name("maintain_resume");
        b.title(b.say(MessageId::maintain_resume), b.say(MessageId::maintain_resume_question));
        const auto wrong = findings(b);
        b.add(screens::Notice{wrong.empty() ? Tone::success : Tone::warn,
                              wrong.empty() ? "circle-check" : "alert-triangle",
                              wrong.empty() ? b.say(MessageId::maintain_resume_well)
                                            : b.say(MessageId::maintain_resume_faults,
                                                    {{"n", std::to_string(wrong.size())}}),
                              {},
                              false});
        if (!wrong.empty()) add_findings(b, wrong);
        screens::KeyValues facts;
        facts.rows = {fact(b, MessageId::maintain_works, works(b)),
                      fact(b, MessageId::maintain_network, line_words(b)),
                      fact(b, MessageId::maintain_pack, pack_words(b))};
        b.add(std::move(facts));
        b.add(screens::ButtonRow{
            {b.secondary("maintain_cancel", MessageId::maintain_resume_no, session::WentBack{}),
             b.primary("maintain_confirm", MessageId::maintain_resume_yes,
                       session::MaintenanceConfirmed{})}});
        return;
    }
    if (flows::is_about_paper(here.question)) return ask_about_paper(here, b);
    const bool restart = here.question == MaintenanceQuestion::restart;
    b.name(restart ? "maintain_restart" : "maintain_shut_down");
    b.page.screen.low = true;
    b.add(screens::Notice{
        Tone::warn,
        restart ? "refresh" : "bolt",
        b.say(restart ? MessageId::maintain_restart_title : MessageId::maintain_shut_down_title),
        {b.say(restart ? MessageId::maintain_restart_text : MessageId::maintain_shut_down_text)},
        true});
    b.add(screens::ButtonRow{{cancel, b.primary("maintain_confirm",
                                                restart ? MessageId::maintain_restart_yes
                                                        : MessageId::maintain_shut_down_yes,
                                                session::MaintenanceConfirmed{})}});
}

}  // namespace app
