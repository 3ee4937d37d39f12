// The pack's rules for questions, complaints and ratings.
#include "base/bytes.hpp"
#include "catalogue/reading/pack_parts.hpp"

#include <algorithm>

namespace catalogue::reading {

namespace {

constexpr std::size_t implementation_code_length = 31;  // domain.md 2.4

bool is_key(const std::string& key) {
    return key.size() <= 32 && std::all_of(key.begin(), key.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
           });
}

VoiceTopic read_voice_topic(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    VoiceTopic topic;
    topic.key = object.text("key");
    if (!is_key(topic.key)) object.problem("key", "expected a-z, 0-9 and _");
    topic.label = object.words("label");
    return topic;
}

std::int64_t read_level(const Json& json, const std::string& place, Problems& problems) {
    const auto* level = json.as<std::int64_t>();
    if (level != nullptr && *level >= 1 && *level <= 5) return *level;
    problems.add(place, "expected a number from 1 to 5");
    return 1;
}

VoiceReason read_reason(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    VoiceReason reason;
    reason.key = object.text("key");
    if (!is_key(reason.key)) object.problem("key", "expected a-z, 0-9 and _");
    reason.label = object.words("label");
    object.each("levels", 1, 5, [&](const Json& each, const std::string& at) {
        reason.levels.push_back(read_level(each, at, problems));
    });
    return reason;
}

}  // namespace

VoiceRules read_voice_rules(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    VoiceRules rules;
    rules.item_code = object.text("item_code");
    rules.implementation_code = object.text("implementation_code");
    if (rules.implementation_code.size() != implementation_code_length)
        object.problem("implementation_code", "expected 31 characters");
    rules.name = object.words("name");
    const auto topics = [&](std::string_view key, std::vector<VoiceTopic>& into, bool needed) {
        const auto read = [&](const Json& each, const std::string& at) {
            into.push_back(read_voice_topic(each, at, problems));
        };
        if (needed)
            object.each(key, 1, 8, read);
        else
            object.each_if_there(key, 8, read);
        refuse_twins(
            into, object.place_of(key), "key", [](const VoiceTopic& topic) { return topic.key; },
            problems);
    };
    topics("consult", rules.consult, true);
    topics("complaint", rules.complaint, true);
    topics("stuck", rules.stuck, true);
    topics("dimensions", rules.dimensions, false);
    object.each_if_there("reasons", 12, [&](const Json& each, const std::string& at) {
        rules.reasons.push_back(read_reason(each, at, problems));
    });
    refuse_twins(
        rules.reasons, object.place_of("reasons"), "key",
        [](const VoiceReason& reason) { return reason.key; }, problems);
    std::vector<std::int64_t> levels;
    object.each_if_there("follow_up_levels", 5, [&](const Json& each, const std::string& at) {
        levels.push_back(read_level(each, at, problems));
    });
    if (!levels.empty()) rules.follow_up_levels = std::move(levels);
    rules.reply_days = object.number_or("reply_days", 1, 90, rules.reply_days);
    rules.anonymous = object.truth_or("anonymous", rules.anonymous);
    return rules;
}

}  // namespace catalogue::reading
