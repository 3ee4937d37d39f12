#include "catalogue/submission_json.hpp"

#include "catalogue/reading/json_tree.hpp"
#include "catalogue/reading/words.hpp"
#include "domain/dates.hpp"

#include <algorithm>
#include <cmath>

namespace catalogue {

namespace {

using reading::Json;
using reading::JsonArray;
using reading::JsonObject;

Json person_json(const domain::CitizenIdentity& person) {
    const auto until = person.valid_until();
    return JsonObject{
        {"name", person.name()},
        {"id_number", person.number().text()},
        {"sex", std::string(reading::name_in(reading::sex_codes, person.sex()))},
        {"ethnicity", person.ethnicity_code()},
        {"birth_date", domain::iso(person.birth_date())},
        {"address", person.address()},
        {"authority", person.authority()},
        {"valid_from", domain::iso(person.valid_from())},
        {"valid_until", until ? domain::iso(*until) : std::string(reading::without_end)},
    };
}

Json item_json(const Application& application) {
    JsonObject item{{"code", application.item_code},
                    {"implementation_code", application.implementation_code},
                    {"version", application.item_version}};
    const FiledWith& offices = application.offices;
    for (const auto& [key, value] : {std::pair{"receiving_office", &offices.receiving},
                                     std::pair{"deciding_office", &offices.deciding},
                                     std::pair{"deciding_division", &offices.deciding_division}})
        if (!value->empty()) item.emplace_back(key, *value);
    return item;
}

Json answers_json(const FormDraft& values) {
    JsonObject answers;
    for (const auto& [key, value] : values)
        answers.emplace_back(
            key,
            JsonObject{{"value", *value.text},
                       {"origin", std::string(reading::name_in(reading::origins, value.origin))}});
    return answers;
}

Json situation_json(const SituationAnswers& situation) {
    JsonObject answers;
    for (const auto& [question, value] : situation) answers.emplace_back(question, value);
    return answers;
}

Json materials_json(const std::vector<MaterialState>& materials) {
    JsonArray list;
    for (const auto& material : materials) {
        JsonObject object{
            {"code", material.code},
            {"source", std::string(reading::name_in(reading::material_sources, material.source))}};
        if (!material.due.empty()) object.emplace_back("due", material.due);
        list.emplace_back(std::move(object));
    }
    return list;
}

// A ten-thousandth of the pad is finer than a finger and the same on every machine.
double rounded(double number) {
    return std::round(number * 10000.0) / 10000.0;
}

Json signature_json(const domain::Strokes& strokes) {
    JsonArray lines;
    for (const auto& line : strokes.lines) {
        JsonArray points;
        for (const auto& point : line)
            points.emplace_back(JsonArray{rounded(static_cast<double>(point.x)),
                                          rounded(static_cast<double>(point.y))});
        lines.emplace_back(std::move(points));
    }
    return JsonObject{{"aspect", rounded(strokes.aspect)}, {"lines", std::move(lines)}};
}

Json letter_json(const SignedLetter& letter) {
    JsonArray ticks;
    for (const bool tick : letter.ticks) ticks.emplace_back(tick);
    JsonObject json{
        {"template_id", letter.template_id},
        {"revision", letter.revision},
        {"undertaking", std::string(reading::name_in(reading::undertakings, letter.undertaking))},
        {"ticks", std::move(ticks)},
        {"way", std::string(reading::name_in(reading::signature_ways, letter.way))},
        {"signed_at", letter.signed_at},
    };
    if (letter.signature) json.emplace_back("signature", signature_json(*letter.signature));
    if (letter.way == SignatureWay::read_aloud) {
        JsonArray confirmed;
        for (const auto& at : letter.confirmed_at) confirmed.emplace_back(at);
        json.emplace_back("confirmed_at", std::move(confirmed));
    }
    if (letter.thumb_print)
        json.emplace_back("thumb_print", base::to_base64url(letter.thumb_print->grey));
    if (letter.witness)
        json.emplace_back("witness",
                          JsonObject{{"name", letter.witness->name},
                                     {"id_number", letter.witness->id_number},
                                     {"signature", signature_json(letter.witness->signature)}});
    return json;
}

}  // namespace

base::SecretText submission_json(const Submission& submission) {
    const Application& application = submission.application;
    Json json = JsonObject{
        {"format", reading::submission_format},
        {"format_version", reading::submission_format_version},
        {"sub_id", submission.sub_id.text()},
        {"realm", std::string(domain::name(submission.realm))},
        {"terminal", submission.terminal},
        {"division", submission.division},
        {"pack", JsonObject{{"id", application.pack_id}, {"version", application.pack_version}}},
        {"item", item_json(application)},
        {"person", person_json(*application.person)},
        {"proof", JsonObject{{"kind", std::string(reading::name_in(reading::proof_kinds,
                                                                   application.proof.kind))},
                             {"face_consented", application.proof.face_consented},
                             {"face_outcome", application.proof.face_outcome},
                             {"face_liveness", application.proof.face_liveness}}},
        {"situation", situation_json(application.situation)},
        {"answers", answers_json(application.answers.values())},
        {"materials", materials_json(application.materials)},
        {"notice_acknowledged_at", application.notice_acknowledged_at},
        {"letter", letter_json(submission.letter)},
    };
    base::SecretText text(reading::canonical_json(json));
    json.wipe();
    return text;
}

}  // namespace catalogue
