#include "provisioning/catalogue_tools/item_telling.hpp"

#include "provisioning/catalogue_tools/words.hpp"

#include <fmt/format.h>

namespace provisioning::catalogue_tools {

namespace {

using catalogue::ServiceItem;
using catalogue::Text;

template <class Enum>
std::string all_in_words(const std::vector<Enum>& values) {
    std::vector<std::string> words;
    for (const auto value : values) words.push_back(in_words(value));
    return listed(words);
}

void tell_terms(const ServiceItem& item, const Telling& telling) {
    const auto& terms = item.terms;
    if (terms.process_kind) telling.line(1, "办件类型：" + in_words(*terms.process_kind));
    if (terms.once_mode != 0)
        telling.line(1, fmt::format("只跑一次：第 {} 种方式", terms.once_mode));
    if (terms.lenient) telling.line(1, "容缺：" + in_words(*terms.lenient));
    if (!terms.levels.empty()) telling.line(1, "哪里能办：" + all_in_words(terms.levels));
    if (terms.state != catalogue::ItemState::in_use || !terms.effective_from.empty() ||
        !terms.ends_on.empty())
        telling.line(1, fmt::format("状态：{}，从 {} 到 {}", in_words(terms.state),
                                    terms.effective_from.empty() ? "一直" : terms.effective_from,
                                    terms.ends_on.empty() ? "一直" : terms.ends_on));
    const auto office = [&](const char* what, const std::optional<catalogue::Office>& one) {
        if (one)
            telling.line(1, std::string(what) + "：" + telling.words(one->name) + "（" +
                                one->credit_code + "）");
    };
    office("收件机关", terms.receiving_office);
    office("决定机关", terms.deciding_office);
    if (!terms.deciding_field.empty())
        telling.line(1, "填了 " + terms.deciding_field + " 的，由" +
                            telling.words(terms.deciding_there) + "决定");
    if (!terms.delivery.empty()) telling.line(1, "结果怎么取：" + all_in_words(terms.delivery));
}

void tell_heading(const catalogue::Pack& pack, const ServiceItem& item, const Telling& telling) {
    telling.line(0, fmt::format("{}（{}）", item.name.zh, item.name.en));
    telling.named(1, "简介", item.summary);
    telling.line(1, fmt::format("基本编码 {}，实施编码 {}，版本 {}，图标 {}", item.code,
                                item.implementation_code, item.version, item.icon));
    std::vector<std::string> audiences, topics, keywords;
    for (const auto audience : item.audiences) audiences.push_back(in_words(audience));
    for (const auto& id : item.topics) {
        std::string name = id;
        for (const auto& topic : pack.topics)
            if (topic.id == id) name = topic.name.zh + "（" + id + "）";
        topics.push_back(name);
    }
    for (const auto& keyword : item.keywords)
        keywords.push_back(keyword.zh + "（" + keyword.pinyin + "）");
    telling.line(1, "服务对象：" + listed(audiences));
    telling.line(1, "主题：" + listed(topics));
    if (!item.name_pinyin.empty()) telling.line(1, "名称的拼音：" + item.name_pinyin);
    telling.line(1, "也叫：" + listed(keywords));
    telling.line(1, "办理方式：" + in_words(item.handling));
    tell_terms(item, telling);
    if (item.sensitive) telling.line(1, "涉及公共安全、人身财产：不能凭承诺办");
    if (item.payable) telling.line(1, "缴费：可以在本机扫码缴");
    if (item.handling == catalogue::Handling::counter) return;  // the rest is of filing here
    telling.line(1, "身份核验：" + in_words(item.identity_level));
    if (item.handling == catalogue::Handling::proof) {
        telling.line(1, fmt::format("打印的证明：{}，每人每天最多 {} 份", item.proof.type,
                                    item.proof.copies_max));
        return;  // the rest is of filing
    }
    telling.line(1, "申请时间：" + in_words(item.filing_date));
    telling.line(1, fmt::format("承诺 {} 个工作日办结，{} 个工作日内答复是否受理",
                                item.promised_days, item.reply_days));
}

void tell_lines(const std::vector<Text>& lines, int depth, const Telling& telling) {
    for (const auto& line : lines) telling.line(depth, "· " + telling.words(line));
}

void tell_rows(const std::string& heading, const std::vector<catalogue::GuideRow>& rows,
               const Telling& telling) {
    telling.line(1, heading);
    for (const auto& row : rows)
        telling.line(2, "· " + telling.words(row.name) + "：" + telling.words(row.text));
}

void tell_sections(const std::string& heading, const std::vector<catalogue::GuideSection>& sections,
                   const Telling& telling) {
    telling.line(1, heading);
    for (const auto& section : sections) {
        telling.line(2, telling.words(section.heading));
        tell_lines(section.lines, 3, telling);
    }
}

void tell_guide(const ServiceItem& item, const Telling& telling) {
    telling.line(0, "一、办事指南");
    telling.line(1, "要点");
    tell_lines(item.guide.essentials, 2, telling);
    tell_rows("要带什么", item.guide.materials, telling);
    for (const auto& material : item.guide.materials) {
        if (!material.has_more()) continue;
        telling.line(1, "示范：" + telling.words(material.name));
        for (const auto& line : material.sample)
            telling.line(2, "· " + telling.words(line.name) + "：" + telling.words(line.value));
        for (const auto& mistake : material.common_mistakes)
            telling.line(2, "· 常见错误：" + telling.words(mistake));
    }
    tell_rows("费用、时间、地点、电话", item.guide.terms, telling);
    tell_sections("条件、步骤、常见问题", item.guide.steps, telling);
    tell_sections("依据", item.guide.basis, telling);
    if (!item.guide.review_points.empty())
        tell_sections("审核要点", item.guide.review_points, telling);
}

void tell_facts(const ServiceItem& item, const Telling& telling) {
    telling.line(0, fmt::format("三、计算（{} 个）", item.facts.size()));
    for (const auto& fact : item.facts)
        telling.line(1, fact.name + " ＝ " + in_words(fact.value, item));
    telling.line(0, fmt::format("四、办不了的情形（{} 个）", item.stops.size()));
    for (const auto& stop : item.stops) {
        telling.line(1, telling.words(stop.title) + "（" + stop.id + "）");
        telling.line(2, "当：" + in_words(stop.when, item));
        telling.named(2, "告诉办事人", stop.text);
        telling.named(2, "接着怎么办", stop.next_step);
    }
}

void tell_materials(const ServiceItem& item, const Telling& telling) {
    telling.line(0, fmt::format("六、材料（{} 份）", item.materials.size()));
    for (const auto& material : item.materials) {
        std::string how = in_words(material.source);
        if (material.lenient_days > 0) how += fmt::format("，{} 天内补交", material.lenient_days);
        telling.line(1, material.code + " " + telling.words(material.name) + "（" + how + "）");
        telling.named(2, "说明", material.note);
        if (material.when) telling.line(2, "只在：" + in_words(*material.when, item));
    }
}

void tell_letter(const ServiceItem& item, const Telling& telling) {
    const auto& letter = item.letter;
    telling.line(0, "七、告知承诺书");
    if (letter.template_id.empty()) {
        telling.line(1, "没有");
        return;
    }
    telling.named(1, "标题", letter.title);
    telling.line(1, fmt::format("模板 {}，第 {} 版", letter.template_id, letter.revision));
    telling.named(1, "依据", letter.basis);
    telling.line(1, "告知的条件");
    tell_lines(letter.conditions, 2, telling);
    telling.line(1, "不实承诺的后果");
    tell_lines(letter.consequences, 2, telling);
    telling.line(1, "逐条勾选");
    tell_lines(letter.clauses, 2, telling);
    for (const auto* choice : {&letter.commit, &letter.ordinary}) {
        if (choice == &letter.ordinary && letter.always) continue;
        telling.line(1, (letter.always ? "必须签：" : "可以选：") + telling.words(choice->label));
        telling.named(2, "说明", choice->note);
    }
    if (letter.ordinary_days != 0)
        telling.line(1, fmt::format("一般程序 {} 个工作日", letter.ordinary_days));
    std::vector<std::string> ways;
    for (const auto way : letter.ways) ways.push_back(in_words(way));
    telling.line(1, "签名方式：" + listed(ways));
}

}  // namespace

void tell_item(const catalogue::Pack& pack, const ServiceItem& item, const Telling& telling) {
    tell_heading(pack, item, telling);
    telling.gap();
    tell_guide(item, telling);
    if (item.handling == catalogue::Handling::counter) return;
    telling.gap();
    tell_situation(item, telling);
    if (item.handling == catalogue::Handling::proof) return;  // nothing is filed
    telling.gap();
    tell_facts(item, telling);
    telling.gap();
    tell_form(item, telling);
    telling.gap();
    tell_materials(item, telling);
    telling.gap();
    tell_letter(item, telling);
    telling.gap();
    telling.line(0, "八、回执上写的下一步");
    if (!item.next_step.empty()) telling.line(1, telling.words(item.next_step));
}

}  // namespace provisioning::catalogue_tools
