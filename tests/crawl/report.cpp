#include "tests/crawl/report.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

namespace crawl {

namespace {

std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line.front() != '#') out.push_back(line);
    return out;
}

constexpr std::size_t examples = 3;

}  // namespace

std::vector<Requirement> read_requirements(const std::filesystem::path& file) {
    std::vector<Requirement> out;
    for (const std::string& line : lines_of(file)) {
        std::istringstream in(line);
        Requirement one;
        in >> one.id >> one.kind;
        std::getline(in >> std::ws, one.words);
        std::istringstream proofs(one.kind == "by" ? one.words : "");
        for (std::string proof; std::getline(proofs >> std::ws, proof, ',');)
            if (proof.starts_with("check ")) one.checks.push_back(proof.substr(6));
        out.push_back(std::move(one));
    }
    return out;
}

bool KnownDefect::fits(const Finding& finding) const {
    return fnmatch(check.c_str(), finding.check.c_str(), 0) == 0 &&
           fnmatch(page.c_str(), finding.page.c_str(), 0) == 0;
}

std::vector<KnownDefect> read_known(const std::filesystem::path& file) {
    std::vector<KnownDefect> out;
    for (const std::string& line : lines_of(file)) {
        const auto first = line.find(" | "), second = line.find(" | ", first + 3);
        if (second == std::string::npos) continue;
        out.push_back({line.substr(0, first), line.substr(first + 3, second - first - 3),
                       line.substr(second + 3)});
    }
    return out;
}

Report judge(const Outcome& outcome, const std::vector<Requirement>& requirements,
             const std::vector<KnownDefect>& known) {
    Report report;
    std::map<std::string, std::vector<const Finding*>> by_check;
    std::vector<bool> met_again(known.size(), false);
    for (const Finding& finding : outcome.findings) {
        by_check[finding.check].push_back(&finding);
        bool explained = false;
        for (std::size_t i = 0; i < known.size(); ++i)
            if (known[i].fits(finding)) explained = met_again[i] = true;
        if (!explained) report.new_findings.push_back(finding);
    }
    for (std::size_t i = 0; i < known.size(); ++i)
        if (!met_again[i]) report.mended.push_back(known[i]);

    std::string lines;
    for (const Requirement& one : requirements) {
        std::string verdict = one.kind == "by"     ? "met"
                              : one.kind == "none" ? "not applicable"
                                                   : "failed";
        std::string details;
        for (const std::string& check : one.checks) {
            const auto found = by_check.find(check);
            if (found == by_check.end()) continue;
            verdict = "failed";
            details += "        " + check + ": " + std::to_string(found->second.size()) +
                       " findings, e.g.\n";
            for (std::size_t i = 0; i < std::min(examples, found->second.size()); ++i)
                details +=
                    "          " + found->second[i]->page + ": " + found->second[i]->what + "\n";
        }
        ++(verdict == "met"      ? report.met
           : verdict == "failed" ? report.failed
                                 : report.not_applicable);
        lines += one.id + " " + verdict + ": " + (one.kind == "open" ? "nothing proves it; " : "") +
                 one.words + "\n" + details;
    }
    report.text = std::to_string(outcome.pages) + " drawings; " + std::to_string(report.met) +
                  " met, " + std::to_string(report.failed) + " failed, " +
                  std::to_string(report.not_applicable) + " not applicable; " +
                  std::to_string(report.new_findings.size()) + " findings that are not known\n\n" +
                  lines;
    if (!known.empty()) report.text += "\nKnown defects:\n";
    for (const KnownDefect& one : known)
        report.text += "  " + one.check + " on " + one.page + ": " + one.reason + "\n";
    if (!report.new_findings.empty()) report.text += "\nNot known:\n";
    for (const Finding& one : report.new_findings)
        report.text += "  " + one.check + " on " + one.page + ": " + one.what + "\n";
    return report;
}

}  // namespace crawl
