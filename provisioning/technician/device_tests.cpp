// The tests of single devices (ux.md T05 to T08).
#include "drivers/face/measures/light.hpp"
#include "provisioning/technician/device_test_tools.hpp"
#include "provisioning/technician/picture_measures.hpp"

#include <fmt/format.h>

namespace provisioning::technician {

using base::Millis;
using domain::DeviceKind;

namespace {

constexpr Millis look_every{10};

const char* kind_of(const domain::IdCardRecord& card) {
    switch (card.type) {
        case domain::CardType::resident:
            return "居民身份证";
        case domain::CardType::hk_macao_taiwan:
            return "港澳台居民居住证";
        case domain::CardType::foreigner_2017:
        case domain::CardType::foreigner_2023:
            return "外国人永久居留身份证";
        case domain::CardType::unknown:
            break;
    }
    return "不认识的证件";
}

bool card_is_taken(Bench& bench, DevicesAtWork& work) {
    bench.say("请把卡拿起来");
    const auto until = bench.clock.steady() + bench.patience;
    for (auto left = bench.patience; left.count() > 0; left = until - bench.clock.steady()) {
        const auto event = work.next(bench.stop, left);
        if (!event) break;
        if (std::holds_alternative<drivers::CardRemoved>(*event)) {
            bench.say("发现卡已拿走");
            return true;
        }
        if (std::holds_alternative<drivers::CardWatchEnded>(*event)) {
            bench.say("这个型号发现不了卡被拿走：办事时会请人自己确认");
            return true;
        }
    }
    bench.say("没有发现卡被拿走");
    return false;
}

bool test_card(Bench& bench, DevicesAtWork& work) {
    if (!works(bench, work, DeviceKind::id_card_reader)) return false;
    auto& reader = *work.devices().id_card_reader;
    bench.say("请把一张身份证放在读卡区");
    reader.start_read(test_ticket);
    if (!work.next_of<drivers::CardFound>(bench.stop, bench.patience, bench.clock)) {
        bench.say("没有发现卡");
        return false;
    }
    const auto found = bench.clock.steady();
    auto finished =
        work.next_of<drivers::CardReadFinished>(bench.stop, bench.patience, bench.clock);
    const auto took = bench.clock.steady() - found;
    if (!finished || !finished->record) {
        bench.say("没有读成：" + (finished ? reason(finished->record.error()) : "没有结果"));
        return false;
    }
    const auto& card = **finished->record;
    bench.say(fmt::format("读到一张{}，用时 {} 毫秒，{}", kind_of(card), took.count(),
                          card.photo.empty() ? "没有照片" : "有照片"));
    return card_is_taken(bench, work);
}

bool test_camera(Bench& bench, DevicesAtWork& work) {
    if (!works(bench, work, DeviceKind::camera)) return false;
    auto& camera = *work.devices().camera;
    camera.start();
    // Frames are numbered as they come, so that looking now and then counts them all.
    std::optional<domain::Frame> last;
    std::uint64_t first_number = 0;
    const auto begun = bench.clock.steady();
    while (bench.clock.steady() - begun < bench.camera_span && !bench.stop.stop_requested()) {
        (void)work.next(bench.stop, look_every);
        auto frame = camera.frames().get();
        if (!frame) continue;
        if (!last) first_number = frame->number;
        last = std::move(frame);
    }
    const auto span = bench.clock.steady() - begun;
    camera.stop();
    if (!last) {
        bench.say("没有画面");
        return false;
    }
    const auto frames = last->number - first_number + 1;
    const auto& picture = *last->picture;
    const auto light = drivers::face::judge_light(mean_luma(picture));
    bench.say(fmt::format("画面 {}×{}，每秒 {:.1f} 张", picture.width, picture.height,
                          1000.0 * static_cast<double>(frames) /
                              static_cast<double>(std::max<std::int64_t>(1, span.count()))));
    bench.say(fmt::format("亮度 {:.0f}（{}）", mean_luma(picture),
                          light == drivers::face::Light::good       ? "合适"
                          : light == drivers::face::Light::too_dark ? "太暗"
                                                                    : "太亮"));
    bench.say(fmt::format("清晰度 {:.1f}：对着有字的纸，转动镜头到最大", sharpness(picture)));
    return frames > 1 && light == drivers::face::Light::good;
}

bool test_code(Bench& bench, DevicesAtWork& work) {
    const bool scanner = works(bench, work, DeviceKind::code_scanner);
    if (!works(bench, work, DeviceKind::camera) && !scanner) return false;
    work.devices().camera->start();
    work.devices().code_reader->start(test_ticket, drivers::LookWith::scanner_and_camera);
    bench.say(scanner ? "请用扫码器扫一张二维码" : "请把一张二维码对准摄像头");
    const auto begun = bench.clock.steady();
    const auto seen = work.next_of<drivers::CodeSeen>(bench.stop, bench.patience, bench.clock);
    const auto took = bench.clock.steady() - begun;
    work.devices().code_reader->stop();
    work.devices().camera->stop();
    if (!seen) {
        bench.say("没有读到码");
        return false;
    }
    bench.say(fmt::format("读到一个码，{} 个字节，用途：{}，用时 {} 毫秒", seen->text->size(),
                          word(domain::scanned_code(*seen->text).purpose), took.count()));
    return true;
}

bool test_headphones(Bench& bench, DevicesAtWork& work) {
    if (!works(bench, work, DeviceKind::headphones)) return false;
    bench.say("请插上或拔下耳机");
    const auto changed =
        work.next_of<drivers::HeadphonesChanged>(bench.stop, bench.patience, bench.clock);
    bench.say(!changed ? "没有发现变化" : changed->plugged ? "发现耳机插上" : "发现耳机拔下");
    return changed.has_value();
}

}  // namespace

bool works(const Bench& bench, DevicesAtWork& work, DeviceKind kind) {
    for (const auto& device : bench.configured) {
        if (device.kind != kind) continue;
        work.hear_of(kind, bench.stop, bench.settle_limit, bench.clock);
        for (const auto& line : in_full(device, work.health_of(kind))) bench.say(line);
    }
    return work.health_of(kind).state != domain::DeviceState::unavailable;
}

std::string reason(const base::Fault& fault) {
    return fmt::format("{}（{} {}）", base::entry(fault.code).technician_zh, base::name(fault.code),
                       fault.safe_detail);
}

const std::vector<DeviceTest>& device_tests() {
    static const std::vector<DeviceTest> tests{
        {"card", "读卡器：模块、放卡、读卡用时、拿走", test_card},
        {"camera", "摄像头：每秒几张、亮度、清晰度", test_camera},
        {"code", "扫码：扫码器或摄像头扫一张码，只说用途", test_code},
        {"printer", "文件打印机：状态、打印测试页并读回、打印记录、cups 设置", test_printer},
        {"slip", "小票打印机：型号、状态、打印测试回执并读回、打印记录", test_receipt_printer},
        {"document", "高拍仪：找到纸、拍一张", test_document_camera},
        {"cabinet", "机柜：指示灯、门、按键、有人没人、断电", test_cabinet},
        {"headphones", "耳机插孔：插上、拔下", test_headphones},
        {"speaker", "喇叭：说一个数字，由人说听到的是几", test_speaker},
        {"panel", "触摸屏：在屏幕上的开通设置里测，这里看记下的结果", test_panel},
    };
    return tests;
}

}  // namespace provisioning::technician
