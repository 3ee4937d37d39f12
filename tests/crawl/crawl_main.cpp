// crawl-pages REPORT [PAGES]: the whole crawl. Writes the report, says what is new, and ends with 1
// when a finding is not known or a known defect is gone from the pages but not from the list.
// With PAGES, a shell pattern like "form_* elder/*/small", only these pages, and every finding.
#include "tests/crawl/report.hpp"

#include <cstdio>
#include <fstream>

int main(int count, char** arguments) {
    if (count != 2 && count != 3) {
        std::fprintf(stderr, "usage: crawl-pages REPORT [PAGES]\n");
        return 2;
    }
    crawl::Plan plan;
    plan.icon_font = ICON_FONT;
    if (count == 3) plan.pages = arguments[2];
    plan.drawn = [](int done, int all) {
        if (done % 50 == 0 || done == all) std::fprintf(stderr, "\r%d of %d pages", done, all);
    };
    const auto outcome = crawl::crawl(plan);
    std::fprintf(stderr, "\n");
    if (!outcome) {
        std::fprintf(stderr, "%s\n", outcome.error().safe_detail.c_str());
        return 2;
    }
    if (count == 3) {
        for (const auto& one : outcome->findings)
            std::printf("%s | %s | %s\n", one.check.c_str(), one.page.c_str(), one.what.c_str());
        return outcome->findings.empty() ? 0 : 1;
    }
    const auto report =
        crawl::judge(*outcome, crawl::read_requirements(CRAWL_FOLDER "/requirements.txt"),
                     crawl::read_known(CRAWL_FOLDER "/known.txt"));
    std::ofstream(arguments[1]) << report.text;
    for (const auto& one : report.new_findings)
        std::printf("%s on %s: %s\n", one.check.c_str(), one.page.c_str(), one.what.c_str());
    for (const auto& one : report.mended)
        std::printf("mended, take it from known.txt: %s on %s\n", one.check.c_str(),
                    one.page.c_str());
    std::printf("%s%s\n", report.text.substr(0, report.text.find('\n') + 1).c_str(), arguments[1]);
    return report.new_findings.empty() && report.mended.empty() ? 0 : 1;
}
