#include "catalogue/reading/submission_reader.hpp"

#include "catalogue/reading/words.hpp"
#include "domain/dates.hpp"
#include "domain/thumb_print.hpp"

#include <algorithm>

namespace catalogue::reading {

namespace {

constexpr std::size_t most_lines = 400;
constexpr std::size_t most_points = 20'000;

// An object of free keys (question ids, field keys), each value read by `visit`.
template <class Visit>
void each_member(const Json* json, const std::string& place, Problems& problems,
                 const Visit& visit) {
    const auto* object = json == nullptr ? nullptr : json->as<JsonObject>();
    if (object == nullptr) {
        problems.add(place, json == nullptr ? "missing" : "expected an object");
        return;
    }
    for (const auto& [key, value] : *object) visit(key, value, place_of(place, key));
}

// Calls `read` with the object under `key`; says so when there is none.
template <class Read>
void inside(StrictObject& parent, std::string_view key, Problems& problems, const Read& read) {
    const Json* json = parent.find(key);
    if (json == nullptr) {
        parent.problem(key, "missing");
        return;
    }
    StrictObject object(*json, parent.place_of(key), problems);
    read(object);
}

std::string date_digits(StrictObject& object, std::string_view key) {
    std::string text = object.text(key);
    if (!domain::date_from_iso(text)) {
        object.problem(key, "expected a date");
        return {};
    }
    std::erase(text, '-');
    return text;
}

void check_instant(StrictObject& object, std::string_view key, const std::string& text) {
    base::Instant instant;
    if (!base::parse_iso8601(text, instant)) object.problem(key, "expected a time with its offset");
}

domain::IdCardRecord read_person(StrictObject& object) {
    domain::IdCardRecord card;
    card.type = domain::CardType::resident;
    card.name = object.text("name");
    card.number = object.text("id_number");
    card.sex_code = object.text("sex");
    card.ethnicity_code = object.text("ethnicity");
    card.birth_yyyymmdd = date_digits(object, "birth_date");
    const Json* address = object.find("address");
    if (address != nullptr && address->as<std::string>() != nullptr)
        card.address = *address->as<std::string>();
    else
        object.problem("address", "expected a text");
    card.authority = object.text("authority");
    card.valid_from_yyyymmdd = date_digits(object, "valid_from");
    const Json* until = object.find("valid_until");
    if (until != nullptr && until->as<std::string>() != nullptr &&
        *until->as<std::string>() == without_end)
        card.valid_until = without_end;
    else
        card.valid_until = date_digits(object, "valid_until");
    return card;
}

Proof read_proof(StrictObject& object) {
    Proof proof;
    proof.kind = object.named("kind", proof_kinds);
    proof.face_consented = object.truth("face_consented");
    proof.face_outcome = object.text("face_outcome");
    proof.face_liveness = object.text("face_liveness");
    return proof;
}

domain::StrokePoint read_point(const Json& json, const std::string& place, Problems& problems) {
    const auto* pair = json.as<JsonArray>();
    domain::StrokePoint point;
    if (pair == nullptr || pair->size() != 2) {
        problems.add(place, "expected [x, y]");
        return point;
    }
    float* const into[] = {&point.x, &point.y};
    for (std::size_t i = 0; i < 2; ++i) {
        const Json& number = (*pair)[i];
        double value = 9;
        if (const auto* whole = number.as<std::int64_t>()) value = static_cast<double>(*whole);
        if (const auto* decimal = number.as<double>()) value = *decimal;
        // A finger may run a little over the edge of the pad.
        if (!(value >= -1 && value <= 2)) problems.add(place, "expected numbers from -1 to 2");
        *into[i] = static_cast<float>(value);
    }
    return point;
}

domain::Strokes read_signature(StrictObject& object, Problems& problems) {
    domain::Strokes strokes;
    strokes.aspect = object.decimal("aspect", 0.1, 20);
    std::size_t points = 0;
    object.each("lines", 1, most_lines, [&](const Json& json, const std::string& place) {
        const auto* line = json.as<JsonArray>();
        if (line == nullptr || line->empty()) {
            problems.add(place, "expected a list of points");
            return;
        }
        points += line->size();
        std::vector<domain::StrokePoint> read;
        for (std::size_t i = 0; i < line->size(); ++i)
            read.push_back(read_point((*line)[i], place_of(place, i), problems));
        strokes.lines.push_back(std::move(read));
    });
    if (points > most_points) object.problem("lines", "more points than a hand draws");
    return strokes;
}

base::Secret<domain::GreyPicture> read_thumb_print(StrictObject& object) {
    auto grey = base::from_base64url(object.text("thumb_print"));
    constexpr auto size = static_cast<std::size_t>(domain::print_width) * domain::print_height;
    if (!grey || grey->size() != size) {
        object.problem("thumb_print", "expected 160 × 200 grey pixels");
        return {};
    }
    return base::Secret(
        domain::GreyPicture{domain::print_width, domain::print_height, std::move(*grey)});
}

SignedLetter read_signed_letter(StrictObject& object, Problems& problems) {
    SignedLetter letter;
    letter.template_id = object.text("template_id");
    letter.revision = object.number("revision", 1, INT64_MAX);
    letter.undertaking = object.named("undertaking", undertakings);
    object.each("ticks", 1, 12, [&](const Json& json, const std::string& place) {
        const bool* tick = json.as<bool>();
        if (tick == nullptr) problems.add(place, "expected true or false");
        letter.ticks.push_back(tick != nullptr && *tick);
    });
    letter.way = object.named("way", signature_ways);
    if (letter.way == SignatureWay::touch || letter.way == SignatureWay::witnessed)
        inside(object, "signature", problems, [&](StrictObject& signature) {
            letter.signature = base::Secret<domain::Strokes>(read_signature(signature, problems));
        });
    if (letter.way == SignatureWay::read_aloud)
        object.each("confirmed_at", 1, 12, [&](const Json& json, const std::string& place) {
            const auto* at = json.as<std::string>();
            base::Instant instant{};
            if (at == nullptr || !base::parse_iso8601(*at, instant))
                problems.add(place, "expected an instant");
            letter.confirmed_at.push_back(at == nullptr ? std::string() : *at);
        });
    if (letter.way == SignatureWay::thumb) letter.thumb_print = read_thumb_print(object);
    if (letter.way == SignatureWay::witnessed)
        inside(object, "witness", problems, [&](StrictObject& inner) {
            Witness witness;
            witness.name = inner.text("name");
            witness.id_number = inner.text("id_number");
            inside(inner, "signature", problems, [&](StrictObject& signature) {
                witness.signature = read_signature(signature, problems);
            });
            letter.witness = base::Secret<Witness>(std::move(witness));
        });
    letter.signed_at = object.text("signed_at");
    check_instant(object, "signed_at", letter.signed_at);
    return letter;
}

MaterialState read_material_state(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    MaterialState material;
    material.code = object.text("code");
    material.source = object.named("source", material_sources);
    material.due = object.optional_text("due");
    return material;
}

}  // namespace

WrittenSubmission read_submission(const Json& json, Problems& problems) {
    StrictObject object(json, "", problems);
    WrittenSubmission written;
    if (!object.is_object()) return written;
    if (object.text("format") != submission_format)
        object.problem("format", std::string("expected ") + submission_format);
    object.number("format_version", submission_format_version, submission_format_version);
    written.sub_id = object.text("sub_id");
    if (!domain::SubId::parse(written.sub_id)) object.problem("sub_id", "expected 32 hex digits");
    written.realm = object.named("realm", realms);
    written.terminal = object.text("terminal");
    written.division = object.text("division");
    inside(object, "pack", problems, [&](StrictObject& pack) {
        written.pack_id = pack.text("id");
        written.pack_version = pack.number("version", 1, INT64_MAX);
    });
    inside(object, "item", problems, [&](StrictObject& item) {
        written.item_code = item.text("code");
        written.implementation_code = item.text("implementation_code");
        written.item_version = item.number("version", 1, INT64_MAX);
        // Made again from item and answers, and compared by the bytes of the whole.
        for (const char* key : {"receiving_office", "deciding_office", "deciding_division"})
            item.optional_text(key);
    });
    inside(object, "person", problems,
           [&](StrictObject& person) { written.card = read_person(person); });
    inside(object, "proof", problems,
           [&](StrictObject& proof) { written.proof = read_proof(proof); });
    each_member(object.find("situation"), "/situation", problems,
                [&](const std::string& key, const Json& value, const std::string& place) {
                    const auto* text = value.as<std::string>();
                    if (text == nullptr) problems.add(place, "expected a text");
                    written.situation[key] = text == nullptr ? std::string() : *text;
                });
    each_member(object.find("answers"), "/answers", problems,
                [&](const std::string& key, const Json& value, const std::string& place) {
                    StrictObject answer(value, place, problems);
                    FieldValue& field = written.answers[key];
                    field.text = base::SecretText(answer.text("value"));
                    field.origin = answer.named("origin", origins);
                });
    object.each("materials", 0, 30, [&](const Json& each, const std::string& place) {
        written.materials.push_back(read_material_state(each, place, problems));
    });
    written.notice_acknowledged_at = object.text("notice_acknowledged_at");
    check_instant(object, "notice_acknowledged_at", written.notice_acknowledged_at);
    inside(object, "letter", problems,
           [&](StrictObject& letter) { written.letter = read_signed_letter(letter, problems); });
    return written;
}

}  // namespace catalogue::reading
