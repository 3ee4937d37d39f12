#include "provisioning/diagnostics/update_checks.hpp"

#include "base/bytes.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/papers/release_list.hpp"
#include "provisioning/updates/journal.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>

namespace provisioning::diagnostics {

namespace {

using offline::papers::Feed;
using updates::Step;

// The newest list that came, unverified: kiosk-update does that before anything counts.
std::optional<offline::papers::ReleaseList> newest_list(const std::string& feeds_folder) {
    const auto versions = offline::feeds::staged_versions(feeds_folder, Feed::release);
    if (versions.empty()) return std::nullopt;
    const auto file = base::read_file(
        feeds_folder + "/" + offline::papers::feed_file_name(Feed::release, versions.front()));
    if (!file) return std::nullopt;
    const auto parts = offline::papers::feed_file(*file);
    if (!parts) return std::nullopt;
    auto list = offline::papers::ReleaseList::read(parts->content);
    if (!list) return std::nullopt;
    return std::move(*list);
}

void judge(const updates::Journal& journal, Check& out) {
    out.verdict = Verdict::passed;
    switch (journal.step) {
        case Step::none:
            out.found = "没有经更新装过";
            return;
        case Step::confirmed:
            out.found = fmt::format("第 {} 次更新（{}）已装好", journal.release, journal.software);
            return;
        case Step::given_up:
            out.verdict = Verdict::failed;
            out.found = "新旧版本都没有装好：" + journal.why;
            out.mend = "kiosk-update status 看原因；必要时用软件包重新安装";
            return;
        case Step::rolled_back:
            out.verdict = Verdict::attention;
            out.found =
                fmt::format("第 {} 次更新没有成功，已退回：{}", journal.release, journal.why);
            out.mend = "告诉中心；等下一次更新";
            return;
        case Step::staged:
            out.verdict = Verdict::attention;
            out.found = fmt::format("第 {} 次更新（{}）已备好，等更新时段", journal.release,
                                    journal.software);
            return;
        default:
            out.verdict = Verdict::attention;
            out.found = fmt::format("第 {} 次更新正在进行", journal.release);
    }
}

}  // namespace

Check update_check(const UpdatePlaces& places, base::Instant now) {
    Check out{"update", "程序更新"};
    out.at = now;
    const auto journal = updates::read_journal(places.updates_folder);
    if (!journal) {
        out.verdict = Verdict::failed;
        out.found = "更新记录读不出";
        out.mend = "看 " + places.updates_folder;
        return out;
    }
    judge(*journal, out);
    const auto list = newest_list(places.feeds_folder);
    const bool waits = list && list->release > journal->newest && journal->step != Step::staged &&
                       !journal->is_refused(list->release);
    if (waits && now >= list->expires_at && out.verdict != Verdict::failed) {
        out.verdict = Verdict::attention;
        out.found =
            fmt::format("第 {} 次更新（{}）的清单已过期，没有装上", list->release, list->software);
        out.mend = "向中心要新清单";
    }
    std::error_code problem;
    if (std::filesystem::exists(places.state_folder + "/too_old", problem) &&
        out.verdict != Verdict::failed) {
        out.verdict = Verdict::attention;
        out.found = fmt::format("中心说本机程序（{}）太旧，办件先存在本机", places.software);
        out.mend = waits ? fmt::format("要装的版本是 {}：等更新时段，或运行 kiosk-update install",
                                       list->software)
                         : "向中心要更新：连网取，或用 U 盘导入";
    }
    return out;
}

}  // namespace provisioning::diagnostics
