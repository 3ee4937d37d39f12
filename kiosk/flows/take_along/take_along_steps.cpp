// What is needed, on paper: asked for in a guide, beside the list made by the answers, or where a
// service ends kindly.
#include "catalogue/application.hpp"
#include "domain/printing.hpp"
#include "session/inactivity.hpp"
#include "session/machine.hpp"

namespace session {

using namespace flows;

namespace {

// What was answered, told by the facts of a kind end: they hold each answer under its question.
catalogue::SituationAnswers answers_in(const catalogue::ServiceItem& item,
                                       const catalogue::Facts& facts) {
    catalogue::SituationAnswers answers;
    for (const auto& question : item.situation) {
        const auto fact = facts.find(question.id);
        if (fact == facts.end()) continue;
        if (const auto* value = std::get_if<std::string>(&fact->second))
            answers[question.id] = *value;
    }
    return answers;
}

struct Told {
    const Machine& machine;

    PrintList operator()(const ReadingGuide& here) const {
        PrintList out;
        out.item_code = here.item_code;
        return out;
    }
    PrintList operator()(const CheckingMaterials& here) const {
        const auto& journey = here.journey;
        PrintList out;
        out.item_code = journey.item_code;
        out.situation = journey.situation;
        out.materials = catalogue::materials_for(machine.item(journey.item_code),
                                                 machine.facts(journey), machine.today());
        return out;
    }
    PrintList operator()(const NotEligible& here) const {
        const auto& item = machine.item(here.item_code);
        const auto locale = machine.session.locale;
        PrintList out;
        out.item_code = here.item_code;
        out.situation = answers_in(item, here.facts);
        for (const auto& stop : item.stops)
            if (stop.id == here.stop_id)
                for (const auto* text : {&stop.title, &stop.text, &stop.next_step})
                    out.stop.push_back(catalogue::fill_in(text->in(locale), here.facts, locale));
        return out;
    }
};

}  // namespace

void Machine::print_list(TakingAlong::AskedOn from) {
    PrintList list = std::visit(Told{*this}, from);
    list.ticket = new_ticket();
    list.printer = domain::list_printer(world.health);
    TakingAlong page;
    page.from = std::move(from);
    page.ticket = list.ticket;
    page.printer = list.printer;
    page.since = world.now;
    run(std::move(list));
    go(std::move(page));
}

bool handle(const TakingAlong& here, const Event& event, Machine& machine) {
    TakingAlong next = here;
    if (const auto* done = as<PageOfPrintDone>(event)) {
        if (done->ticket != here.ticket) return true;
        next.page = done->page;
        next.pages = done->pages;
        next.since = machine.world.now;
    } else if (const auto* ended = as<PrintEnded>(event)) {
        if (ended->ticket != here.ticket) return true;
        const bool printed = ended->result && *ended->result == PrintResult::printed;
        next.paper = printed ? Paper::printed : Paper::problem;
        next.since = machine.session.last_touch = machine.world.now;
        if (!ended->result) {
            next.fault = ended->result.error();
            machine.run(
                LogFault{std::string(domain::name(here.printer)), ended->result.error().code});
        }
    } else if (as<ListPrintWanted>(event) && here.paper != Paper::printing) {
        machine.print_list(here.from);
        return true;
    } else if (as<WentBack>(event)) {
        // What is being printed goes on: the person is still here to take it.
        std::visit([&](const auto& page) { machine.go(page); }, here.from);
        return true;
    } else if (as<TimePassed>(event)) {
        if (here.paper != Paper::printing || machine.world.now - here.since < print_limit)
            return true;
        // A printer that never answers: nobody knows what came out, and the page says so.
        next.paper = Paper::problem;
        next.since = machine.session.last_touch = machine.world.now;
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

}  // namespace session
