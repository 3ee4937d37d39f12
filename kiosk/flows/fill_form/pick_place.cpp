#include "flows/fill_form/pick_place.hpp"

#include "base/bytes.hpp"
#include "base/messages.hpp"
#include "session/machine.hpp"

namespace session {

using namespace flows;

namespace {

constexpr std::size_t county_digits = 6, village_digits = 12;
constexpr std::size_t shortest_name = 2, longest_name = 30;

catalogue::Text said(base::MessageId id) {
    return {std::string(base::text(id, base::Locale::zh)),
            std::string(base::text(id, base::Locale::en))};
}

void take(FillingForm form, const std::string& key, const catalogue::Place& place,
          Machine& machine) {
    form.journey.draft[key] = {base::SecretText(catalogue::place_text(place)),
                               catalogue::Origin::typed};
    std::erase_if(form.problems, [&](const auto& problem) { return problem.key == key; });
    back_to_page(std::move(form), machine);
}

void write_by_hand(FillingForm& form, const std::string& key) {
    form.place.by_hand = true;
    form.place.typed = {};
    std::erase_if(form.problems, [&](const auto& problem) { return problem.key == key; });
}

void go_within(FillingForm form, const std::string& key, const std::string& code,
               Machine& machine) {
    const auto& table = machine.world.pack.divisions;
    if (!code.empty() && table.find(code) == nullptr) return;
    if (code.size() == village_digits)
        return take(std::move(form), key, catalogue::place_of_code(table, code), machine);
    form.place.under = code;
    form.place.by_hand = false;
    // A unit whose parts the pack leaves out: what is below it can only be written.
    if (table.within(code).empty()) write_by_hand(form, key);
    machine.go(std::move(form));
}

void finish_writing(FillingForm form, const std::string& key, Machine& machine) {
    const std::string typed =
        form.place.typed ? catalogue::normalised(catalogue::FieldType::text, *form.place.typed)
                         : std::string();
    const auto length = base::count_code_points(typed);
    if (length >= shortest_name && length <= longest_name)
        return take(std::move(form), key,
                    catalogue::place_by_hand(machine.world.pack.divisions, form.place.under, typed),
                    machine);
    form.problems = {{key, said(base::MessageId::place_written_short)}};
    machine.go(std::move(form));
}

void one_level_back(FillingForm form, Machine& machine) {
    const auto& table = machine.world.pack.divisions;
    const bool written = form.place.by_hand;
    form.place.by_hand = false;
    form.problems.clear();
    if (!written || table.within(form.place.under).empty()) {
        if (!written && form.place.under.size() <= county_digits)
            return back_to_page(std::move(form), machine);
        form.place.under = catalogue::code_above(form.place.under);
    }
    machine.go(std::move(form));
}

}  // namespace

void open_places(FillingForm& form, const Machine& machine) {
    const std::string county = machine.world.settings.division.substr(0, county_digits);
    const bool known = !machine.world.pack.divisions.within(county).empty();
    form.place = {known ? county : std::string(), false, {}};
}

bool pick_place(const FillingForm& here, const catalogue::Field& field, const Event& event,
                Machine& machine) {
    if (const auto* picked = as<OptionPicked>(event); picked && picked->key == field.key) {
        go_within(here, field.key, picked->value, machine);
    } else if (const auto* missed = as<PlaceNotListed>(event); missed && missed->key == field.key) {
        FillingForm form = here;
        write_by_hand(form, field.key);
        machine.go(std::move(form));
    } else if (const auto* typed = as<TextTyped>(event); typed && typed->key == field.key) {
        if (!here.place.by_hand) return true;
        FillingForm form = here;
        form.place.typed = typed->text;
        form.problems.clear();
        machine.go(std::move(form));
    } else if (as<PageCompleted>(event)) {
        if (here.place.by_hand) finish_writing(here, field.key, machine);
    } else if (as<WentBack>(event)) {
        one_level_back(here, machine);
    } else if (const auto* focused = as<FieldFocused>(event);
               focused && focused->key == field.key) {
        return true;  // its line has the keyboard already
    } else {
        return false;
    }
    return true;
}

}  // namespace session
