// Asking, complaining, 办不成事 and rating: what is kept, who stands in it, and that nothing of it
// is in anybody's way.
#include "catalogue/voice.hpp"
#include "samples.hpp"
#include "session/inactivity.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using base::SecretText;
using catalogue::VoiceKind;
using samples::Walker;

Walker speaking(VoiceKind kind) {
    return Walker{}.on(HelpOpened{}).on(SpeakUpOpened{kind});
}

Walker written() {
    return speaking(VoiceKind::complaint)
        .on(VoiceTopicChosen{"delay"})
        .on(TextTyped{voice_text_field, SecretText("等了两个月")})
        .on(VoiceWritten{});
}

// What was sealed can be believed by the centre.
void expect_believed(const catalogue::Voice& voice) {
    const auto& pack = samples::pack();
    const auto checked =
        catalogue::check_voice(base::to_bytes(*catalogue::voice_json(voice, pack)), pack);
    ASSERT_TRUE(checked) << checked.error().safe_detail;
    EXPECT_EQ(checked->voice, voice);
}

TEST(speak_up, a_complaint_without_a_name_is_kept_gets_a_number_and_names_nobody) {
    Walker walker = written();
    ASSERT_EQ(walker.in<SpeakingUp>()->page, SpeakPage::who);
    walker.on(VoiceUnnamed{}).on(VoiceSubmitted{});
    const auto* keep = walker.effect<KeepVoice>();
    ASSERT_TRUE(keep);
    EXPECT_FALSE(keep->voice.person);
    EXPECT_TRUE(keep->voice.tried.empty());
    EXPECT_FALSE(keep->unshown);
    expect_believed(keep->voice);
    walker.on(SubmissionKept{walker.in<KeepingVoice>()->ticket, samples::receipt()});
    ASSERT_TRUE(walker.in<VoiceKept>());
    EXPECT_EQ(walker.in<VoiceKept>()->receipt, samples::receipt());
    ASSERT_TRUE(walker.effect<PrintVoiceReceipt>());
    walker.on(PrintEnded{walker.in<VoiceKept>()->ticket, PrintResult::printed});
    ASSERT_TRUE(walker.effect<MarkReceiptShown>());
    walker.on(ReceiptTaken{});
    EXPECT_TRUE(walker.in<Farewell>());
}

TEST(speak_up, who_wants_to_be_named_puts_the_card_down_and_finds_the_words_again) {
    Walker walker = written().on(VoiceNamed{});
    ASSERT_TRUE(walker.in<ReadingNotice>()) << "nothing is read before the notice";
    walker.on(WentBack{});
    ASSERT_TRUE(walker.in<SpeakingUp>());
    EXPECT_EQ(*walker.in<SpeakingUp>()->text, "等了两个月");
    walker.on(VoiceNamed{}).on(NoticeAccepted{});
    ASSERT_TRUE(walker.in<AwaitingCard>());
    walker.on(CardRead{walker.in<AwaitingCard>()->ticket,
                       base::Secret<domain::IdCardRecord>(samples::good_card())});
    ASSERT_TRUE(walker.in<SpeakingUp>());
    EXPECT_EQ(walker.in<SpeakingUp>()->page, SpeakPage::check);
    walker.on(VoiceSubmitted{});
    const auto* keep = walker.effect<KeepVoice>();
    ASSERT_TRUE(keep && keep->voice.person);
    EXPECT_EQ(keep->voice.person->name, "王秀兰");
    expect_believed(keep->voice);
}

TEST(speak_up, a_card_that_is_refused_leaves_the_way_without_a_name) {
    Walker walker = written().on(VoiceNamed{}).on(NoticeAccepted{});
    walker.on(CardRead{walker.in<AwaitingCard>()->ticket,
                       base::Secret<domain::IdCardRecord>(samples::expired_card())});
    ASSERT_TRUE(walker.in<CardRefused>());
    walker.on(WentBack{}).on(WentBack{});
    ASSERT_TRUE(walker.in<SpeakingUp>());
    walker.on(VoiceUnnamed{});
    EXPECT_EQ(walker.in<SpeakingUp>()->page, SpeakPage::check);
    EXPECT_EQ(*walker.in<SpeakingUp>()->text, "等了两个月");
}

TEST(speak_up, words_that_are_missing_and_a_wrong_telephone_are_said) {
    Walker walker = speaking(VoiceKind::consult).on(VoiceTopicChosen{"other"}).on(VoiceWritten{});
    EXPECT_TRUE(walker.in<SpeakingUp>()->text_missing);
    walker.on(TextTyped{voice_text_field, SecretText("几点开门")})
        .on(TextTyped{voice_telephone_field, SecretText("123")})
        .on(VoiceWritten{});
    EXPECT_EQ(walker.in<SpeakingUp>()->page, SpeakPage::words);
    EXPECT_TRUE(walker.in<SpeakingUp>()->telephone_wrong);
    walker.on(TextTyped{voice_telephone_field, SecretText("13800138000")}).on(VoiceWritten{});
    EXPECT_EQ(walker.in<SpeakingUp>()->page, SpeakPage::who);
}

Walker refused_card() {
    Walker walker;
    walker.to_card();
    return walker.on(CardRead{walker.in<AwaitingCard>()->ticket,
                              base::Secret<domain::IdCardRecord>(samples::expired_card())});
}

TEST(speak_up, what_was_tried_goes_along_only_when_it_is_wanted_and_says_nothing_of_a_person) {
    Walker stuck = refused_card().on(SpeakUpOpened{VoiceKind::stuck});
    ASSERT_TRUE(stuck.in<SpeakingUp>());
    EXPECT_FALSE(stuck.in<SpeakingUp>()->with_tried);
    EXPECT_EQ(stuck.in<SpeakingUp>()->about_item, samples::item_code);
    stuck.on(VoiceTopicChosen{"card_or_face"});
    Walker silent = Walker{stuck}.on(VoiceWritten{}).on(VoiceUnnamed{}).on(VoiceSubmitted{});
    EXPECT_TRUE(silent.effect<KeepVoice>()->voice.tried.empty());
    stuck.on(TriedToggled{}).on(VoiceWritten{}).on(VoiceUnnamed{}).on(VoiceSubmitted{});
    const auto& tried = stuck.effect<KeepVoice>()->voice.tried;
    EXPECT_NE(std::find(tried.begin(), tried.end(), "place_card"), tried.end());
    EXPECT_NE(std::find(tried.begin(), tried.end(), "CardExpired"), tried.end());
    EXPECT_NE(std::find(tried.begin(), tried.end(), "card_refused"), tried.end());
    expect_believed(stuck.effect<KeepVoice>()->voice);
}

TEST(speak_up, what_one_person_tried_is_forgotten_with_their_session) {
    Walker walker = refused_card();
    EXPECT_FALSE(walker.session.tried.empty());
    walker.on(Ended{}).wait(1s);
    if (!walker.session.idle()) walker.on(CardDeclaredTaken{});
    ASSERT_TRUE(walker.session.idle());
    EXPECT_TRUE(walker.session.tried.empty());
}

TEST(speak_up, a_post_that_refuses_is_said_and_the_same_words_are_tried_again) {
    Walker walker = written().on(VoiceUnnamed{}).on(VoiceSubmitted{});
    const auto first = walker.effect<KeepVoice>()->voice;
    walker.on(
        SubmissionKept{walker.in<KeepingVoice>()->ticket, base::fail(base::FaultCode::DiskFull)});
    ASSERT_TRUE(walker.in<VoiceProblem>());
    walker.on(HandInTriedAgain{});
    ASSERT_TRUE(walker.effect<KeepVoice>());
    EXPECT_EQ(walker.effect<KeepVoice>()->voice, first);
}

TEST(speak_up, a_form_that_would_be_lost_is_not_left_for_it) {
    Walker walker;
    walker.to_form().on(HelpOpened{}).on(SpeakUpOpened{VoiceKind::complaint});
    EXPECT_TRUE(walker.in<FillingForm>());
}

Walker at_rating() {
    return Walker{}.to_receipt().on(ReceiptTaken{});
}

TEST(rating, it_goes_to_the_centre_once_with_its_case_and_nobody_waits_for_it) {
    Walker walker = at_rating();
    const auto number = walker.in<Rating>()->about_case;
    EXPECT_EQ(walker.in<Rating>()->level, 0) << "nothing is chosen beforehand";
    walker.on(Rated{3});
    ASSERT_TRUE(walker.in<Rating>());
    walker.on(ReasonToggled{"waiting"})
        .on(ReasonToggled{"machine"})
        .on(ReasonToggled{"machine"})
        .on(DimensionRated{"speed", 4})
        .on(RatingSubmitted{});
    const auto* keep = walker.effect<KeepVoice>();
    ASSERT_TRUE(keep);
    EXPECT_TRUE(keep->unshown);
    EXPECT_EQ(keep->voice.level, 3);
    EXPECT_EQ(keep->voice.about_case, number);
    EXPECT_EQ(keep->voice.reasons, std::vector<std::string>{"waiting"});
    expect_believed(keep->voice);
    ASSERT_TRUE(walker.in<Farewell>());
    EXPECT_EQ(walker.in<Farewell>()->rated, Farewell::Rated::keeping);
    const auto ticket = walker.in<Farewell>()->ticket;
    Walker lost = walker;
    walker.on(SubmissionKept{ticket, samples::receipt()});
    EXPECT_EQ(walker.in<Farewell>()->rated, Farewell::Rated::kept);
    lost.on(SubmissionKept{ticket, base::fail(base::FaultCode::DiskFull)});
    EXPECT_EQ(lost.in<Farewell>()->rated, Farewell::Rated::lost) << "a sentence, not an obstacle";
    EXPECT_TRUE(lost.wait(5s).session.idle());
}

TEST(rating, who_skips_it_or_walks_away_rates_nothing_and_who_chose_a_level_has_rated) {
    EXPECT_FALSE(at_rating().on(RatingSkipped{}).effect<KeepVoice>());
    EXPECT_FALSE(at_rating().on(Rated{5}).on(RatingSkipped{}).effect<KeepVoice>());
    Walker away = at_rating().on(Rated{5});
    for (int second = 0; away.in<Rating>() && second < 300; ++second) away.wait(1s);
    ASSERT_TRUE(away.effect<KeepVoice>());
    EXPECT_EQ(away.effect<KeepVoice>()->voice.level, 5);
}

Walker found(std::string sub_id) {
    Walker walker = Walker{}
                        .on(ProgressOpened{})
                        .on(ProgressByCodeChosen{})
                        .on(TextTyped{"receipt_code", SecretText("L3K790F261QX")})
                        .on(CodeSubmitted{});
    domain::SubmissionStatus status;
    status.delivery = domain::Delivery::received;
    status.sub_id = std::move(sub_id);
    return walker.on(ProgressAnswered{walker.in<AskingProgress>()->ticket, std::vector{status}});
}

TEST(replies, the_slip_shows_the_answer_and_asks_whether_it_will_do) {
    Walker walker = found("00112233445566778899aabbccddeeff").on(RepliesOpened{});
    ASSERT_TRUE(walker.effect<AskReplies>());
    EXPECT_EQ(walker.effect<AskReplies>()->sub_id, "00112233445566778899aabbccddeeff");
    domain::VoiceReply reply;
    reply.number = "0001";
    reply.kind = "rating";
    reply.state = "replied";
    reply.asks = true;
    walker.on(RepliesAnswered{walker.in<AskingReplies>()->ticket, std::vector{reply}});
    ASSERT_TRUE(walker.in<ShowingReplies>());
    walker.on(ReplyJudged{"another", true});
    EXPECT_TRUE(walker.in<ShowingReplies>()) << "only what was asked is judged";
    walker.on(ReplyJudged{"0001", false});
    ASSERT_TRUE(walker.effect<AskReplies>());
    EXPECT_EQ(walker.effect<AskReplies>()->act, domain::ReplyAct::not_yet);
    EXPECT_EQ(walker.effect<AskReplies>()->number, "0001");
}

TEST(replies, a_slip_of_before_asks_nothing_and_a_silent_centre_is_said) {
    EXPECT_FALSE(found("").on(RepliesOpened{}).effect<AskReplies>());
    Walker walker = found("00112233445566778899aabbccddeeff").on(RepliesOpened{});
    walker.wait(progress_limit);
    ASSERT_TRUE(walker.in<ShowingReplies>());
    EXPECT_TRUE(walker.in<ShowingReplies>()->fault);
}

}  // namespace
}  // namespace session
