// Conditions and rules in words: every question, answer and field by what a citizen reads of it.
#include "provisioning/catalogue_tools/words.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

namespace provisioning::catalogue_tools {

namespace {

using catalogue::Expression;
using catalogue::Operator;
using catalogue::ServiceItem;

constexpr std::string_view of_field = "field.";

const catalogue::SituationQuestion* question_of(const ServiceItem& item, const std::string& fact) {
    for (const auto& question : item.situation)
        if (question.id == fact) return &question;
    return nullptr;
}

const catalogue::Field* field_of(const ServiceItem& item, const std::string& fact) {
    if (!fact.starts_with(of_field)) return nullptr;
    for (const auto& page : item.form)
        for (const auto& field : page.fields)
            if (field.key == fact.substr(of_field.size())) return &field;
    return nullptr;
}

std::string fact_words(const std::string& fact, const ServiceItem& item) {
    if (fact == "today") return "今天";
    if (fact == "card.birth_date") return "出生日期";
    if (fact == "card.sex") return "性别";
    if (fact == "card.name") return "姓名";
    if (fact == "terminal.division") return "本机所在区划";
    if (const auto* question = question_of(item, fact)) return "“" + question->text.zh + "”";
    if (const auto* field = field_of(item, fact)) return "“" + field->label.zh + "”";
    return fact;
}

// The label of an answer where it has one.
std::optional<std::string> label_of(const std::string& fact, const std::string& value,
                                    const ServiceItem& item) {
    if (const auto* question = question_of(item, fact))
        for (const auto& option : question->options)
            if (option.value == value) return "“" + option.label.zh + "”";
    if (const auto* field = field_of(item, fact))
        for (const auto& option : field->options)
            if (option.value == value) return "“" + option.label.zh + "”";
    if (fact == "card.sex" && value == "1") return "男";
    if (fact == "card.sex" && value == "2") return "女";
    return std::nullopt;
}

class Speaker {
  public:
    explicit Speaker(const ServiceItem& item) : item_(item) {}

    std::string say(const Expression& one) const {
        switch (one.op) {
            case Operator::constant:
                return constant(one, nullptr);
            case Operator::fact:
                return fact_words(one.fact, item_);
            case Operator::all:
                return joined(one, "，且 ");
            case Operator::any:
                return joined(one, "，或 ");
            case Operator::negate:
                return "不成立：（" + argument(one, 0) + "）";
            case Operator::equal:
                return compared(one, " 是 ");
            case Operator::differs:
                return compared(one, " 不是 ");
            case Operator::less:
                return compared(one, " 小于 ");
            case Operator::at_most:
                return compared(one, " 不大于 ");
            case Operator::more:
                return compared(one, " 大于 ");
            case Operator::at_least:
                return compared(one, " 不小于 ");
            case Operator::add:
                return joined(one, " 加 ");
            case Operator::subtract:
                return joined(one, " 减 ");
            case Operator::add_years:
                return argument(one, 0) + " 加 " + argument(one, 1) + " 年";
            case Operator::add_days:
                return argument(one, 0) + " 加 " + argument(one, 1) + " 天";
            case Operator::full_years:
                return "从 " + argument(one, 0) + " 到 " + argument(one, 1) + " 的整年数";
            case Operator::one_of:
                return among(one);
            case Operator::choose:
                return "（" + argument(one, 0) + "）时 " + argument(one, 1) + "，否则 " +
                       argument(one, 2);
        }
        return {};
    }

  private:
    // Beside the fact it is compared with, if it is.
    std::string constant(const Expression& one, const Expression* beside) const {
        if (const bool* truth = std::get_if<bool>(&one.value)) return *truth ? "是" : "否";
        const std::string value = catalogue::as_text(one.value);
        if (beside != nullptr && beside->op == Operator::fact)
            if (auto label = label_of(beside->fact, value, item_)) return *label;
        return value;
    }
    std::string argument(const Expression& one, std::size_t number) const {
        return number < one.arguments.size() ? say(one.arguments[number]) : std::string();
    }
    std::string side(const Expression& one, const Expression& other) const {
        return one.op == Operator::constant ? constant(one, &other) : say(one);
    }
    std::string compared(const Expression& one, const char* word) const {
        if (one.arguments.size() != 2) return joined(one, word);
        const Expression& left = one.arguments[0];
        const Expression& right = one.arguments[1];
        return side(left, right) + word + side(right, left);
    }
    std::string among(const Expression& one) const {
        std::vector<std::string> values;
        for (std::size_t i = 1; i < one.arguments.size(); ++i)
            values.push_back(side(one.arguments[i], one.arguments[0]));
        return argument(one, 0) + " 是其中之一：" + listed(values);
    }
    std::string joined(const Expression& one, const char* between) const {
        std::string out;
        for (const auto& each : one.arguments) {
            const bool several = each.op == Operator::all || each.op == Operator::any;
            out += (out.empty() ? "" : between) + (several ? "（" + say(each) + "）" : say(each));
        }
        return out;
    }

    const ServiceItem& item_;
};

}  // namespace

std::string in_words(const Expression& expression, const ServiceItem& item) {
    return Speaker(item).say(expression);
}

std::string in_words(const catalogue::Validation& rule, const ServiceItem& item) {
    using catalogue::Rule;
    switch (rule.rule) {
        case Rule::min_length:
            return fmt::format("至少 {} 个字", rule.number);
        case Rule::max_length:
            return fmt::format("最多 {} 个字", rule.number);
        case Rule::pattern:
            return "合乎 " + rule.pattern;
        case Rule::phone:
            return "是手机号码";
        case Rule::id_check:
            return "身份证号码校验位";
        case Rule::bank_account:
            return "12 至 19 位账号";
        case Rule::luhn:
            return "账号校验位（只提醒，不拦）";
        case Rule::expression:
            return rule.when ? in_words(*rule.when, item) : std::string();
        case Rule::trade_allowed:
            return "4 位行业代码，不在负面清单的禁止类里";
    }
    return {};
}

}  // namespace provisioning::catalogue_tools
