#include "provisioning/catalogue_tools/differences.hpp"

#include "provisioning/catalogue_tools/list_comparison.hpp"
#include "provisioning/catalogue_tools/words.hpp"

#include <fmt/format.h>

namespace provisioning::catalogue_tools {

namespace {

using catalogue::Pack;

void compare_head(const Pack& before, const Pack& after, Differences& out) {
    if (before.pack_id != after.pack_id)
        out.faults.push_back(fmt::format("不是同一个包：{} → {}", before.pack_id, after.pack_id));
    if (before.realm != after.realm)
        out.faults.push_back(fmt::format("用途变了：{} → {}；终端不收", in_words(before.realm),
                                         in_words(after.realm)));
    const auto part = [&](const char* name, const auto& old, const auto& now) {
        if (!(old == now)) out.lines.push_back(std::string(name) + "改了");
    };
    if (before.built_on != after.built_on)
        out.lines.push_back(fmt::format("编制日期 {} → {}", before.built_on, after.built_on));
    if (before.telephone != after.telephone)
        out.lines.push_back(fmt::format("咨询电话 {} → {}", before.telephone, after.telephone));
    part("单位", before.organisation, after.organisation);
    part("标志", before.brand_mark, after.brand_mark);
    part("个人信息的负责单位", before.responsible, after.responsible);
    part("开放时间", before.hours, after.hours);
    part("指南的网址", before.guide_link, after.guide_link);
    part("窗口地址", before.counter_address, after.counter_address);
    part("工作日历", before.calendar, after.calendar);
    part("受理时间", before.office_hours, after.office_hours);
    part("个人信息告知", before.data_notice, after.data_notice);
    part("人脸告知", before.face_notice, after.face_notice);
}

// “专栏：增加 park（园区事园区办）”.
template <class T, class Key, class Name>
void compare_named(const char* kind, const std::vector<T>& before, const std::vector<T>& after,
                   const Key& key_of, const Name& name_of, std::vector<std::string>& lines) {
    const auto line = [&](const char* what, const T& one) {
        lines.push_back(fmt::format("{}：{} {}（{}）", kind, what, key_of(one), name_of(one)));
    };
    const bool moved = compare_lists(
        before, after, key_of, [&](const T& one) { line("增加", one); },
        [&](const T& one) { line("去掉", one); },
        [&](const T&, const T& now) { line("改了", now); });
    if (moved) lines.push_back(std::string(kind) + "：换了先后");
}

void compare_divisions(const Pack& before, const Pack& after, std::vector<std::string>& lines) {
    if (before.divisions.edition != after.divisions.edition)
        lines.push_back(
            fmt::format("区划名录 {} → {}", before.divisions.edition, after.divisions.edition));
    compare_named(
        "区划", before.divisions.units, after.divisions.units,
        [](const catalogue::Division& one) { return one.code; },
        [](const catalogue::Division& one) { return one.name.zh; }, lines);
    compare_named(
        "已撤销的区划", before.divisions.abolished, after.divisions.abolished,
        [](const catalogue::AbolishedDivision& one) { return one.code; },
        [](const catalogue::AbolishedDivision& one) { return one.name.zh; }, lines);
}

void compare_items(const Pack& before, const Pack& after, Differences& out) {
    using catalogue::ServiceItem;
    const auto named = [](const ServiceItem& item) {
        return item.code + "（" + item.name.zh + "）";
    };
    const bool moved = compare_lists(
        before.items, after.items, [](const ServiceItem& item) { return item.code; },
        [&](const ServiceItem& item) { out.lines.push_back("事项：增加 " + named(item)); },
        [&](const ServiceItem& item) { out.lines.push_back("事项：去掉 " + named(item)); },
        [&](const ServiceItem& old, const ServiceItem& now) {
            auto inside = differences(old, now);
            out.lines.push_back("事项：改了 " + named(now));
            for (const auto& line : inside.lines) out.lines.push_back("  " + line);
            for (const auto& fault : inside.faults) out.faults.push_back(named(now) + "：" + fault);
        });
    if (moved) out.lines.emplace_back("事项：换了先后");
}

}  // namespace

Differences differences(const Pack& before, const Pack& after) {
    Differences out;
    if (before == after) return out;
    if (after.version <= before.version)
        out.faults.push_back(
            fmt::format("版本没有提高：{} → {}；终端不收，请把 version 写成 {} 以上",
                        before.version, after.version, before.version));
    compare_head(before, after, out);
    compare_items(before, after, out);
    const auto tile = [](const catalogue::HomeTile& one) { return one.id; };
    const auto title = [](const auto& one) { return one.title.zh; };
    const auto name = [](const auto& one) { return one.name.zh; };
    const auto id = [](const auto& one) { return one.id; };
    compare_named("首页", before.home, after.home, tile, title, out.lines);
    compare_named("长辈版首页", before.elder_home, after.elder_home, tile, title, out.lines);
    compare_named("主题", before.topics, after.topics, id, name, out.lines);
    compare_named("专栏", before.columns, after.columns, id, title, out.lines);
    compare_named("资料", before.documents, after.documents, id, title, out.lines);
    compare_named(
        "负面清单", before.negative_list, after.negative_list,
        [](const catalogue::NegativeTrade& one) { return one.trade_code; }, name, out.lines);
    compare_divisions(before, after, out.lines);
    if (before.voice != after.voice)
        out.lines.push_back(!before.voice  ? "咨询、投诉和评价：新增"
                            : !after.voice ? "咨询、投诉和评价：删除"
                                           : "咨询、投诉和评价：有改动");
    return out;
}

}  // namespace provisioning::catalogue_tools
