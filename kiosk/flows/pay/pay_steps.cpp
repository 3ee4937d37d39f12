// 缴费: what is due → one fee → its code on the screen → what the centre says → the bill. Paid is
// the centre's word alone; a line that breaks makes it unknown, never unpaid.
#include "domain/masking.hpp"
#include "domain/printing.hpp"
#include "session/inactivity.hpp"
#include "session/machine.hpp"

namespace session {

using namespace flows;
using domain::PaymentState;

namespace {

// 其他方式 opens over a page and closes again; true when that was it.
template <class Page>
bool turned_to_ways(const Page& here, const Event& event, Machine& machine) {
    const bool closes = here.ways && (as<WentBack>(event) || as<PayWaysOpened>(event));
    if (!closes && !as<PayWaysOpened>(event)) return false;
    Page next = here;
    next.ways = !closes;
    machine.go(std::move(next));
    return true;
}

const domain::PaymentOrder& only(const base::Secret<domain::PaymentOrders>& order) {
    return order->all.at(0);
}

void show_result(const base::Secret<domain::CitizenIdentity>& person,
                 const base::Secret<domain::PaymentOrders>& order, PayOutcome outcome,
                 Machine& machine) {
    machine.session.last_touch = machine.world.now;
    machine.session.lift_curtain();
    PaymentKnown page;
    page.person = person;
    page.order = order;
    page.outcome = outcome;
    page.settled = machine.world.now;
    machine.go(std::move(page));
}

void show_fault(const base::Secret<domain::CitizenIdentity>& person, base::Fault fault,
                Machine& machine) {
    machine.session.last_touch = machine.world.now;
    machine.go(ShowingDue{person, {}, std::move(fault), false});
}

// The clock here may be wrong; the code's time is not longer for that.
base::Instant end_of(const domain::PaymentOrder& order, base::Instant now) {
    base::Instant end{};
    const bool said = base::parse_iso8601(order.expires_at, end);
    return said && end > now && end - now <= pay_code_limit ? end : now + pay_code_usual;
}

void show_code(const AskingOrder& here, const base::Secret<domain::PaymentOrders>& order,
               Machine& machine) {
    machine.session.last_touch = machine.world.now;
    ShowingPayCode page;
    page.person = here.person;
    page.order = order;
    page.until = end_of(only(order), machine.world.now);
    page.asked_at = machine.world.now;
    machine.go(std::move(page));
}

void ask_whether_paid(ShowingPayCode page, Machine& machine) {
    page.ticket = machine.new_ticket();
    page.asked = true;
    page.asked_at = machine.world.now;
    machine.run(AskPayment{page.ticket, page.person, PaymentWish::ask, only(page.order).order_no});
    machine.go(std::move(page));
}

// The answer is about the order that was asked for, and asks for no other sum.
bool is_about(const domain::PaymentOrders& answer, const domain::PaymentOrder& wanted) {
    return answer.all.size() == 1 && answer.all[0].fee_no == wanted.fee_no &&
           answer.all[0].total_fen == wanted.total_fen &&
           (wanted.order_no.empty() || answer.all[0].order_no == wanted.order_no);
}

void ordered(const AskingOrder& here, const PaymentAnswered& answered, Machine& machine) {
    if (!answered.orders) return show_fault(here.person, answered.orders.error(), machine);
    const auto& order = *answered.orders;
    if (!is_about(*order, only(here.due)))
        return show_fault(here.person, base::Fault{base::FaultCode::CentreNonsense, "order"},
                          machine);
    switch (only(order).state) {
        case PaymentState::shown:
            return show_code(here, order, machine);
        case PaymentState::paid:
            return show_result(here.person, order, PayOutcome::paid, machine);
        case PaymentState::timed_out:
            return show_result(here.person, order, PayOutcome::timed_out, machine);
        case PaymentState::failed:
        case PaymentState::cancelled:
            return show_result(here.person, order, PayOutcome::failed, machine);
        case PaymentState::due:
        case PaymentState::waived:
        case PaymentState::created:
            break;
    }
    show_fault(here.person, base::Fault{base::FaultCode::CentreNonsense, "order"}, machine);
}

void heard(const ShowingPayCode& here, const PaymentAnswered& answered, Machine& machine) {
    ShowingPayCode next = here;
    next.asked = false;
    next.line_lost = !answered.orders || !is_about(**answered.orders, only(here.order));
    if (!next.line_lost) {
        const auto& order = *answered.orders;
        const auto state = only(order).state;
        if (state == PaymentState::paid)
            return show_result(here.person, order, PayOutcome::paid, machine);
        if (state == PaymentState::failed || state == PaymentState::cancelled)
            return show_result(here.person, order, PayOutcome::failed, machine);
        if (state == PaymentState::timed_out && ++next.times_over >= pay_answers_wanted)
            return show_result(here.person, order, PayOutcome::timed_out, machine);
    }
    machine.go(std::move(next));
}

void print_bill(PaymentKnown page, Machine& machine) {
    page.ticket = machine.new_ticket();
    page.paper = Paper::printing;
    page.settled = machine.world.now;
    page.fault.reset();
    page.printer = domain::slip_printer(machine.world.health);
    machine.run(PrintBill{page.ticket, page.order,
                          domain::masked_name(page.person->name(), machine.world.settings.masking),
                          page.prints > 0, page.printer});
    ++page.prints;
    machine.go(std::move(page));
}

void printed(PaymentKnown page, const PrintEnded& ended, Machine& machine) {
    const bool well = ended.result && *ended.result == PrintResult::printed;
    page.paper = well ? Paper::printed : Paper::problem;
    page.settled = machine.session.last_touch = machine.world.now;
    if (well) page.printed.at(page.printer) = true;
    if (!ended.result) {
        page.fault = ended.result.error();
        machine.run(LogFault{std::string(domain::name(page.printer)), ended.result.error().code});
    }
    machine.go(std::move(page));
}

}  // namespace

// Paying is never done without the centre.
void Machine::open_paying(std::string item_code, From from) {
    if (world.line == domain::Line::offline || world.line == domain::Line::absent)
        return go(ShowingDue{{}, {}, base::Fault{base::FaultCode::NetworkUnreachable, {}}, false});
    go(ReadingNotice{Purpose::pay, std::move(item_code), std::move(from)});
}

void Machine::ask_due(base::Secret<domain::CitizenIdentity> person) {
    const auto ticket = new_ticket();
    session.last_touch = world.now;
    run(AskPayment{ticket, person, PaymentWish::list});
    go(AskingDue{std::move(person), ticket, world.now});
}

bool handle(const AskingDue& here, const Event& event, Machine& machine) {
    if (const auto* answered = as<PaymentAnswered>(event)) {
        if (answered->ticket != here.ticket) return true;
        if (!answered->orders) {
            show_fault(here.person, answered->orders.error(), machine);
            return true;
        }
        machine.session.last_touch = machine.world.now;
        machine.go(ShowingDue{here.person, *answered->orders, std::nullopt, false});
    } else if (as<WentBack>(event)) {
        machine.end("ended");
    } else if (as<TimePassed>(event)) {
        if (machine.world.now - here.since < progress_limit) return true;
        show_fault(here.person, base::Fault{base::FaultCode::NetworkUnreachable, {}}, machine);
    } else {
        return false;
    }
    return true;
}

bool handle(const ShowingDue& here, const Event& event, Machine& machine) {
    if (turned_to_ways(here, event, machine)) return true;
    if (const auto* chosen = as<DueChosen>(event)) {
        if (!here.orders || chosen->which >= here.orders->all.size()) return false;
        const auto& order = here.orders->all[chosen->which];
        if (order.state == PaymentState::paid)
            show_result(here.person,
                        base::Secret<domain::PaymentOrders>(domain::PaymentOrders{{order}}),
                        PayOutcome::paid, machine);
        else
            machine.go(ReadingDue{here.person, here.orders, chosen->which, false});
    } else if (as<PayAskedAgain>(event) && here.person) {
        machine.ask_due(here.person);
    } else if (as<WentBack>(event)) {
        machine.end("ended");
    } else {
        return false;
    }
    return true;
}

bool handle(const ReadingDue& here, const Event& event, Machine& machine) {
    if (turned_to_ways(here, event, machine)) return true;
    if (as<PayConfirmed>(event)) {
        const auto& due = here.orders->all.at(here.chosen);
        if (due.state != PaymentState::due) return false;  // nothing is to be paid for it
        const auto ticket = machine.new_ticket();
        machine.run(AskPayment{ticket, here.person, PaymentWish::create, due.fee_no,
                               machine.world.fresh_id.text()});
        machine.go(AskingOrder{here.person,
                               base::Secret<domain::PaymentOrders>(domain::PaymentOrders{{due}}),
                               ticket, machine.world.now});
    } else if (as<WentBack>(event)) {
        machine.go(ShowingDue{here.person, here.orders, std::nullopt, false});
    } else {
        return false;
    }
    return true;
}

bool handle(const AskingOrder& here, const Event& event, Machine& machine) {
    if (const auto* answered = as<PaymentAnswered>(event)) {
        if (answered->ticket == here.ticket) ordered(here, *answered, machine);
    } else if (as<WentBack>(event)) {
        machine.ask_due(here.person);
    } else if (as<TimePassed>(event)) {
        if (machine.world.now - here.since < progress_limit) return true;
        show_fault(here.person, base::Fault{base::FaultCode::NetworkUnreachable, {}}, machine);
    } else {
        return false;
    }
    return true;
}

bool handle(const ShowingPayCode& here, const Event& event, Machine& machine) {
    if (turned_to_ways(here, event, machine)) return true;
    const auto now = machine.world.now;
    if (const auto* answered = as<PaymentAnswered>(event)) {
        if (answered->ticket == here.ticket && here.asked) heard(here, *answered, machine);
    } else if (as<WentBack>(event)) {
        machine.ask_due(here.person);
    } else if (as<TimePassed>(event)) {
        if (now >= here.until + pay_settling)
            show_result(here.person, here.order, PayOutcome::unknown, machine);
        else if (!here.asked && now - here.asked_at >= pay_poll)
            ask_whether_paid(here, machine);
        else if (here.asked && now - here.asked_at >= pay_answer_limit) {
            ShowingPayCode next = here;
            next.line_lost = true;
            ask_whether_paid(std::move(next), machine);
        }
    } else {
        return false;
    }
    return true;
}

bool handle(const PaymentKnown& here, const Event& event, Machine& machine) {
    if (turned_to_ways(here, event, machine)) return true;
    const bool paid = here.outcome == PayOutcome::paid;
    const bool printing = here.paper == Paper::printing;
    if (const auto* ended = as<PrintEnded>(event)) {
        if (ended->ticket == here.ticket) printed(here, *ended, machine);
    } else if (as<BillWanted>(event) && paid && !printing) {
        print_bill(here, machine);
    } else if ((as<PayAskedAgain>(event) || as<WentBack>(event)) && !printing) {
        machine.ask_due(here.person);
    } else if (as<PayFinished>(event) && paid) {
        machine.go(Rating{"payment", machine.world.now, here.printed});
    } else if (as<PayFinished>(event)) {
        machine.end("finished");
    } else if (as<TimePassed>(event)) {
        // A printer that never answers: nobody knows what came out, and the page says so.
        if (!printing || machine.world.now - here.settled < print_limit) return true;
        PaymentKnown next = here;
        next.paper = Paper::problem;
        next.settled = machine.session.last_touch = machine.world.now;
        machine.go(std::move(next));
    } else {
        return false;
    }
    return true;
}

}  // namespace session
