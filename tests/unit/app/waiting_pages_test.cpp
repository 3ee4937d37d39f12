// What a page says while it waits: more, the longer it takes (UX-150).
#include "page_of.hpp"
#include "session/inactivity.hpp"

#include <gtest/gtest.h>

namespace app {
namespace {

using namespace std::chrono_literals;
using session::samples::Walker;

std::string progress_text(const Page& page) {
    const auto* progress = block<ui::screens::Progress>(page);
    return progress ? progress->text : std::string();
}

TEST(pages, whoever_waits_is_told_more_the_longer_it_takes) {
    Walker walker = Walker{}
                        .on(session::ProgressOpened{})
                        .on(session::ProgressByCodeChosen{})
                        .on(session::TextTyped{"receipt_code", base::SecretText("L3K790F261QX")})
                        .on(session::CodeSubmitted{});
    // At once: something turns, and the words say what.
    EXPECT_EQ(page_of(walker).screen.title, "正在查询……");
    EXPECT_FALSE(progress_text(page_of(walker)).empty());
    EXPECT_FALSE(page_of(walker).on_press.contains("ask_cancel"));
    walker.wait(9s);
    EXPECT_FALSE(page_of(walker).on_press.contains("ask_cancel"));
    // After ten seconds: how long it has been, and a way out.
    walker.wait(1s);
    EXPECT_NE(progress_text(page_of(walker)).find("10 秒"), std::string::npos);
    EXPECT_TRUE(page_of(walker).on_press.contains("ask_cancel"));
    EXPECT_FALSE(page_of(walker).on_press.contains("ask_wait"));
    // After half a minute: wait on or another way, as a question.
    walker.wait(20s);
    const Page asked = page_of(walker);
    EXPECT_TRUE(asked.on_press.contains("ask_wait"));
    EXPECT_TRUE(asked.on_press.contains("ask_cancel"));
    walker.on(asked.on_press.at("ask_cancel"));
    EXPECT_TRUE(walker.in<flows::ChoosingProgressWay>());
}

TEST(pages, sealing_says_how_long_it_may_take_at_most_and_ends_in_a_question) {
    Walker walker;
    walker.to_sealing();
    const std::string first = progress_text(page_of(walker));
    walker.wait(10s);
    EXPECT_NE(progress_text(page_of(walker)), first);
    EXPECT_NE(progress_text(page_of(walker)).find("30 秒"), std::string::npos);
    walker.wait(20s);
    EXPECT_TRUE(page_of(walker).on_press.contains("hand_in_again"));
}

TEST(pages, a_jam_says_how_many_pages_came_out) {
    Walker walker;
    walker.to_receipt();
    const auto ticket = walker.in<flows::ShowingReceipt>()->ticket;
    walker.on(session::PageOfPrintDone{ticket, 1, 2});
    walker.on(session::PrintEnded{ticket, base::fail(base::FaultCode::PrinterJammed)});
    bool said = false;
    for (const auto& block : page_of(walker).screen.blocks)
        if (const auto* notice = std::get_if<ui::screens::Notice>(&block))
            for (const auto& line : notice->lines) said |= line == "打好了 1 页，共 2 页";
    EXPECT_TRUE(said);
}

}  // namespace
}  // namespace app
