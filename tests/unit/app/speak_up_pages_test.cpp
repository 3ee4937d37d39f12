// What the pages of asking, complaining and rating offer, and what they do not say.
#include "app/papers.hpp"
#include "page_of.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace app {
namespace {

using namespace ui::screens;
using catalogue::VoiceKind;
using session::SpeakUpOpened;
using session::samples::Walker;
namespace samples = session::samples;

bool leads(const Page& page, const std::string& id) {
    return page.on_press.contains(id);
}

// Every text of the page's cards.
std::string said(const Page& page) {
    std::string out;
    for (const auto& each : page.screen.blocks)
        if (const auto* card = std::get_if<KeyValues>(&each))
            for (const auto& row : card->rows) out += row.label + row.value + "\n";
    return out;
}

Walker refused_card() {
    Walker walker;
    walker.to_card();
    return walker.on(
        session::CardRead{walker.in<flows::AwaitingCard>()->ticket,
                          base::Secret<domain::IdCardRecord>(samples::expired_card())});
}

TEST(speak_up_pages, help_leads_to_a_question_and_a_complaint_but_not_over_a_form) {
    const Page help = page_of(Walker{}.on(session::HelpOpened{}));
    EXPECT_TRUE(leads(help, "consult"));
    EXPECT_TRUE(leads(help, "complain"));
    const Page over_form = page_of(Walker{}.to_form().on(session::HelpOpened{}));
    EXPECT_FALSE(leads(over_form, "consult"));
}

TEST(speak_up_pages, where_it_ends_badly_one_may_say_so) {
    EXPECT_TRUE(leads(page_of(refused_card()), "stuck"));
    Walker face =
        Walker{}.to_identity().on(session::IdentityConfirmed{}).on(session::FaceConsented{});
    face.on(session::FaceChecked{face.in<flows::CheckingFace>()->ticket,
                                 base::fail(base::FaultCode::CameraAbsent)});
    EXPECT_TRUE(leads(page_of(face), "stuck"));
}

TEST(speak_up_pages, a_county_without_voices_shows_none_of_them) {
    catalogue::Pack pack = samples::pack();
    pack.voice.reset();
    const Walker walker = Walker{}.on(session::HelpOpened{});
    const Page help = present({walker.session,
                               &pack,
                               walker.terminal.settings,
                               walker.terminal.health,
                               {},
                               walker.terminal.now});
    EXPECT_FALSE(leads(help, "consult"));
}

TEST(speak_up_pages, the_steps_are_offered_unticked_and_only_where_there_are_any) {
    Walker tried = refused_card();
    tried.on(SpeakUpOpened{VoiceKind::stuck}).on(session::VoiceTopicChosen{"other"});
    const Page page = page_of(tried);
    const auto* ticks = block<Ticks>(page);
    ASSERT_TRUE(ticks != nullptr && ticks->ticks.size() == 1);
    EXPECT_FALSE(ticks->ticks[0].ticked);
    Walker complaint = Walker{}
                           .on(session::HelpOpened{})
                           .on(SpeakUpOpened{VoiceKind::complaint})
                           .on(session::VoiceTopicChosen{"other"});
    EXPECT_EQ(block<Ticks>(page_of(complaint)), nullptr);
}

TEST(speak_up_pages, no_reason_is_ticked_beforehand_and_skipping_stands_beside_sending) {
    const Page page =
        page_of(Walker{}.to_receipt().on(session::ReceiptTaken{}).on(session::Rated{3}));
    EXPECT_EQ(page.screen.name, "rating_reasons");
    const auto* ticks = block<Ticks>(page);
    ASSERT_TRUE(ticks != nullptr && !ticks->ticks.empty());
    EXPECT_TRUE(std::none_of(ticks->ticks.begin(), ticks->ticks.end(),
                             [](const Tick& tick) { return tick.ticked; }));
    EXPECT_TRUE(leads(page, "rating_skip"));
    EXPECT_TRUE(leads(page, "rating_submit"));
}

TEST(speak_up_pages, whoever_is_named_is_masked_on_the_page_and_stands_on_no_slip) {
    Walker walker = Walker{}
                        .on(session::HelpOpened{})
                        .on(SpeakUpOpened{VoiceKind::complaint})
                        .on(session::VoiceTopicChosen{"delay"})
                        .on(session::TextTyped{flows::voice_text_field, base::SecretText("太慢")})
                        .on(session::VoiceWritten{})
                        .on(session::VoiceNamed{})
                        .on(session::NoticeAccepted{});
    walker.on(session::CardRead{walker.in<flows::AwaitingCard>()->ticket,
                                base::Secret<domain::IdCardRecord>(samples::good_card())});
    const Page check = page_of(walker);
    EXPECT_EQ(check.screen.name, "speak_check");
    EXPECT_NE(said(check).find("太慢"), std::string::npos);
    EXPECT_EQ(said(check).find("王秀兰"), std::string::npos);
    const auto slip = voice_receipt_document(
        samples::pack(), {samples::receipt(), VoiceKind::complaint, false}, base::Locale::zh);
    for (const auto& row : slip.rows) {
        EXPECT_EQ(row.value.find("王"), std::string::npos);
        EXPECT_EQ(row.value.find("太慢"), std::string::npos);
    }
    EXPECT_TRUE(slip.rows.at(1).strong) << "the number is what is taken along";
}

}  // namespace
}  // namespace app
