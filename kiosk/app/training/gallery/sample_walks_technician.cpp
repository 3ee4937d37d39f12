// The technician's pages, on a day on which some things want mending.
#include "app/training/gallery/sample_walks.hpp"

namespace app::training::gallery {

using namespace session;
using domain::CourierWork;
using flows::MaintenanceQuestion;
using flows::MaintenanceView;
using samples::Walker;
using namespace std::chrono_literals;

namespace {

Walker look(MaintenanceView view) {
    return Walker{}.to_technician().on(MaintenanceViewOpened{view});
}
Walker known(MaintenanceView view, base::Result<domain::OutboxStock> stock) {
    Walker walker = look(view);
    return walker.on(StockKnown{walker.in<flows::TechnicianLooking>()->ticket, std::move(stock)});
}
Walker checked(base::FaultCode code, domain::SignInGate gate) {
    Walker walker;
    walker.to_checking();
    const auto ticket = walker.in<flows::TechnicianSigningIn>()->ticket;
    return walker.on(TechnicianChecked{ticket, base::fail(code), gate});
}
Walker read_audit(bool broken) {
    Walker walker = look(MaintenanceView::audit);
    const auto at = [&](int minutes) {
        return walker.terminal.now - std::chrono::minutes{minutes};
    };
    const std::vector<domain::AuditLine> lines{{at(0), "T-0007", "sign_in", "done"},
                                               {at(70), "T-0007", "sign_out", "left"},
                                               {at(72), "T-0007", "resume", "done"},
                                               {at(75), "T-0007", "stick_export", "done"},
                                               {at(76), "T-0007", "stick_export", "begun"},
                                               {at(80), "T-0007", "pause", "maintenance"},
                                               {at(81), "T-0007", "sign_in", "done"},
                                               {at(83), "none", "sign_in", "TechnicianRefused"},
                                               {at(2000), "T-0002", "sign_out", "timed_out"},
                                               {at(2010), "T-0002", "sign_in", "done"}};
    return walker.on(AuditRead{walker.in<flows::TechnicianLooking>()->ticket, lines, 48, broken});
}
Walker supplies_read(Walker walker, domain::Supplies supplies = samples::supplies()) {
    return walker.on(
        SuppliesRead{walker.in<flows::TechnicianLooking>()->ticket, std::move(supplies)});
}
Walker brought(MaintenanceQuestion what) {
    Walker walker = supplies_read(look(MaintenanceView::supplies));
    return walker.on(MaintenanceAsked{what});
}
Walker noted(base::Status how) {
    Walker walker = brought(MaintenanceQuestion::tray_filled);
    walker.on(MaintenanceConfirmed{});
    walker.on(PaperChangeNoted{walker.in<flows::TechnicianLooking>()->ticket, std::move(how)});
    auto supplies = samples::supplies();
    if (walker.in<flows::TechnicianLooking>()->noted) {
        auto& paper = supplies.papers.front();
        paper.printed = paper.spoiled = paper.unknown = 0;
        paper.since = walker.terminal.now;
        paper.forecast->hours = 158;
    }
    return supplies_read(std::move(walker), std::move(supplies));
}
// One printer that has just been set up, and whose toner is not told.
domain::Supplies hardly_used() {
    domain::Supplies out;
    out.papers.resize(1);
    out.papers.front().printed = 1;
    return out;
}
domain::Ticket stick(const Walker& walker) {
    return walker.in<flows::TechnicianCourier>()->ticket;
}
Walker exporting() {
    Walker walker;
    walker.to_stick_work(CourierWork::export_bundle);
    return walker.on(CourierSaid{stick(walker), "已写入 40%，共约 1.7 MB"});
}
Walker exported(base::Result<bool> how) {
    Walker walker = exporting();
    if (how)
        walker.on(CourierSaid{stick(walker), "已导出 4 件（1 个文件），读回核对无误"})
            .on(CourierSaid{stick(walker),
                            "可以拔出U盘。导出不等于送达：回执带回之前，终端不删除任何一件"});
    return walker.on(CourierFinished{stick(walker), std::move(how)});
}

void machine(SamplePage& page) {
    page.machine = {"1.0.0", 63, false, {}};
}
void some_faults(SamplePage& page) {
    machine(page);
    auto& health = page.terminal.health;
    health.document_printer = {domain::DeviceState::unavailable, domain::Supply::out,
                               base::Fault{base::FaultCode::PrinterPaperOut, {}}};
    health.receipt_printer = {domain::DeviceState::ready, domain::Supply::low, {}};
    page.post.attention = 2;
    page.machine.paper_hours = 84;
    page.machine.roll_hours = 18;
}
void with_both_printers(SamplePage& page) {
    machine(page);
    page.terminal.health.receipt_printer = {domain::DeviceState::ready, domain::Supply::low, {}};
}
void with_log(SamplePage& page) {
    machine(page);
    const auto now = page.terminal.now;
    page.machine.log = {
        {now, "TechnicianSignedIn", "label=T-0007 way=card"},
        {now - 30s, "DeviceHealthChanged", "device=document_printer state=unavailable"},
        {now - 31s, "SupplyChanged", "device=document_printer supply=out"},
        {now - 4min, "SessionEnded", "session=41 how=ended"},
        {now - 9min, "SubmissionKept", "local_number=L3K790F261QX seq=17"},
        {now - 15min, "LineChanged", "state=offline"},
        {now - 16min, "ProgramStarted", "program=kiosk version=1.0.0 realm=service"}};
}

}  // namespace

void technician_pages(Collector& pages) {
    using base::FaultCode;
    const auto now = samples::morning();
    pages.add("maintain_sign_in", Walker{}.on(TechnicianCalled{}));
    Walker no_reader = Walker{}.on(TechnicianCalled{});
    const auto card = no_reader.in<flows::TechnicianSigningIn>()->ticket;
    pages.add("maintain_sign_in_no_reader",
              no_reader.on(CardRead{card, base::fail(FaultCode::CardReaderUnplugged)}));
    pages.add("maintain_pin", Walker{}.to_pin());
    pages.add(
        "maintain_pin_short",
        Walker{}.to_pin().on(TextTyped{"pin", base::SecretText("1357")}).on(TechnicianSubmitted{}));
    pages.add("maintain_pin_wrong", checked(FaultCode::TechnicianRefused, {2, now - 2s}));
    pages.add("maintain_pin_locked", checked(FaultCode::TechnicianLocked, {15, now}));
    pages.add("maintain_pin_no_list", checked(FaultCode::RosterOutdated, {}));
    pages.add("maintain_checking", Walker{}.to_checking());
    const auto challenged = Walker{}.on(TechnicianCalled{}).on(TechnicianByAnswer{});
    pages.add("maintain_challenge", challenged);
    pages.add("maintain_answer", Walker{challenged}.on(TechnicianAnswerScan{}));
    pages.add("maintain_overview", Walker{}.to_technician(), machine);
    pages.add("maintain_overview_faults", Walker{}.to_technician(), some_faults);
    pages.add("maintain_overview_paused",
              Walker{}.paused(domain::PauseReason::paper, domain::PauseLength::half_an_hour),
              some_faults);
    const auto revoked = [](SamplePage& page) {
        machine(page);
        page.post.revoked = true;
        page.post.taking = false;
    };
    pages.add("maintain_overview_revoked", Walker{}.on(RevocationTold{true}).to_technician(),
              revoked);
    pages.add("maintain_network_revoked",
              known(MaintenanceView::network, samples::stock()).on(RevocationTold{true}), revoked);
    pages.add("maintain_overview_no_right",
              Walker{}.to_technician({"T-0002", {}}).on(PauseOpened{}), machine);
    pages.add("maintain_outbox", known(MaintenanceView::outbox, samples::stock()));
    pages.add("maintain_outbox_empty", known(MaintenanceView::outbox, domain::OutboxStock{}));
    pages.add("maintain_outbox_unanswered",
              known(MaintenanceView::outbox, base::fail(FaultCode::PostUnreachable)));
    pages.add("maintain_outbox_waiting", look(MaintenanceView::outbox));
    pages.add("maintain_network", known(MaintenanceView::network, samples::stock()));
    pages.add("maintain_network_tried",
              known(MaintenanceView::network, samples::stock()).on(CentreTryWanted{}));
    pages.add("maintain_time", known(MaintenanceView::time, samples::stock()));
    pages.add("maintain_log", look(MaintenanceView::log), with_log);
    pages.add("maintain_audit", read_audit(false));
    pages.add("maintain_audit_broken", read_audit(true));
    pages.add("maintain_supplies", supplies_read(look(MaintenanceView::supplies)),
              with_both_printers);
    pages.add("maintain_supplies_new",
              supplies_read(look(MaintenanceView::supplies), hardly_used()), machine);
    pages.add("maintain_supplies_none",
              supplies_read(look(MaintenanceView::supplies), domain::Supplies{}), machine);
    pages.add("maintain_supplies_waiting", look(MaintenanceView::supplies));
    pages.add("maintain_supplies_noted", noted({}), with_both_printers);
    pages.add("maintain_supplies_not_noted", noted(base::fail(FaultCode::DiskFull)),
              with_both_printers);
    pages.add("maintain_tray_filled", brought(MaintenanceQuestion::tray_filled));
    pages.add("maintain_roll_changed", brought(MaintenanceQuestion::roll_changed));
    Walker courier = Walker{}.to_technician().on(CourierOpened{});
    pages.add("maintain_courier", courier);
    pages.add("maintain_courier_no_place",
              Walker{courier}.on(StockKnown{stick(courier), domain::OutboxStock{}}));
    pages.add("maintain_courier_work", exporting());
    pages.add("maintain_courier_end", exported(true));
    pages.add("maintain_courier_end_partly", exported(false));
    pages.add("maintain_courier_end_failed",
              exported(base::fail(FaultCode::MediumUnfit, "not registered here")));
    pages.add("maintain_pause", Walker{}.to_technician().on(PauseOpened{}));
    const auto ask = [](MaintenanceQuestion question) {
        return Walker{}.to_technician().on(MaintenanceAsked{question});
    };
    pages.add("maintain_resume", ask(MaintenanceQuestion::resume), machine);
    pages.add("maintain_resume_faults", ask(MaintenanceQuestion::resume), some_faults);
    pages.add("maintain_restart", ask(MaintenanceQuestion::restart));
    pages.add("maintain_shut_down", ask(MaintenanceQuestion::shut_down));
    pages.add("maintain_clean", Walker{}.to_technician().on(CleaningWanted{}).wait(8s));
    for (const auto& [name, length] :
         {std::pair{"suspended_paused", domain::PauseLength::two_hours},
          {"suspended_paused_day", domain::PauseLength::rest_of_the_day}})
        pages.add(name,
                  Walker{}.paused(domain::PauseReason::maintenance, length).on(TechnicianLeft{}));
}

}  // namespace app::training::gallery
