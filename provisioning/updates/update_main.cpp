// kiosk-update: the one program of a terminal that changes its programs. Root, and no network.
#include "provisioning/updates/machine_services.hpp"
#include "provisioning/updates/telling.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace {

namespace updates = provisioning::updates;

// 0 in order, also when it waits or there is nothing to do; 1 cannot run; 2 configuration; 3 what
// came was refused and nothing was changed; 4 the update did not succeed, see status.
enum Exit { in_order = 0, cannot_run = 1, configuration = 2, refused = 3, failed = 4 };

int ended_with(const base::Fault& fault) {
    using base::FaultCode;
    std::cerr << "kiosk-update: " << base::name(fault.code) << ": " << fault.safe_detail << "\n"
              << "kiosk-update: " << base::entry(fault.code).technician_zh << "\n";
    switch (fault.code) {
        case FaultCode::ReleaseWrong:
        case FaultCode::ReleaseOutdated:
        case FaultCode::FeedWrong:
        case FaultCode::SignatureWrong:
        case FaultCode::KeyUnknown:
        case FaultCode::RealmMismatch:
        case FaultCode::SuiteMismatch:
        case FaultCode::RootMismatch:
        case FaultCode::KeySetOutdated:
            return refused;
        case FaultCode::UpdateFailed:
            return failed;
        default:
            return cannot_run;
    }
}

void show(const updates::Journal& journal) {
    for (const auto& line : updates::journal_text(journal)) std::cout << line << "\n";
}

int show_status(const std::string& folder) {
    const auto journal = updates::read_journal(folder);
    if (!journal) return ended_with(journal.error());
    show(*journal);
    return journal->step == updates::Step::given_up ? failed : in_order;
}

int check(updates::Updater& updater) {
    const auto found = updater.check();
    if (!found && found.error().code == base::FaultCode::AnswerNotFound) {
        std::cout << "没有要装的更新（" << found.error().safe_detail << "）\n";
        return in_order;
    }
    if (!found) return ended_with(found.error());
    std::cout << "有更新：第 " << found->list.release << " 次，版本 " << found->list.software
              << "，有效到 " << base::iso8601_local(found->list.expires_at).substr(0, 16) << "\n";
    for (const auto& package : found->list.packages)
        std::cout << "  " << package.name << " " << package.version << "\n";
    return in_order;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"终端程序的更新：核对中心签名的软件包清单，在更新时段安装，自检不过就退回"};
    app.set_version_flag("--version", CW_VERSION);
    std::string config_path;
    app.add_option("--config", config_path, "终端的配置文件")->required();
    app.require_subcommand(1);
    app.fallthrough();
    const auto* check_command = app.add_subcommand("check", "看有没有更新，什么也不改");
    const auto* stage_command = app.add_subcommand("stage", "核对并备好更新，还不安装");
    const auto* install_command =
        app.add_subcommand("install", "做下一步：备好、等时段、安装、自检、必要时退回");
    const auto* resume_command =
        app.add_subcommand("resume", "开机时把断电打断的安装做完，不启动任何程序");
    const auto* light_command =
        app.add_subcommand("give-back", "更新程序被强行结束后，重新打开屏幕（由系统服务调用）");
    const auto* confirm_command = app.add_subcommand("confirm", "对已装好的版本再做一次自检");
    const auto* back_command = app.add_subcommand("roll-back", "退回上一版本，这一版不再安装");
    const auto* status_command = app.add_subcommand("status", "看更新做到了哪一步");
    CLI11_PARSE(app, argc, argv);

    const auto read = provisioning::config::read_config(config_path);
    if (!read.problems.empty()) {
        std::cerr << provisioning::config::as_text(read.problems);
        return configuration;
    }
    const auto& config = read.config;
    if (status_command->parsed()) return show_status(config.updates.folder);
    const base::SystemClock clock;
    base::DescriptorEventLog log(2, clock);
    updates::ServiceSettings settings;
    settings.state_folder = config.terminal.state_folder;
    updates::MachineServices services(settings);
    updates::Updater updater({config, updates::Dpkg({}), services, clock, log,
                              [&config](const updates::Journal& journal) {
                                  return updates::tell_centre(config.post.outbox_folder, journal);
                              }});
    if (check_command->parsed()) return check(updater);
    const auto done = stage_command->parsed()     ? updater.stage()
                      : install_command->parsed() ? updater.run()
                      : resume_command->parsed()  ? updater.resume()
                      : light_command->parsed()   ? updater.light()
                      : confirm_command->parsed() ? updater.confirm()
                      : back_command->parsed()    ? updater.roll_back()
                                                  : base::Status{};
    if (!done && done.error().code == base::FaultCode::AnswerNotFound) {
        std::cout << "没有要做的（" << done.error().safe_detail << "）\n";
        return in_order;
    }
    if (!done) return ended_with(done.error());
    show(updater.journal());
    return in_order;
}
