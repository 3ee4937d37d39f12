#include "provisioning/catalogue_tools/differences.hpp"
#include "provisioning/catalogue_tools/list_comparison.hpp"
#include "provisioning/catalogue_tools/words.hpp"

#include <fmt/format.h>

namespace provisioning::catalogue_tools {

namespace {

using catalogue::Field;
using catalogue::Letter;
using catalogue::ServiceItem;

using Lines = std::vector<std::string>;

// The names of what is not equal.
class Parts {
  public:
    template <class T>
    Parts& compare(const char* name, const T& before, const T& after) {
        if (!(before == after)) names_.emplace_back(name);
        return *this;
    }
    bool any() const { return !names_.empty(); }
    std::string listed_words() const { return listed(names_); }

  private:
    std::vector<std::string> names_;
};

void compare_heading(const ServiceItem& before, const ServiceItem& after, Lines& lines) {
    if (before.name.zh != after.name.zh)
        lines.push_back(fmt::format("名称：{} → {}", before.name.zh, after.name.zh));
    else if (!(before.name == after.name))
        lines.push_back(fmt::format("英文名称：{} → {}", before.name.en, after.name.en));
    if (before.handling != after.handling)
        lines.push_back(
            fmt::format("办理方式：{} → {}", in_words(before.handling), in_words(after.handling)));
    if (before.payable != after.payable)
        lines.push_back(after.payable ? "可以在本机缴费" : "不再在本机缴费");
    if (before.identity_level != after.identity_level)
        lines.push_back(fmt::format("身份核验：{} → {}", in_words(before.identity_level),
                                    in_words(after.identity_level)));
    if (before.filing_date != after.filing_date)
        lines.push_back(fmt::format("申请时间：{} → {}", in_words(before.filing_date),
                                    in_words(after.filing_date)));
    if (before.promised_days != after.promised_days)
        lines.push_back(
            fmt::format("承诺：{} → {} 个工作日", before.promised_days, after.promised_days));
    if (before.reply_days != after.reply_days)
        lines.push_back(fmt::format("答复：{} → {} 个工作日", before.reply_days, after.reply_days));
    Parts rest;
    rest.compare("实施编码", before.implementation_code, after.implementation_code)
        .compare("简介", before.summary, after.summary)
        .compare("名称的拼音", before.name_pinyin, after.name_pinyin)
        .compare("也叫", before.keywords, after.keywords)
        .compare("服务对象", before.audiences, after.audiences)
        .compare("主题", before.topics, after.topics)
        .compare("图标", before.icon, after.icon)
        .compare("涉及公共安全等", before.sensitive, after.sensitive)
        .compare("打印哪种证明", before.proof, after.proof)
        .compare("回执上的下一步", before.next_step, after.next_step)
        .compare("办件类型", before.terms.process_kind, after.terms.process_kind)
        .compare("只跑一次", before.terms.once_mode, after.terms.once_mode)
        .compare("容缺", before.terms.lenient, after.terms.lenient)
        .compare("哪里能办", before.terms.levels, after.terms.levels)
        .compare("状态", before.terms.state, after.terms.state)
        .compare("开始的日期", before.terms.effective_from, after.terms.effective_from)
        .compare("结束的日期", before.terms.ends_on, after.terms.ends_on)
        .compare("收件机关", before.terms.receiving_office, after.terms.receiving_office)
        .compare("决定机关", before.terms.deciding_office, after.terms.deciding_office)
        .compare("按户籍决定的机关", before.terms.deciding_there, after.terms.deciding_there)
        .compare("按户籍决定的字段", before.terms.deciding_field, after.terms.deciding_field)
        .compare("结果怎么取", before.terms.delivery, after.terms.delivery);
    if (rest.any()) lines.push_back("改了：" + rest.listed_words());
}

void compare_guide(const ServiceItem& before, const ServiceItem& after, Lines& lines) {
    Parts parts;
    parts.compare("要点", before.guide.essentials, after.guide.essentials)
        .compare("要带什么", before.guide.materials, after.guide.materials)
        .compare("费用、时间、地点、电话", before.guide.terms, after.guide.terms)
        .compare("条件、步骤、常见问题", before.guide.steps, after.guide.steps)
        .compare("依据", before.guide.basis, after.guide.basis)
        .compare("审核要点", before.guide.review_points, after.guide.review_points);
    if (parts.any()) lines.push_back("指南改了：" + parts.listed_words());
}

// One kind of thing with names: “问题：增加 household”.
template <class T, class Key>
void compare_named(const char* kind, const std::vector<T>& before, const std::vector<T>& after,
                   const Key& key_of, Lines& lines) {
    const auto line = [&](const char* what) {
        return [&lines, &key_of, kind, what](const T& one) {
            lines.push_back(fmt::format("{}：{} {}", kind, what, key_of(one)));
        };
    };
    const auto changed = line("改了");
    const bool moved = compare_lists(before, after, key_of, line("增加"), line("去掉"),
                                     [&](const T&, const T& now) { changed(now); });
    if (moved) lines.push_back(std::string(kind) + "：换了先后");
}

struct FieldOnPage {
    const Field* field;
    std::string page;
    friend bool operator==(const FieldOnPage& a, const FieldOnPage& b) {
        return *a.field == *b.field && a.page == b.page;
    }
};
std::vector<FieldOnPage> fields_of(const ServiceItem& item) {
    std::vector<FieldOnPage> out;
    for (const auto& page : item.form)
        for (const auto& field : page.fields) out.push_back({&field, page.id});
    return out;
}

std::string field_changes(const FieldOnPage& before, const FieldOnPage& after) {
    const Field& old = *before.field;
    const Field& now = *after.field;
    Parts parts;
    parts.compare("所在的页", before.page, after.page)
        .compare("名称", old.label, now.label)
        .compare("提示", old.hint, now.hint)
        .compare("类型", old.type, now.type)
        .compare("必填", old.required, now.required)
        .compare("锁定", old.locked, now.locked)
        .compare("预填", old.prefill, now.prefill)
        .compare("遮盖", old.mask, now.mask)
        .compare("长度", old.max_length, now.max_length)
        .compare("最少选几样", old.least, now.least)
        .compare("最多选几样", old.most, now.most)
        .compare("出现的条件", old.visible, now.visible)
        .compare("选项", old.options, now.options)
        .compare("要求", old.validations, now.validations);
    return parts.listed_words();
}

void compare_form(const ServiceItem& before, const ServiceItem& after, Lines& lines) {
    const auto key_of = [](const FieldOnPage& one) { return one.field->key; };
    const auto named = [](const FieldOnPage& one) {
        return one.field->key + "（" + one.field->label.zh + "）";
    };
    const bool moved = compare_lists(
        fields_of(before), fields_of(after), key_of,
        [&](const FieldOnPage& one) { lines.push_back("字段：增加 " + named(one)); },
        [&](const FieldOnPage& one) { lines.push_back("字段：去掉 " + named(one)); },
        [&](const FieldOnPage& old, const FieldOnPage& now) {
            lines.push_back("字段：改了 " + named(now) + "：" + field_changes(old, now));
        });
    if (moved) lines.push_back("字段：换了先后");
    // What of a page is not its fields.
    auto pages_before = before.form, pages_after = after.form;
    for (auto* pages : {&pages_before, &pages_after})
        for (auto& page : *pages) page.fields.clear();
    compare_named(
        "表单的页", pages_before, pages_after,
        [](const catalogue::FormPage& page) { return page.id; }, lines);
}

// Everything somebody signs.
bool same_letter_text(const Letter& before, const Letter& after) {
    Letter other = after;
    other.revision = before.revision;
    other.ways = before.ways;
    return before == other;
}

void compare_letter(const ServiceItem& before, const ServiceItem& after, Differences& out) {
    const Letter& old = before.letter;
    const Letter& now = after.letter;
    if (old == now) return;
    const bool same_template = old.template_id == now.template_id;
    if (!same_template)
        out.lines.push_back(fmt::format("承诺书：模板 {} → {}",
                                        old.template_id.empty() ? "无" : old.template_id,
                                        now.template_id.empty() ? "无" : now.template_id));
    else if (old.revision != now.revision)
        out.lines.push_back(fmt::format("承诺书：第 {} 版 → 第 {} 版{}", old.revision, now.revision,
                                        same_letter_text(old, now) ? "，文字没有变" : ""));
    if (same_template && now.revision < old.revision)
        out.faults.push_back(fmt::format("承诺书的版次从 {} 降到 {}；请用更高的 revision",
                                         old.revision, now.revision));
    else if (same_template && now.revision == old.revision && !same_letter_text(old, now))
        out.faults.push_back(
            fmt::format("承诺书的文字变了，版次还是第 {} 版；请把 revision 提高", old.revision));
    if (old.ways != now.ways) {
        Lines ways;
        for (const auto way : now.ways) ways.push_back(in_words(way));
        out.lines.push_back("签名方式改为：" + listed(ways));
    }
}

// What a submission is checked against: the same version must mean the same item.
bool same_filing(const ServiceItem& before, const ServiceItem& after) {
    return before.situation == after.situation && before.facts == after.facts &&
           before.stops == after.stops && before.form == after.form &&
           before.materials == after.materials && before.letter == after.letter &&
           before.handling == after.handling && before.proof == after.proof &&
           before.identity_level == after.identity_level &&
           before.terms.receiving_office == after.terms.receiving_office &&
           before.terms.deciding_office == after.terms.deciding_office &&
           before.terms.deciding_field == after.terms.deciding_field &&
           before.terms.delivery == after.terms.delivery;
}

}  // namespace

Differences differences(const ServiceItem& before, const ServiceItem& after) {
    Differences out;
    if (before.version != after.version)
        out.lines.push_back(fmt::format("事项版本 {} → {}", before.version, after.version));
    if (after.version < before.version)
        out.faults.push_back(fmt::format("事项版本从 {} 降到 {}", before.version, after.version));
    else if (after.version == before.version && !same_filing(before, after))
        out.faults.push_back(
            fmt::format("办理的内容变了，事项版本还是 {}；收件端按版本核对，请把 version 提高",
                        before.version));
    compare_heading(before, after, out.lines);
    compare_guide(before, after, out.lines);
    compare_named(
        "问题", before.situation, after.situation,
        [](const catalogue::SituationQuestion& one) { return one.id; }, out.lines);
    compare_named(
        "计算", before.facts, after.facts,
        [](const catalogue::ComputedFact& one) { return one.name; }, out.lines);
    compare_named(
        "办不了的情形", before.stops, after.stops,
        [](const catalogue::Stop& one) { return one.id; }, out.lines);
    compare_form(before, after, out.lines);
    compare_named(
        "材料", before.materials, after.materials,
        [](const catalogue::Material& one) { return one.code; }, out.lines);
    compare_letter(before, after, out);
    return out;
}

}  // namespace provisioning::catalogue_tools
