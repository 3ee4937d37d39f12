#include "offline/intake/province/tables.hpp"

#include "base/bytes.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace offline::intake::province {

namespace {

constexpr std::string_view document_types =
    "111 112 113 114 335 414 420 421 511 513 516 553 990";  // GA/T 2000.156
constexpr std::string_view yes_or_no = "0 1";

constexpr std::array acceptance_elements{
    Element{"办件编号", Kind::letters_and_digits, 50, true},
    Element{"基本编码", Kind::letters_and_digits, 14, true},
    Element{"实施编码", Kind::letters_and_digits, 33, true},
    Element{"事项名称", Kind::text, 200, true},
    Element{"事项版本", Kind::digits, 10, true},
    Element{"申请人类型", Kind::code, 1, true, "1 2 3 4 5 6"},
    Element{"申请人名称", Kind::text, 100, true},
    Element{"申请人名称转写", Kind::text, 300, false},
    Element{"申请人证件类型", Kind::code, 3, true, document_types},
    Element{"申请人证件号码", Kind::letters_and_digits, 30, true},
    Element{"联系人姓名", Kind::text, 100, true},
    Element{"联系人手机号码", Kind::digits, 20, false},
    Element{"通讯地址", Kind::text, 200, false},
    Element{"申请时间", Kind::time, 15, true},
    Element{"收件时间", Kind::time, 15, true},
    Element{"受理时间", Kind::time, 15, true},
    Element{"承诺办结时限", Kind::digits, 4, true},
    Element{"承诺办结时限单位", Kind::code, 3, true, "工作日"},
    Element{"受理部门名称", Kind::text, 100, true},
    Element{"受理部门代码", Kind::letters_and_digits, 18, true},
    Element{"受理部门行政区划", Kind::digits, 12, true},
    Element{"办件类型", Kind::code, 1, true, "1 2 9"},
    Element{"办理形式", Kind::code, 1, true, "1 2 3 4 9"},
    Element{"渠道", Kind::code, 5, true, "KIOSK"},
    Element{"终端编号", Kind::digits, 15, true},
};

constexpr std::array process_elements{
    Element{"办件编号", Kind::letters_and_digits, 50, true},
    Element{"环节序号", Kind::digits, 4, true},
    Element{"环节名称", Kind::text, 50, true},
    Element{"办理动作", Kind::code, 2, true, "通过 退回 其他"},
    Element{"办理意见", Kind::text, 500, false},
    Element{"环节状态", Kind::code, 1, true, "1 2"},
    Element{"环节开始时间", Kind::time, 15, true},
    Element{"环节结束时间", Kind::time, 15, false},
};

constexpr std::array result_elements{
    Element{"办件编号", Kind::letters_and_digits, 50, true},
    Element{"办结时间", Kind::time, 15, true},
    Element{"办理结果类型", Kind::code, 1, true, "0 1 2 3 4 5 6"},
    Element{"办理结果描述", Kind::text, 500, false},
    Element{"证照名称", Kind::text, 200, false},
    Element{"证照编号", Kind::text, 100, false},
    Element{"是否快递", Kind::code, 1, true, yes_or_no},
};

constexpr std::array material_elements{
    Element{"办件编号", Kind::letters_and_digits, 50, true},
    Element{"材料编码", Kind::text, 50, true},
    Element{"材料名称", Kind::text, 200, true},
    Element{"收取方式", Kind::code, 1, true, "1 2 3 4 5"},
    Element{"收取数量", Kind::digits, 2, true},
    Element{"收取时间", Kind::time, 15, false},
    Element{"是否收取", Kind::code, 1, true, yes_or_no},
    Element{"补交期限", Kind::digits, 8, false},
    Element{"附件摘要", Kind::letters_and_digits, 64, false},
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_one_of(std::string_view codes, std::string_view value) {
    while (!codes.empty()) {
        const std::size_t end = std::min(codes.find(' '), codes.size());
        if (codes.substr(0, end) == value) return true;
        codes.remove_prefix(std::min(end + 1, codes.size()));
    }
    return false;
}

bool is_time(std::string_view text) {
    if (text.size() != 15 || text[8] != 'T') return false;
    std::array<int, 6> parts{};
    constexpr std::array<std::pair<std::size_t, std::size_t>, 6> places{
        {{0, 4}, {4, 2}, {6, 2}, {9, 2}, {11, 2}, {13, 2}}};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto piece = text.substr(places[i].first, places[i].second);
        if (!std::all_of(piece.begin(), piece.end(), is_digit)) return false;
        std::from_chars(piece.data(), piece.data() + piece.size(), parts[i]);
    }
    const std::chrono::year_month_day day{std::chrono::year{parts[0]},
                                          std::chrono::month{static_cast<unsigned>(parts[1])},
                                          std::chrono::day{static_cast<unsigned>(parts[2])}};
    return day.ok() && parts[0] >= 2000 && parts[3] < 24 && parts[4] < 60 && parts[5] < 60;
}

std::string_view complaint_about(const Element& element, const std::string& value) {
    if (value.empty()) return element.required ? "缺少" : "";
    if (!base::is_valid_utf8(value)) return "不是 UTF-8";
    if (base::count_code_points(value) > element.longest) return "太长";
    switch (element.kind) {
        case Kind::text:
            return std::any_of(value.begin(), value.end(),
                               [](char c) { return static_cast<unsigned char>(c) < 0x20; })
                       ? "有控制字符"
                       : "";
        case Kind::code:
            return is_one_of(element.codes, value) ? "" : "不在代码表内";
        case Kind::digits:
            return std::all_of(value.begin(), value.end(), is_digit) ? "" : "应全是数字";
        case Kind::letters_and_digits:
            return std::all_of(value.begin(), value.end(),
                               [](char c) { return is_digit(c) || is_letter(c); })
                       ? ""
                       : "应全是字母或数字";
        case Kind::time:
            return is_time(value) ? "" : "不是时间（YYYYMMDDThhmmss）";
    }
    return "";
}

}  // namespace

const Table acceptance{"acceptance", acceptance_elements};
const Table process{"process", process_elements};
const Table result{"result", result_elements};
const Table material{"material", material_elements};

std::vector<Problem> problems_of(const Table& table, const Values& values) {
    std::vector<Problem> out;
    const std::string& case_number = values.at(0);  // every table begins with it
    for (std::size_t i = 0; i < table.elements.size(); ++i) {
        const std::string_view what = complaint_about(table.elements[i], values.at(i));
        if (!what.empty())
            out.push_back({case_number, table.name, table.elements[i].name, std::string(what)});
    }
    return out;
}

std::string as_json_line(const Table& table, const Values& values) {
    nlohmann::ordered_json line = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < table.elements.size(); ++i)
        if (!values.at(i).empty()) line[std::string(table.elements[i].name)] = values[i];
    return line.dump() + "\n";
}

}  // namespace offline::intake::province
