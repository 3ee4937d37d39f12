#include "provisioning/diagnostics/post_checks.hpp"

#include "base/bounded_queue.hpp"
#include "base/bytes.hpp"
#include "offline/formats/record.hpp"
#include "offline/post/post_client.hpp"

#include <fmt/format.h>

#include <limits>
#include <memory>

namespace provisioning::diagnostics {

domain::PostStatus ask_post(const std::string& socket_path, domain::Realm realm, base::Millis limit,
                            const base::Clock& clock, std::stop_token stop) {
    constexpr std::size_t more_than_come = 64;
    auto said = std::make_shared<base::BoundedQueue<domain::PostStatus>>(more_than_come);
    offline::post::PostClient client({socket_path, realm}, [said](offline::post::PostEvent event) {
        if (auto* changed = std::get_if<offline::post::StatusChanged>(&event))
            (void)said->push(std::move(changed->status));
    });
    domain::PostStatus newest;
    newest.line = domain::Line::absent;
    const auto until = clock.steady() + limit;
    for (auto left = limit; left.count() > 0; left = until - clock.steady()) {
        auto status = said->pop_for(stop, left);
        if (!status) break;
        newest = std::move(*status);
        if (newest.line == domain::Line::online || newest.line == domain::Line::offline) break;
    }
    return newest;
}

Check drill_check(const std::string& state_folder, base::Instant now) {
    Check out{"power_cut", "断电演练", Verdict::skipped};
    out.at = now;
    out.found = "没有做过";
    out.mend = "kiosk-post drill begin，拔电源，开机后 kiosk-post drill check";
    const auto file = base::read_file(state_folder + "/drill/result.json");
    if (!file) return out;
    const auto record = offline::formats::record_from_json(*file);
    if (!record) return out;
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    offline::formats::Fields in(*record, base::FaultCode::BytesMalformed, "drill");
    const auto cut = in.integer("cut", 0, 1), opened = in.integer("opened", 0, 1),
               acknowledged = in.integer("acknowledged", 0, most),
               lost = in.integer("lost", 0, most), at = in.integer("at", 0, most);
    if (!cut || !opened || !acknowledged || !lost || !at) return out;
    out.at = base::Instant{base::Millis{*at}};
    if (*opened == 0 || *lost > 0) {
        out.verdict = Verdict::failed;
        out.found = fmt::format("断电前确认过 {} 件，少了 {} 件", *acknowledged, *lost);
        out.mend = "换一块硬盘：它谎报写入完成";
    } else if (*cut == 1 && *acknowledged > 0) {
        out.verdict = Verdict::passed;
        out.found = fmt::format("断电前确认过 {} 件，一件不少", *acknowledged);
        out.mend.clear();
    } else {
        out.found = "上一次没有真正断电";
    }
    return out;
}

std::vector<Check> post_checks(const domain::PostStatus& status, base::Instant now) {
    Check post{"post", "收发程序", Verdict::passed};
    Check line{"centre", "中心线路", Verdict::passed};
    if (status.line == domain::Line::absent) {
        post.verdict = Verdict::failed;
        post.found = "没有回应";
        post.mend = "看 kiosk-post 有没有在运行：systemctl status citizen-window-post";
        line.verdict = Verdict::skipped;
        line.found = "收发程序没有回应，问不到";
    } else {
        post.found = fmt::format("待送 {} 件，在途 {} 件", status.waiting, status.sending);
        if (!status.taking) {
            post.verdict = Verdict::failed;
            post.found += "，收不下新的办件";
            post.mend = "本机存满了或存不住：看硬盘，连上中心送出去，或用 U 盘导出";
        } else if (status.attention > 0) {
            post.verdict = Verdict::attention;
            post.found += fmt::format("，{} 件送不出去", status.attention);
            post.mend = "问中心的值守人员：intake quarantine list";
        }
        line.found = status.line == domain::Line::online ? "连上了" : "连不上";
        if (status.line != domain::Line::online) {
            line.verdict = Verdict::attention;
            line.found += "；办件照收，连上后送出";
            line.mend = "检查网线、路由器和 [post] intake_url";
        }
    }
    post.at = line.at = now;
    return {post, line};
}

}  // namespace provisioning::diagnostics
