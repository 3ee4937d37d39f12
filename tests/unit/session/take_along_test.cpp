// What is taken along: the list on paper, honestly; and pages that come only where they are needed.
#include "samples.hpp"
#include "session/inactivity.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace session {
namespace {

using namespace flows;
using namespace std::chrono_literals;
using samples::Walker;

Walker code_page() {
    return Walker{}.on(ItemChosen{samples::item_code}).on(GuidePageOpened{GuidePage::take_along});
}
const TakingAlong& along(const Walker& walker) {
    return *walker.in<TakingAlong>();
}

TEST(take_along, a_guide_is_printed_as_the_list_for_everybody_and_the_page_is_still_there) {
    Walker walker = code_page().on(ListPrintWanted{});
    ASSERT_TRUE(walker.in<TakingAlong>());
    const auto* print = walker.effect<PrintList>();
    ASSERT_TRUE(print);
    EXPECT_EQ(print->item_code, samples::item_code);
    EXPECT_FALSE(print->materials);
    EXPECT_TRUE(print->situation.empty());
    EXPECT_EQ(print->printer, domain::DeviceKind::document_printer);
    walker.on(PageOfPrintDone{along(walker).ticket, 1, 1})
        .on(PrintEnded{along(walker).ticket, PrintResult::printed});
    EXPECT_EQ(along(walker).paper, Paper::printed);
    walker.on(WentBack{});
    ASSERT_TRUE(walker.in<ReadingGuide>());
    EXPECT_EQ(walker.in<ReadingGuide>()->page, GuidePage::take_along);
}

TEST(take_along, the_exact_list_is_printed_by_the_answers_and_they_are_still_there) {
    Walker walker = Walker{}.to_materials();
    ASSERT_TRUE(walker.in<CheckingMaterials>());
    const auto situation = walker.in<CheckingMaterials>()->journey.situation;
    walker.on(ListPrintWanted{});
    const auto* print = walker.effect<PrintList>();
    ASSERT_TRUE(print);
    ASSERT_TRUE(print->materials);
    EXPECT_FALSE(print->materials->empty());
    EXPECT_EQ(print->situation, situation);
    EXPECT_TRUE(person_of(walker.session.state)) << "it is still this person's page";
    EXPECT_TRUE(submission_of(walker.session.state)) << "their room on the disk is kept";
    EXPECT_FALSE(walker.effect<AbandonRoom>());
    walker.on(WentBack{});
    ASSERT_TRUE(walker.in<CheckingMaterials>());
    EXPECT_EQ(walker.in<CheckingMaterials>()->journey.situation, situation);
}

TEST(take_along, leaving_from_it_asks_first_where_answers_would_be_lost) {
    Walker walker = Walker{}.to_materials().on(ListPrintWanted{}).on(WentHome{});
    EXPECT_EQ(walker.session.overlay, Overlay::leave);
    Walker guide = code_page().on(ListPrintWanted{}).on(WentHome{});
    EXPECT_TRUE(guide.session.idle());
}

TEST(take_along, a_kind_end_is_printed_with_why_and_what_next_and_nobodys_name) {
    std::size_t at = 0;
    while (samples::state(at).name != "not_eligible") ++at;
    Walker walker;
    walker.session = samples::state(at).session;
    walker.on(ListPrintWanted{});
    const auto* print = walker.effect<PrintList>();
    ASSERT_TRUE(print);
    ASSERT_EQ(print->stop.size(), 3U);
    for (const auto& text : print->stop) {
        EXPECT_FALSE(text.empty());
        EXPECT_EQ(text.find('{'), std::string::npos) << "dates stand in words";
    }
    walker.on(WentBack{});
    EXPECT_TRUE(walker.in<NotEligible>());
}

TEST(take_along, what_did_not_come_out_is_said_and_can_be_tried_again) {
    Walker walker = code_page().on(ListPrintWanted{});
    const auto first = along(walker).ticket;
    walker.on(PrintEnded{first, base::fail(base::FaultCode::PrinterPaperOut)});
    EXPECT_EQ(along(walker).paper, Paper::problem);
    ASSERT_TRUE(along(walker).fault);
    EXPECT_EQ(along(walker).fault->code, base::FaultCode::PrinterPaperOut);
    EXPECT_TRUE(walker.effect<LogFault>());
    walker.on(ListPrintWanted{});
    EXPECT_EQ(along(walker).paper, Paper::printing);
    EXPECT_FALSE(along(walker).fault);
    EXPECT_NE(along(walker).ticket, first);
    walker.on(PrintEnded{first, PrintResult::printed});
    EXPECT_EQ(along(walker).paper, Paper::printing) << "an older print's end says nothing";
}

TEST(take_along, unknown_is_not_printed) {
    Walker walker = code_page().on(ListPrintWanted{});
    walker.on(PrintEnded{along(walker).ticket, PrintResult::unknown});
    EXPECT_EQ(along(walker).paper, Paper::problem);
    EXPECT_FALSE(along(walker).fault);
    Walker silent = code_page().on(ListPrintWanted{});
    silent.wait(print_limit);
    EXPECT_EQ(along(silent).paper, Paper::problem);
    EXPECT_FALSE(along(silent).fault);
}

TEST(take_along, a_strip_is_printed_only_where_the_documents_printer_is_broken) {
    Walker well = code_page().with_receipt_printer().on(ListPrintWanted{});
    EXPECT_EQ(along(well).printer, domain::DeviceKind::document_printer);
    Walker broken = code_page().with_receipt_printer();
    broken.terminal.health.document_printer = {domain::DeviceState::unavailable,
                                               domain::Supply::unknown,
                                               base::Fault{base::FaultCode::PrinterAbsent, {}}};
    broken.on(ListPrintWanted{});
    EXPECT_EQ(along(broken).printer, domain::DeviceKind::receipt_printer);
}

TEST(take_along, one_paper_of_the_list_is_opened_and_leads_back_to_it) {
    Walker walker =
        Walker{}.on(ItemChosen{samples::item_code}).on(GuidePageOpened{GuidePage::material, 1});
    ASSERT_TRUE(walker.in<ReadingGuide>());
    EXPECT_EQ(walker.in<ReadingGuide>()->page, GuidePage::material);
    walker.on(WentBack{});
    EXPECT_EQ(walker.in<ReadingGuide>()->page, GuidePage::materials);
    walker.on(GuidePageOpened{GuidePage::material, 1000});
    EXPECT_EQ(walker.in<ReadingGuide>()->page, GuidePage::materials) << "there is no such paper";
}

TEST(trade_check, what_was_typed_dies_with_the_page_and_it_leads_back) {
    Walker walker = Walker{}.on(ItemChosen{"000131128000"}).on(TradeCheckOpened{});
    ASSERT_TRUE(walker.in<CheckingTrade>());
    walker.on(TextTyped{trade_field, base::SecretText("2672")});
    EXPECT_EQ(*walker.in<CheckingTrade>()->query, "2672");
    walker.on(WentBack{});
    ASSERT_TRUE(walker.in<ReadingGuide>());
    walker.on(TradeCheckOpened{});
    EXPECT_FALSE(walker.in<CheckingTrade>()->query);
}

// A county whose service asks for no paper at all (零材料).
TEST(materials, the_page_is_left_out_where_no_paper_is_asked_for) {
    auto pack = samples::pack();
    for (auto& item : pack.items)
        if (item.code == samples::item_code) item.materials.clear();
    Walker walker = Walker{}.to_materials();
    const auto journey = walker.in<CheckingMaterials>()->journey;
    const auto& item = *pack.find_item(samples::item_code);
    const World world{pack, walker.terminal.settings, walker.terminal.health, walker.terminal.now,
                      domain::SubId{{1, 2, 3}}};
    Session session = walker.session;
    session.state = FillingForm{journey, item.form.size() - 1, {}, {}, false};
    auto next = step(session, PageCompleted{}, world);
    ASSERT_TRUE(std::holds_alternative<Reviewing>(next.session.state)) << name(next.session.state);
    next = step(next.session, WentBack{}, world);
    EXPECT_TRUE(std::holds_alternative<FillingForm>(next.session.state));
}

}  // namespace
}  // namespace session
