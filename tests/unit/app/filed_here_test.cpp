// Every service of the sample county that is filed here: from the card to what the centre takes.
#include "app/training/samples/right_answers.hpp"
#include "app/training/samples/samples.hpp"
#include "base/bytes.hpp"
#include "catalogue/submission_json.hpp"
#include "domain/dates.hpp"
#include "page_of.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace app {
namespace {

namespace samples = training::samples;
using catalogue::ServiceItem;
using catalogue::SituationAnswers;
using catalogue::Undertaking;
using nlohmann::json;

const std::string division = "000101001001";

base::Date today() {
    return base::local_date(samples::morning());
}

domain::CitizenIdentity person_of(domain::IdCardRecord card) {
    return domain::CitizenIdentity::from_card(card, today()).value();
}

const ServiceItem& item_of(const char* code) {
    return *samples::pack().find_item(code);
}

catalogue::SignedLetter signed_letter(const ServiceItem& item, Undertaking undertaking) {
    catalogue::SignedLetter letter;
    letter.template_id = item.letter.template_id;
    letter.revision = item.letter.revision;
    letter.undertaking = undertaking;
    letter.ticks.assign(item.letter.clauses.size(), undertaking == Undertaking::commit);
    letter.signature = base::Secret<domain::Strokes>(samples::signature());
    letter.signed_at = "2026-11-22T09:46:00+08:00";
    return letter;
}

// As the terminal makes it; a fault says what was not right.
base::Result<std::string> filed(const ServiceItem& item, const domain::CitizenIdentity& person,
                                const SituationAnswers& answers,
                                Undertaking undertaking = Undertaking::commit) {
    const auto& pack = samples::pack();
    const auto facts = catalogue::facts_for(item, person, answers, today(), division);
    auto checked = catalogue::FormAnswers::check(
        item, samples::filled_form(pack, item, person, division, facts), facts);
    if (const auto* problems = std::get_if<std::vector<catalogue::FieldProblem>>(&checked))
        return base::fail(base::FaultCode::PostRefused,
                          problems->front().key + ": " + problems->front().message.zh);
    auto application =
        catalogue::Application::make(pack, item, base::Secret<domain::CitizenIdentity>(person),
                                     {catalogue::ProofKind::chip_and_face, true, "match"}, answers,
                                     std::get<catalogue::FormAnswers>(std::move(checked)), today(),
                                     facts, "2026-11-22T09:40:00+08:00");
    const auto submission = catalogue::Submission::make(
        domain::SubId::parse("00112233445566778899aabbccddeeff").value(), domain::Realm::training,
        "000101001001001", division, std::move(application), signed_letter(item, undertaking),
        item);
    if (!submission) return base::fail(submission.error().code, submission.error().safe_detail);
    return std::string(*catalogue::submission_json(*submission));
}

base::Result<catalogue::CheckedSubmission> at_the_centre(const std::string& content,
                                                         const catalogue::Pack& pack,
                                                         base::Date on = today()) {
    return catalogue::check_submission(base::to_bytes(content), pack, on);
}

std::string told(const base::Result<std::string>& result) {
    return result ? std::string() : result.error().safe_detail;
}

// Somebody whom the service is for.
std::optional<std::pair<domain::CitizenIdentity, SituationAnswers>> somebody_for(
    const ServiceItem& item, const SituationAnswers& wanted = {}) {
    for (const auto& card : {samples::young_card(), samples::good_card()}) {
        const auto person = person_of(card);
        if (auto answers = samples::answers_that_lead_on(item, person, today(), division, wanted))
            return std::pair{person, *std::move(answers)};
    }
    return std::nullopt;
}

json filed_json(const char* code, const SituationAnswers& wanted,
                Undertaking undertaking = Undertaking::commit) {
    const auto& item = item_of(code);
    const auto somebody = somebody_for(item, wanted);
    if (!somebody) return {};
    const auto content = filed(item, somebody->first, somebody->second, undertaking);
    EXPECT_TRUE(content) << told(content);
    if (!content) return {};
    const auto taken = at_the_centre(*content, samples::pack());
    EXPECT_TRUE(taken) << taken.error().safe_detail;
    return json::parse(*content);
}

// Every option of every question is taken at least once where it leads on.
TEST(sample_county, every_item_filed_here_can_be_filled_from_card_to_signature) {
    int filed_here = 0, submissions = 0;
    for (const auto& item : samples::pack().items) {
        if (item.handling != catalogue::Handling::here) continue;
        ++filed_here;
        std::vector<SituationAnswers> wishes{{}};
        for (const auto& question : item.situation)
            for (const auto& option : question.options)
                wishes.push_back({{question.id, option.value}});
        for (const auto& wish : wishes) {
            const auto somebody = somebody_for(item, wish);
            ASSERT_TRUE(somebody) << item.name.zh;
            const auto content = filed(item, somebody->first, somebody->second);
            ASSERT_TRUE(content) << item.name.zh << " " << told(content);
            const auto taken = at_the_centre(*content, samples::pack());
            ASSERT_TRUE(taken) << item.name.zh << " " << taken.error().safe_detail;
            EXPECT_EQ(taken->item_code, item.code);
            ++submissions;
        }
    }
    EXPECT_GE(filed_here, 9);
    EXPECT_GE(submissions, 100);
}

TEST(cross_province, the_receiving_office_is_here_and_the_household_decides) {
    const auto here = filed_json("990511002000", {{"household", "here"}});
    EXPECT_EQ(here.at("/item/receiving_office"_json_pointer), "11000101DEM000110Q");
    EXPECT_EQ(here.at("/item/deciding_office"_json_pointer), "11000101DEM000110Q");
    EXPECT_FALSE(here.at("item").contains("deciding_division"));

    const auto there = filed_json("990511002000", {{"household", "elsewhere"}});
    EXPECT_EQ(there.at("/item/receiving_office"_json_pointer), "11000101DEM000110Q");
    EXPECT_FALSE(there.at("item").contains("deciding_office"));
    const auto division_of_home =
        there.at("/answers/r.home_div/value"_json_pointer).get<std::string>();
    EXPECT_EQ(there.at("/item/deciding_division"_json_pointer),
              division_of_home.substr(0, division_of_home.find(' ')));
}

TEST(cross_province, an_office_that_is_not_the_items_is_refused) {
    auto content = filed_json("990511002000", {{"household", "elsewhere"}});
    content["item"]["deciding_office"] = "11000101DEM000233R";
    EXPECT_FALSE(at_the_centre(content.dump(), samples::pack()));
    auto without = filed_json("990511002000", {{"household", "elsewhere"}});
    without["item"].erase("deciding_division");
    EXPECT_FALSE(at_the_centre(without.dump(), samples::pack()));
}

TEST(cross_province, the_receipt_says_who_decides_with_the_place) {
    const auto& item = item_of("990511002000");
    const auto& table = samples::pack().divisions;
    catalogue::FiledWith offices{"11000101DEM000110Q", "11000101DEM000110Q", {}};
    EXPECT_EQ(catalogue::decided_by(item, table, offices).zh, "示例县民政局");
    offices.deciding_division = "000102";
    EXPECT_EQ(catalogue::decided_by(item, table, offices).zh, "户籍地县级民政局（临河县）");
    offices.deciding_division = std::string(catalogue::elsewhere);
    EXPECT_EQ(catalogue::decided_by(item, table, offices).zh, "户籍地县级民政局");
}

TEST(delivery, is_chosen_and_the_address_travels_for_the_post_alone) {
    const auto post = filed_json("000131128000", {{"delivery", "post"}});
    EXPECT_EQ(post.at("/situation/delivery"_json_pointer), "post");
    EXPECT_TRUE(post.at("answers").contains("out.receiver"));
    EXPECT_TRUE(post.at("answers").contains("out.detail"));
    const auto counter = filed_json("000131128000", {{"delivery", "counter"}});
    EXPECT_EQ(counter.at("/situation/delivery"_json_pointer), "counter");
    EXPECT_FALSE(counter.at("answers").contains("out.receiver"));
}

TEST(the_ordinary_route, stores_no_promise_and_has_its_own_days) {
    const auto& item = item_of("990123001000");
    EXPECT_EQ(item.promised_days, 1);
    EXPECT_EQ(item.letter.ordinary_days, 20);
    const auto content = filed_json("990123001000", {}, Undertaking::ordinary);
    EXPECT_EQ(content.at("/letter/undertaking"_json_pointer), "ordinary");
    for (const auto& tick : content.at("/letter/ticks"_json_pointer))
        EXPECT_FALSE(tick.get<bool>());
}

TEST(a_promise_that_is_part_of_the_service, has_no_ordinary_way) {
    const auto& item = item_of("001031003000");
    EXPECT_TRUE(item.letter.always);
    const auto somebody = somebody_for(item);
    ASSERT_TRUE(somebody);
    const auto without = filed(item, somebody->first, somebody->second, Undertaking::ordinary);
    ASSERT_FALSE(without);
    EXPECT_EQ(without.error().safe_detail, "letter: no ordinary way");
    EXPECT_TRUE(filed(item, somebody->first, somebody->second, Undertaking::commit));
    // Nor at the centre, whoever wrote it.
    auto content = filed_json("001031003000", {});
    content["letter"]["undertaking"] = "ordinary";
    EXPECT_FALSE(at_the_centre(content.dump(), samples::pack()));
}

TEST(lenient_class, b_has_a_report_that_follows_within_15_days_and_a_has_nothing_that_follows) {
    const auto due = [](const json& content, const char* code) {
        for (const auto& material : content.at("materials"))
            if (material.at("code") == code) return material.value("due", std::string());
        return std::string("not asked for");
    };
    EXPECT_EQ(due(filed_json("990123001000", {{"air", "yes"}}), "M6"), "2026-12-07");
    EXPECT_EQ(due(filed_json("990123001000", {{"air", "no"}}), "M6"), "not asked for");
    const auto& business = item_of("001031003000");
    EXPECT_EQ(business.terms.lenient, catalogue::LenientClass::a);
    for (const auto& material : business.materials)
        EXPECT_NE(material.source, catalogue::MaterialSource::later) << material.code;
}

TEST(an_item, is_taken_on_its_days_only_and_by_the_day_it_was_captured) {
    const auto& item = item_of("992017001000");
    const auto somebody = somebody_for(item);
    ASSERT_TRUE(somebody);
    const auto content = filed(item, somebody->first, somebody->second);
    ASSERT_TRUE(content) << told(content);
    const auto with = [&](catalogue::ItemState state, const char* from, const char* to) {
        catalogue::Pack pack = samples::pack();
        for (auto& one : pack.items)
            if (one.code == item.code) {
                one.terms.state = state;
                one.terms.effective_from = from;
                one.terms.ends_on = to;
            }
        // It comes three days after it was signed.
        return at_the_centre(*content, pack, domain::plus_days(today(), 3)).has_value();
    };
    using catalogue::ItemState;
    EXPECT_TRUE(with(ItemState::in_use, "", ""));
    EXPECT_TRUE(with(ItemState::in_use, "2026-11-22", "2026-11-22"));
    EXPECT_FALSE(with(ItemState::in_use, "2026-11-23", ""));
    EXPECT_FALSE(with(ItemState::in_use, "", "2026-11-21"));
    EXPECT_TRUE(with(ItemState::paused, "", "2026-11-22"));
    EXPECT_FALSE(with(ItemState::paused, "", "2026-11-21"));
    EXPECT_TRUE(with(ItemState::ended, "", "2026-11-22"));
    EXPECT_FALSE(with(ItemState::ended, "", "2026-11-21"));
}

TEST(completeness, is_told_once_for_name_trade_and_telephone_together) {
    const auto& item = item_of("000131128000");
    const auto somebody = somebody_for(item);
    ASSERT_TRUE(somebody);
    const auto facts =
        catalogue::facts_for(item, somebody->first, somebody->second, today(), division);
    const auto page = std::find_if(item.form.begin(), item.form.end(),
                                   [](const auto& one) { return one.id == "shop"; });
    ASSERT_NE(page, item.form.end());
    catalogue::FormDraft draft;
    const auto type = [&](const char* key, const char* text) {
        draft[key] = {base::SecretText(text), catalogue::Origin::typed};
    };
    type("shop.name", "示例公司小吃店");
    type("shop.scope", "catering,tobacco_wholesale");
    type("shop.phone", "1380013800");
    std::vector<std::string> keys;
    for (const auto& problem : catalogue::validate_page(*page, draft, facts))
        keys.push_back(problem.key);
    EXPECT_EQ(keys, (std::vector<std::string>{"shop.name", "shop.scope", "shop.phone"}));
    type("shop.name", "示例县老王小吃店");
    type("shop.scope", "catering");
    type("shop.phone", "13800138000");
    EXPECT_TRUE(catalogue::validate_page(*page, draft, facts).empty());
}

TEST(several_choices, are_turned_on_and_off_in_the_order_they_were_chosen) {
    EXPECT_EQ(catalogue::toggled("", "food"), "food");
    EXPECT_EQ(catalogue::toggled("food", "hair"), "food,hair");
    EXPECT_EQ(catalogue::toggled("food,hair", "food"), "hair");
    EXPECT_EQ(catalogue::toggled("hair", "hair"), "");
    EXPECT_EQ(catalogue::chosen_values("food,hair"), (std::vector<std::string>{"food", "hair"}));
    EXPECT_TRUE(catalogue::chosen_values("").empty());
}

TEST(several_choices, are_as_many_as_are_wanted_each_of_the_list_and_once) {
    catalogue::FormPage page;
    catalogue::Field field;
    field.key = "trades";
    field.label = {"经营范围", "Trades"};
    field.type = catalogue::FieldType::choices;
    field.least = 2;
    field.most = 3;
    for (const char* value : {"a", "b", "c", "d"})
        field.options.push_back({value, {std::string("第") + value, value}});
    page.fields = {field};
    const auto problem = [&](const char* text) {
        catalogue::FormDraft draft;
        draft["trades"] = {base::SecretText(text), catalogue::Origin::typed};
        const auto problems = catalogue::validate_page(page, draft, {});
        return problems.empty() ? std::string() : problems.front().message.zh;
    };
    EXPECT_EQ(problem("a,b"), "");
    EXPECT_EQ(problem("d,b,a"), "");
    EXPECT_EQ(problem("a"), "经营范围至少选 2 样");
    EXPECT_EQ(problem("a,b,c,d"), "经营范围最多选 3 样");
    for (const char* wrong : {"", "a,e", "a,a", "a,b,", ",a,b", "a, b"})
        EXPECT_EQ(problem(wrong), "请选择经营范围") << wrong;
    EXPECT_EQ(catalogue::shown_value(samples::pack(), field, "c,a", base::Locale::zh, nullptr),
              "第c、第a");
}

TEST(digits, are_kept_without_what_only_divides_them) {
    EXPECT_EQ(catalogue::normalised(catalogue::FieldType::digits, " 0731-2208 1"), "073122081");
    catalogue::FormPage page;
    catalogue::Field field;
    field.key = "meter";
    field.label = {"户号", "Number"};
    field.type = catalogue::FieldType::digits;
    page.fields = {field};
    catalogue::FormDraft draft;
    draft["meter"] = {base::SecretText("12A4"), catalogue::Origin::typed};
    EXPECT_EQ(catalogue::validate_page(page, draft, {}).size(), 1u);
    draft["meter"] = {base::SecretText("1234"), catalogue::Origin::typed};
    EXPECT_TRUE(catalogue::validate_page(page, draft, {}).empty());
}

TEST(a_village, shows_what_is_done_in_villages_and_no_way_to_the_rest) {
    const auto& whole = samples::pack();
    const auto village = catalogue::reduced_to(whole, catalogue::Level::village);
    EXPECT_LT(village.items.size(), whole.items.size());
    EXPECT_EQ(village.find_item("001031003000"), nullptr);  // county and town
    EXPECT_NE(village.find_item("992017001000"), nullptr);  // a village, too
    // What does not say its levels is shown as before.
    EXPECT_NE(village.find_item(samples::item_code), nullptr);
    for (const auto& column : village.columns)
        for (const auto& code : column.item_codes) EXPECT_NE(village.find_item(code), nullptr);
    for (const auto& tile : village.home)
        EXPECT_TRUE(tile.item_code.empty() || village.find_item(tile.item_code) != nullptr);
    EXPECT_EQ(catalogue::reduced_to(whole, catalogue::Level::county), whole);
}

TEST(the_guide, of_what_is_paused_or_not_yet_there_says_so_and_nothing_can_be_begun) {
    using catalogue::ItemState;
    struct Case {
        ItemState state;
        const char *from, *to;
        bool open;
    };
    for (const Case& one : {Case{ItemState::in_use, "", "", true},
                            Case{ItemState::in_use, "2026-11-22", "2026-11-22", true},
                            Case{ItemState::in_use, "2026-11-23", "", false},
                            Case{ItemState::paused, "", "2026-11-21", false},
                            Case{ItemState::ended, "", "2026-11-21", false}}) {
        catalogue::Pack pack = samples::pack();
        for (auto& item : pack.items)
            if (item.code == samples::item_code) {
                item.terms.state = one.state;
                item.terms.effective_from = one.from;
                item.terms.ends_on = one.to;
            }
        samples::Walker walker;
        walker.on(session::ItemChosen{samples::item_code});
        const auto page = present({walker.session,
                                   &pack,
                                   walker.terminal.settings,
                                   walker.terminal.health,
                                   {},
                                   walker.terminal.now});
        EXPECT_EQ(page.on_press.contains("start"), one.open) << one.from << one.to;
        const session::World world{pack, walker.terminal.settings, walker.terminal.health,
                                   walker.terminal.now, domain::SubId{{1, 2, 3}}};
        const auto next = session::step(walker.session, session::ItemStarted{}, world).session;
        EXPECT_EQ(std::holds_alternative<flows::ReadingNotice>(next.state), one.open)
            << one.from << one.to;
    }
}

}  // namespace
}  // namespace app
