// While something is being done for a person, the page keeps its primary button where it will be
// when that is done: a finger on its way meets what it was meant for (UX-158).
#include "tests/pages/stage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace pages {
namespace {

constexpr float least_jump = 8;  // px that nobody notices

using Places = std::map<std::string, Rect>;  // of primary buttons, by id

Places primary_buttons(Stage& stage, const Screen& screen) {
    stage.show(screen);
    Places out;
    for (const Node& node : stage.tree().nodes())
        if (node.role == Role::primary_button) out.emplace(node.id, node.rect);
    return out;
}

// What is being done, and what the page is when it went well.
const std::vector<std::pair<std::string, std::string>> waits{
    {"letter_view_drawing", "letter_view"},
    {"receipt_printing", "receipt_printed"},
    {"voice_kept", "voice_kept_printed"},
    {"pay_result_printing", "pay_result_printed"},
    {"booking_made_printing", "booking_made_printed"}};

const SamplePage& sample(const std::vector<SamplePage>& samples, const std::string& name) {
    for (const SamplePage& page : samples)
        if (page.name == name) return page;
    throw std::invalid_argument(name);
}

TEST(jumps, the_primary_button_stays_where_it_is_when_what_its_page_waits_for_is_done) {
    const auto samples = app::training::gallery::every_page();
    for (const Panel& panel : app::training::gallery::every_panel()) {
        Stage stage(panel);
        int compared = 0;
        for (const Mode& mode : app::training::gallery::every_mode())
            for (const auto locale : {base::Locale::zh, base::Locale::en})
                for (const auto& [waiting, done] : waits) {
                    SCOPED_TRACE(panel.name + " " + mode.name + " " + done +
                                 (locale == base::Locale::zh ? " zh" : " en"));
                    const auto before = primary_buttons(
                        stage, page_of(sample(samples, waiting), mode, locale).screen);
                    const auto after =
                        primary_buttons(stage, page_of(sample(samples, done), mode, locale).screen);
                    EXPECT_EQ(after.size(), before.size());
                    if (after.size() != before.size()) continue;
                    // In the largest type it stands on a later part, to which the person turns.
                    if (before.empty()) continue;
                    ++compared;
                    const Rect &a = before.begin()->second, &b = after.begin()->second;
                    EXPECT_EQ(before.begin()->first, after.begin()->first);
                    EXPECT_LE(std::max({std::abs(a.x - b.x), std::abs(a.y - b.y),
                                        std::abs(a.right() - b.right()),
                                        std::abs(a.bottom() - b.bottom())}),
                              least_jump);
                }
        EXPECT_GT(compared, 6) << panel.name;
    }
}

// A page that waits for something else leads on by itself: nothing of it is aimed at.
TEST(jumps, no_other_page_that_waits_has_a_primary_button) {
    int met = 0;
    for (const SamplePage& sample : app::training::gallery::every_page()) {
        // Compared above; so is the receipt, whatever it says of the line and of what is printed.
        const bool compared = sample.name.starts_with("receipt_") ||
                              std::any_of(waits.begin(), waits.end(), [&](const auto& pair) {
                                  return pair.first == sample.name;
                              });
        const auto mode = app::training::gallery::every_mode().front();
        const auto page = page_of(sample, mode, base::Locale::zh);
        const bool working = std::any_of(
            page.screen.blocks.begin(), page.screen.blocks.end(), [](const auto& block) {
                const auto* progress = std::get_if<ui::screens::Progress>(&block);
                return progress && progress->fraction < 1;
            });
        if (!working || compared) continue;
        ++met;
        for (const auto& block : page.screen.blocks) {
            const auto* row = std::get_if<ui::screens::ButtonRow>(&block);
            if (row == nullptr) continue;
            for (const auto& button : row->buttons)
                EXPECT_NE(button.look, ui::screens::ButtonLook::primary)
                    << sample.name << ": " << button.text;
        }
    }
    EXPECT_GT(met, 2);
}

}  // namespace
}  // namespace pages
