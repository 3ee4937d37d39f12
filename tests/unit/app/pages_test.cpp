// What holds for every page of every state, in both languages and both modes.
#include "domain/comfort_code.hpp"
#include "seen_pages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace app {
namespace {

using namespace std::chrono_literals;

TEST(pages, every_control_means_an_event_and_every_event_has_a_control) {
    for (const auto& [name, page] : every_page()) {
        const auto seen = look_at(page.screen);
        const std::set<std::string> controls(seen.controls.begin(), seen.controls.end());
        for (const auto& id : controls)
            EXPECT_TRUE(page.on_press.contains(id)) << name << ": " << id;
        for (const auto& [id, event] : page.on_press)
            EXPECT_TRUE(controls.contains(id) || id == "not_me" ||
                        (id == "panel_test" && page.screen.panel_test))
                << name << ": nothing shows " << id;
    }
}

TEST(pages, at_most_one_primary_button_and_at_most_four_fields) {
    for (const auto& [name, page] : every_page()) {
        const auto seen = look_at(page.screen);
        EXPECT_LE(seen.primaries, 1) << name;
        EXPECT_LE(seen.fields, 4) << name;
    }
}

// A result of another session or an older request changes nothing that anybody can see.
TEST(pages, a_late_result_never_changes_what_is_shown) {
    session::samples::Terminal terminal;
    const auto shown = [&](const session::Session& session) {
        return look_at(present({session,
                                &session::samples::pack(),
                                terminal.settings,
                                terminal.health,
                                {},
                                terminal.now})
                           .screen)
            .texts;
    };
    for (const auto& [state_name, session] : session::samples::states())
        for (auto [event_name, event] : session::samples::events()) {
            const bool is_result = std::visit(
                [](auto& e) {
                    if constexpr (requires { e.ticket; }) e.ticket = {6, 70};
                    return requires {
                        e.ticket;
                    };
                },
                event);
            if (!is_result) continue;
            const auto next = session::step(session, event, terminal.world());
            EXPECT_EQ(shown(next.session), shown(session)) << event_name << " in " << state_name;
        }
}

TEST(pages, the_utility_bar_has_the_same_places_everywhere) {
    for (const auto& [name, page] : every_page()) {
        if (page.screen.panel_test) continue;  // the whole panel is what is tried
        std::vector<std::string> ids;
        for (const auto& button : page.screen.utility) ids.push_back(button.id);
        EXPECT_EQ(ids,
                  (std::vector<std::string>{"back", "home", "elder", "comfort", "help", "end"}))
            << name;
    }
}

TEST(pages, without_a_valid_pack_the_terminal_says_out_of_service) {
    const session::samples::Terminal terminal;
    const session::Session session;
    const auto page =
        present({session, nullptr, terminal.settings, terminal.health, {}, terminal.now});
    EXPECT_EQ(page.screen.name, "out_of_service");
    EXPECT_TRUE(page.on_press.empty());
}

// The curtain is one page whatever it hides: brand, words and one button, in either stage.
TEST(pages, behind_the_curtain_nothing_of_the_page_is_left_to_draw_or_to_speak) {
    std::set<std::string> allowed;
    for (const auto overlay : {session::Overlay::curtain, session::Overlay::still_there}) {
        for (const auto& [name, sample] : session::samples::states()) {
            if (!session::shows_a_person(sample.state)) continue;
            session::samples::Terminal terminal;
            session::Session session = sample;
            session.overlay = overlay;
            session.hidden_since = terminal.now;
            session.warned = terminal.now;
            const auto page = present({session,
                                       &session::samples::pack(),
                                       terminal.settings,
                                       terminal.health,
                                       {},
                                       terminal.now});
            const auto seen = look_at(page.screen);
            EXPECT_EQ(page.screen.name, "curtain");
            EXPECT_EQ(seen.controls, std::vector<std::string>{"curtain_back"});
            EXPECT_EQ(page.screen.overlay.has_value(), overlay == session::Overlay::still_there);
            EXPECT_FALSE(page.screen.header.not_me);
            const std::set<std::string> texts(seen.texts.begin(), seen.texts.end());
            if (allowed.empty()) allowed = texts;
            EXPECT_EQ(texts, allowed) << name;
        }
    }
}

Screen page_of(session::samples::Walker& walker) {
    return present({walker.session,
                    &session::samples::pack(),
                    walker.terminal.settings,
                    walker.terminal.health,
                    {},
                    walker.terminal.now})
        .screen;
}

std::vector<KeyValue> rows_with(const Screen& screen, const std::string& part) {
    std::vector<KeyValue> out;
    for (const auto& block : screen.blocks)
        if (const auto* card = std::get_if<KeyValues>(&block))
            for (const auto& row : card->rows)
                if (row.value.find(part) != std::string::npos) out.push_back(row);
    return out;
}

TEST(pages, a_tap_on_show_reveals_that_field_alone_and_it_stays_personal) {
    session::samples::Walker walker;
    walker.to_materials().on(session::MaterialsAccepted{});
    EXPECT_TRUE(rows_with(page_of(walker), "19430518").empty());
    walker.on(session::FieldRevealed{"p.doc_no"});
    const auto revealed = rows_with(page_of(walker), "19430518");
    ASSERT_EQ(revealed.size(), 1U);
    // The loudspeaker says nothing personal: the row is marked as such whatever it shows.
    EXPECT_EQ(revealed.front().sensitivity, Sensitivity::personal);
    ASSERT_TRUE(revealed.front().reveal);
    EXPECT_EQ(revealed.front().reveal->id, "hide:p.doc_no");
    EXPECT_TRUE(rows_with(page_of(walker), "王秀兰").empty());
}

TEST(pages, screens_are_masked_by_the_policy_of_the_terminal) {
    session::samples::Walker walker;
    walker.terminal.settings.masking.id_number = {1, 1};
    walker.terminal.settings.masking.name = domain::KeptName::first;
    walker.to_identity();
    const auto page = page_of(walker);
    EXPECT_EQ(page.header.who, "王**");
    EXPECT_EQ(rows_with(page, "王**").size(), 1U);
    EXPECT_EQ(rows_with(page, "0***** ******** ***").size(), 1U);
}

// 带走我的设置 says what it holds, and what it holds is no person.
TEST(pages, the_code_of_settings_is_a_picture_and_letters_and_names_nobody) {
    session::samples::Walker walker;
    walker.to_materials().on(session::ComfortOpened{}).on(session::ComfortCodeOpened{});
    const auto code = domain::comfort_code(walker.session.comfort);
    const auto page = page_of(walker);
    EXPECT_EQ(page.name, "comfort_code");
    const auto rows = rows_with(page, code);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_TRUE(rows.front().strong);
    for (const auto& block : page.blocks)
        if (const auto* card = std::get_if<KeyValues>(&block)) {
            EXPECT_EQ(card->qr_text, code);
        }
    EXPECT_EQ(code, domain::comfort_code(session::samples::Walker{}.session.comfort));
}

// Whoever has no telephone reads what a code says, and gives no number (UX-209).
TEST(pages, a_card_that_takes_long_is_told_what_to_do_and_where_else_to_go) {
    session::samples::Walker walker;
    walker.to_card();
    walker.on(session::CardSeen{walker.in<flows::AwaitingCard>()->ticket});
    const auto says = [&](const char* words) {
        for (const auto& text : look_at(page_of(walker)).texts)
            if (text.find(words) != std::string::npos) return true;
        return false;
    };
    EXPECT_FALSE(says("请保持不动"));
    walker.wait(3s);
    EXPECT_TRUE(says("请保持不动"));
    EXPECT_FALSE(says("放平放正"));
    walker.wait(7s);
    EXPECT_TRUE(says("放平放正"));
    EXPECT_FALSE(says("换个办法"));
    walker.wait(20s);
    EXPECT_TRUE(says("换个办法"));
    EXPECT_TRUE(says(session::samples::pack().telephone.c_str()));
}

TEST(pages, elder_mode_is_offered_with_two_equal_buttons) {
    session::samples::Walker walker;
    walker.to_identity();
    std::vector<Button> answers;
    const auto look = [&] {
        answers.clear();
        for (const auto& block : page_of(walker).blocks)
            if (const auto* row = std::get_if<ButtonRow>(&block))
                for (const auto& button : row->buttons)
                    if (button.id.starts_with("elder_")) answers.push_back(button);
    };
    look();
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_EQ(answers[0].look, ButtonLook::equal);
    EXPECT_EQ(answers[1].look, ButtonLook::equal);
    walker.wait(5s);
    look();
    EXPECT_TRUE(answers.empty());
}

TEST(pages, the_goodbye_names_what_to_take_and_what_was_really_there_first) {
    session::samples::Walker with, without;
    with.to_receipt();
    with.on(session::PrintEnded{with.in<flows::ShowingReceipt>()->ticket,
                                session::PrintResult::printed});
    without.to_receipt();
    const auto things = [](session::samples::Walker& walker) {
        walker.on(session::ReceiptTaken{}).on(session::RatingSkipped{});
        std::vector<std::string> out;
        for (const auto& block : page_of(walker).blocks)
            if (const auto* card = std::get_if<TextCard>(&block))
                for (const auto& paragraph : card->paragraphs) out.push_back(paragraph.lead);
        return out;
    };
    EXPECT_EQ(things(with), (std::vector<std::string>{"身份证", "打印件", "材料", "手机"}));
    EXPECT_EQ(things(without), (std::vector<std::string>{"身份证", "材料", "手机"}));
}

TEST(pages, who_wants_to_go_without_the_paper_is_told_how_many_sheets_wait) {
    session::samples::Walker walker;
    walker.to_receipt();
    const auto ticket = walker.in<flows::ShowingReceipt>()->ticket;
    walker.on(session::PageOfPrintDone{ticket, 2, 2})
        .on(session::PrintEnded{ticket, session::PrintResult::printed, true});
    const auto says = [&] {
        for (const auto& text : look_at(page_of(walker)).texts)
            if (text.find("还有 2 张没取") != std::string::npos) return true;
        return false;
    };
    EXPECT_FALSE(says());
    walker.on(session::ReceiptTaken{});
    EXPECT_TRUE(says());
}

TEST(pages, where_the_paper_comes_out_is_drawn_as_it_is_said) {
    session::samples::Walker walker;
    walker.terminal.settings.places.receipt_printer = domain::Place::right_middle;
    walker.with_receipt_printer().to_receipt();
    const auto ticket = walker.in<flows::ShowingReceipt>()->ticket;
    const auto outlet = [&] {
        for (const auto& block : page_of(walker).blocks)
            if (const auto* paper = std::get_if<Progress>(&block)) return paper->outlet;
        return std::optional<ui::screens::Outlet>();
    };
    ASSERT_TRUE(outlet());
    EXPECT_TRUE(outlet()->receipt_printer);
    EXPECT_TRUE(outlet()->slip);
    EXPECT_EQ(outlet()->places.receipt_printer, domain::Place::right_middle);
    walker.on(session::PrintEnded{ticket, session::PrintResult::printed})
        .on(session::LetterCopyWanted{});
    ASSERT_TRUE(outlet());
    EXPECT_TRUE(outlet()->receipt_printer);
    EXPECT_FALSE(outlet()->slip) << "a letter comes out of the other printer";
}

TEST(pages, a_slip_that_stands_still_is_told_of_its_own_printer) {
    session::samples::Walker walker;
    walker.with_receipt_printer().to_receipt();
    const auto says = [&](base::FaultCode code) {
        const std::string words(base::citizen_text(code, base::Locale::zh));
        for (const auto& text : look_at(page_of(walker)).texts)
            if (text.find(words) != std::string::npos) return true;
        return false;
    };
    using base::FaultCode;
    walker.terminal.health.document_printer = {domain::DeviceState::unavailable,
                                               domain::Supply::unknown,
                                               base::Fault{FaultCode::PrinterCoverOpen, {}}};
    EXPECT_FALSE(says(FaultCode::PrinterCoverOpen)) << "the slip does not come out of it";
    walker.terminal.health.receipt_printer = {domain::DeviceState::unavailable,
                                              domain::Supply::unknown,
                                              base::Fault{FaultCode::ReceiptPrinterCoverOpen, {}}};
    EXPECT_TRUE(says(FaultCode::ReceiptPrinterCoverOpen));
}

TEST(pages, every_drawing_of_the_machine_shows_it_as_it_is_set_up) {
    for (const auto& [name, sample] : session::samples::states()) {
        session::samples::Walker walker;
        walker.session = sample;
        walker.terminal.settings.places.id_card_reader = domain::Place::left_top;
        for (const auto& block : page_of(walker).blocks)
            if (const auto* picture = std::get_if<ui::screens::DevicePicture>(&block)) {
                EXPECT_EQ(picture->places.id_card_reader, domain::Place::left_top) << name;
                EXPECT_FALSE(picture->where.empty()) << name;
            }
    }
}

TEST(pages, what_a_scanned_code_is_stands_above_the_welcome) {
    auto walker = session::samples::Walker{}.with_scanner().scan("x");
    const auto screen = page_of(walker);
    ASSERT_FALSE(screen.blocks.empty());
    EXPECT_TRUE(std::holds_alternative<ui::screens::Strip>(screen.blocks.front()));
}

}  // namespace
}  // namespace app
