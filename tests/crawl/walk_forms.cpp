#include "tests/crawl/walk_forms.hpp"

#include "app/training/samples/right_answers.hpp"

namespace crawl {

using namespace session;
namespace samples = app::training::samples;

namespace {

struct ToCome {
    std::string of(const flows::Journey& journey, std::size_t from) const {
        const auto& item = *samples::pack().find_item(journey.item_code);
        const samples::Terminal terminal;
        const auto facts =
            catalogue::facts_for(item, *journey.person, journey.situation,
                                 base::local_date(terminal.now), terminal.settings.division);
        std::string out;
        for (std::size_t page = from; page < item.form.size(); ++page)
            out += catalogue::is_asked(item.form[page], facts) ? "1" : "0";
        return out;
    }
    std::string operator()(const flows::AnsweringSituation& here) const {
        return of(here.journey, 0);
    }
    std::string operator()(const flows::FillingForm& here) const {
        return of(here.journey, here.page + 1);
    }
    template <class State>
    std::string operator()(const State&) const {
        return {};
    }
};

}  // namespace

const catalogue::Field* field_of(const Session& session, const std::string& key) {
    const auto* form = std::get_if<flows::FillingForm>(&session.state);
    if (form == nullptr) return nullptr;
    for (const auto& field :
         samples::pack().find_item(form->journey.item_code)->form.at(form->page).fields)
        if (field.key == key) return &field;
    return nullptr;
}

std::string right_there(const Session& session, const catalogue::Field& field) {
    const auto& form = std::get<flows::FillingForm>(session.state);
    const auto& item = *samples::pack().find_item(form.journey.item_code);
    const samples::Terminal terminal;
    const auto facts =
        catalogue::facts_for(item, *form.journey.person, form.journey.situation,
                             base::local_date(terminal.now), terminal.settings.division);
    return samples::right_answer(samples::pack(), item.form.at(form.page), field,
                                 form.journey.draft, facts);
}

std::string pages_to_come(const Session& session) {
    return std::visit(ToCome{}, session.state);
}

bool asks_for_the_age(const std::string& code) {
    const auto* item = samples::pack().find_item(code);
    return item != nullptr && !item->facts.empty();
}

}  // namespace crawl
