// The questions of an item as a tree: a question stands under the answer that leads to it.
#include "provisioning/catalogue_tools/item_telling.hpp"
#include "provisioning/catalogue_tools/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace provisioning::catalogue_tools {

namespace {

using catalogue::Operator;
using catalogue::ServiceItem;

// What a question hangs under.
struct Above {
    std::optional<std::size_t> question;  // none: asked of everybody, or by what the card says
    std::string answer;                   // empty: no single answer leads to it
    friend bool operator==(const Above&, const Above&) = default;
};

// The answer, when the condition is just that one.
std::string only_answer(const catalogue::Expression& when) {
    if (when.op != Operator::equal || when.arguments.size() != 2) return {};
    const auto& fact = when.arguments[0];
    const auto& value = when.arguments[1];
    if (fact.op != Operator::fact || value.op != Operator::constant) return {};
    return catalogue::as_text(value.value);
}

// The last of the questions before it that it depends on.
Above above(const ServiceItem& item, std::size_t number) {
    const auto& when = item.situation[number].when;
    if (!when) return {};
    const auto read = catalogue::facts_read_by(*when);
    for (std::size_t i = number; i-- > 0;) {
        if (std::find(read.begin(), read.end(), item.situation[i].id) == read.end()) continue;
        const std::string answer = only_answer(*when);
        const auto& options = item.situation[i].options;
        const bool offered = std::any_of(options.begin(), options.end(), [&](const auto& option) {
            return option.value == answer;
        });
        return {i, offered ? answer : ""};
    }
    return {};
}

class Tree {
  public:
    Tree(const ServiceItem& item, const Telling& telling) : item_(item), telling_(telling) {
        for (std::size_t i = 0; i < item.situation.size(); ++i) above_.push_back(above(item, i));
    }

    void tell_below(const Above& place, int depth) const {
        for (std::size_t i = 0; i < above_.size(); ++i)
            if (above_[i] == place) tell(i, depth);
    }

  private:
    void tell(std::size_t number, int depth) const {
        const auto& question = item_.situation[number];
        telling_.line(depth, fmt::format("{}. {}（{}）", number + 1, telling_.words(question.text),
                                         question.id));
        // The answer that it stands under says it already.
        if (question.when && above_[number].answer.empty())
            telling_.line(depth + 1, "只在：" + in_words(*question.when, item_));
        telling_.named(depth + 1, "帮助", question.help);
        for (const auto& option : question.options) {
            telling_.line(depth + 1, "→ " + telling_.words(option.label) + "（" + option.value +
                                         "）" + leads_to_stop(question.id, option.value));
            telling_.named(depth + 2, "说明", option.note);
            tell_below({number, option.value}, depth + 2);
        }
        tell_below({number, ""}, depth + 1);
    }
    // Where this answer alone ends the way.
    std::string leads_to_stop(const std::string& question, const std::string& answer) const {
        for (const auto& stop : item_.stops)
            if (!answer.empty() && only_answer(stop.when) == answer &&
                stop.when.arguments[0].fact == question)
                return " ■ 办不了：" + telling_.words(stop.title);
        return {};
    }

    const ServiceItem& item_;
    const Telling& telling_;
    std::vector<Above> above_;
};

std::string marks_of(const catalogue::Field& field) {
    std::string out = in_words(field.type) + (field.required ? "，必填" : "，选填");
    if (field.locked) out += "，锁定";
    if (field.prefill != catalogue::Prefill::nothing) out += "，预填" + in_words(field.prefill);
    if (field.mask != catalogue::FieldMask::none) out += "，" + in_words(field.mask);
    if (field.type == catalogue::FieldType::choices)
        return out + fmt::format("，选 {} 到 {} 样", field.least, field.most);
    return out + fmt::format("，最多 {} 个字", field.max_length);
}

}  // namespace

void tell_situation(const ServiceItem& item, const Telling& telling) {
    telling.line(0, fmt::format("二、先问的问题（{} 个）", item.situation.size()));
    Tree(item, telling).tell_below({}, 1);
}

void tell_form(const ServiceItem& item, const Telling& telling) {
    telling.line(0, fmt::format("五、填写（{} 页）", item.form.size()));
    for (std::size_t i = 0; i < item.form.size(); ++i) {
        const auto& page = item.form[i];
        telling.line(1,
                     fmt::format("第 {} 页 {}（{}）", i + 1, telling.words(page.title), page.id));
        telling.named(2, "说明", page.hint);
        for (const auto& field : page.fields) {
            telling.line(2, fmt::format("· {}（{}）：{}", telling.words(field.label), field.key,
                                        marks_of(field)));
            telling.named(3, "提示", field.hint);
            if (field.visible) telling.line(3, "只在：" + in_words(*field.visible, item));
            for (const auto& option : field.options)
                telling.line(3, "→ " + telling.words(option.label) + "（" + option.value + "）");
            for (const auto& rule : field.validations)
                telling.line(3, "要求：" + in_words(rule, item) + "；不合时说：" +
                                    telling.words(rule.message));
        }
    }
}

}  // namespace provisioning::catalogue_tools
