#include "offline/questions/fee_question.hpp"

#include "offline/questions/strict_json.hpp"

namespace offline::questions {

using base::FaultCode;
using nlohmann::json;

base::SecretText fee_question(const Person& payer) {
    return base::SecretText(json{
        {"kind", name(Kind::fee)},
        {"id_number", payer.id_number},
        {"name", payer.name}}.dump());
}

base::Result<Person> read_fee_question(std::string_view text) {
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::fee));
    Person out{in.text("id_number"), in.text("name")};
    if (!in.whole()) return base::fail(FaultCode::BytesMalformed, "fee question");
    return out;
}

std::string fee_answer(const std::vector<Fee>& fees) {
    json list = json::array();
    for (const auto& fee : fees) {
        list.push_back({{"order_no", fee.order_no},
                        {"case_number", fee.case_number},
                        {"payee", fee.payee},
                        {"purpose", fee.purpose},
                        {"basis", fee.basis},
                        {"due_fen", fee.due_fen},
                        {"paid_fen", fee.paid_fen},
                        {"since", fee.since}});
        if (fee.relief_fen == 0) continue;
        list.back()["relief_fen"] = fee.relief_fen;
        list.back()["relief_basis"] = fee.relief_basis;
    }
    return json{{"kind", name(Kind::fee)}, {"fees", list}}.dump();
}

base::Result<std::vector<Fee>> read_fee_answer(std::string_view text) {
    if (auto reason = refusal_in(text)) return base::fail(FaultCode::CentreRefused, *reason);
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::fee));
    std::vector<Fee> out;
    for (const auto& item : in.list("fees")) {
        StrictObject fields(item);
        Fee fee;
        fee.order_no = fields.text("order_no", 64);
        fee.case_number = fields.text("case_number", 64);
        fee.payee = fields.text("payee");
        fee.purpose = fields.text("purpose");
        fee.basis = fields.text("basis");
        fee.due_fen = fields.integer("due_fen", 0, fen_max);
        fee.paid_fen = fields.integer("paid_fen", 0, fen_max);
        fee.since = fields.text("since", 64);
        if (fields.has("relief_fen") || fields.has("relief_basis")) {
            fee.relief_fen = fields.integer("relief_fen", 1, fen_max);
            fee.relief_basis = fields.text("relief_basis");
            in.is(!fee.relief_basis.empty() && fee.relief_fen <= fee.due_fen);
        }
        in.is(fields.whole());
        out.push_back(std::move(fee));
    }
    if (!in.whole()) return base::fail(FaultCode::CentreNonsense, "fee answer");
    return out;
}

}  // namespace offline::questions
