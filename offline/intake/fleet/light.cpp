#include "offline/intake/fleet/light.hpp"

#include "base/fault.hpp"
#include "domain/app_report.hpp"
#include "domain/local_receipt.hpp"
#include "domain/post_status.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace offline::intake {

namespace {

struct PartWord {
    std::string_view part, zh;
    bool needed;  // without it nobody is served
};
constexpr std::array<PartWord, 11> part_words{{{"id_card_reader", "证件读卡器", true},
                                               {"camera", "摄像头", false},
                                               {"face_comparison", "人脸比对", false},
                                               {"document_printer", "文件打印机", false},
                                               {"panel", "屏幕", true},
                                               {"speech", "语音", false},
                                               {"headphones", "耳机插孔", false},
                                               {"receipt_printer", "凭条打印机", false},
                                               {"code_scanner", "扫码器", false},
                                               {"document_camera", "文件摄像头", false},
                                               {"cabinet", "机柜", false}}};

const PartWord* word_of(std::string_view part) {
    const auto* at = std::ranges::find(part_words, part, &PartWord::part);
    return at == part_words.end() ? nullptr : at;
}

std::string pause_zh(std::string_view reason) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> words{
        {{"maintenance", "维护"}, {"paper", "缺纸"}, {"device", "设备"}, {"network", "网络"}}};
    for (const auto& [word, zh] : words)
        if (word == reason) return std::string(zh);
    return std::string(reason);
}

void judge_part(const papers::PartLine& part, std::vector<Cause>& out) {
    const auto* known = word_of(part.part);
    const std::string zh = part_zh(part.part);
    const bool needed = known != nullptr && known->needed;
    if (part.state == "unavailable") {
        out.push_back({needed || part.supply == "out" ? Light::red : Light::amber,
                       part.fault.empty() ? zh + "不能用" : zh + "：" + fault_zh(part.fault)});
        return;
    }
    if (part.supply == "out") {
        out.push_back({Light::red, zh + "：纸或耗材用完"});
    } else if (part.supply == "low") {
        out.push_back({Light::amber, zh + "：纸或耗材将尽"});
    }
    if (part.state == "degraded" || !part.fault.empty())
        out.push_back(
            {Light::amber, zh + "：" + (part.fault.empty() ? "部分可用" : fault_zh(part.fault))});
}

std::string since_zh(std::chrono::hours time) {
    return time.count() >= 48 ? fmt::format("{} 天", time.count() / 24)
                              : fmt::format("{} 小时", time.count());
}

Judgement sorted(std::vector<Cause> causes) {
    std::ranges::stable_sort(causes, std::greater{}, &Cause::light);
    const Light light = causes.empty() ? Light::green : causes.front().light;
    return {light, std::move(causes)};
}

std::vector<Cause> causes_in(const papers::HeartbeatContent& c) {
    std::vector<Cause> out;
    const auto red = [&](std::string text) { out.push_back({Light::red, std::move(text)}); };
    const auto amber = [&](std::string text) { out.push_back({Light::amber, std::move(text)}); };
    if (c.revoked) red("终端已被吊销");
    if (!c.app_there) red(c.app.empty() ? "办事程序还没有启动过" : "办事程序没有运行");
    if (c.app_there && c.pack.empty()) red("没有可用的事项包，暂停服务");
    if (!c.taking && !c.revoked) red("不能再收件：存储已满或有故障");
    if (c.proof == static_cast<std::int64_t>(domain::ScreenProof::frozen)) red("屏幕画面不动了");
    if (c.proof == static_cast<std::int64_t>(domain::ScreenProof::blank)) red("屏幕是黑的");
    for (const auto& part : c.parts) judge_part(part, out);
    if (!c.pause.empty()) amber("维护人员已暂停服务：" + pause_zh(c.pause));
    if (c.certificate_days >= 0 && c.certificate_days < 14) {
        if (c.certificate_days == 0)
            red("终端证书已到期");
        else
            amber(fmt::format("终端证书还有 {} 天到期", c.certificate_days));
    }
    if (c.attention > 0) amber(fmt::format("{} 件待处理，需要人工查看", c.attention));
    if (c.oldest_minutes >= 24 * 60)
        amber(fmt::format("最早的件已等待 {} 天没有送达", c.oldest_minutes / (24 * 60)));
    if (c.outbox_percent >= 80) amber(fmt::format("待送存储已用 {}%", c.outbox_percent));
    if (c.disk_free_percent >= 0 && c.disk_free_percent < 10)
        out.push_back({c.disk_free_percent < 5 ? Light::red : Light::amber,
                       fmt::format("磁盘只剩 {}%", c.disk_free_percent)});
    if (c.paper_hours >= 0 && c.paper_hours < 24)
        amber(fmt::format("文件打印机的纸大约还够 {} 小时", c.paper_hours));
    if (c.roll_hours >= 0 && c.roll_hours < 24)
        amber(fmt::format("小票打印机的纸卷大约还够 {} 小时", c.roll_hours));
    if (c.pack_outdated) amber("事项包可能已过期");
    if (c.clock_trust == static_cast<std::int64_t>(domain::ClockTrust::none)) amber("时钟不可信");
    return out;
}

}  // namespace

std::string_view name(Light light) {
    constexpr std::array<std::string_view, 3> names{"green", "amber", "red"};
    return names.at(static_cast<std::size_t>(light));
}

std::string fault_zh(const std::string& fault) {
    for (int i = 0; i < base::fault_code_count; ++i) {
        const auto code = static_cast<base::FaultCode>(i);
        if (base::name(code) == fault) return std::string(base::entry(code).technician_zh);
    }
    return fault;
}

std::string part_zh(std::string_view part) {
    const auto* known = word_of(part);
    return std::string(known != nullptr ? known->zh : part);
}

Judgement judge(const papers::HeartbeatContent& content) {
    return sorted(causes_in(content));
}

Judgement judge(const papers::HeartbeatContent& content, base::Instant received_at,
                base::Instant now) {
    auto causes = causes_in(content);
    const auto silent = std::chrono::duration_cast<std::chrono::hours>(now - received_at);
    if (silent >= silence_amber)
        causes.insert(causes.begin(), {silent >= silence_red ? Light::red : Light::amber,
                                       since_zh(silent) + "没有消息"});
    return sorted(std::move(causes));
}

Judgement with(Judgement judgement, std::vector<Cause> more) {
    auto& causes = judgement.causes;
    // Twice the same is said once: the terminal knows itself that its certificate is over.
    for (auto& one : more)
        if (std::ranges::find(causes, one) == causes.end()) causes.push_back(std::move(one));
    return sorted(std::move(causes));
}

Judgement never_heard(base::Instant issued_at, base::Instant now) {
    const auto silent = std::chrono::duration_cast<std::chrono::hours>(now - issued_at);
    if (silent < silence_red) return {Light::amber, {{Light::amber, "还没有消息"}}};
    return {Light::red, {{Light::red, "拿到证书后 " + since_zh(silent) + "还没有消息"}}};
}

}  // namespace offline::intake
