#include "provisioning/updates/telling.hpp"

#include "offline/post/service_line.hpp"

namespace provisioning::updates {

namespace {

const char* in_chinese(Step step) {
    switch (step) {
        case Step::none:
            return "没有更新过";
        case Step::staged:
            return "已备好，等更新时段、且没有人在用";
        case Step::begun:
            return "正在安装";
        case Step::installed:
            return "已安装，还没有自检";
        case Step::on_trial:
            return "正在自检";
        case Step::confirmed:
            return "已更新，自检通过";
        case Step::rolling_back:
            return "正在退回上一版本";
        case Step::rolled_back:
            return "没有成功，已退回上一版本；这一版不再安装";
        case Step::given_up:
            break;
    }
    return "新旧版本都没有装好，要有人来看";
}

const char* verdict_of(Step step) {
    if (step == Step::confirmed) return "passed";
    return step == Step::rolled_back ? "attention" : "failed";
}

}  // namespace

std::vector<std::string> journal_text(const Journal& journal) {
    std::vector<std::string> out;
    if (journal.step == Step::none) return {in_chinese(journal.step)};
    out.push_back("第 " + std::to_string(journal.release) + " 次更新（" + journal.software +
                  "）：" + in_chinese(journal.step));
    out.push_back("时间：" + base::iso8601_local(journal.at).substr(0, 16));
    if (!journal.why.empty()) out.push_back("原因：" + journal.why);
    for (const auto& package : journal.packages)
        out.push_back("  " + package.name + " " + package.version);
    return out;
}

offline::papers::ServiceContent record_of(const Journal& journal) {
    offline::papers::ServiceContent out;
    out.kind = offline::papers::ServiceKind::update;
    out.made_at = journal.at;
    out.software = journal.software;
    std::string found =
        "release " + std::to_string(journal.release) + " " + std::string(name(journal.step));
    if (!journal.why.empty()) found += ": " + journal.why;
    out.checks.push_back(std::string("update\t") + verdict_of(journal.step) + "\tmachine\t" +
                         std::to_string(journal.at.time_since_epoch().count()) + "\t0\t更新\t" +
                         found + "\t" +
                         (journal.step == Step::given_up ? "到现场看 kiosk-update status" : ""));
    for (const auto& package : journal.packages)
        out.machine.push_back(package.name + "\t" + package.version);
    return out;
}

base::Status tell_centre(const std::string& outbox_folder, const Journal& journal) {
    const auto line =
        TRY(offline::courier::CallClient::connect(offline::courier::call_socket_in(outbox_folder)));
    TRY(offline::post::have_it_signed(*line, record_of(journal)));
    return {};
}

}  // namespace provisioning::updates
