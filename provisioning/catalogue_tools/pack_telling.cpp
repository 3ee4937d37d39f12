#include "provisioning/catalogue_tools/pack_telling.hpp"

#include "provisioning/catalogue_tools/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace provisioning::catalogue_tools {

namespace {

using Row = std::array<std::string, 9>;

std::size_t fields_of(const catalogue::ServiceItem& item) {
    std::size_t out = 0;
    for (const auto& page : item.form) out += page.fields.size();
    return out;
}

Row row_of(const catalogue::ServiceItem& item) {
    std::vector<std::string> audiences, ways;
    for (const auto audience : item.audiences) audiences.push_back(in_words(audience));
    for (const auto way : item.letter.ways) ways.push_back(in_words(way));
    const bool letter = !item.letter.template_id.empty();
    return {item.code,
            item.name.zh,
            std::to_string(item.version),
            in_words(item.handling),
            listed(audiences),
            std::to_string(item.form.size()),
            std::to_string(fields_of(item)),
            std::to_string(item.materials.size()),
            letter ? fmt::format("第 {} 版，{}", item.letter.revision, listed(ways)) : "无"};
}

// Columns as wide as their widest cell.
void tell_table(const std::vector<Row>& rows, const Telling& telling) {
    std::array<std::size_t, std::tuple_size_v<Row>> widths{};
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], width_of(row[i]));
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += i + 1 == row.size() ? row[i] : padded(row[i], widths[i] + 2);
        telling.line(1, line);
    }
}

std::string when_of(const catalogue::Column& column) {
    if (column.valid_from.empty() && column.valid_to.empty()) return "一直开放";
    return fmt::format("{} 至 {}", column.valid_from.empty() ? "现在" : column.valid_from,
                       column.valid_to.empty() ? "以后" : column.valid_to);
}

void tell_documents(const catalogue::Pack& pack, const Telling& telling) {
    telling.line(0, fmt::format("公开的资料（{} 份）", pack.documents.size()));
    for (const auto& document : pack.documents) {
        telling.line(1, fmt::format("{}（{}）：{}，{}", telling.words(document.title), document.id,
                                    telling.words(document.publisher), document.published_on));
        telling.named(2, "简介", document.summary);
        telling.line(2, fmt::format("{} 节文字，{} 行表，{}", document.sections.size(),
                                    document.table.rows.size(), in_words(document.order)));
    }
}

void tell_voice(const catalogue::VoiceRules& rules, const Telling& telling) {
    const auto labels = [&](const auto& list) {
        std::vector<std::string> out;
        for (const auto& one : list) out.push_back(telling.words(one.label));
        return listed(out);
    };
    telling.line(0, fmt::format("{}（{}）", telling.words(rules.name), rules.item_code));
    telling.line(1, "咨询：" + labels(rules.consult));
    telling.line(1, "投诉建议：" + labels(rules.complaint));
    telling.line(1, "办不成事：" + labels(rules.stuck));
    telling.line(1, "评价的原因：" + labels(rules.reasons));
    telling.line(1, "评价的方面：" + labels(rules.dimensions));
    std::vector<std::string> levels;
    for (const auto level : rules.follow_up_levels) levels.push_back(std::to_string(level));
    telling.line(1, fmt::format("要回访的等次：{}；{} 天内答复；{}", listed(levels),
                                rules.reply_days, rules.anonymous ? "可以匿名" : "要实名"));
}

}  // namespace

void tell_pack(const catalogue::Pack& pack, const Telling& telling) {
    telling.line(0, fmt::format("事项包 {}，版本 {}，{}，编制于 {}", pack.pack_id, pack.version,
                                in_words(pack.realm), pack.built_on));
    telling.named(1, "单位", pack.organisation);
    telling.named(1, "个人信息的负责单位", pack.responsible);
    telling.line(1, "咨询电话：" + pack.telephone);
    telling.named(1, "开放时间", pack.hours);
    telling.named(1, "窗口地址", pack.counter_address);
    for (const auto& year : pack.calendar.years)
        telling.line(1, fmt::format("工作日历 {} 年：放假 {} 天，调休上班 {} 天{}", year.year,
                                    year.holidays.size(), year.makeup_workdays.size(),
                                    year.note.empty() ? "" : "（" + year.note + "）"));
    for (const auto& hours : pack.office_hours)
        telling.line(1, fmt::format("受理时间：星期 {} 至 {}，{}–{}", hours.first_weekday,
                                    hours.last_weekday, hours.opens, hours.closes));
    telling.line(1,
                 fmt::format("首页 {} 块，长辈版 {} 块；区划 {} 个（名录 {}），已撤销 {} 个",
                             pack.home.size(), pack.elder_home.size(), pack.divisions.units.size(),
                             pack.divisions.edition, pack.divisions.abolished.size()));
    std::vector<std::string> topics;
    for (const auto& topic : pack.topics)
        topics.push_back(telling.words(topic.name) + "（" + topic.id + "）");
    telling.line(1, "主题：" + listed(topics));

    telling.gap();
    telling.line(0, fmt::format("事项（{} 个）", pack.items.size()));
    std::vector<Row> rows{
        {"编码", "名称", "版本", "办理", "对象", "页", "字段", "材料", "承诺书和签名方式"}};
    for (const auto& item : pack.items) rows.push_back(row_of(item));
    tell_table(rows, telling);

    telling.gap();
    telling.line(0, fmt::format("专栏（{} 个）", pack.columns.size()));
    for (const auto& column : pack.columns) {
        telling.line(1, fmt::format("{}（{}）：{}", telling.words(column.title), column.id,
                                    when_of(column)));
        telling.named(2, "说明", column.note);
        telling.line(2, "事项：" + listed(column.item_codes));
        telling.line(2, "资料：" + listed(column.documents));
    }
    if (pack.voice) {
        telling.gap();
        tell_voice(*pack.voice, telling);
    }
    telling.gap();
    tell_documents(pack, telling);
    if (!pack.guide_link.empty()) telling.line(0, "指南的网址：" + pack.guide_link);
    if (pack.negative_list.empty()) return;
    telling.gap();
    telling.line(0, fmt::format("负面清单（{} 个行业）", pack.negative_list.size()));
    for (const auto& trade : pack.negative_list)
        telling.line(1, fmt::format("{} {}：{}，{}（{}）", trade.trade_code,
                                    telling.words(trade.name), in_words(trade.level),
                                    telling.words(trade.clause), telling.words(trade.basis)));
}

}  // namespace provisioning::catalogue_tools
