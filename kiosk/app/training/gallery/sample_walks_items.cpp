// The forms, letters and guides of the services beside the one that every other walk takes.
#include "app/training/gallery/sample_walks.hpp"
#include "app/training/samples/right_answers.hpp"
#include "session/inactivity.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace app::training::gallery {

using namespace session;
using base::SecretText;
using samples::Walker;

namespace {

const catalogue::Pack& county() {
    return samples::pack();
}
const catalogue::ServiceItem& item_of(const char* code) {
    return *county().find_item(code);
}

constexpr const char* allowances = "990511002000";
constexpr const char* pause_of_business = "001031003000";
constexpr const char* shop = "000131128000";
constexpr const char* hygiene = "990123001000";

Walker at_the_questions_of(const catalogue::ServiceItem& item) {
    Walker walker;
    walker.on(ItemChosen{item.code}).on(ItemStarted{}).on(NoticeAccepted{});
    walker.on(CardRead{walker.in<flows::AwaitingCard>()->ticket,
                       base::Secret<domain::IdCardRecord>(samples::young_card())});
    return walker.on(IdentityConfirmed{}).on(FaceRefused{});
}

// To the form, by the first answers that lead on, and by those that are wanted.
Walker at_the_form_of(const catalogue::ServiceItem& item,
                      const catalogue::SituationAnswers& wanted = {}) {
    Walker walker = at_the_questions_of(item);
    while (const auto* asking = walker.in<flows::AnsweringSituation>()) {
        const std::string id = asking->question;
        const auto question = std::find_if(item.situation.begin(), item.situation.end(),
                                           [&](const auto& one) { return one.id == id; });
        const Walker before = walker;
        const auto first = wanted.find(id);
        if (first != wanted.end()) walker.on(QuestionAnswered{id, first->second});
        if (first != wanted.end() && !walker.in<flows::NotEligible>()) continue;
        for (const auto& option : question->options) {
            walker = Walker{before}.on(QuestionAnswered{id, option.value});
            if (!walker.in<flows::NotEligible>()) break;
        }
    }
    return walker;
}

// From page to page with right answers, to the page of this id or to the materials.
Walker& forward(Walker& walker, const catalogue::ServiceItem& item, const std::string& id = {}) {
    while (const auto* filling = walker.in<flows::FillingForm>()) {
        const auto at = filling->page;
        if (item.form.at(at).id == id) break;
        walker.answer_page().on(PageCompleted{});
        const auto* next = walker.in<flows::FillingForm>();
        if (next != nullptr && next->page == at) break;  // the answers did not pass
    }
    return walker;
}

void further_forms(Collector& pages) {
    std::set<std::string> shown;
    for (const auto& page : item_of(samples::item_code.c_str()).form) shown.insert(page.id);
    for (const auto& item : county().items) {
        if (item.handling != catalogue::Handling::here || item.code == samples::item_code) continue;
        Walker walker = at_the_form_of(item);
        while (const auto* filling = walker.in<flows::FillingForm>()) {
            const auto at = filling->page;
            const auto& id = item.form.at(at).id;
            if (shown.insert(id).second) pages.add("form_" + id, walker);
            walker.answer_page().on(PageCompleted{});
            const auto* next = walker.in<flows::FillingForm>();
            if (next != nullptr && next->page == at) break;  // the answers did not pass
        }
    }
}

// Scenario 5: three things wrong on one page.
void shop_with_three_faults(Collector& pages) {
    const auto& item = item_of(shop);
    Walker walker = at_the_form_of(item);
    forward(walker, item, "shop");
    walker.on(TextTyped{"shop.name", SecretText("示例公司小吃店")})
        .on(OptionPicked{"shop.scope", "catering"})
        .on(OptionPicked{"shop.scope", "tobacco_wholesale"})
        .on(TextTyped{"shop.phone", SecretText("1380013800")});
    pages.add("form_shop_faults", walker.on(PageCompleted{}));
}

void letters_and_materials(Collector& pages) {
    const auto& business = item_of(pause_of_business);
    Walker walker = at_the_form_of(business);
    pages.add("materials_none_may_follow", forward(walker, business));
    const auto& permit = item_of(hygiene);
    Walker letter = at_the_form_of(permit, {{"air", "yes"}});
    pages.add("materials_report_may_follow", forward(letter, permit));
    letter.on(MaterialsAccepted{})
        .on(ReviewAccepted{})
        .wait(flows::letter_page_time)
        .on(LetterTurned{});
    pages.add("letter_3_two_times", letter.wait(flows::letter_page_time).on(LetterTurned{}));
}

// The same county, but one service is not taken on this day.
catalogue::Pack without_a_day(bool paused) {
    catalogue::Pack out = county();
    for (auto& item : out.items) {
        if (item.code != samples::item_code) continue;
        if (paused) {
            item.terms.state = catalogue::ItemState::paused;
            item.terms.ends_on = "2026-11-20";
        } else {
            item.terms.effective_from = "2027-01-01";
        }
    }
    return out;
}

void guides_of_terms(Collector& pages) {
    Walker offices;
    offices.session.state = flows::ReadingGuide{allowances, flows::GuidePage::terms, false, {}};
    pages.add("guide_terms_offices", offices);
    static const catalogue::Pack paused = without_a_day(true), not_yet = without_a_day(false);
    Walker guide;
    guide.session.state = flows::ReadingGuide{samples::item_code};
    pages.add("guide_paused", guide, [](SamplePage& page) { page.pack = &paused; });
    pages.add("guide_not_yet", guide, [](SamplePage& page) { page.pack = &not_yet; });
}

}  // namespace

void item_pages(Collector& pages) {
    further_forms(pages);
    const auto& elsewhere = item_of(allowances);
    Walker home = at_the_form_of(elsewhere, {{"household", "elsewhere"}});
    pages.add("form_home", forward(home, elsewhere, "home"));
    Walker guardian = at_the_form_of(elsewhere, {{"applicant", "guardian"}});
    pages.add("form_cared_for", forward(guardian, elsewhere, "cared_for"));
    for (const auto& [code, wanted, page] :
         {std::tuple{pause_of_business, catalogue::SituationAnswers{{"doc_addr", "yes"}},
                     "papers_to"},
          {shop, {{"who", "family"}}, "shop_family"},
          {"992017001000", {{"people", "7"}}, "members_6_7"}}) {
        Walker walker = at_the_form_of(item_of(code), wanted);
        pages.add(std::string("form_") + page, forward(walker, item_of(code), page));
    }
    shop_with_three_faults(pages);
    Walker delivery = at_the_questions_of(item_of(shop));
    for (const auto& question : item_of(shop).situation) {
        if (question.id == catalogue::delivery_question) break;
        delivery.on(QuestionAnswered{question.id, question.options.front().value});
    }
    pages.add("situation_delivery", delivery);
    letters_and_materials(pages);
    guides_of_terms(pages);
}

}  // namespace app::training::gallery
