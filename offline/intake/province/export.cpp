#include "offline/intake/province/export.hpp"

#include "base/bytes.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace offline::intake::province {

namespace {

std::string as_json_line(const Problem& problem) {
    return nlohmann::ordered_json{{"办件编号", problem.case_number},
                                  {"记录", problem.table},
                                  {"要素", problem.element},
                                  {"问题", problem.what}}
               .dump() +
           "\n";
}

std::string summary_of(const Exported& exported) {
    return nlohmann::ordered_json{{"format", "citizen-window/province-export"},
                                  {"format_version", 1},
                                  {"cases", exported.cases},
                                  {"kept_back", exported.kept_back},
                                  {"records", exported.records}}
               .dump(2) +
           "\n";
}

}  // namespace

base::Result<Exported> export_cases(const std::vector<CaseFacts>& cases,
                                    const catalogue::Pack& pack, const std::string& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem) return base::fail(base::FaultCode::FileUnwritable, folder);

    Exported out;
    std::map<std::string, std::string> files;
    for (const Table* table : {&acceptance, &process, &result, &material}) {
        files[std::string(table->name)];
        out.records[std::string(table->name)] = 0;
    }
    for (const auto& facts : cases) {
        std::vector<Problem> found;
        const auto records = records_of(facts, pack);
        if (!records)
            found.push_back({facts.case_number, "case", "",
                             std::string(base::entry(records.error().code).technician_zh)});
        else
            for (const auto& record : *records)
                for (auto& each : problems_of(*record.table, record.values))
                    found.push_back(std::move(each));
        if (!found.empty()) {
            ++out.kept_back;
            out.problems.insert(out.problems.end(), found.begin(), found.end());
            continue;
        }
        ++out.cases;
        for (const auto& record : *records) {
            const std::string name(record.table->name);
            files[name] += as_json_line(*record.table, record.values);
            ++out.records[name];
        }
    }
    for (const auto& each : out.problems) files["problems"] += as_json_line(each);
    for (const auto& [name, text] : files)
        TRY_STATUS(base::write_file(folder + "/" + name + ".jsonl", base::to_bytes(text)));
    // Last: a folder with a summary is whole.
    TRY_STATUS(base::write_file(folder + "/summary.json", base::to_bytes(summary_of(out))));
    return out;
}

}  // namespace offline::intake::province
