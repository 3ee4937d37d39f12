#include "catalogue/reading/expression_reader.hpp"
#include "catalogue/reading/pack_parts.hpp"
#include "catalogue/reading/words.hpp"

namespace catalogue::reading {

namespace {

constexpr Names<IdentityLevel, 2> identity_levels{
    {{"chip", IdentityLevel::chip}, {"chip_and_face", IdentityLevel::chip_and_face}}};
constexpr Names<FilingDate, 2> filing_dates{
    {{"captured", FilingDate::captured}, {"received", FilingDate::received}}};
constexpr Names<Audience, 2> audiences{
    {{"person", Audience::person}, {"organisation", Audience::organisation}}};
constexpr Names<Handling, 3> handlings{
    {{"here", Handling::here}, {"counter", Handling::counter}, {"proof", Handling::proof}}};

GuideRow read_guide_row(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    GuideRow row;
    row.name = object.words("name");
    row.text = object.words("text");
    return row;
}

// A row of the list of materials may say more: a filled sample, and what is often done wrong.
GuideRow read_guide_material(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    GuideRow row;
    row.name = object.words("name");
    row.text = object.words("text");
    object.each_if_there("sample", 12, [&](const Json& each, const std::string& at) {
        StrictObject line(each, at, problems);
        GuideSample sample;
        sample.name = line.words("name");
        sample.value = line.words("value");
        row.sample.push_back(std::move(sample));
    });
    object.each_if_there("common_mistakes", 6, [&](const Json& each, const std::string& at) {
        row.common_mistakes.push_back(read_words(each, at, problems));
    });
    return row;
}

Guide read_guide(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    Guide guide;
    object.each("essentials", 1, 5, [&](const Json& each, const std::string& at) {
        guide.essentials.push_back(read_words(each, at, problems));
    });
    object.each("materials", 1, 30, [&](const Json& each, const std::string& at) {
        guide.materials.push_back(read_guide_material(each, at, problems));
    });
    object.each("terms", 1, 30, [&](const Json& each, const std::string& at) {
        guide.terms.push_back(read_guide_row(each, at, problems));
    });
    object.each("steps", 1, 16, [&](const Json& each, const std::string& at) {
        guide.steps.push_back(read_guide_section(each, at, problems));
    });
    object.each("basis", 1, 16, [&](const Json& each, const std::string& at) {
        guide.basis.push_back(read_guide_section(each, at, problems));
    });
    object.each_if_there("review_points", 8, [&](const Json& each, const std::string& at) {
        guide.review_points.push_back(read_guide_section(each, at, problems));
    });
    return guide;
}

SituationOption read_option(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    SituationOption option;
    option.value = object.text("value");
    option.label = object.words("label");
    option.note = object.optional_words("note");
    return option;
}

SituationQuestion read_question(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    SituationQuestion question;
    question.id = object.text("id");
    question.text = object.words("text");
    question.help = object.optional_words("help");
    question.when = read_condition(object, "when", problems);
    object.each("options", 2, 8, [&](const Json& each, const std::string& at) {
        question.options.push_back(read_option(each, at, problems));
    });
    return question;
}

ComputedFact read_fact(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    ComputedFact fact;
    fact.name = object.text("name");
    if (const Json* value = object.find("value"))
        fact.value = read_expression(*value, object.place_of("value"), Wanted::any_value, problems);
    else if (object.is_object())
        object.problem("value", "missing");
    return fact;
}

Stop read_stop(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    Stop stop;
    stop.id = object.text("id");
    if (auto when = read_condition(object, "when", problems))
        stop.when = *std::move(when);
    else if (object.is_object())
        object.problem("when", "missing");
    stop.title = object.words("title");
    stop.text = object.words("text");
    stop.next_step = object.words("next_step");
    return stop;
}

Material read_material(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    Material material;
    material.code = object.text("code");
    material.name = object.words("name");
    material.note = object.optional_words("note");
    material.source = object.named("source", material_sources);
    material.lenient_days = object.number_or("lenient_days", 1, 60, 0);
    material.when = read_condition(object, "when", problems);
    return material;
}

LetterChoice read_choice(StrictObject& letter, std::string_view key, Problems& problems) {
    LetterChoice choice;
    const Json* json = letter.find(key);
    if (json == nullptr) {
        if (letter.is_object()) letter.problem(key, "missing");
        return choice;
    }
    StrictObject object(*json, letter.place_of(key), problems);
    choice.label = object.words("label");
    choice.note = object.words("note");
    return choice;
}

Keyword read_keyword(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    Keyword keyword;
    keyword.zh = object.text("zh");
    keyword.pinyin = object.text("pinyin");
    return keyword;
}

// What the item is found by and sorted by.
void read_found_by(StrictObject& object, ServiceItem& item, Problems& problems) {
    item.name_pinyin = object.text("name_pinyin");
    object.each("keywords", 0, 20, [&](const Json& each, const std::string& at) {
        item.keywords.push_back(read_keyword(each, at, problems));
    });
    object.each("audiences", 1, 2, [&](const Json& each, const std::string& at) {
        const auto* word = each.as<std::string>();
        for (const auto& [name, audience] : audiences)
            if (word != nullptr && *word == name) return item.audiences.push_back(audience);
        problems.add(at, "expected one of: person, organisation");
    });
    object.each("topics", 1, 5, [&](const Json& each, const std::string& at) {
        item.topics.push_back(read_text(each, at, problems));
    });
}

// What is filed here: questions, form, materials, letter.
void read_filing(StrictObject& object, ServiceItem& item, Problems& problems) {
    item.identity_level = object.named("identity_level", identity_levels);
    item.filing_date = object.named("filing_date", filing_dates);
    item.promised_days = object.number("promised_days", 1, 365);
    item.reply_days = object.number("reply_days", 1, 60);
    object.each("situation", 0, 20, [&](const Json& each, const std::string& at) {
        item.situation.push_back(read_question(each, at, problems));
    });
    object.each("facts", 0, 40, [&](const Json& each, const std::string& at) {
        item.facts.push_back(read_fact(each, at, problems));
    });
    object.each("stops", 0, 20, [&](const Json& each, const std::string& at) {
        item.stops.push_back(read_stop(each, at, problems));
    });
    object.each("form", 1, 30, [&](const Json& each, const std::string& at) {
        item.form.push_back(read_form_page(each, at, problems));
    });
    object.each("materials", 0, 30, [&](const Json& each, const std::string& at) {
        item.materials.push_back(read_material(each, at, problems));
    });
    if (const Json* letter = object.find("letter"))
        item.letter = read_letter(*letter, object.place_of("letter"), problems);
    else if (object.is_object())
        object.problem("letter", "missing");
    item.next_step = object.words("next_step");
}

void refuse_filing(StrictObject& object) {
    for (const char* key : {"identity_level", "filing_date", "promised_days", "reply_days",
                            "situation", "facts", "stops", "form", "materials", "letter",
                            "next_step", "lenient", "delivery", "deciding_by", "proof"})
        if (object.find(key) != nullptr) object.problem(key, "only for what is filed here");
}

// What is printed here: whose it is, which one, and nothing to sign.
void read_proof(StrictObject& object, ServiceItem& item, Problems& problems) {
    item.identity_level = object.named("identity_level", identity_levels);
    object.each("situation", 0, 20, [&](const Json& each, const std::string& at) {
        item.situation.push_back(read_question(each, at, problems));
    });
    if (const Json* json = object.find("proof")) {
        StrictObject proof(*json, object.place_of("proof"), problems);
        item.proof.type = proof.text("type");
        item.proof.copies_max = proof.number("copies_max", 1, 20);
        if (item.proof.type.size() > 64) proof.problem("type", "longer than 64 letters");
    } else if (object.is_object()) {
        object.problem("proof", "missing");
    }
    for (const char* key : {"filing_date", "promised_days", "reply_days", "facts", "stops", "form",
                            "materials", "letter", "next_step"})
        if (object.find(key) != nullptr) object.problem(key, "nothing is filed for a proof");
}

}  // namespace

GuideSection read_guide_section(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    GuideSection section;
    section.heading = object.words("heading");
    object.each("lines", 1, 20, [&](const Json& each, const std::string& at) {
        section.lines.push_back(read_words(each, at, problems));
    });
    return section;
}

Letter read_letter(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    Letter letter;
    letter.template_id = object.text("template_id");
    letter.revision = object.number("revision", 1, 1'000'000);
    letter.title = object.words("title");
    letter.basis = object.words("basis");
    const auto read_into = [&](std::vector<Text>& texts) {
        return [&](const Json& each, const std::string& at) {
            texts.push_back(read_words(each, at, problems));
        };
    };
    object.each("conditions", 1, 20, read_into(letter.conditions));
    object.each("consequences", 1, 20, read_into(letter.consequences));
    object.each("clauses", 1, 12, read_into(letter.clauses));
    letter.commit = read_choice(object, "commit", problems);
    letter.always = object.truth_or("always", false);
    if (!letter.always) {
        letter.ordinary = read_choice(object, "ordinary", problems);
        letter.ordinary_days = object.number_or("ordinary_days", 1, 365, 0);
    }
    std::vector<SignatureWay> ways;
    object.each_if_there("ways", 4, [&](const Json& each, const std::string& at) {
        const auto* word = each.as<std::string>();
        for (const auto& [name, way] : signature_ways)
            if (word != nullptr && *word == name) return ways.push_back(way);
        problems.add(at, "expected one of: touch, read_aloud, thumb, witnessed");
    });
    if (!ways.empty()) letter.ways = std::move(ways);
    return letter;
}

ServiceItem read_item(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    ServiceItem item;
    item.code = object.text("code");
    item.implementation_code = object.text("implementation_code");
    item.version = object.number("version", 1, INT64_MAX);
    item.name = object.words("name");
    item.summary = object.words("summary");
    read_found_by(object, item, problems);
    item.handling = object.named_or("handling", handlings, Handling::here);
    item.sensitive = object.truth_or("sensitive", false);
    item.payable = object.truth_or("payable", false);
    item.icon = object.text("icon");
    item.terms = read_terms(object, problems);
    if (const Json* guide = object.find("guide"))
        item.guide = read_guide(*guide, object.place_of("guide"), problems);
    else if (object.is_object())
        object.problem("guide", "missing");
    switch (item.handling) {
        case Handling::here:
            read_filing(object, item, problems);
            if (object.find("proof") != nullptr)
                object.problem("proof", "only for what is printed here");
            break;
        case Handling::counter:
            refuse_filing(object);
            break;
        case Handling::proof:
            read_proof(object, item, problems);
            break;
    }
    return item;
}

}  // namespace catalogue::reading
