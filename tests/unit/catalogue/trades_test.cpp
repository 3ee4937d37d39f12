// 负面清单 by trade code, and lists of materials that change with an answer.
#include "catalogue/trades.hpp"

#include "sample.hpp"

#include <algorithm>
#include <set>

namespace catalogue {
namespace {

TEST(trades, a_code_on_the_list_is_found_with_its_clause_and_others_are_free) {
    const auto& list = sample::pack().negative_list;
    ASSERT_GE(list.size(), 12U);
    const auto* fireworks = negative_trade(list, "2672", sample::today);
    ASSERT_TRUE(fireworks);
    EXPECT_EQ(fireworks->level, TradeLevel::forbidden);
    EXPECT_FALSE(fireworks->clause.zh.empty());
    EXPECT_FALSE(fireworks->basis.zh.empty());
    EXPECT_FALSE(negative_trade(list, "0111", sample::today));
}

TEST(trades, a_row_holds_only_in_its_days) {
    auto list = sample::pack().negative_list;
    list.front().valid_from = "2026-11-23";
    EXPECT_FALSE(negative_trade(list, list.front().trade_code, sample::today));
    list.front().valid_from = "2026-11-22";
    list.front().valid_to = "2026-11-22";
    EXPECT_TRUE(negative_trade(list, list.front().trade_code, sample::today));
    list.front().valid_to = "2026-11-21";
    EXPECT_FALSE(negative_trade(list, list.front().trade_code, sample::today));
}

TEST(trades, are_found_by_the_beginning_of_a_code_and_by_a_part_of_a_name) {
    const auto& list = sample::pack().negative_list;
    EXPECT_EQ(find_trades(list, "267", sample::today, 9).size(), 2U);
    ASSERT_EQ(find_trades(list, "鞭炮", sample::today, 9).size(), 1U);
    EXPECT_EQ(find_trades(list, "FIREWORKS", sample::today, 9).size(), 1U);
    EXPECT_TRUE(find_trades(list, "", sample::today, 9).empty());
    EXPECT_EQ(find_trades(list, "2", sample::today, 1).size(), 1U);
}

// The sample county with a field for a trade code on the first page of the form.
ReadPack with_trade_field() {
    auto pack = sample::pack_json();
    pack["items"][0]["form"][1]["fields"][0] = sample::json::parse(R"({
        "key": "t.trade", "label": {"zh": "行业代码", "en": "Trade code"}, "type": "text",
        "validations": [{"rule": "trade_allowed", "message": {"zh": "请填 4 位行业代码", "en": "4 digits"}}]})");
    return sample::read(pack);
}

TEST(trades, a_field_refuses_a_forbidden_trade_and_tells_the_clause) {
    const auto read = with_trade_field();
    const FormPage* page = nullptr;
    for (const auto& one : read.pack.items.at(0).form)
        for (const auto& field : one.fields)
            if (field.key == "t.trade") page = &one;
    ASSERT_TRUE(page);
    const auto said = [&](const char* code) -> std::string {
        auto draft = sample::draft();
        sample::type(draft, "t.trade", code);
        for (const auto& problem : validate_page(*page, draft, sample::facts()))
            if (problem.key == "t.trade") return problem.message.zh;
        return {};
    };
    EXPECT_NE(said("2672").find("禁止"), std::string::npos);
    EXPECT_EQ(said("0111"), "");
    EXPECT_EQ(said("6210"), "") << "a permit is asked for elsewhere";
    EXPECT_EQ(said("26"), "请填 4 位行业代码");
}

// B7: a county may tie a paper to an answer, and the list follows it.
TEST(materials, the_list_changes_with_an_answer) {
    const auto* pension = sample::pack().find_item("992014002000");
    ASSERT_TRUE(pension);
    const auto codes = [&](const char* pay_way) {
        auto facts = sample::facts();
        facts["pay_way"] = std::string(pay_way);
        std::vector<std::string> out;
        for (const auto& state : materials_for(*pension, facts, sample::today))
            out.push_back(state.code);
        return out;
    };
    const auto question = std::find_if(pension->situation.begin(), pension->situation.end(),
                                       [](const auto& one) { return one.id == "pay_way"; });
    ASSERT_NE(question, pension->situation.end());
    std::set<std::vector<std::string>> lists;
    for (const auto& option : question->options) lists.insert(codes(option.value.c_str()));
    EXPECT_GT(lists.size(), 1U) << "one way of paying asks for an account, another does not";
}

}  // namespace
}  // namespace catalogue
