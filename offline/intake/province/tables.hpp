// The four records that a centre gives to the province about its cases, as tables of elements:
// acceptance 受理, process 过程, result 结果, material 材料. Element names after C0109-2018 and
// GB/T 39046-2020 (tables 5 to 9, code lists of annex A); lengths are counted in characters. Where
// the two differ, GB/T 39046 holds. Values only.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace offline::intake::province {

enum class Kind {
    text,    // any characters but control characters
    code,    // one of `codes`
    digits,  // 0 … 9 only
    letters_and_digits,
    time,  // YYYYMMDDThhmmss, UTC+8
};

struct Element {
    std::string_view name;  // as it stands in the file
    Kind kind = Kind::text;
    std::size_t longest = 0;
    bool required = false;
    std::string_view codes = {};  // blank between them
};

struct Table {
    std::string_view name;  // acceptance: the file is acceptance.jsonl
    std::span<const Element> elements;
};

extern const Table acceptance, process, result, material;

// One record: a value for every element of its table, in their order; empty where there is none.
using Values = std::vector<std::string>;

struct Problem {
    std::string case_number;
    std::string_view table, element;
    std::string what;  // 缺少, 太长, 不在代码表内 …; never the value
    friend bool operator==(const Problem&, const Problem&) = default;
};

// Everything that the province would send back. Empty: the record may go.
std::vector<Problem> problems_of(const Table& table, const Values& values);

// One line of JSON, elements in the table's order; empty values are left out.
std::string as_json_line(const Table& table, const Values& values);

}  // namespace offline::intake::province
