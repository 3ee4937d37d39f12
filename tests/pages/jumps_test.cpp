// A page whose state changes while somebody reads it keeps its primary button where it is, so that
// a finger on its way meets what it was meant for (UX-158).
#include "tests/pages/stage.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace pages {
namespace {

constexpr float least_jump = 8;  // px that nobody notices

struct Seen {
    std::string sample;
    std::string id;
    Rect rect;
};

// Of the first part of the page: turning a part is the person's own doing.
std::vector<Seen> primary_buttons(Stage& stage, const SamplePage& sample, const Mode& mode) {
    const auto page = page_of(sample, mode, base::Locale::zh);
    stage.show(page.screen);
    std::vector<Seen> out;
    for (const Node& node : stage.tree().nodes())
        if (node.role == Role::primary_button) out.push_back({sample.name, node.id, node.rect});
    return out;
}

TEST(jumps, the_primary_button_stays_where_it_is_while_the_state_of_its_page_changes) {
    const Mode standard = app::training::gallery::every_mode().front();
    const auto samples = app::training::gallery::every_page();
    for (const Panel& panel : app::training::gallery::every_panel()) {
        Stage stage(panel);
        // Page and button → where it was first seen.
        std::map<std::string, Seen> first;
        int compared = 0;
        for (const SamplePage& sample : samples) {
            const auto page = page_of(sample, standard, base::Locale::zh);
            if (page.screen.overlay) continue;
            for (const Seen& now : primary_buttons(stage, sample, standard)) {
                const auto [before, fresh] =
                    first.try_emplace(page.screen.name + " " + now.id, now);
                if (fresh) continue;
                ++compared;
                const Rect &a = before->second.rect, &b = now.rect;
                const float jump =
                    std::max({std::abs(a.x - b.x), std::abs(a.y - b.y),
                              std::abs(a.right() - b.right()), std::abs(a.bottom() - b.bottom())});
                EXPECT_LE(jump, least_jump) << panel.name << ": " << before->first << " of "
                                            << before->second.sample << " and " << now.sample;
            }
        }
        EXPECT_GT(compared, 20) << panel.name;
    }
}

}  // namespace
}  // namespace pages
