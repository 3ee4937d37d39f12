// What a citizen says to the office, from the terminal's words to what the centre believes.
#include "catalogue/voice.hpp"

#include "sample.hpp"

namespace catalogue {
namespace {

Voice complaint() {
    Voice voice;
    voice.sub_id = domain::SubId::parse("00112233445566778899aabbccddeeff").value();
    voice.terminal = "000101001001001";
    voice.division = sample::division;
    voice.kind = VoiceKind::complaint;
    voice.topic = "delay";
    voice.text = base::SecretText("等了两个月还没有消息");
    voice.said_at = "2026-11-22T09:46:00+08:00";
    return voice;
}

Voice rating(std::int64_t level) {
    Voice voice = complaint();
    voice.kind = VoiceKind::rating;
    voice.topic.clear();
    voice.text = {};
    voice.about_item = sample::item_code;
    voice.about_case = "L3K790F261QXABCD";
    voice.level = level;
    voice.step = "receipt";
    voice.reasons = {"waiting"};
    voice.dimensions = {{"speed", 4}};
    return voice;
}

Voice named(Voice voice) {
    voice.person =
        base::Secret<VoicePerson>({sample::person().name(), sample::person().number().text()});
    return voice;
}

base::Result<CheckedVoice> checked(const Voice& voice, const Pack& pack = sample::pack()) {
    return check_voice(base::to_bytes(*voice_json(voice, pack)), pack);
}

sample::json tree(const Voice& voice) {
    return sample::json::parse(*voice_json(voice, sample::pack()));
}

base::Result<CheckedVoice> checked(const sample::json& json) {
    return check_voice(base::to_bytes(json.dump()), sample::pack());
}

TEST(voice, it_reads_back_as_it_was_written) {
    Voice stuck = complaint();
    stuck.kind = VoiceKind::stuck;
    stuck.topic = "card_or_face";
    stuck.text = {};
    stuck.telephone = base::SecretText("13800138000");
    stuck.tried = {"place_card", "CardExpired", "card_refused"};
    for (const Voice& voice :
         {complaint(), named(complaint()), stuck, rating(3), named(rating(5))}) {
        const auto read = checked(voice);
        ASSERT_TRUE(read) << read.error().safe_detail;
        EXPECT_EQ(read->voice, voice);
        EXPECT_EQ(read->item_code, sample::pack().voice->item_code);
        EXPECT_EQ(read->json, *voice_json(voice, sample::pack()));
    }
}

TEST(voice, who_gives_no_name_stands_nowhere_in_it) {
    const auto json = tree(complaint());
    EXPECT_FALSE(json.contains("person"));
    EXPECT_FALSE(json.contains("telephone"));
    EXPECT_TRUE(json["tried"].empty());
    EXPECT_FALSE(checked(complaint())->voice.person);
}

TEST(voice, a_county_may_want_names_for_complaints_but_never_for_ratings) {
    auto pack_json = sample::pack_json();
    pack_json["voice"]["anonymous"] = false;
    const auto pack = sample::read(pack_json).pack;
    EXPECT_FALSE(checked(complaint(), pack));
    EXPECT_TRUE(checked(named(complaint()), pack));
    EXPECT_TRUE(checked(rating(2), pack));
}

TEST(voice, submission_and_voice_are_told_apart_by_their_format) {
    EXPECT_TRUE(looks_like_voice(base::to_bytes(*voice_json(complaint(), sample::pack()))));
    EXPECT_FALSE(looks_like_voice(base::to_bytes(sample::submission_json().dump())));
    EXPECT_FALSE(looks_like_voice(base::to_bytes("nonsense")));
}

TEST(voice, whatever_is_not_exactly_one_is_refused) {
    using Change = std::function<void(sample::json&)>;
    const std::vector<std::pair<const char*, Change>> changes{
        {"another field", [](auto& json) { json["more"] = 1; }},
        {"another format", [](auto& json) { json["format"] = "citizen-window/submission"; }},
        {"another version", [](auto& json) { json["format_version"] = 2; }},
        {"another realm", [](auto& json) { json["realm"] = "service"; }},
        {"another pack", [](auto& json) { json["pack"]["id"] = "elsewhere"; }},
        {"another item", [](auto& json) { json["item"]["code"] = sample::item_code; }},
        {"an unknown place", [](auto& json) { json["division"] = "999999999999"; }},
        {"an unknown topic", [](auto& json) { json["topic"] = "weather"; }},
        {"no words", [](auto& json) { json.erase("text"); }},
        {"too many words", [](auto& json) { json["text"] = std::string(501, 'x'); }},
        {"no telephone number", [](auto& json) { json["telephone"] = "12345"; }},
        {"an item nobody has", [](auto& json) { json["about_item"] = "1"; }},
        {"a step that is a sentence", [](auto& json) { json["tried"] = {"王秀兰 was here"}; }},
        {"a person without a number",
         [](auto& json) {
             json["person"] = {{"name", "王秀兰"}, {"id_number", "1"}};
         }},
        {"a rating beside it", [](auto& json) { json["rating"] = tree(rating(1))["rating"]; }},
    };
    for (const auto& [what, change] : changes) {
        auto json = tree(complaint());
        change(json);
        EXPECT_FALSE(checked(json)) << what;
    }
    auto json = tree(rating(3));
    json["rating"]["level"] = 6;
    EXPECT_FALSE(checked(json));
    json["rating"]["level"] = 3;
    EXPECT_TRUE(checked(json));
    json["rating"]["step"] = "lunch";
    EXPECT_FALSE(checked(json));
    json["rating"]["step"] = "finish";
    json["rating"]["reasons"] = {"weather"};
    EXPECT_FALSE(checked(json));
}

TEST(voice, the_usual_levels_follow_up_bad_ratings_and_a_county_may_add_fairly_satisfied) {
    auto json = sample::pack_json();
    json["voice"].erase("follow_up_levels");
    const auto usual = sample::read(json).pack;
    for (const auto& [level, as_usual, here] : {std::tuple{1, false, false},
                                                {2, false, false},
                                                {3, false, true},
                                                {4, true, true},
                                                {5, true, true}}) {
        EXPECT_EQ(checked(rating(level), usual)->follow_up, as_usual) << level;
        EXPECT_EQ(checked(rating(level))->follow_up, here) << level;
    }
    EXPECT_TRUE(checked(complaint(), usual)->follow_up);
}

TEST(voice, a_rating_has_one_token_for_each_case_and_step) {
    Voice again = rating(5);
    again.sub_id = domain::SubId::parse("ff112233445566778899aabbccddeeff").value();
    EXPECT_EQ(checked(rating(1))->token, checked(again)->token);
    again.step = "finish";
    EXPECT_NE(checked(rating(1))->token, checked(again)->token);
    Voice other = rating(1);
    other.about_case = "M3K790F261QXABCD";
    EXPECT_NE(checked(rating(1))->token, checked(other)->token);
}

}  // namespace
}  // namespace catalogue
