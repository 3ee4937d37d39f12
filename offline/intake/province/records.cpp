#include "offline/intake/province/records.hpp"

#include "base/bytes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace offline::intake::province {

namespace {

using base::FaultCode;
using nlohmann::json;

std::string compact_time(base::Instant instant) {
    // 2026-11-22T09:41:00+08:00 → 20261122T094100
    std::string text = base::iso8601_local(instant).substr(0, 19);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

std::string text_at(const json& value, const char* pointer) {
    const json::json_pointer at(pointer);
    return value.contains(at) && value.at(at).is_string() ? value.at(at).get<std::string>() : "";
}

std::string_view way_of(const std::string& source) {
    if (source == "chip") return "3";
    if (source == "exempt") return "5";
    if (source == "later") return "4";
    return "2";
}

Record acceptance_of(const CaseFacts& facts, const json& submission,
                     const catalogue::ServiceItem& item, const catalogue::Pack& pack) {
    const std::string name = text_at(submission, "/person/name");
    return {&acceptance,
            {facts.case_number,
             item.code,
             item.implementation_code,
             item.name.zh,
             std::to_string(item.version),
             "1",
             name,
             transliterated(name),
             "111",
             text_at(submission, "/person/id_number"),
             name,
             text_at(submission, "/answers/p.phone/value"),
             text_at(submission, "/person/address"),
             compact_time(facts.captured_at),
             compact_time(facts.received_at),
             compact_time(facts.decided_at),
             std::to_string(item.promised_days),
             "工作日",
             pack.responsible.zh,
             item.implementation_code.substr(0, 18),
             text_at(submission, "/division"),
             item.terms.process_kind == catalogue::ProcessKind::instant ? "1" : "2",
             "9",
             "KIOSK",
             text_at(submission, "/terminal")}};
}

Record step(const CaseFacts& facts, int number, const std::string& name, const std::string& action,
            base::Instant begun, base::Instant ended, const std::string& opinion = {}) {
    return {&process,
            {facts.case_number, std::to_string(number), name, action, opinion, "2",
             compact_time(begun), compact_time(ended)}};
}

Record waiting_step(const CaseFacts& facts) {
    return {&process,
            {facts.case_number, "2", "受理", "其他", "", "1", compact_time(facts.received_at), ""}};
}

Record result_of(const CaseFacts& facts, const std::string& type) {
    return {&result,
            {facts.case_number, compact_time(facts.decided_at), type, facts.reason, "", "", "0"}};
}

std::string digest_of(const CaseFacts& facts, const std::string& kind) {
    for (const auto& line : facts.attachment_digests)
        if (line.starts_with(kind + " ")) return line.substr(kind.size() + 1);
    return {};
}

base::Result<Record> material_of(const CaseFacts& facts, const json& taken,
                                 const catalogue::ServiceItem& item) {
    const std::string code = text_at(taken, "/code"), source = text_at(taken, "/source");
    const auto known = std::find_if(item.materials.begin(), item.materials.end(),
                                    [&](const auto& material) { return material.code == code; });
    if (known == item.materials.end())
        return base::fail(FaultCode::CentreRefused, "material " + code);
    const bool here = source != "later";
    std::string due = text_at(taken, "/due");
    std::erase(due, '-');
    return Record{&material,
                  {facts.case_number, code, known->name.zh, std::string(way_of(source)),
                   here ? "1" : "0", here ? compact_time(facts.captured_at) : "", here ? "1" : "0",
                   due, digest_of(facts, code)}};
}

}  // namespace

base::Result<std::vector<Record>> records_of(const CaseFacts& facts, const catalogue::Pack& pack) {
    const json submission = json::parse(facts.submission, nullptr, false);
    if (!submission.is_object()) return base::fail(FaultCode::BytesMalformed, "submission");
    const std::string code = text_at(submission, "/item/code");
    const auto item = std::find_if(pack.items.begin(), pack.items.end(),
                                   [&](const auto& known) { return known.code == code; });
    if (item == pack.items.end()) return base::fail(FaultCode::CentreRefused, "item " + code);

    std::vector<Record> out;
    out.push_back(step(facts, 1, "收件", "通过", facts.received_at, facts.received_at));
    switch (facts.outcome) {
        case Outcome::received:
            out.push_back(waiting_step(facts));
            break;
        case Outcome::accepted:
            out.push_back(acceptance_of(facts, submission, *item, pack));
            out.push_back(step(facts, 2, "受理", "通过", facts.received_at, facts.decided_at));
            if (item->terms.process_kind == catalogue::ProcessKind::instant)
                out.push_back(result_of(facts, "6"));  // 即办: 办结
            break;
        case Outcome::refused:
            out.push_back(
                step(facts, 2, "受理", "退回", facts.received_at, facts.decided_at, facts.reason));
            out.push_back(result_of(facts, "1"));  // 退回办结
            break;
    }
    const json materials = submission.value("materials", json::array());
    if (!materials.is_array()) return base::fail(FaultCode::BytesMalformed, "materials");
    for (const auto& taken : materials) out.push_back(TRY(material_of(facts, taken, *item)));
    return out;
}

std::string transliterated(const std::string& text) {
    std::string out;
    bool any = false;
    for (const char32_t point : base::code_points(text)) {
        const bool beyond = point > 0xFFFF;
        any |= beyond;
        out += beyond ? fmt::format("U+{:X}", static_cast<std::uint32_t>(point))
                      : base::utf8_from_code_points(std::u32string_view(&point, 1));
    }
    return any ? out : std::string{};
}

}  // namespace offline::intake::province
