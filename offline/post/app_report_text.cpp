#include "offline/post/app_report_text.hpp"

#include "offline/post/protocol_words.hpp"

#include <fmt/format.h>

namespace offline::post {

std::string app_report_text(const domain::AppReport& report, bool app_there) {
    const auto or_none = [](const std::string& word) {
        return word.empty() ? std::string("-") : word;
    };
    std::string out = fmt::format(
        "app {}\nversion {}\nstarted {}\npack {} {}{}\nkey_set {}\npage {}\nscreen {}\npause {}\n"
        "sessions {}\nkept {}\nmemory_kib {}\ndisk_free_percent {}\npaper_hours {}\n"
        "roll_hours {}\n",
        app_there ? "there" : "gone", or_none(report.version),
        base::iso8601_local(report.started_at), or_none(report.pack), report.pack_version,
        report.pack_outdated ? " outdated" : "", report.key_set, or_none(report.page),
        domain::name(report.proof), or_none(report.pause), report.sessions, report.kept,
        report.memory_kib, report.disk_free_percent, report.paper_hours, report.roll_hours);
    for (const auto& part : report.parts) out += "part " + words::line_of(part) + "\n";
    return out;
}

}  // namespace offline::post
