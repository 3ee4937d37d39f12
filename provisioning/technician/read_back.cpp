#include "provisioning/technician/read_back.hpp"

#include "base/random.hpp"
#include "domain/check_characters.hpp"
#include "drivers/qr/code_finder.hpp"
#include "provisioning/technician/device_test_tools.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace provisioning::technician {

using base::Millis;
using domain::DeviceKind;

namespace {

constexpr std::string_view mark = "CWT1:";
constexpr std::size_t drawn_letters = 12;
constexpr std::string_view letters = "0123456789ABCDEFGHJKLMNPQRTUVWXY";  // 32: a byte draws evenly
constexpr Millis look_every{50};

bool is_at_hand(const Bench& bench, DevicesAtWork& work, DeviceKind kind) {
    const bool configured = std::ranges::any_of(
        bench.configured, [kind](const Device& device) { return device.kind == kind; });
    if (!configured) return false;
    work.hear_of(kind, bench.stop, bench.settle_limit, bench.clock);
    return work.health_of(kind).state != domain::DeviceState::unavailable;
}

// What reads at this terminal, for as long as it lives.
class Eyes {
  public:
    Eyes(const Bench& bench, DevicesAtWork& work)
        : work_(work),
          scanner_(is_at_hand(bench, work, DeviceKind::code_scanner)),
          camera_(!scanner_ && is_at_hand(bench, work, DeviceKind::camera)),
          desk_(!scanner_ && is_at_hand(bench, work, DeviceKind::document_camera)) {
        auto& devices = work_.devices();
        if (camera_) devices.camera->start();
        if (scanner_ || camera_)
            devices.code_reader->start(test_ticket, scanner_
                                                        ? drivers::LookWith::scanner
                                                        : drivers::LookWith::scanner_and_camera);
        if (desk_) devices.document_camera->start(test_ticket);
    }
    ~Eyes() {
        auto& devices = work_.devices();
        if (scanner_ || camera_) devices.code_reader->stop();
        if (camera_) devices.camera->stop();
        if (desk_) devices.document_camera->stop();
    }
    Eyes(const Eyes&) = delete;
    Eyes& operator=(const Eyes&) = delete;

    bool are_there() const { return scanner_ || camera_ || desk_; }
    const char* request() const {
        return scanner_ ? "请用扫码器扫刚打出来的这一张上的码"
               : camera_ && desk_ ? "请把刚打出来的这一张放在高拍仪下面，或把码对准摄像头"
               : desk_ ? "请把刚打出来的这一张放在高拍仪下面"
                       : "请把刚打出来的这一张上的码对准摄像头";
    }
    // What came before one of them within `limit`, as text.
    std::optional<base::SecretText> next(std::stop_token stop, Millis limit,
                                         const base::Clock& clock) {
        auto seen = work_.next_of<drivers::CodeSeen>(stop, limit, clock);
        if (seen) return std::move(seen->text);
        return desk_ ? under_the_desk_camera() : std::nullopt;
    }

  private:
    std::optional<base::SecretText> under_the_desk_camera() {
        const auto frame = work_.devices().document_camera->frames().get();
        if (!frame || frame->number == last_frame_) return std::nullopt;
        last_frame_ = frame->number;
        return finder_.find(*frame->picture);
    }
    DevicesAtWork& work_;
    const bool scanner_, camera_, desk_;
    std::uint64_t last_frame_ = 0;
    drivers::qr::FrameFinder finder_;
};

}  // namespace

std::string draw_test_code() {
    std::string drawn;
    for (const auto byte : base::random_bytes<drawn_letters>())
        drawn += letters.at(byte % letters.size());
    return std::string(mark) + drawn + domain::mod_37_36(drawn);
}

bool is_test_code(std::string_view text) {
    if (!text.starts_with(mark) || text.size() != mark.size() + drawn_letters + 1) return false;
    const auto drawn = text.substr(mark.size(), drawn_letters);
    return drawn.find_first_not_of(letters) == std::string_view::npos &&
           domain::mod_37_36(drawn) == text.back();
}

bool read_back(Bench& bench, DevicesAtWork& work, std::string_view code) {
    if (bench.read_back_limit.count() <= 0) return false;
    Eyes eyes(bench, work);
    if (!eyes.are_there()) return false;
    bench.say(fmt::format("{}，{} 秒内没有读到就由人看", eyes.request(),
                          bench.read_back_limit.count() / 1000));
    const auto until = bench.clock.steady() + bench.read_back_limit;
    // A page that lies before a camera is seen again and again, and told once.
    bool told_older = false, told_other = false;
    for (auto left = bench.read_back_limit; left.count() > 0 && !bench.stop.stop_requested();
         left = until - bench.clock.steady()) {
        const auto seen = eyes.next(bench.stop, std::min(left, look_every), bench.clock);
        if (!seen) continue;
        const std::string_view text = **seen;
        if (text == code) {
            bench.judged = Judged::by_reading;
            bench.say("读回了刚打的这一张，机器判定打印和读码都好");
            return true;
        }
        bool& told = is_test_code(text) ? told_older : told_other;
        if (!told)
            bench.say(is_test_code(text) ? "那是以前打的一张，请换刚打出来的这一张"
                                         : "读到的不是测试页上的码");
        told = true;
    }
    bench.say("没有读回刚打的这一张，由人看");
    return false;
}

}  // namespace provisioning::technician
