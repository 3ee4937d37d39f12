#include "offline/post/power_cut_drill.hpp"

#include "offline/outbox/outbox.hpp"
#include "offline/sealing/sealing.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace offline::post {

namespace {

using base::FaultCode;
using formats::Record;
namespace fs = std::filesystem;

constexpr std::int64_t quota = std::int64_t{64} << 20;
constexpr std::size_t content_bytes = 6000;  // an ordinary form
constexpr const char* terminal_id = "000000000000000";

std::string outbox_folder(const DrillSettings& settings) {
    return settings.folder + "/outbox";
}

outbox::OutboxOptions options_of(const DrillSettings& settings) {
    return {outbox_folder(settings), quota};
}

base::Status remember(const DrillSettings& settings, const sealing::SigningKey& root,
                      const outbox::Terminal& terminal, base::Instant now) {
    base::Bytes key = terminal.key.as_file("terminal-key", settings.realm);
    const sealing::WipeAtEnd wipe(key);
    TRY_STATUS(base::write_file(settings.folder + "/terminal.key", key));
    return base::write_file(
        settings.folder + "/drill.json",
        formats::to_json({{"v", std::int64_t{1}},
                          {"boot", settings.boot},
                          {"root", root.public_key().bytes},
                          {"suite", std::string(domain::name(root.public_key().suite))},
                          {"certificate", terminal.certificate.file},
                          {"began_at", now.time_since_epoch().count()}}));
}

struct Begun {
    std::string boot;
    outbox::Terminal terminal;
};
base::Result<Begun> recall(const DrillSettings& settings) {
    const auto file = base::read_file(settings.folder + "/drill.json");
    if (!file) return base::fail(FaultCode::AnswerNotFound, "no drill was begun");
    const Record record = TRY(formats::record_from_json(*file));
    formats::Fields in(record, FaultCode::BytesMalformed, "drill");
    TRY_STATUS(in.exactly("v", 1));
    const std::string boot = TRY(in.text("boot", 64));
    const sealing::PublicKey root = TRY(sealing::public_key_in(in, "root"));
    const base::Bytes certificate = TRY(in.bytes("certificate", 2048));
    base::Bytes key = TRY(base::read_file(settings.folder + "/terminal.key"));
    const sealing::WipeAtEnd wipe(key);
    return Begun{boot,
                 {TRY(sealing::TerminalCertificate::verify(certificate, {settings.realm, root})),
                  TRY(sealing::SigningKey::parse(key, "terminal-key", settings.realm))}};
}

// What was acknowledged: numbers and looks of slips, one a line, each flushed before the next
// submission is kept. A line that the cut left half written was not acknowledged.
std::set<std::string> acknowledged_in(base::ByteView file) {
    std::set<std::string> out;
    const auto text = base::as_text(file);
    for (std::size_t at = 0;;) {
        const auto end = text.find('\n', at);
        if (end == std::string_view::npos) return out;
        out.emplace(text.substr(at, end - at));
        at = end + 1;
    }
}

base::Result<std::int64_t> count_lost(const DrillSettings& settings, outbox::Terminal terminal,
                                      const std::set<std::string>& acknowledged,
                                      const base::Clock& clock) {
    auto box = TRY(outbox::Outbox::open(options_of(settings), std::move(terminal), clock));
    return std::ranges::count_if(acknowledged, [&](const std::string& code) {
        const auto found = box.look_up(code);
        return !found || found->delivery != domain::Delivery::kept;
    });
}

base::Status write_result(const DrillSettings& settings, const DrillResult& result) {
    return base::write_file(settings.folder + "/result.json",
                            formats::to_json({{"v", std::int64_t{1}},
                                              {"cut", std::int64_t{result.power_was_cut}},
                                              {"opened", std::int64_t{result.opened}},
                                              {"acknowledged", result.acknowledged},
                                              {"lost", result.lost},
                                              {"at", result.at.time_since_epoch().count()}}),
                            0644);
}

}  // namespace

base::Result<std::int64_t> begin_drill(const DrillSettings& settings, const sealing::KeySet& keys,
                                       const base::Clock& clock,
                                       const std::function<bool(base::Millis)>& wait,
                                       const DrillSay& say) {
    std::error_code ignored;
    fs::remove_all(settings.folder, ignored);
    auto& disk = store::real_disk();
    TRY_STATUS(disk.make_folder(settings.folder));
    TRY_STATUS(disk.make_folder(outbox_folder(settings)));
    const auto root = sealing::SigningKey::generate();
    const auto key = sealing::SigningKey::generate();
    const outbox::Terminal terminal{TRY(sealing::TerminalCertificate::issue(
                                        root, settings.realm, terminal_id, key.public_key())),
                                    key};
    TRY_STATUS(remember(settings, root, terminal, clock.now()));
    auto box = TRY(outbox::Outbox::open(options_of(settings), terminal, clock));
    auto book = TRY(disk.create(settings.folder + "/acknowledged"));
    TRY_STATUS(disk.sync_folder(settings.folder));

    say("现在可以拔掉电源。通电开机以后，运行 kiosk-post drill check 看结果。");
    const base::Bytes made_up(content_bytes, std::uint8_t{'0'});
    const auto until = clock.steady() + settings.lasts;
    std::int64_t count = 0;
    while (clock.steady() < until) {
        const auto id = domain::SubId::draw();
        auto envelope = TRY(sealing::seal_submission(keys, clock.now(), id, made_up));
        const auto receipt =
            TRY(box.accept({id, "000000000000", 1, clock.now(), std::move(envelope)}));
        TRY_STATUS(book->write(base::to_bytes(receipt.qr_text + "\n")));
        TRY_STATUS(book->sync());
        TRY_STATUS(box.checkpoint_when_due());
        if (++count % 25 == 0) say(fmt::format("已确认 {} 件", count));
        if (wait(settings.between)) break;
    }
    say(fmt::format("没有断电就结束了，已确认 {} 件", count));
    return count;
}

base::Result<DrillResult> check_drill(const DrillSettings& settings, const base::Clock& clock,
                                      const DrillSay& say) {
    auto begun = TRY(recall(settings));
    DrillResult result;
    result.at = clock.now();
    result.power_was_cut = begun.boot != settings.boot;
    const auto book = base::read_file(settings.folder + "/acknowledged");
    const auto acknowledged = book ? acknowledged_in(*book) : std::set<std::string>{};
    result.acknowledged = static_cast<std::int64_t>(acknowledged.size());
    const auto lost = count_lost(settings, std::move(begun.terminal), acknowledged, clock);
    result.opened = lost.has_value();
    result.lost = lost ? *lost : result.acknowledged;
    say(!result.power_was_cut ? "从开始到现在，机器没有重新启动过：这次演练不算"
        : result.acknowledged == 0 ? "断电以前一件也没有确认过：再做一次，等看到“已确认”再拔"
        : !result.opened ? "断电以后打不开存放的文件：不要用这块硬盘"
        : result.lost > 0
            ? fmt::format("断电以前确认过 {} 件，少了 {} 件：不要用这块硬盘，它谎报写入完成",
                          result.acknowledged, result.lost)
            : fmt::format("断电以前确认过 {} 件，一件不少", result.acknowledged));
    TRY_STATUS(write_result(settings, result));
    if (result.passed()) {
        std::error_code ignored;
        fs::remove_all(outbox_folder(settings), ignored);
    }
    return result;
}

}  // namespace offline::post
