// What is missing is said on the way in, not at the end (UX-160, 281, 283).
#include "../session/samples.hpp"
#include "app/present/present.hpp"

#include <gtest/gtest.h>

namespace app {
namespace {

using session::samples::Walker;
using ui::screens::Notice;

struct Terminal {
    bool reader = true, printer = true, taking = true;
};

Page page_of(const Walker& walker, const Terminal& terminal, std::chrono::days later = {}) {
    const auto health = [](bool well, base::FaultCode code) {
        return well ? domain::DeviceHealth{domain::DeviceState::ready, {}, std::nullopt}
                    : domain::DeviceHealth{
                          domain::DeviceState::unavailable, {}, base::Fault{code, {}}};
    };
    domain::TerminalHealth all = walker.terminal.health;
    all.id_card_reader = health(terminal.reader, base::FaultCode::CardReaderUnplugged);
    all.document_printer = health(terminal.printer, base::FaultCode::PrinterPaperOut);
    domain::PostStatus post;
    post.line = domain::Line::offline;
    post.taking = terminal.taking;
    return present({walker.session, &session::samples::pack(), walker.terminal.settings, all, post,
                    walker.terminal.now + later});
}

std::string strip_of(const Page& page) {
    for (const auto& block : page.screen.blocks)
        if (const auto* notice = std::get_if<Notice>(&block)) return notice->title;
    return {};
}

Walker guide() {
    return Walker{}.on(session::ItemChosen{session::samples::item_code});
}

std::string note_of(const Page& page, const std::string& id) {
    for (const auto& block : page.screen.blocks)
        if (const auto* tiles = std::get_if<ui::screens::Tiles>(&block))
            for (const auto& tile : tiles->tiles)
                if (tile.id == id) return tile.note;
    return {};
}

TEST(preflight, the_entry_page_says_each_missing_device_and_offers_only_what_works) {
    for (const bool reader : {true, false})
        for (const bool printer : {true, false})
            for (const bool taking : {true, false}) {
                const auto page = page_of(guide(), {reader, printer, taking});
                const std::string said = strip_of(page);
                EXPECT_EQ(page.on_press.contains("start"), reader && taking);
                EXPECT_EQ(page.on_press.contains("guide_end"), !(reader && taking));
                const char* expected = !reader    ? "读卡区有故障"
                                       : !taking  ? "本机存满了"
                                       : !printer ? "打印纸用完了"
                                                  : "";
                EXPECT_TRUE(said.starts_with(expected)) << said;
                EXPECT_EQ(said.empty(), reader && printer && taking);
            }
}

TEST(preflight, a_form_without_room_leads_to_the_guide_that_says_so_and_where_else_to_go) {
    Walker walker;
    walker.to_form();
    walker.on(
        session::RoomReserved{walker.session.room->ticket, base::fail(base::FaultCode::DiskFull)});
    // Although a smaller submission would still be taken.
    const auto page = page_of(walker, {});
    EXPECT_EQ(page.screen.name, "guide");
    EXPECT_TRUE(strip_of(page).starts_with("本机存满了")) << strip_of(page);
    EXPECT_FALSE(page.on_press.contains("start"));
    EXPECT_TRUE(page.on_press.contains("guide_end"));
    std::string said;
    for (const auto& block : page.screen.blocks)
        if (const auto* card = std::get_if<ui::screens::TextCard>(&block))
            said = card->paragraphs.front().text;
    EXPECT_NE(said.find("到窗口办"), std::string::npos) << said;
}

TEST(preflight, a_receipt_printer_that_is_well_stands_in_for_the_other_one) {
    Walker walker;
    walker.on(session::ItemChosen{session::samples::item_code});
    walker.terminal.health.receipt_printer = {domain::DeviceState::ready, domain::Supply::low,
                                              std::nullopt};
    EXPECT_EQ(strip_of(page_of(walker, {true, false, true})), "");
    walker.terminal.health.receipt_printer = {domain::DeviceState::unavailable, domain::Supply::out,
                                              base::Fault{base::FaultCode::PrinterPaperOut, {}}};
    EXPECT_TRUE(strip_of(page_of(walker, {true, false, true})).starts_with("打印纸用完了"));
    EXPECT_EQ(strip_of(page_of(walker, {true, true, true})), "");
}

TEST(preflight, in_large_type_the_missing_device_is_the_first_thing_said) {
    Walker walker = guide();
    walker.session.comfort.text = domain::TextSize::large;
    const auto first = [&](const Terminal& terminal) {
        for (const auto& block : page_of(walker, terminal).screen.blocks)
            if (const auto* text = std::get_if<ui::screens::LongText>(&block))
                return text->paragraphs.front();
        return ui::screens::LongParagraph{};
    };
    EXPECT_TRUE(first({}).text.starts_with("谁可以办"));
    EXPECT_TRUE(first({false, true, true}).text.starts_with("读卡区有故障"));
    EXPECT_TRUE(first({false, true, true}).heading);
    EXPECT_FALSE(page_of(walker, {false, true, true}).on_press.contains("start"));
}

TEST(preflight, a_tile_that_leads_nowhere_now_says_so_and_its_guide_still_opens) {
    const auto home = page_of(Walker{}, {false, true, true});
    EXPECT_EQ(note_of(home, "old_age_allowance"), "暂不可用，可以看指南");
    EXPECT_EQ(note_of(page_of(Walker{}, {}), "old_age_allowance"), "80 周岁及以上");
    Walker walker;
    walker.on(home.on_press.at("old_age_allowance"));
    EXPECT_TRUE(walker.in<flows::ReadingGuide>());
}

TEST(preflight, a_tile_without_a_printer_or_a_face_check_says_so_and_still_leads_on) {
    EXPECT_EQ(note_of(page_of(Walker{}, {true, false, true}), "old_age_allowance"),
              "可以办，暂不能打印");
    Walker walker = guide();
    walker.terminal.settings.face_check_wanted = true;
    walker.terminal.health.camera = {
        domain::DeviceState::unavailable, {}, base::Fault{base::FaultCode::CameraAbsent, {}}};
    const auto page = page_of(walker, {});
    EXPECT_TRUE(strip_of(page).starts_with("本机暂时不能比对人脸")) << strip_of(page);
    EXPECT_TRUE(page.on_press.contains("start"));
    // A visit that will be owed is said beside the paper that has run out.
    const auto both = page_of(walker, {true, false, true});
    std::string said;
    for (const auto& block : both.screen.blocks)
        if (const auto* card = std::get_if<ui::screens::TextCard>(&block))
            said = card->paragraphs.front().text;
    EXPECT_NE(said.find("请工作人员加纸"), std::string::npos) << said;
    EXPECT_NE(said.find("到窗口核对一次"), std::string::npos) << said;
}

TEST(preflight, what_needs_the_network_is_marked_before_it_is_entered) {
    Walker walker;
    walker.on(session::ProgressOpened{});
    const auto note = [&](domain::Line line) {
        domain::PostStatus post;
        post.line = line;
        const auto page =
            present({walker.session, &session::samples::pack(), walker.terminal.settings,
                     walker.terminal.health, post, walker.terminal.now});
        const auto& list = std::get<ui::screens::Choices>(page.screen.blocks.front());
        return list.choices.front().note;
    };
    EXPECT_EQ(note(domain::Line::offline), "没有网络，暂不可用");
    EXPECT_EQ(note(domain::Line::absent), "没有网络，暂不可用");
    EXPECT_EQ(note(domain::Line::online).find("暂不可用"), std::string::npos);
}

TEST(preflight, content_says_of_which_day_it_is_and_when_that_is_long_ago) {
    const auto day_of = [](const Page& page) {
        for (const auto& block : page.screen.blocks)
            if (const auto* card = std::get_if<ui::screens::TextCard>(&block))
                return card->paragraphs.back().text;
        return std::string();
    };
    const std::string fresh = day_of(page_of(guide(), {}));
    EXPECT_NE(fresh.find("更新于 2026年11月1日"), std::string::npos) << fresh;
    EXPECT_EQ(fresh.find("30 天"), std::string::npos) << fresh;
    const std::string old = day_of(page_of(guide(), {}, std::chrono::days{31}));
    EXPECT_NE(old.find("更新于 2026年11月1日，已超过 30 天"), std::string::npos) << old;
}

}  // namespace
}  // namespace app
