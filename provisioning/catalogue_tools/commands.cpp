#include "provisioning/catalogue_tools/commands.hpp"

#include "catalogue/reading/json_tree.hpp"
#include "offline/sealing/pack_signature.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"
#include "provisioning/catalogue_tools/checked_pack.hpp"
#include "provisioning/catalogue_tools/differences.hpp"
#include "provisioning/catalogue_tools/item_telling.hpp"
#include "provisioning/catalogue_tools/pack_telling.hpp"
#include "provisioning/catalogue_tools/words.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>

namespace provisioning::catalogue_tools {

namespace {

namespace sealing = offline::sealing;
using catalogue::reading::Json;
using catalogue::reading::JsonArray;
using catalogue::reading::JsonObject;
using technician::could_not;
using technician::went_well;
using technician::went_wrong;

constexpr std::size_t largest_key_file = 4096;

void complain_of(const base::Fault& fault, const Say& complain) {
    complain(fmt::format("{}：{}（{}）", fault.safe_detail, base::entry(fault.code).technician_zh,
                         base::name(fault.code)));
}

std::string size_of(const CheckedPack& checked) {
    return fmt::format("{} 个事项，{} 字节，读和检查用了 {} 毫秒", checked.pack.items.size(),
                       checked.bytes.size(), checked.took.count());
}

// As compilers say it, so that an editor goes there.
std::string line_of(const CheckedPack& checked, const Finding& finding) {
    return fmt::format("{}:{}:{}: {}：{}。改法：{}", checked.file, finding.position.line,
                       finding.position.column, finding.place.empty() ? "/" : finding.place,
                       finding.advice.problem, finding.advice.mend);
}

void say_findings(const CheckedPack& checked, const Say& say) {
    for (const auto& finding : checked.findings) say(line_of(checked, finding));
}

Json number(std::size_t value) {
    return Json(static_cast<std::int64_t>(value));
}

std::string as_json(const CheckedPack& checked) {
    JsonArray problems;
    for (const auto& finding : checked.findings)
        problems.push_back(JsonObject{{"place", finding.place},
                                      {"line", number(finding.position.line)},
                                      {"column", number(finding.position.column)},
                                      {"problem", finding.advice.problem},
                                      {"mend", finding.advice.mend},
                                      {"said", finding.said}});
    return catalogue::reading::canonical_json(
        JsonObject{{"file", checked.file},
                   {"bytes", number(checked.bytes.size())},
                   {"items", number(checked.pack.items.size())},
                   {"milliseconds", Json(std::int64_t{checked.took.count()})},
                   {"problems", std::move(problems)}});
}

// A pack without a problem; otherwise says what is wrong with it and gives the exit code to end.
std::optional<CheckedPack> sound_pack(const std::string& path, const base::Clock& clock,
                                      const Say& complain, int& end) {
    auto checked = check_pack(path, clock);
    if (!checked) {
        complain_of(checked.error(), complain);
        end = could_not;
        return std::nullopt;
    }
    if (!checked->findings.empty()) {
        say_findings(*checked, complain);
        complain(fmt::format("{}：有 {} 个问题，先改好", checked->file, checked->findings.size()));
        end = went_wrong;
        return std::nullopt;
    }
    return std::move(*checked);
}

base::Result<sealing::SigningKey> signer_in(const std::string& path, domain::Realm realm) {
    base::Bytes file = TRY(read_at_most(path, largest_key_file));
    const sealing::WipeAtEnd wipe(file);
    auto key = sealing::SigningKey::parse(file, "pack-key", realm);
    // What the reader of keys says stays inside: only which file it was is told.
    if (!key) return base::fail(key.error().code, path);
    return key;
}

}  // namespace

int lint(const std::string& pack, bool json, const base::Clock& clock, const Say& say,
         const Say& complain) {
    const auto checked = check_pack(pack, clock);
    if (!checked) {
        complain_of(checked.error(), complain);
        return could_not;
    }
    if (json) {
        say(as_json(*checked));
    } else {
        say_findings(*checked, say);
        say(fmt::format("{}：{}；{}", checked->file, size_of(*checked),
                        checked->findings.empty()
                            ? "没有问题"
                            : fmt::format("有 {} 个问题", checked->findings.size())));
    }
    return checked->findings.empty() ? went_well : went_wrong;
}

int show(const std::string& pack, const std::string& item, bool english, const base::Clock& clock,
         const Say& say, const Say& complain) {
    int end = went_well;
    const auto checked = sound_pack(pack, clock, complain, end);
    if (!checked) return end;
    const Telling telling(english, say);
    if (item.empty()) {
        tell_pack(checked->pack, telling);
        return went_well;
    }
    const auto* found = checked->pack.find_item(item);
    if (found == nullptr) {
        complain(fmt::format("{} 里没有编码是 {} 的事项", checked->file, item));
        return could_not;
    }
    tell_item(checked->pack, *found, telling);
    return went_well;
}

int diff(const std::string& before, const std::string& after, const base::Clock& clock,
         const Say& say, const Say& complain) {
    int end = went_well;
    const auto old = sound_pack(before, clock, complain, end);
    if (!old) return end;
    const auto now = sound_pack(after, clock, complain, end);
    if (!now) return end;
    if (old->pack == now->pack) {
        say("没有差别");
        return went_well;
    }
    const auto found = differences(old->pack, now->pack);
    for (const auto& fault : found.faults) say("不能发布：" + fault);
    if (now->pack.version > old->pack.version)
        say(fmt::format("版本 {} → {}", old->pack.version, now->pack.version));
    for (const auto& line : found.lines) say(line);
    if (found.lines.empty()) say("内容没有差别");
    return found.faults.empty() ? went_well : went_wrong;
}

int sign(const std::string& folder, const std::string& key_file, const base::Clock& clock,
         const Say& say, const Say& complain) {
    std::error_code problem;
    if (!std::filesystem::is_directory(folder, problem)) {
        complain(folder + " 不是文件夹；签名写在 pack.json 旁边，要写它所在的文件夹");
        return could_not;
    }
    int end = went_well;
    const auto checked = sound_pack(folder, clock, complain, end);
    if (!checked) return end;
    const auto key = signer_in(key_file, checked->pack.realm);
    if (!key) {
        complain_of(key.error(), complain);
        complain("要的是 " + in_words(checked->pack.realm) + " 的事项包签名密钥");
        return could_not;
    }
    const auto done = sealing::sign_pack(folder, checked->bytes, *key);
    if (!done) {
        complain_of(done.error(), complain);
        return could_not;
    }
    if (*done == sealing::PackSigning::signed_anew)
        say("原来的 pack.sig 不是这把密钥对现在内容的签名，已经换掉");
    say(fmt::format(
        "{} {}，版本 {}，{}；签名密钥 {}", checked->pack.pack_id,
        *done == sealing::PackSigning::good_as_it_was ? "已有有效的签名，没有再签" : "已签名",
        checked->pack.version, in_words(checked->pack.realm), sealing::key_id(key->public_key())));
    return went_well;
}

}  // namespace provisioning::catalogue_tools
