// catalogue codes: the guides' codes of a pack as a sheet to hang up.
#include "documents/documents.hpp"
#include "domain/scanned_code.hpp"
#include "provisioning/catalogue_tools/checked_pack.hpp"
#include "provisioning/catalogue_tools/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace provisioning::catalogue_tools {

using technician::could_not;
using technician::went_well;
using technician::went_wrong;

namespace {

documents::CodeSheetDocument sheet_of(const catalogue::Pack& pack, const std::string& topic) {
    documents::CodeSheetDocument sheet;
    sheet.training = pack.realm == domain::Realm::training;
    sheet.organisation = pack.organisation.zh;
    sheet.title = "办事指南二维码";
    for (const auto& one : pack.topics)
        if (one.id == topic) sheet.title += "：" + one.name.zh;
    sheet.note = pack.guide_link.empty() ? "在自助机上扫码，打开这件事的办事指南"
                                         : "用手机或在自助机上扫码，打开这件事的办事指南";
    for (const auto& item : pack.items) {
        const bool wanted = topic.empty() || std::find(item.topics.begin(), item.topics.end(),
                                                       topic) != item.topics.end();
        if (wanted)
            sheet.entries.push_back(
                {item.name.zh, item.code, domain::guide_code(item.code, pack.guide_link)});
    }
    sheet.footer = fmt::format("事项包 {} 版本 {}（{}） · 咨询电话 {}", pack.pack_id, pack.version,
                               pack.built_on, pack.telephone);
    return sheet;
}

}  // namespace

int codes(const std::string& pack, const std::string& topic, const std::string& out,
          const base::Clock& clock, const Say& say, const Say& complain) {
    const auto checked = check_pack(pack, clock);
    if (!checked) {
        complain(fmt::format("{}：读不了（{}）", pack, base::name(checked.error().code)));
        return could_not;
    }
    if (!checked->findings.empty()) {
        complain(fmt::format("{}：有 {} 个问题，先用 lint 看，改好再做", checked->file,
                             checked->findings.size()));
        return went_wrong;
    }
    const auto sheet = sheet_of(checked->pack, topic);
    if (sheet.entries.empty()) {
        complain(fmt::format("{} 里没有主题 {} 的事项", checked->file, topic));
        return could_not;
    }
    std::error_code problem;
    if (std::filesystem::exists(out, problem)) {
        complain(out + " 已经有了，不覆盖；换个名字，或先删掉");
        return could_not;
    }
    const auto pdf = documents::render_code_sheet(sheet);
    constexpr unsigned readable = 0644;
    if (!pdf || !base::write_file(out, *pdf->bytes, readable)) {
        complain(out + " 写不了");
        return could_not;
    }
    say(fmt::format("{}：{} 个二维码，{} 页", out, sheet.entries.size(), pdf->pages));
    return went_well;
}

}  // namespace provisioning::catalogue_tools
