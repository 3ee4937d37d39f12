#include "offline/courier/terminal/commands.hpp"

#include "offline/courier/terminal/outbox_depot.hpp"
#include "offline/courier/terminal/registration.hpp"
#include "offline/courier/terminal/release_import.hpp"
#include "offline/courier/terminal/running_post.hpp"
#include "offline/papers/feed.hpp"

#include <fmt/format.h>

#include <optional>

namespace offline::courier {

namespace {

using base::FaultCode;

// The outbox, wherever it is: with the post that runs, or here.
class AnyDepot {
  public:
    static base::Result<std::unique_ptr<AnyDepot>> open(const CommandSettings& settings,
                                                        const outbox::Terminal& terminal,
                                                        const sealing::KeySet& keys,
                                                        const base::Clock& clock,
                                                        base::EventLog& log) {
        auto out = std::make_unique<AnyDepot>();
        if (auto line = CallClient::connect(call_socket_in(settings.outbox_folder))) {
            out->depot_ = std::make_unique<RunningPost>(std::move(*line));
            return out;
        }
        out->outbox_.emplace(TRY(
            outbox::Outbox::open({settings.outbox_folder, settings.quota_bytes}, terminal, clock)));
        out->depot_ = std::make_unique<OutboxDepot>(*out->outbox_, keys, log);
        return out;
    }
    Depot& get() { return *depot_; }

  private:
    std::optional<outbox::Outbox> outbox_;
    std::unique_ptr<Depot> depot_;
};

std::string megabytes(std::int64_t bytes) {
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

OnProgress progress_in(const Say& say) {
    return [say, told = std::int64_t{-1}, reading = false](const Progress& now) mutable {
        if (now.step == Progress::Step::reading_again && !reading) {
            reading = true;
            say(fmt::format("正在从U盘读回核对，共 {} 个文件，请勿拔出", now.of));
        }
        if (now.step != Progress::Step::writing || now.of == 0) return;
        const auto tenth = now.done * 10 / now.of;
        if (tenth == told) return;
        told = tenth;
        say(fmt::format("已写入 {}%，共约 {}", tenth * 10, megabytes(now.of)));
    };
}

base::Result<std::set<std::int64_t>> all_waiting(Depot& depot) {
    std::set<std::int64_t> out;
    for (std::int64_t after = 0;;) {
        const auto window = TRY(depot.waiting(after, 256));
        if (window.empty()) return out;
        for (const auto& item : window) out.insert(item.seq);
        after = window.back().seq;
    }
}

base::Status list(const Marks& marks, Depot& depot, const Say& say) {
    const auto waiting = TRY(all_waiting(depot));
    say(fmt::format("待送达 {} 件", waiting.size()));
    if (marks.all().empty()) say("还没有导出过");
    for (const auto& [id, mark] : marks.all()) {
        std::int64_t all = 0, open = 0;
        for (const auto& object : mark.objects)
            for (const auto seq : object.seqs) {
                ++all;
                open += waiting.contains(seq) ? 1 : 0;
            }
        const char* state = !mark.verified ? "没有写完，请插回该U盘再导出一次"
                            : open > 0     ? "已导出，等回执"
                                           : "已全部回执";
        say(fmt::format("{}  第 {} 包  U盘 {}  {} 件，其中 {} 件无回执  {}",
                        base::iso8601_local(mark.created_at).substr(0, 16), mark.counter,
                        mark.stick.substr(0, 8), all, open, state));
    }
    return {};
}

base::Status say_exported(const Exported& exported, const Say& say) {
    if (exported.objects == 0 && exported.looked_at > 0)
        say(fmt::format("没有新的要导出；U盘上的 {} 个数据包又读了一遍，完好", exported.looked_at));
    else if (exported.objects == 0)
        say("没有要导出的");
    else
        say(fmt::format("已导出 {} 件（{} 个文件），读回核对无误{}", exported.submissions,
                        exported.objects, exported.continued ? "；接着上次没写完的" : ""));
    say("可以拔出U盘。导出不等于送达：回执带回之前，终端不删除任何一件");
    return {};
}

// False: the stick carries a release that was refused; nothing was changed by it.
bool take_release(Medium& medium, const CommandSettings& settings, const sealing::KeySet& keys,
                  const std::string& terminal, base::EventLog& log, const Say& say) {
    const auto taken =
        import_release(medium, settings.feeds_folder, keys, terminal, store::real_disk());
    if (!taken) {
        log.record(base::log::ReleaseRefused{taken.error().code, taken.error().safe_detail});
        say(fmt::format("U盘上的更新被拒绝，原版本不变：{}（{} {}）",
                        base::entry(taken.error().code).technician_zh,
                        base::name(taken.error().code), taken.error().safe_detail));
        return false;
    }
    if (!*taken) return true;
    const ReleaseFromStick& release = **taken;
    if (!release.for_us) {
        say(fmt::format("U盘上的第 {} 次更新不是给本机的，未动", release.release));
        return true;
    }
    log.record(base::log::ReleaseTaken{release.release, release.missing});
    say(fmt::format("第 {} 次更新：收下 {} 个软件包，还缺 {} 个；在更新时段、没有人用时安装",
                    release.release, release.packages, release.missing));
    return true;
}

}  // namespace

base::Result<CommandResult> run_command(Command command, const std::string& stick_folder,
                                        const CommandSettings& settings,
                                        const outbox::Terminal& terminal,
                                        const sealing::PinnedRoot& root,
                                        const sealing::KeySet& keys, const base::Clock& clock,
                                        base::EventLog& log, const Say& say) {
    auto& disk = store::real_disk();
    TRY_STATUS(disk.make_folder(settings.courier_folder));
    const auto lock = TRY(disk.lock(settings.courier_folder + "/courier.lock"));
    const Sticks sticks{&disk, settings.courier_folder + "/sticks"};
    if (command == Command::register_stick) {
        const auto medium = TRY(open_medium(stick_folder));
        const auto stick = TRY(register_stick(*medium, sticks, terminal));
        say("已登记，U盘编号 " + stick.substr(0, 8));
        return CommandResult{};
    }
    Marks marks = TRY(Marks::open(disk, settings.courier_folder + "/marks"));
    const auto depot = TRY(AnyDepot::open(settings, terminal, keys, clock, log));
    if (command == Command::list) {
        TRY_STATUS(list(marks, depot->get(), say));
        return CommandResult{};
    }
    const auto medium = TRY(open_medium(stick_folder));
    const auto stick = check_stick(*medium, sticks, terminal);
    if (!stick) {
        log.record(base::log::BundleRefused{stick.error().code});
        return base::fail(stick.error());
    }
    if (command == Command::export_bundle) {
        const auto exported = TRY(
            Exporter(depot->get(), *medium, marks, terminal, keys, clock, log, {}, progress_in(say))
                .run(*stick));
        TRY_STATUS(say_exported(exported, say));
        return CommandResult{};
    }
    const OnKeySet keep_key_set = [&](const sealing::KeySet& newer,
                                      base::ByteView file) -> base::Status {
        const auto name = papers::feed_file_name(papers::Feed::key_set, newer.version());
        TRY_STATUS(disk.make_folder(settings.feeds_folder));
        TRY_STATUS(store::replace_file(disk, settings.feeds_folder + "/" + name, file));
        say(fmt::format("密钥集已更新到第 {} 版；请重启终端程序，再导入一次", newer.version()));
        return {};
    };
    const auto imported =
        TRY(Importer(depot->get(), *medium, marks, {disk, settings.courier_folder + "/copy"},
                     terminal, root, keys, log, keep_key_set)
                .run());
    say(fmt::format("导入 {} 个回执包，{} 张回执，其中 {} 张是新的", imported.returns,
                    imported.receipts, imported.changed));
    if (imported.others > 0) say(fmt::format("另有 {} 个不属于本机，未动", imported.others));
    if (imported.rejected > 0)
        say(fmt::format("{} 张回执与本机所存不符，未采用", imported.rejected));
    for (const auto& fault : imported.refused)
        say(fmt::format("一个回执包被拒绝，什么也没有改动：{}（{} {}）",
                        base::entry(fault.code).technician_zh, base::name(fault.code),
                        fault.safe_detail));
    const bool release_well =
        take_release(*medium, settings, keys, terminal.certificate.terminal, log, say);
    say(fmt::format("还有 {} 件待送达。可以拔出U盘", TRY(all_waiting(depot->get())).size()));
    return CommandResult{imported.refused.empty() && imported.rejected == 0 && release_well};
}

}  // namespace offline::courier
