// Situation questions, then the form: one question or small group a page, every fault told at once.
#include "flows/fill_form/pick_place.hpp"
#include "session/machine.hpp"

namespace session {

using namespace flows;

namespace {

const catalogue::Field* field_in(const catalogue::FormPage& page, const std::string& key) {
    for (const auto& field : page.fields)
        if (field.key == key) return &field;
    return nullptr;
}

bool is_typed(const catalogue::Field& field) {
    return field.type != catalogue::FieldType::choice &&
           field.type != catalogue::FieldType::choices &&
           field.type != catalogue::FieldType::division;
}

// The first field of a page that is typed and still empty gets the keyboard.
std::string first_focus(const catalogue::FormPage& page, const Journey& journey,
                        const catalogue::Facts& facts) {
    for (const auto& field : page.fields) {
        const bool typed = is_typed(field) && !field.locked;
        const auto value = journey.draft.find(field.key);
        const bool empty =
            value == journey.draft.end() || !value->second.text || value->second.text->empty();
        if (typed && empty && catalogue::is_visible(field, facts)) return field.key;
    }
    return {};
}

void open_page(FillingForm form, Machine& machine) {
    const auto& page = machine.item(form.journey.item_code).form.at(form.page);
    form.problems.clear();
    form.focused = first_focus(page, form.journey, machine.facts(form.journey));
    machine.go(std::move(form));
}

void set_value(FillingForm& form, const std::string& key, base::SecretText text) {
    form.journey.draft[key] = {std::move(text), catalogue::Origin::typed};
    std::erase_if(form.problems, [&](const auto& problem) { return problem.key == key; });
}

void complete_page(const FillingForm& here, Machine& machine) {
    const auto& item = machine.item(here.journey.item_code);
    const auto facts = machine.facts(here.journey);
    FillingForm form = here;
    const auto& page = item.form.at(form.page);
    for (const auto& field : page.fields) {
        const auto value = form.journey.draft.find(field.key);
        if (value == form.journey.draft.end() || !value->second.text || field.locked) continue;
        const std::string clean = catalogue::normalised(field.type, *value->second.text);
        if (clean != *value->second.text) value->second.text = base::SecretText(clean);
    }
    form.problems = catalogue::validate_page(page, form.journey.draft, facts);
    if (!form.problems.empty()) {
        const auto* field = field_in(page, form.problems.front().key);
        if (field != nullptr && is_typed(*field)) form.focused = field->key;
        machine.go(std::move(form));
        return;
    }
    if (form.back_to_review) {
        machine.go(CheckingMaterials{form.journey});
        handle(CheckingMaterials{form.journey}, MaterialsAccepted{}, machine);
        return;
    }
    do ++form.page;
    while (form.page < item.form.size() && !catalogue::is_asked(item.form[form.page], facts));
    if (form.page < item.form.size())
        open_page(std::move(form), machine);
    else
        machine.check_materials(std::move(form.journey));
}

void one_page_back(const FillingForm& here, Machine& machine) {
    if (here.back_to_review) {
        machine.go(CheckingMaterials{here.journey});
        handle(CheckingMaterials{here.journey}, MaterialsAccepted{}, machine);
        return;
    }
    const auto& item = machine.item(here.journey.item_code);
    const auto facts = machine.facts(here.journey);
    FillingForm form = here;
    while (form.page > 0) {
        --form.page;
        if (catalogue::is_asked(item.form[form.page], facts))
            return open_page(std::move(form), machine);
    }
    Journey journey = here.journey;
    if (item.situation.empty())
        machine.go(ConfirmingIdentity{std::move(journey)});
    else
        machine.go(AnsweringSituation{std::move(journey), item.situation.back().id});
}

}  // namespace

void back_to_page(FillingForm form, Machine& machine) {
    const auto& page = machine.item(form.journey.item_code).form.at(form.page);
    form.focused = first_focus(page, form.journey, machine.facts(form.journey));
    form.place = {};
    machine.go(std::move(form));
}

catalogue::Facts Machine::facts(const Journey& journey) const {
    return catalogue::facts_for(item(journey.item_code), *journey.person, journey.situation,
                                today(), world.settings.division);
}

void Machine::next_question(Journey journey) {
    const auto& service = item(journey.item_code);
    const auto known = facts(journey);
    if (const auto* stop = catalogue::stop_for(service, known)) {
        go(NotEligible{journey.item_code, stop->id, known, journey.person});
    } else if (const auto* question = catalogue::next_question(service, journey.situation, known)) {
        const std::string id = question->id;
        go(AnsweringSituation{std::move(journey), id});
    } else if (service.handling == catalogue::Handling::proof) {
        ask_for_proof(std::move(journey));
    } else {
        open_form(std::move(journey));
    }
}

void Machine::open_form(Journey journey) {
    const auto& service = item(journey.item_code);
    if (journey.draft.empty()) {
        journey.draft =
            catalogue::prefill(world.pack, service, *journey.person, world.settings.division);
        journey.sub_id = world.fresh_id;
        if (session.room) run(AbandonRoom{session.room->sub_id});
        session.room = Room{journey.sub_id, new_ticket()};
        run(ReserveRoom{session.room->ticket, journey.sub_id, journey.item_code});
    }
    if (service.form.empty())
        check_materials(std::move(journey));
    else
        open_page(FillingForm{std::move(journey), 0, {}, {}, false}, *this);
}

void Machine::reopen_form(Journey journey) {
    const auto& form = item(journey.item_code).form;
    const auto known = facts(journey);
    for (std::size_t page = form.size(); page-- > 0;)
        if (catalogue::is_asked(form[page], known))
            return go(FillingForm{std::move(journey), page, {}, {}, false});
    go(ConfirmingIdentity{std::move(journey)});
}

bool handle(const AnsweringSituation& here, const Event& event, Machine& machine) {
    if (const auto* answered = as<QuestionAnswered>(event)) {
        if (answered->question != here.question) return true;
        Journey journey = here.journey;
        const auto& situation = machine.item(journey.item_code).situation;
        // A changed answer forgets the later ones, which may no longer apply.
        bool later = false;
        for (const auto& question : situation) {
            if (later) journey.situation.erase(question.id);
            if (question.id == here.question) later = true;
        }
        journey.situation[here.question] = answered->value;
        machine.next_question(std::move(journey));
    } else if (as<WentBack>(event)) {
        const auto& situation = machine.item(here.journey.item_code).situation;
        std::string previous;
        for (const auto& question : situation) {
            if (question.id == here.question) break;
            if (here.journey.situation.contains(question.id)) previous = question.id;
        }
        if (previous.empty())
            machine.go(ConfirmingIdentity{here.journey});
        else
            machine.go(AnsweringSituation{here.journey, previous});
    } else {
        return false;
    }
    return true;
}

bool handle(const NotEligible& here, const Event& event, Machine& machine) {
    if (as<ListPrintWanted>(event))
        machine.print_list(here);
    else if (as<WentBack>(event))
        machine.go(ReadingGuide{here.item_code});
    else
        return false;
    return true;
}

bool handle(const FillingForm& here, const Event& event, Machine& machine) {
    const auto& page = machine.item(here.journey.item_code).form.at(here.page);
    const auto* picking = field_in(page, here.focused);
    if (picking != nullptr && picking->type == catalogue::FieldType::division &&
        pick_place(here, *picking, event, machine))
        return true;
    if (as<PageCompleted>(event)) {
        complete_page(here, machine);
    } else if (as<WentBack>(event)) {
        one_page_back(here, machine);
    } else if (const auto* focused = as<FieldFocused>(event)) {
        const auto* field = field_in(page, focused->key);
        FillingForm form = here;
        form.focused = field == nullptr || field->locked ? std::string{} : focused->key;
        if (field != nullptr && field->type == catalogue::FieldType::division)
            open_places(form, machine);
        machine.go(std::move(form));
    } else if (const auto* typed = as<TextTyped>(event)) {
        const auto* field = field_in(page, typed->key);
        if (field == nullptr || field->locked || field->type == catalogue::FieldType::division)
            return true;
        FillingForm form = here;
        set_value(form, typed->key, typed->text);
        machine.go(std::move(form));
    } else if (const auto* picked = as<OptionPicked>(event)) {
        const auto* field = field_in(page, picked->key);
        const bool several = field != nullptr && field->type == catalogue::FieldType::choices;
        if (field == nullptr || (!several && field->type != catalogue::FieldType::choice))
            return true;
        FillingForm form = here;
        const auto before = form.journey.draft.find(picked->key);
        const bool answered = before != form.journey.draft.end() && before->second.text;
        set_value(form, picked->key,
                  base::SecretText(
                      several ? catalogue::toggled(answered ? *before->second.text : std::string(),
                                                   picked->value)
                              : picked->value));
        form.focused.clear();
        machine.go(std::move(form));
    } else {
        return false;
    }
    return true;
}

}  // namespace session
