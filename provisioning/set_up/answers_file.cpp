#include "provisioning/set_up/answers_file.hpp"

#include "base/messages.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

namespace provisioning::set_up {

namespace {

using base::Locale;
using base::MessageId;
using namespace domain::set_up;

constexpr std::size_t answers_bytes_max = 64 << 10;

std::string in_chinese(MessageId id) {
    return std::string(base::text(id, Locale::zh));
}

int line_of(const toml::node& node) {
    return static_cast<int>(node.source().begin.line);
}

// As text, whatever it is; none: no value of one line.
std::optional<std::string> value_of(const toml::node& node) {
    if (const auto text = node.value_exact<std::string>()) return text;
    if (const auto whole = node.value_exact<std::int64_t>()) return std::to_string(*whole);
    if (const auto number = node.value_exact<double>()) return fmt::format("{}", *number);
    if (const auto flag = node.value_exact<bool>()) return std::string(*flag ? "true" : "false");
    return std::nullopt;
}

Answered answered_in(const toml::table& table, const Question& question,
                     std::vector<LineFault>& faults) {
    Answered out;
    out.line = line_of(table);
    const std::string section(name(question.decision));
    for (const auto& [key, node] : table) {
        const std::string word(key.str());
        const auto where = section + "." + word.substr(0, 60);
        out.lines[word] = line_of(node);
        if (word == "skip") {
            const auto flag = node.value_exact<bool>();
            if (!flag)
                faults.push_back({line_of(node), where, in_chinese(MessageId::set_up_is_unknown),
                                  in_chinese(MessageId::config_expects_flag)});
            out.skip = flag.value_or(false);
            if (out.skip && !question.may_be_skipped)
                faults.push_back(
                    {line_of(node), where, "true", in_chinese(MessageId::set_up_expects_answer)});
        } else if (auto value = value_of(node)) {
            out.values[word] = std::move(*value);
        } else {
            faults.push_back({line_of(node), where, in_chinese(MessageId::set_up_is_unknown),
                              in_chinese(MessageId::set_up_expects_short)});
        }
    }
    return out;
}

void check(const Question& question, const Answered& answered, std::vector<LineFault>& faults) {
    if (answered.skip && question.may_be_skipped) return;
    const std::string section(name(question.decision));
    for (auto& fault : faults_of(question.decision, answered.values)) {
        const auto line = answered.lines.find(fault.key);
        // A value that is none was told already.
        if (line != answered.lines.end() && !answered.values.contains(fault.key)) continue;
        faults.push_back({line == answered.lines.end() ? answered.line : line->second,
                          section + "." + fault.key, std::move(fault.found),
                          std::move(fault.expected)});
    }
}

// What the configuration's own reader says, at the line of the answer that it came from.
void check_together(const std::map<Decision, Answered>& answers,
                    const std::function<config::ReadConfig(const std::vector<Setting>&)>& read_with,
                    std::vector<LineFault>& faults) {
    std::vector<Setting> settings;
    for (const auto& [decision, answered] : answers)
        if (!answered.skip)
            for (auto& setting : settings_of(decision, answered.values))
                settings.push_back(std::move(setting));
    const auto read = read_with(settings);
    for (const auto& problem : read.problems) {
        LineFault fault{0, problem.key, problem.found, problem.expected};
        for (const auto& [decision, answered] : answers)
            for (const auto& field : question(decision).fields) {
                if (field.setting != problem.key) continue;
                const auto line = answered.lines.find(std::string(field.key));
                fault.line = line == answered.lines.end() ? answered.line : line->second;
                fault.where = fmt::format("{}.{}", name(decision), field.key);
            }
        faults.push_back(std::move(fault));
    }
}

std::string example_value(const Field& field) {
    if (!field.words.empty()) return fmt::format("\"{}\"", field.words.front().word);
    switch (field.takes) {
        case Takes::verdict:
            return "\"pass\"";
        case Takes::place:
            return field.key == "id_card_reader" ? "\"below-right\"" : "\"above-middle\"";
        case Takes::time:
            return field.key == "quiet_from" ? "\"21:00\"" : "\"07:00\"";
        case Takes::whole:
        case Takes::number:
            return field.key == "width"           ? "1080"
                   : field.key == "height"        ? "1920"
                   : field.key == "pixels_per_mm" ? "4.034"
                   : field.key == "lower_edge_mm" ? "850"
                   : field.key == "receipt_dots"  ? "576"
                                                  : "2";
        default:
            return "\"\"";
    }
}

}  // namespace

AnswersRead read_answers(
    const std::string& text,
    const std::function<config::ReadConfig(const std::vector<Setting>&)>& read_with) {
    AnswersRead out;
    if (text.size() > answers_bytes_max) {
        out.faults.push_back({0, "toml", std::to_string(text.size()),
                              in_chinese(MessageId::set_up_expects_small_file)});
        return out;
    }
    toml::table document;
    try {
        document = toml::parse(text);
    } catch (const toml::parse_error& error) {
        const auto place = error.source().begin;
        out.faults.push_back({static_cast<int>(place.line), "toml",
                              std::string(error.description()),
                              base::text(MessageId::config_expects_toml, Locale::zh,
                                         {{"line", std::to_string(place.line)},
                                          {"column", std::to_string(place.column)}})});
        return out;
    }
    for (const auto& one : questions()) {
        const std::string section(name(one.decision));
        const auto* table = document.get_as<toml::table>(section);
        if (table == nullptr) {
            out.faults.push_back(
                {0, "[" + section + "]", in_chinese(MessageId::config_is_missing),
                 in_chinese(one.may_be_skipped ? MessageId::set_up_expects_table_or_skip
                                               : MessageId::config_expects_section)});
            continue;
        }
        auto answered = answered_in(*table, one, out.faults);
        check(one, answered, out.faults);
        out.answers[one.decision] = std::move(answered);
    }
    for (const auto& [key, node] : document)
        if (!decision_from(key.str()))
            out.faults.push_back({line_of(node), "[" + std::string(key.str()).substr(0, 60) + "]",
                                  in_chinese(MessageId::set_up_is_unknown),
                                  in_chinese(MessageId::config_expects_known_key)});
    if (out.faults.empty()) check_together(out.answers, read_with, out.faults);
    std::ranges::stable_sort(out.faults, {}, &LineFault::line);
    return out;
}

std::string as_text(const LineFault& fault) {
    const auto line =
        base::text(MessageId::config_problem_line, Locale::zh,
                   {{"key", fault.where}, {"found", fault.found}, {"expected", fault.expected}});
    return fault.line == 0 ? line : fmt::format("第 {} 行 {}", fault.line, line);
}

std::string example_answers() {
    std::string out =
        "# kiosk-technician set-up --config FILE --answers THIS：开通一台终端的全部回答。\n"
        "# 可以跳过的一节写 skip = true；不需要的键可以删去。\n";
    for (const auto& one : questions()) {
        out += fmt::format("\n# {} {}{}\n[{}]\n", base::text(one.question, Locale::zh),
                           base::text(one.question, Locale::en),
                           one.may_be_skipped ? " （可以 skip = true）" : "", name(one.decision));
        for (const auto& field : one.fields) {
            const auto& words = field.takes == Takes::verdict ? verdict_words() : field.words;
            std::string known;
            for (const auto& word : words)
                known += fmt::format(" {}={}", word.word, base::text(word.label, Locale::zh));
            // What belongs to another answer than the first would be one too many.
            const bool belongs = field.takes == Takes::address || field.takes == Takes::network ||
                                 is_secret(field.takes) || field.key == "root";
            out += fmt::format(
                "{}{} = {}  # {}{}\n", belongs && field.key != "invitation" ? "# " : "", field.key,
                field.key == "invitation" ? "\"CWE1|…\"" : example_value(field),
                base::text(field.label, Locale::zh), known.empty() ? "" : "：" + known.substr(1));
        }
    }
    return out;
}

}  // namespace provisioning::set_up
