#include "catalogue/voice.hpp"

#include "base/clock.hpp"
#include "catalogue/reading/json_tree.hpp"
#include "catalogue/reading/words.hpp"
#include "domain/id_number.hpp"
#include "domain/typed_values.hpp"

#include <algorithm>
#include <array>

namespace catalogue {

namespace {

using base::FaultCode;
using reading::Json;
using reading::JsonArray;
using reading::JsonObject;
using reading::Names;
using reading::Problems;
using reading::StrictObject;

constexpr const char* voice_format = "citizen-window/voice";
constexpr std::int64_t voice_format_version = 1;
constexpr std::size_t largest_voice_bytes = 16'384;

constexpr Names<VoiceKind, 4> kinds{{{"consult", VoiceKind::consult},
                                     {"complaint", VoiceKind::complaint},
                                     {"stuck", VoiceKind::stuck},
                                     {"rating", VoiceKind::rating}}};
constexpr std::array<std::string_view, 3> steps{"receipt", "acceptance", "finish"};

auto refuse(std::string which) {
    return base::fail(FaultCode::CentreRefused, std::move(which));
}

// A page's name or a fault's word: nothing else may come along.
bool is_word(const std::string& text) {
    return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    });
}

template <class List>
bool has_key(const List& list, const std::string& key) {
    return std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.key == key; });
}

Json words_json(const std::vector<std::string>& words) {
    JsonArray list;
    for (const auto& word : words) list.emplace_back(word);
    return list;
}

void put_text(JsonObject& object, const char* key, const base::SecretText& text) {
    if (text && !text->empty()) object.emplace_back(key, *text);
}
void put_text(JsonObject& object, const char* key, const std::string& text) {
    if (!text.empty()) object.emplace_back(key, text);
}

struct Heading {
    std::string pack_id, item_code, implementation_code;
    std::int64_t pack_version = 0;
};

base::SecretText written(const Voice& voice, const Heading& heading) {
    JsonObject object{
        {"format", voice_format},
        {"format_version", voice_format_version},
        {"sub_id", voice.sub_id.text()},
        {"realm", std::string(domain::name(voice.realm))},
        {"terminal", voice.terminal},
        {"division", voice.division},
        {"pack", JsonObject{{"id", heading.pack_id}, {"version", heading.pack_version}}},
        {"item", JsonObject{{"code", heading.item_code},
                            {"implementation_code", heading.implementation_code}}},
        {"kind", std::string(name(voice.kind))},
        {"said_at", voice.said_at},
        {"tried", words_json(voice.tried)},
    };
    put_text(object, "topic", voice.topic);
    put_text(object, "text", voice.text);
    put_text(object, "telephone", voice.telephone);
    put_text(object, "about_item", voice.about_item);
    put_text(object, "about_case", voice.about_case);
    if (voice.person)
        object.emplace_back("person", JsonObject{{"name", voice.person->name},
                                                 {"id_number", voice.person->id_number}});
    if (voice.kind == VoiceKind::rating) {
        JsonArray dimensions;
        for (const auto& one : voice.dimensions)
            dimensions.emplace_back(JsonObject{{"key", one.key}, {"level", one.level}});
        object.emplace_back("rating", JsonObject{{"level", voice.level},
                                                 {"step", voice.step},
                                                 {"dimensions", std::move(dimensions)},
                                                 {"reasons", words_json(voice.reasons)}});
    }
    Json json = std::move(object);
    base::SecretText text(reading::canonical_json(json));
    json.wipe();
    return text;
}

void read_rating(const Json& json, const std::string& place, Voice& voice, Problems& problems) {
    StrictObject rating(json, place, problems);
    voice.level = rating.number("level", 1, 5);
    voice.step = rating.text("step");
    rating.each("dimensions", 0, 8, [&](const Json& each, const std::string& at) {
        StrictObject one(each, at, problems);
        VoiceDimension dimension;
        dimension.key = one.text("key");
        dimension.level = one.number("level", 1, 5);
        voice.dimensions.push_back(std::move(dimension));
    });
    rating.each("reasons", 0, 12, [&](const Json& each, const std::string& at) {
        const auto* word = each.as<std::string>();
        if (word == nullptr) problems.add(at, "expected a text");
        voice.reasons.push_back(word == nullptr ? std::string() : *word);
    });
}

Voice read_voice(const Json& json, Heading& heading, Problems& problems) {
    StrictObject object(json, "", problems);
    Voice voice;
    if (!object.is_object()) return voice;
    if (object.text("format") != voice_format)
        object.problem("format", std::string("expected ") + voice_format);
    object.number("format_version", voice_format_version, voice_format_version);
    if (const auto id = domain::SubId::parse(object.text("sub_id")))
        voice.sub_id = *id;
    else
        object.problem("sub_id", "expected 32 hex digits");
    voice.realm = object.named("realm", reading::realms);
    voice.terminal = object.text("terminal");
    voice.division = object.text("division");
    if (const Json* pack = object.find("pack")) {
        StrictObject inside(*pack, object.place_of("pack"), problems);
        heading.pack_id = inside.text("id");
        heading.pack_version = inside.number("version", 1, INT64_MAX);
    } else {
        object.problem("pack", "missing");
    }
    if (const Json* item = object.find("item")) {
        StrictObject inside(*item, object.place_of("item"), problems);
        heading.item_code = inside.text("code");
        heading.implementation_code = inside.text("implementation_code");
    } else {
        object.problem("item", "missing");
    }
    voice.kind = object.named("kind", kinds);
    voice.said_at = object.text("said_at");
    base::Instant instant{};
    if (!base::parse_iso8601(voice.said_at, instant))
        object.problem("said_at", "expected a time with its offset");
    object.each("tried", 0, voice_tried_max, [&](const Json& each, const std::string& at) {
        const auto* word = each.as<std::string>();
        if (word == nullptr || !is_word(*word)) problems.add(at, "expected a word");
        voice.tried.push_back(word == nullptr ? std::string() : *word);
    });
    voice.topic = object.optional_text("topic");
    if (auto text = object.optional_text("text"); !text.empty())
        voice.text = base::SecretText(std::move(text));
    if (auto telephone = object.optional_text("telephone"); !telephone.empty())
        voice.telephone = base::SecretText(std::move(telephone));
    voice.about_item = object.optional_text("about_item");
    voice.about_case = object.optional_text("about_case");
    if (const Json* person = object.find("person")) {
        StrictObject inside(*person, object.place_of("person"), problems);
        VoicePerson who;
        who.name = inside.text("name");
        who.id_number = inside.text("id_number");
        voice.person = base::Secret<VoicePerson>(std::move(who));
    }
    if (const Json* rating = object.find("rating"))
        read_rating(*rating, object.place_of("rating"), voice, problems);
    return voice;
}

base::Status check_words(const Voice& voice, const VoiceRules& rules) {
    if (voice.text && base::count_code_points(*voice.text) > voice_text_max)
        return refuse("text: too long");
    if (voice.telephone && domain::fault_of_mobile(*voice.telephone))
        return refuse("telephone: not a number");
    if (voice.about_case.size() > 32) return refuse("about_case: too long");
    if (voice.kind != VoiceKind::rating) {
        if (!has_key(topics_of(rules, voice.kind), voice.topic)) return refuse("topic: unknown");
        if (voice.kind != VoiceKind::stuck && !voice.text) return refuse("text: missing");
        if (voice.level != 0) return refuse("rating: of another kind");
        return {};
    }
    if (!voice.topic.empty()) return refuse("topic: of a rating");
    if (voice.level == 0) return refuse("rating: missing");
    if (std::find(steps.begin(), steps.end(), voice.step) == steps.end())
        return refuse("step: unknown");
    for (const auto& one : voice.dimensions)
        if (!has_key(rules.dimensions, one.key)) return refuse("dimensions: unknown");
    for (const auto& one : voice.reasons)
        if (!has_key(rules.reasons, one)) return refuse("reasons: unknown");
    return {};
}

base::Status check_person(const Voice& voice, const VoiceRules& rules) {
    if (!voice.person) {
        if (voice.kind == VoiceKind::rating || rules.anonymous) return {};
        return refuse("person: missing");
    }
    if (!domain::IdNumber::parse(voice.person->id_number)) return refuse("person: id number");
    if (base::count_code_points(voice.person->name) > 60) return refuse("person: name");
    return {};
}

}  // namespace

std::string_view name(VoiceKind kind) {
    return reading::name_in(kinds, kind);
}

const std::vector<VoiceTopic>& topics_of(const VoiceRules& rules, VoiceKind kind) {
    static const std::vector<VoiceTopic> none;
    switch (kind) {
        case VoiceKind::consult:
            return rules.consult;
        case VoiceKind::complaint:
            return rules.complaint;
        case VoiceKind::stuck:
            return rules.stuck;
        case VoiceKind::rating:
            break;
    }
    return none;
}

bool VoiceRules::follows_up(std::int64_t level) const {
    return std::find(follow_up_levels.begin(), follow_up_levels.end(), level) !=
           follow_up_levels.end();
}

// Canonical JSON has its keys in order, so the name of the format stands at the same place; but
// what was tampered with may be of any order.
bool looks_like_voice(base::ByteView bytes) {
    if (bytes.size() > largest_voice_bytes) return false;
    auto json = reading::parse_json(bytes, largest_voice_bytes);
    if (!json) return false;
    bool found = false;
    if (const auto* object = json->as<JsonObject>())
        found = std::any_of(object->begin(), object->end(), [](const auto& member) {
            const auto* text = member.second.template as<std::string>();
            return member.first == "format" && text != nullptr && *text == voice_format;
        });
    json->wipe();
    return found;
}

base::SecretText voice_json(const Voice& voice, const Pack& pack) {
    const VoiceRules& rules = *pack.voice;
    return written(voice, {pack.pack_id, rules.item_code, rules.implementation_code, pack.version});
}

base::Result<CheckedVoice> check_voice(base::ByteView bytes, const Pack& pack) {
    auto json = TRY(reading::parse_json(bytes, largest_voice_bytes));
    Problems problems;
    Heading heading;
    Voice voice = read_voice(json, heading, problems);
    std::string canonical = reading::canonical_json(json);
    json.wipe();
    if (!problems.found().empty()) {
        const auto& first = problems.found().front();
        return base::fail(FaultCode::BytesMalformed, first.place + ": " + first.text);
    }
    if (voice.realm != pack.realm)
        return base::fail(FaultCode::RealmMismatch, "voice of another realm");
    if (heading.pack_id != pack.pack_id) return refuse("pack: another pack");
    if (!pack.voice || heading.item_code != pack.voice->item_code ||
        heading.implementation_code != pack.voice->implementation_code)
        return refuse("item: unknown");
    const VoiceRules& rules = *pack.voice;
    if (!pack.divisions.knows(voice.division)) return refuse("division: unknown");
    if (!voice.about_item.empty() && pack.find_item(voice.about_item) == nullptr)
        return refuse("about_item: unknown");
    TRY_STATUS(check_words(voice, rules));
    TRY_STATUS(check_person(voice, rules));
    // What its parts make is, byte for byte, what came.
    if (*written(voice, heading) != canonical) return refuse("content: not what its parts make");

    CheckedVoice out;
    const bool rating = voice.kind == VoiceKind::rating;
    out.item_code = rules.item_code;
    out.implementation_code = rules.implementation_code;
    out.name = rules.name.zh;
    out.token = rating && !voice.about_case.empty() ? voice.about_case + "." + voice.step
                                                    : voice.sub_id.text();
    out.follow_up = !rating || rules.follows_up(voice.level);
    out.reply_days = rules.reply_days;
    out.json = std::move(canonical);
    out.voice = std::move(voice);
    return out;
}

}  // namespace catalogue
