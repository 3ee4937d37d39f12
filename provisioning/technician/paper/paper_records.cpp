#include "provisioning/technician/paper/paper_records.hpp"

#include "base/bytes.hpp"
#include "drivers/printer/spooler/cupsd_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace provisioning::technician {

using drivers::printer::LedgerBook;
using drivers::printer::LedgerJob;
using drivers::printer::SheetFate;

namespace {

constexpr std::size_t told_most = 10;  // prints; the ledger itself keeps more

std::string moment(base::Instant at) {
    constexpr std::size_t from = 5, date = 5;  // 2026-11-26T09:41:00+08:00
    return base::iso8601_local(at).substr(from, date) + " " + base::local_time_hh_mm(at);
}

// The words of kiosk/app/paper_worker.cpp and of this program.
std::string word_of(const std::string& document) {
    if (document == "receipt") return "回执";
    if (document == "letter") return "申请书";
    if (document == "test") return "测试页";
    return document;
}

std::string sheets_with(const LedgerJob& job, SheetFate fate) {
    std::string numbers;
    for (std::size_t i = 0; i < job.sheets.size(); ++i)
        if (job.sheets[i] == fate) numbers += (numbers.empty() ? "" : "、") + std::to_string(i + 1);
    return numbers;
}

std::string told(const LedgerJob& job, SheetFate fate) {
    return fmt::format("  {}  {}{}，共 {} 张，第 {} 张", moment(job.begun), word_of(job.document),
                       job.copy ? "（副本）" : "", job.sheets.size(), sheets_with(job, fate));
}

bool has(const LedgerJob& job, SheetFate fate) {
    return std::ranges::count(job.sheets, fate) > 0;
}

std::string unreadable(const std::string& file) {
    return fmt::format("要查：{} 读不了，请用 sudo 运行，或看文件是否损坏", file);
}

}  // namespace

std::vector<std::string> in_words(const LedgerBook& book) {
    const auto& counted = book.counters;
    const auto since =
        counted.since == base::Instant{} ? "至今" : "自 " + moment(counted.since) + " 换纸以来";
    std::vector<std::string> lines{
        fmt::format("打印记录：{}打成 {} 张，打坏 {} 张，不知打没打成 {} 张", since,
                    counted.printed, counted.spoiled, counted.unknown)};
    std::vector<std::string> unknown;
    for (auto job = book.jobs.rbegin(); job != book.jobs.rend(); ++job) {
        if (has(*job, SheetFate::begun)) lines.push_back(told(*job, SheetFate::begun) + "还在打");
        if (has(*job, SheetFate::unknown)) unknown.push_back(told(*job, SheetFate::unknown));
    }
    if (unknown.empty()) return lines;
    lines.emplace_back("不知打没打成的（新的在前），请看出纸口有没有这些纸：");
    const auto told = std::min(unknown.size(), told_most);
    lines.insert(lines.end(), unknown.begin(), unknown.begin() + static_cast<std::ptrdiff_t>(told));
    if (unknown.size() > told)
        lines.push_back(fmt::format("  还有更早的 {} 次", unknown.size() - told));
    return lines;
}

Finding ledger_findings(const std::string& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error) && !error) return {{"打印记录：还没有打过"}};
    const auto bytes = base::read_file(file);
    if (!bytes) return {{unreadable(file)}, false};
    const auto read = drivers::printer::read_ledger(base::as_text(*bytes));
    Finding found{in_words(read.book)};
    // A line that is being written this moment looks the same as one that a power cut tore.
    if (read.sound_bytes < bytes->size())
        found.lines.emplace_back("记录的末尾不完整，kiosk 启动时会清掉");
    return found;
}

Finding spooler_findings(const PaperRecords& records) {
    Finding found;
    if (records.cupsd_settings.empty()) return found;
    const auto policy = records.ask_error_policy();
    if (policy && policy->empty()) return found;

    const auto say = [&](const drivers::printer::SettingsProblem& problem) {
        found.well = false;
        found.lines.push_back("要改：" + drivers::printer::in_words(problem, base::Locale::zh));
    };
    if (const auto settings = base::read_file(records.cupsd_settings)) {
        for (const auto& problem : drivers::printer::check_cupsd_settings(base::as_text(*settings)))
            say(problem);
        if (!found.well)
            found.lines.push_back(
                fmt::format("改好 {} 后运行：sudo systemctl restart cups", records.cupsd_settings));
    } else {
        found = {{unreadable(records.cupsd_settings)}, false};
    }
    const auto service = base::read_file(records.cups_service);
    if (const auto problem = drivers::printer::check_cups_service(service ? base::as_text(*service)
                                                                          : std::string_view{})) {
        say(*problem);
        found.lines.push_back(
            fmt::format("把 provisioning/cups/citizen-window.conf 放到 {} 后运行：sudo systemctl "
                        "daemon-reload && sudo systemctl restart cups",
                        records.cups_service));
    }
    if (!policy) {
        found.well = false;
        found.lines.emplace_back(
            "要查：打印队列没有回答，请看 cups 是否在运行（systemctl status cups）");
    } else if (const auto problem = drivers::printer::check_error_policy(*policy)) {
        say(*problem);
        found.lines.emplace_back(
            "改好它：sudo lpadmin -p 队列名 -o printer-error-policy=abort-job");
    }
    if (found.well) found.lines.emplace_back("cups 的设置正确");
    return found;
}

Finding findings_about(domain::DeviceKind device, const PaperRecords& records) {
    Finding found;
    const bool documents = device == domain::DeviceKind::document_printer;
    if (!documents && device != domain::DeviceKind::receipt_printer) return found;
    const auto& ledger = documents ? records.document_ledger : records.slip_ledger;
    if (!ledger.empty()) found = ledger_findings(ledger);
    if (!documents) return found;
    const auto spooler = spooler_findings(records);
    found.lines.insert(found.lines.end(), spooler.lines.begin(), spooler.lines.end());
    found.well = found.well && spooler.well;
    return found;
}

}  // namespace provisioning::technician
