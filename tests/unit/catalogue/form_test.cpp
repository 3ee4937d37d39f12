#include "catalogue/form.hpp"

#include "sample.hpp"

namespace {

using catalogue::FieldProblem;
using catalogue::fill_in;
using catalogue::FormAnswers;
using sample::type;

const catalogue::FormPage& page(const std::string& id) {
    for (const auto& each : sample::item().form)
        if (each.id == id) return each;
    ADD_FAILURE() << "no page " << id;
    return sample::item().form.front();
}
const catalogue::Field& field(const std::string& key) {
    for (const auto& each : sample::item().form)
        for (const auto& found : each.fields)
            if (found.key == key) return found;
    ADD_FAILURE() << "no field " << key;
    return sample::item().form.front().fields.front();
}
std::vector<std::string> keys(const std::vector<FieldProblem>& problems) {
    std::vector<std::string> found;
    for (const auto& problem : problems) found.push_back(problem.key);
    return found;
}
using Keys = std::vector<std::string>;

// ---- the situation
// ---------------------------------------------------------------------------------

std::string stop_on(base::Date day, const std::string& birth, catalogue::SituationAnswers answers) {
    const auto facts =
        catalogue::facts_for(sample::item(), sample::person(birth), answers, day, sample::division);
    const auto* stop = catalogue::stop_for(sample::item(), facts);
    return stop == nullptr ? "" : stop->id;
}

TEST(too_young, ends_exactly_31_days_before_the_80th_birthday) {
    using namespace std::chrono;
    const catalogue::SituationAnswers self{{"applicant", "self"}};
    EXPECT_EQ(stop_on(2026y / 11 / 21, "19461223", self), "too_young");
    EXPECT_EQ(stop_on(2026y / 11 / 22, "19461223", self), "");
    // A leap-day birthday is kept on 28 February.
    EXPECT_EQ(stop_on(2028y / 1 / 27, "19480229", self), "too_young");
    EXPECT_EQ(stop_on(2028y / 1 / 29, "19480229", self), "");
}

TEST(too_young, gives_the_earliest_date_in_words) {
    const auto facts = sample::facts(sample::today, "19500815");
    const auto* stop = catalogue::stop_for(sample::item(), facts);
    ASSERT_NE(stop, nullptr);
    EXPECT_NE(fill_in(stop->text.zh, facts, base::Locale::zh).find("最早可以在 2030年7月15日申请"),
              std::string::npos);
    EXPECT_NE(fill_in(stop->text.en, facts, base::Locale::en).find("15 July 2030"),
              std::string::npos);
}

TEST(situation, a_stop_that_reads_an_unanswered_question_does_not_hold) {
    EXPECT_EQ(stop_on(sample::today, "20000101", {}), "");
    EXPECT_EQ(stop_on(sample::today, "20000101", {{"applicant", "other"}}), "for_someone_else");
    EXPECT_EQ(
        stop_on(sample::today, "19410203", {{"applicant", "self"}, {"household", "other_county"}}),
        "other_county");
}

TEST(situation, questions_come_in_order_until_all_are_answered) {
    catalogue::SituationAnswers answers;
    for (const auto* expected : {"applicant", "household", "social_card"}) {
        const auto* question = catalogue::next_question(sample::item(), answers, sample::facts());
        ASSERT_NE(question, nullptr);
        EXPECT_EQ(question->id, expected);
        answers[question->id] = "no such option";
        EXPECT_EQ(catalogue::next_question(sample::item(), answers, sample::facts()), question);
        answers[question->id] = question->options.front().value;
    }
    EXPECT_EQ(catalogue::next_question(sample::item(), answers, sample::facts()), nullptr);
}

TEST(situation, the_rate_follows_the_age) {
    const auto amount = [](const std::string& birth) {
        return catalogue::as_text(sample::facts(sample::today, birth).at("amount"));
    };
    EXPECT_EQ(amount("19361123"), "100");
    EXPECT_EQ(amount("19361122"), "200");
    EXPECT_EQ(amount("19261122"), "500");
}

TEST(situation, an_unknown_placeholder_stays_as_it_is) {
    EXPECT_EQ(fill_in("{a} {b", {{"a", true}}, base::Locale::zh), "是 {b");
    EXPECT_EQ(fill_in("{x}", {}, base::Locale::zh), "{x}");
}

// ---- the form
// --------------------------------------------------------------------------------------

TEST(form, is_prefilled_from_the_card_and_the_terminal) {
    const auto draft =
        catalogue::prefill(sample::pack(), sample::item(), sample::person(), "000101001002");
    EXPECT_EQ(*draft.at("p.name").text, "王𬱖兰");
    EXPECT_EQ(*draft.at("b.holder").text, "王𬱖兰");
    EXPECT_EQ(*draft.at("p.birth").text, "1941-02-03");
    EXPECT_EQ(draft.at("p.doc_no").origin, catalogue::Origin::chip);
    EXPECT_EQ(*draft.at("p.live_div").text, "000101001001 示例县 · 示例镇 · 示例村");
    EXPECT_EQ(draft.at("p.live_div").origin, catalogue::Origin::chip);
}

TEST(form, a_village_the_address_does_not_name_is_filled_in_from_the_terminal) {
    auto record = sample::card();
    record.address = "远方省远方县某村";
    const auto stranger = domain::CitizenIdentity::from_card(record, sample::today).value();
    const auto draft = catalogue::prefill(sample::pack(), sample::item(), stranger, "000101001002");
    EXPECT_EQ(*draft.at("p.live_div").text, "000101001002 示例县 · 示例镇 · 大塘村");
    EXPECT_EQ(draft.at("p.live_div").origin, catalogue::Origin::terminal);
}

TEST(form, a_typed_day_exists_and_lies_between_birth_and_today) {
    const auto said = [](const std::string& day) {
        catalogue::FormDraft draft;
        type(draft, "p.live_since", day);
        auto away = sample::situation();
        away["household"] = "elsewhere";
        const auto facts = catalogue::facts_for(sample::item(), sample::person(), away,
                                                sample::today, sample::division);
        const auto problems = validate_page(page("live_since"), draft, facts);
        return problems.empty() ? std::string() : problems.front().message.zh;
    };
    EXPECT_EQ(said("2019-05-01"), "");
    EXPECT_EQ(said("2026-11-22"), "");
    EXPECT_EQ(said("2026-11-23"), "日期不能晚于今天，请再看一遍");
    EXPECT_EQ(said("1940-01-01"), "日期不能早于出生，请再看一遍");
    EXPECT_NE(said("2019-02-30").find("没有"), std::string::npos) << said("2019-02-30");
    EXPECT_NE(said("2019"), "");
    EXPECT_FALSE(catalogue::is_asked(page("live_since"), sample::facts()));
}

TEST(form, every_fault_of_a_page_is_told_at_once_in_order) {
    catalogue::FormDraft draft;
    type(draft, "p.live_detail", "三");
    const auto problems = validate_page(page("address"), draft, sample::facts());
    EXPECT_EQ(keys(problems), (Keys{"p.live_div", "p.live_detail"}));
    EXPECT_EQ(problems[0].message.zh, "请选择所在村（社区）");
    EXPECT_EQ(problems[1].message.zh, "住址太短，请写到组或门牌");
    EXPECT_EQ(keys(validate_page(page("payment"), {}, sample::facts())),
              (Keys{"b.kind", "b.bank"}));
}

TEST(form, a_telephone_is_optional_but_checked) {
    EXPECT_TRUE(validate_page(page("phone"), {}, sample::facts()).empty());
    catalogue::FormDraft draft;
    for (const char* good : {"13800138000", "138 0013-8000", "１３８００１３８０００"}) {
        type(draft, "p.phone", good);
        EXPECT_TRUE(validate_page(page("phone"), draft, sample::facts()).empty()) << good;
    }
    for (const char* bad : {"12800138000", "1380013800", "1380013800a"}) {
        type(draft, "p.phone", bad);
        EXPECT_EQ(keys(validate_page(page("phone"), draft, sample::facts())), Keys{"p.phone"})
            << bad;
    }
}

TEST(form, length_counts_characters_and_odd_characters_are_told) {
    catalogue::FormDraft draft = sample::draft();
    std::string sixty;
    for (int i = 0; i < 60; ++i) sixty += "𠅤";
    type(draft, "p.live_detail", sixty);
    EXPECT_TRUE(validate_page(page("address"), draft, sample::facts()).empty());
    type(draft, "p.live_detail", sixty + "村");
    EXPECT_EQ(validate_page(page("address"), draft, sample::facts())[0].message.zh,
              "门牌或住址太长，请写短一点");
    type(draft, "p.live_detail", "三组\x01");
    EXPECT_EQ(keys(validate_page(page("address"), draft, sample::facts())), Keys{"p.live_detail"});
    type(draft, "p.live_detail", "三组\xFF");
    EXPECT_EQ(keys(validate_page(page("address"), draft, sample::facts())), Keys{"p.live_detail"});
}

TEST(form, a_rule_may_read_the_situation_and_other_fields) {
    auto draft = sample::draft();
    auto situation = sample::situation();
    situation["social_card"] = "no";
    const auto facts = catalogue::facts_for(sample::item(), sample::person(), situation,
                                            sample::today, sample::division);
    EXPECT_EQ(keys(validate_page(page("payment"), draft, facts)), Keys{"b.kind"});
    type(draft, "b.kind", "passbook");
    EXPECT_TRUE(validate_page(page("payment"), draft, facts).empty());
}

TEST(form, a_value_that_is_no_option_is_refused) {
    auto draft = sample::draft();
    type(draft, "b.bank", "moon");
    EXPECT_EQ(keys(validate_page(page("payment"), draft, sample::facts())), Keys{"b.bank"});
}

TEST(form, a_wrong_digit_of_the_account_is_advice_and_never_blocks) {
    auto draft = sample::draft();
    EXPECT_TRUE(catalogue::warnings(sample::item(), draft).empty());
    type(draft, "b.account", "6222021234567890127");
    EXPECT_EQ(keys(catalogue::warnings(sample::item(), draft)), Keys{"b.account"});
    EXPECT_TRUE(validate_page(page("account"), draft, sample::facts()).empty());
}

TEST(form, answers_are_in_normal_form_and_hold_nothing_else) {
    auto draft = sample::draft();
    type(draft, "stowaway", "x");
    type(draft, "p.phone", "  ");
    const auto checked = FormAnswers::check(sample::item(), draft, sample::facts());
    const auto& values = std::get<FormAnswers>(checked).values();
    EXPECT_EQ(*values.at("b.account").text, "6222021234567890128");
    EXPECT_EQ(values.count("stowaway"), 0u);
    EXPECT_EQ(values.count("p.phone"), 0u);
}

TEST(form, all_faults_of_all_pages_come_together) {
    auto draft = sample::draft();
    draft.erase("old.alive_check");
    type(draft, "b.account", "12345");
    type(draft, "p.phone", "1");
    const auto checked = FormAnswers::check(sample::item(), draft, sample::facts());
    EXPECT_EQ(keys(std::get<std::vector<FieldProblem>>(checked)),
              (Keys{"p.phone", "b.account", "old.alive_check"}));
}

TEST(form, values_are_shown_as_people_read_them) {
    const auto shown = [](const std::string& key, const std::string& value, bool masked) {
        const domain::MaskingPolicy policy;
        return shown_value(sample::pack(), field(key), value, base::Locale::zh,
                           masked ? &policy : nullptr);
    };
    EXPECT_EQ(shown("p.live_div", "000101001001 示例县 · 示例镇 · 示例村", false),
              "示例县 · 示例镇 · 示例村");
    EXPECT_EQ(shown("p.live_div", "000101 示例县 · 新桥镇团结村", false), "示例县 · 新桥镇团结村");
    EXPECT_EQ(shown("b.kind", "passbook", false), "惠民“一卡通”存折");
    EXPECT_EQ(shown("p.birth", "1941-02-03", true), "1941年2月3日");
    EXPECT_EQ(shown("p.name", "王𬱖兰", true), "**兰");
    EXPECT_EQ(shown("p.phone", "13800138000", true), "138****8000");
    EXPECT_EQ(shown("p.phone", "13800138000", false), "138 0013 8000");
    EXPECT_EQ(shown("b.account", "6222021234567890128", false), "6222 0212 3456 7890 128");
    EXPECT_EQ(shown("p.doc_no", "000101194102030121", false), "000101 19410203 0121");
}

TEST(form, text_keeps_its_inner_spaces_and_gets_one_kind_of_middle_dot) {
    using catalogue::FieldType;
    EXPECT_EQ(normalised(FieldType::text, "　阿依•古丽 三组 "), "阿依·古丽 三组");
    EXPECT_EQ(normalised(FieldType::name, "阿依.古丽"), "阿依·古丽");
    EXPECT_EQ(normalised(FieldType::name, "A. Li"), "A. Li");
    EXPECT_EQ(normalised(FieldType::date, "2026 08 20"), "2026-08-20");
    EXPECT_EQ(normalised(FieldType::money, "￥１，２００．５０ 元"), "1200.50");
    EXPECT_EQ(normalised(FieldType::plate, "湘a·12345"), "湘A12345");
    EXPECT_EQ(normalised(FieldType::credit_code, "9135 0100 m000 100y 43"), "91350100M000100Y43");
    EXPECT_EQ(normalised(FieldType::id_number, "000101 19410203 012x"), "00010119410203012X");
}

TEST(form, spaces_and_dashes_of_people_are_taken_out_of_numbers) {
    using catalogue::FieldType;
    EXPECT_EQ(normalised(FieldType::phone, "138-0013-8000"), "13800138000");
    EXPECT_EQ(normalised(FieldType::phone, " 138 0013　8000"), "13800138000");
    EXPECT_EQ(normalised(FieldType::bank_account, "6222–0212 3456 7890 128"),
              "6222021234567890128");
    EXPECT_EQ(normalised(FieldType::plate, "湘A-12 345"), "湘A12345");
    EXPECT_EQ(normalised(FieldType::id_number, "000101-19410203-012x"), "00010119410203012X");
    EXPECT_EQ(normalised(FieldType::credit_code, "91350100-M000100Y43"), "91350100M000100Y43");
}

TEST(form, a_name_takes_25_hanzi_and_makes_one_dot_of_all_dots) {
    using catalogue::FieldType;
    for (const char* dot : {"・", "•", "‧", ".", "·"})
        EXPECT_EQ(normalised(FieldType::name, std::string("阿依") + dot + "古丽"), "阿依·古丽");
    std::string longest;
    for (int i = 0; i < 5; ++i) longest += "阿依古丽丽";
    catalogue::FormPage page;
    catalogue::Field field;
    field.key = "f";
    field.type = FieldType::name;
    page.fields.push_back(field);
    catalogue::FormDraft draft;
    for (const std::string& name : {longest, longest + "·" + longest.substr(6)}) {
        draft["f"].text = base::SecretText(name);
        EXPECT_TRUE(validate_page(page, draft, sample::facts()).empty()) << name;
    }
}

TEST(typed_fields, name_the_field_and_what_is_wrong_with_it) {
    using catalogue::FieldType;
    const auto said = [](FieldType type, const char* label, const char* value) {
        catalogue::FormPage page;
        catalogue::Field field;
        field.key = "f";
        field.label = {label, label};
        field.type = type;
        page.fields.push_back(field);
        catalogue::FormDraft draft;
        draft["f"].text = base::SecretText(value);
        const auto problems = validate_page(page, draft, sample::facts());
        return problems.empty() ? std::string() : problems.front().message.zh;
    };
    EXPECT_EQ(said(FieldType::phone, "手机号码", "138 0013 80"), "手机号码应是 11 位，还差 2 位");
    EXPECT_EQ(said(FieldType::id_number, "身份证号码", "000101195813120124"),
              "身份证号码第 7 到 14 位不是日期，请再看");
    EXPECT_EQ(said(FieldType::credit_code, "信用代码", "91350100M000100Y44"),
              "信用代码有一位不对，请对照原件再看");
    EXPECT_EQ(said(FieldType::date, "出生日期", "20230229"), "出生日期没有这一天，请再看看");
    EXPECT_EQ(said(FieldType::money, "金额", "12元5"), "");
    EXPECT_EQ(said(FieldType::money, "金额", "12.345"), "金额请填数字，如 1200.50");
    EXPECT_EQ(said(FieldType::plate, "车牌号", "A12345"), "车牌号请从省份简称填起，如湘A");
    EXPECT_EQ(said(FieldType::name, "姓名", "王1"), "姓名里不要有数字和符号，请改一下");
    EXPECT_EQ(said(FieldType::name, "姓名", "阿依•古丽"), "");
}

}  // namespace
