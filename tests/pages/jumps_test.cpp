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
    {"letter_view_drawing", "letter_view"}, {"receipt_printing", "receipt_printed"}};

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
            for (const auto& [waiting, done] : waits) {
                SCOPED_TRACE(panel.name + " " + mode.name + " " + done);
                const auto before = primary_buttons(
                    stage, page_of(sample(samples, waiting), mode, base::Locale::zh).screen);
                const auto after = primary_buttons(
                    stage, page_of(sample(samples, done), mode, base::Locale::zh).screen);
                ASSERT_EQ(after.size(), before.size());
                // In the largest type it stands on a later part, to which the person turns.
                if (before.empty()) continue;
                ++compared;
                const Rect &a = before.begin()->second, &b = after.begin()->second;
                EXPECT_EQ(before.begin()->first, after.begin()->first);
                EXPECT_LE(
                    std::max({std::abs(a.x - b.x), std::abs(a.y - b.y),
                              std::abs(a.right() - b.right()), std::abs(a.bottom() - b.bottom())}),
                    least_jump);
            }
        EXPECT_GT(compared, 6) << panel.name;
    }
}

}  // namespace
}  // namespace pages
