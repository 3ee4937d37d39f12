// Codes that are shown to the terminal: what each page takes, and that nothing else happens.
#include "domain/comfort_code.hpp"
#include "flows/scan_code/scan_code_steps.hpp"
#include "samples.hpp"
#include "session/inactivity.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using domain::CodePurpose;
using samples::Walker;

const std::string receipt_code = "CW1." + std::string(160, 'A');
const std::string guide_code = "CWG1:" + samples::item_code;

// A terminal with a scanner, on its first page.
struct Scanning : Walker {
    Scanning() {
        terminal.settings.has_scanner = true;
        terminal.settings.identity_beginnings = {"HLJID:"};
        auto first = begin(terminal.world());
        session = std::move(first.session);
        effects = std::move(first.effects);
    }
    Scanning& does(const Event& event) {
        on(event);
        return *this;
    }
    Scanning& scans(const std::string& text) {
        return does(CodeSeen{session.scan.ticket, base::SecretText(text)});
    }
    std::optional<CodePurpose> noted() const {
        return session.scan.note ? std::optional(session.scan.note->purpose) : std::nullopt;
    }
};

TEST(codes, a_guides_code_opens_that_guide_from_the_first_pages) {
    Scanning first;
    ASSERT_TRUE(first.effect<LookForCode>());
    EXPECT_FALSE(first.effect<LookForCode>()->camera) << "no camera without its lamp";
    first.scans(guide_code);
    ASSERT_TRUE(first.in<ReadingGuide>());
    EXPECT_EQ(first.in<ReadingGuide>()->item_code, samples::item_code);
    EXPECT_TRUE(first.effect<StopCardReader>());
    EXPECT_TRUE(first.effect<StopLookingForCode>());
    EXPECT_TRUE(first.effect<LogSessionStarted>());
    Scanning list;
    list.does(ServicesOpened{}).scans(guide_code);
    EXPECT_TRUE(list.in<ReadingGuide>());
}

TEST(codes, a_guide_that_this_terminal_does_not_have_is_said_so) {
    Scanning walker;
    walker.scans("CWG1:000000000000");
    EXPECT_TRUE(walker.session.idle());
    EXPECT_EQ(walker.noted(), CodePurpose::guide);
}

TEST(codes, a_receipts_code_is_looked_up_where_progress_is_asked_for) {
    for (const bool typing : {false, true}) {
        Scanning walker;
        walker.does(ProgressOpened{});
        if (typing) walker.does(ProgressByCodeChosen{});
        walker.scans(receipt_code);
        ASSERT_TRUE(walker.effect<LookUpReceipt>());
        EXPECT_EQ(walker.effect<LookUpReceipt>()->code, receipt_code);
        EXPECT_TRUE(walker.in<AskingProgress>());
        EXPECT_EQ(walker.effect<LookUpReceipt>()->ticket, walker.in<AskingProgress>()->ticket);
    }
}

TEST(codes, a_terminal_without_a_scanner_looks_with_the_camera_when_it_is_asked_to_and_only_then) {
    Walker walker;
    EXPECT_FALSE(walker.effect<LookForCode>());
    walker.on(ProgressOpened{});
    EXPECT_FALSE(walker.effect<LookForCode>());
    walker.on(ReceiptScanOpened{});
    ASSERT_TRUE(walker.effect<LookForCode>());
    EXPECT_TRUE(walker.effect<LookForCode>()->camera);
    walker.on(CodeSeen{walker.session.scan.ticket, base::SecretText(receipt_code)});
    EXPECT_TRUE(walker.in<AskingProgress>());
    ASSERT_TRUE(walker.effect<StopLookingForCode>());
    EXPECT_TRUE(walker.effect<StopLookingForCode>()->camera);
}

TEST(codes, the_camera_stops_when_the_number_is_typed_after_all_when_time_is_up_or_it_is_gone) {
    const auto scanning = [] { return Walker{}.on(ProgressOpened{}).on(ReceiptScanOpened{}); };
    auto typed = scanning();
    typed.on(ProgressByCodeChosen{});
    ASSERT_TRUE(typed.in<EnteringCode>());
    EXPECT_FALSE(typed.in<EnteringCode>()->camera);
    EXPECT_TRUE(typed.effect<StopLookingForCode>());
    auto late = scanning();
    late.terminal.settings.times.standard.browse.quiet = 10min;
    late.wait(code_scan_limit);
    ASSERT_TRUE(late.in<EnteringCode>());
    EXPECT_FALSE(late.in<EnteringCode>()->camera);
    auto gone = scanning();
    gone.terminal.health.camera = {domain::DeviceState::unavailable, domain::Supply::unknown,
                                   base::Fault{base::FaultCode::CameraAbsent, {}}};
    gone.on(TimePassed{});
    EXPECT_FALSE(gone.in<EnteringCode>()->camera);
    EXPECT_TRUE(gone.effect<StopLookingForCode>());
    for (const Event& away :
         {Event{HelpOpened{}}, Event{ComfortOpened{}}, Event{WentBack{}}, Event{Ended{}}}) {
        auto walker = scanning();
        walker.on(away);
        ASSERT_TRUE(walker.effect<StopLookingForCode>());
        EXPECT_TRUE(walker.effect<StopLookingForCode>()->camera);
    }
}

TEST(codes, every_other_code_is_said_for_what_it_is_and_does_nothing) {
    const std::vector<std::pair<std::string, CodePurpose>> others{
        {"CWA1:B20261126-0042", CodePurpose::appointment},
        {"CWE1:abcdefghijklmnopqrstuv", CodePurpose::enrolment},
        {"2103-440305-04-01-123456", CodePurpose::project_code},
        {"HLJID:8f/3=+opaque", CodePurpose::electronic_identity},
        {domain::comfort_code(domain::Comfort::for_elders()), CodePurpose::comfort},
        {"https://example.org/?pay=100", CodePurpose::unknown},
        {"rm -rf /", CodePurpose::unknown},
        {std::string("\x00\x1B[2J\xFF\xC3(", 8), CodePurpose::unknown}};
    for (const auto& [text, purpose] : others) {
        for (int page = 0; page < 4; ++page) {
            Scanning walker;
            if (page == 1) walker.does(ServicesOpened{});
            if (page >= 2) walker.does(ProgressOpened{});
            if (page == 3) walker.does(ProgressByCodeChosen{});
            const std::string state = name(walker.session.state);
            const auto comfort = walker.session.comfort;
            walker.scans(text);
            EXPECT_EQ(walker.noted(), purpose) << page;
            EXPECT_EQ(name(walker.session.state), state);
            EXPECT_EQ(walker.session.comfort, comfort);
            EXPECT_TRUE(walker.effects.empty());
            const auto* entering = walker.in<EnteringCode>();
            EXPECT_FALSE(entering != nullptr && entering->code) << "nothing is typed";
        }
    }
}

TEST(codes, a_code_that_is_wanted_elsewhere_is_not_acted_upon_here) {
    Scanning first;
    first.scans(receipt_code);
    EXPECT_TRUE(first.session.idle());
    EXPECT_EQ(first.noted(), CodePurpose::receipt);
    Scanning progress;
    progress.does(ProgressOpened{}).scans(guide_code);
    EXPECT_TRUE(progress.in<ChoosingProgressWay>());
    EXPECT_EQ(progress.noted(), CodePurpose::guide);
}

TEST(codes, pages_that_do_not_listen_hear_nothing) {
    for (auto sample : samples::states()) {
        samples::Terminal terminal;
        terminal.settings.has_scanner = true;
        if (listening(sample.session, terminal.settings) != Listening::none) continue;
        for (const auto& text : {receipt_code, guide_code, std::string("x")}) {
            const auto next =
                step(sample.session, CodeSeen{samples::waited_for, base::SecretText(text)},
                     terminal.world());
            EXPECT_STREQ(name(next.session.state), name(sample.session.state)) << sample.name;
            EXPECT_TRUE(next.effects.empty()) << sample.name;
            EXPECT_FALSE(next.session.scan.note) << sample.name;
        }
    }
}

TEST(codes, a_code_for_an_earlier_page_or_person_is_a_stranger) {
    Scanning walker;
    const auto first = walker.session.scan.ticket;
    walker.does(ProgressOpened{}).does(HelpOpened{}).does(HelpClosed{});
    const auto later = walker.session.scan.ticket;
    EXPECT_NE(first, later);
    walker.does(CodeSeen{first, base::SecretText(receipt_code)});
    EXPECT_TRUE(walker.in<ChoosingProgressWay>());
    walker.does(Ended{});
    ASSERT_TRUE(walker.effect<LookForCode>()) << "the next person's first page listens anew";
    EXPECT_EQ(walker.effect<LookForCode>()->ticket.session, walker.session.id);
    walker.does(CodeSeen{later, base::SecretText(guide_code)});
    EXPECT_TRUE(walker.session.idle());
}

TEST(codes, the_sentence_goes_with_a_touch_or_after_a_while) {
    Scanning walker;
    walker.scans("x");
    ASSERT_TRUE(walker.noted());
    walker.wait(code_note_time);
    EXPECT_FALSE(walker.noted());
    walker.scans("x").does(Touched{});
    EXPECT_FALSE(walker.noted());
}

TEST(codes, a_code_answers_the_question_whether_somebody_is_still_there) {
    Scanning walker;
    walker.does(ProgressOpened{});
    walker.wait(walker.terminal.settings.times.standard.browse.quiet);
    ASSERT_EQ(walker.session.overlay, Overlay::still_there);
    walker.scans(receipt_code);
    EXPECT_EQ(walker.session.overlay, Overlay::none);
    EXPECT_TRUE(walker.in<AskingProgress>());
}

TEST(codes, what_a_code_says_is_not_kept_on_the_first_page) {
    const long before = base::live_secrets();
    Scanning walker;
    walker.scans("HLJID:8f/3=+opaque");
    EXPECT_EQ(base::live_secrets(), before);
}

}  // namespace
}  // namespace session
