// The technician's samples: who signs in, and what they find.
#include "app/training/samples/samples.hpp"

namespace app::training::samples {

using namespace flows;
using namespace session;

domain::Technician technician() {
    using domain::Right;
    return {"T-0007", {Right::courier, Right::service, Right::machine}};
}

domain::OutboxStock stock() {
    domain::OutboxStock out;
    out.waiting = 3;
    out.sending = 1;
    out.attention = 2;
    out.oldest = morning() - std::chrono::hours{50};
    out.bytes = 1'730'000;
    out.used_percent = 4;
    out.causes = {{"refused", 1}, {"damaged", 1}};
    out.clock_trust = domain::ClockTrust::ntp;
    out.last_contact = morning() - std::chrono::hours{26};
    out.sticks = true;
    return out;
}

domain::Supplies supplies() {
    using std::chrono::hours;
    const auto print = [](const char* document, int hours_ago, int printed, int spoiled = 0,
                          int unknown = 0, bool copy = false) {
        domain::PrintedLine line;
        line.at = morning() - hours{hours_ago};
        line.document = document;
        line.copy = copy;
        line.printed = printed;
        line.spoiled = spoiled;
        line.unknown = unknown;
        return line;
    };
    domain::Supplies out;
    domain::PaperUse documents;
    documents.printed = 231;
    documents.spoiled = 2;
    documents.unknown = 1;
    documents.since = morning() - hours{74};
    documents.forecast = {84, 234, 74, 500};
    documents.newest = {print("letter", 1, 3), print("letter", 2, 1, 1, 1),
                        print("letter", 20, 3, 0, 0, true), print("test", 74, 1)};
    domain::PaperUse slips;
    slips.printer = domain::DeviceKind::receipt_printer;
    slips.printed = 190;
    slips.since = morning() - hours{140};
    slips.forecast = {18, 190, 140, 215};
    slips.newest = {print("receipt", 1, 1), print("receipt", 2, 1), print("receipt", 21, 0, 1)};
    out.papers = {std::move(documents), std::move(slips)};
    out.ink = {{"Black Toner", 64}};
    return out;
}

Walker& Walker::to_pin() {
    on(TechnicianCalled{});
    return on(CardRead{in<TechnicianSigningIn>()->ticket,
                       base::Secret<domain::IdCardRecord>(young_card())});
}
Walker& Walker::to_checking() {
    to_pin();
    on(TextTyped{"pin", base::SecretText("135790")});
    return on(TechnicianSubmitted{});
}
Walker& Walker::to_technician(domain::Technician who) {
    to_checking();
    return on(TechnicianChecked{in<TechnicianSigningIn>()->ticket, std::move(who), {}});
}
Walker& Walker::to_stick_work(domain::CourierWork work) {
    return to_technician().on(CourierOpened{}).on(CourierWanted{work});
}
Walker& Walker::paused(domain::PauseReason reason, domain::PauseLength length) {
    return to_technician()
        .on(PauseOpened{})
        .on(PauseReasonChosen{reason})
        .on(PauseLengthChosen{length})
        .on(PauseConfirmed{});
}

}  // namespace app::training::samples
