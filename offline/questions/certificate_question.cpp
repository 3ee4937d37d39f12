#include "offline/questions/certificate_question.hpp"

#include "offline/questions/strict_json.hpp"

#include <algorithm>

namespace offline::questions {

using base::FaultCode;
using nlohmann::json;

namespace {

bool is_date(const std::string& text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    for (const std::size_t at : {0, 1, 2, 3, 5, 6, 8, 9})
        if (text[at] < '0' || text[at] > '9') return false;
    return true;
}

}  // namespace

base::SecretText certificate_question(const CertificateAsked& asked) {
    return base::SecretText(json{
        {"kind", name(Kind::certificate)},
        {"id_number", asked.holder.id_number},
        {"name", asked.holder.name},
        {"type", asked.type}}.dump());
}

base::Result<CertificateAsked> read_certificate_question(std::string_view text) {
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::certificate));
    CertificateAsked out{{in.text("id_number"), in.text("name")}, in.text("type", 64)};
    if (!in.whole()) return base::fail(FaultCode::BytesMalformed, "certificate question");
    return out;
}

std::string certificate_answer(const std::vector<Certificate>& certificates) {
    json list = json::array();
    for (const auto& one : certificates)
        list.push_back({{"type", one.type},
                        {"type_name", one.type_name},
                        {"number", one.number},
                        {"issuer", one.issuer},
                        {"valid_from", one.valid_from},
                        {"valid_to", one.valid_to},
                        {"state", one.state}});
    return json{{"kind", name(Kind::certificate)}, {"certificates", list}}.dump();
}

base::Result<std::vector<Certificate>> read_certificate_answer(std::string_view text) {
    if (auto reason = refusal_in(text)) return base::fail(FaultCode::CentreRefused, *reason);
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::certificate));
    std::vector<Certificate> out;
    for (const auto& item : in.list("certificates")) {
        StrictObject fields(item);
        Certificate one;
        one.type = fields.text("type", 64);
        one.type_name = fields.text("type_name");
        one.number = fields.text("number", 64);
        one.issuer = fields.text("issuer");
        one.valid_from = fields.text("valid_from", 10);
        one.valid_to = fields.text("valid_to", 10);
        one.state = fields.text("state", 16);
        fields.is(is_date(one.valid_from));
        fields.is(one.valid_to.empty() || is_date(one.valid_to));
        fields.is(std::find(std::begin(certificate_states), std::end(certificate_states),
                            one.state) != std::end(certificate_states));
        in.is(fields.whole());
        out.push_back(std::move(one));
    }
    if (!in.whole()) return base::fail(FaultCode::CentreNonsense, "certificate answer");
    return out;
}

}  // namespace offline::questions
