// Writes the province's records into a folder: acceptance.jsonl, process.jsonl, result.jsonl,
// material.jsonl, one record a line; problems.jsonl with what keeps a case back; summary.json. A
// case with a problem in any record is kept back whole. The files are personal (0600):
// whoever asked for them answers for them. FileUnwritable.
#pragma once

#include "offline/intake/province/records.hpp"

#include <map>

namespace offline::intake::province {

struct Exported {
    std::int64_t cases = 0, kept_back = 0;
    std::map<std::string, std::int64_t> records;  // by table
    std::vector<Problem> problems;
};

base::Result<Exported> export_cases(const std::vector<CaseFacts>& cases,
                                    const catalogue::Pack& pack, const std::string& folder);

}  // namespace offline::intake::province
