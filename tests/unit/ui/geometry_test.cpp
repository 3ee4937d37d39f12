// The sizes and distances of ux.md on every sample screen, both themes, all panels.
#include "tests/screens/gallery.hpp"
#include "ui/shell/interface.hpp"
#include "ui/theme/icons.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

using ui::theme::Rect;
using ui::widgets::Node;
using ui::widgets::Role;

namespace {

struct Panel {
    const char* name;
    int width, height;
};
constexpr Panel panels[] = {{"portrait", 1080, 1920}, {"landscape", 1920, 1080}};

struct Drawn {
    std::string name;
    Rect panel;
    bool elder;
    std::vector<Node> nodes;  // above an overlay, when there is one
};

std::vector<Drawn> drawn(const Panel& panel) {
    base::ManualClock clock{base::Instant{}};
    ui::shell::Interface::Options options;
    options.width = panel.width;
    options.height = panel.height;
    options.icon_font = ICON_FONT;
    auto ui = ui::shell::Interface::create(options, clock);
    EXPECT_TRUE(ui) << (ui ? "" : ui.error().safe_detail);
    std::vector<Drawn> all;
    if (!ui) return all;
    std::vector<ui::screens::Screen> screens = gallery::standard_screens();
    for (auto& s : gallery::elder_screens()) screens.push_back(std::move(s));
    for (auto& s : gallery::english_screens()) screens.push_back(std::move(s));
    for (const auto& screen : screens) {
        (*ui)->frame(screen);
        const auto& nodes = (*ui)->tree().nodes();
        auto begin = nodes.begin();
        for (auto at = nodes.begin(); at != nodes.end(); ++at)
            if (at->role == Role::dialog) begin = at + 1;
        all.push_back({std::string(panel.name) + "/" + screen.name,
                       {0, 0, static_cast<float>(panel.width), static_cast<float>(panel.height)},
                       screen.comfort.elder,
                       {begin, nodes.end()}});
    }
    return all;
}

const std::vector<Drawn>& all_drawn() {
    static const std::vector<Drawn> all = [] {
        std::vector<Drawn> result;
        for (const Panel& panel : panels)
            for (auto& d : drawn(panel)) result.push_back(std::move(d));
        return result;
    }();
    return all;
}

bool is_key(const Node& node) {
    return node.role == Role::key || node.role == Role::candidate;
}

std::string words(const Drawn& page, const Node& node) {
    return page.name + " " + node.id + " “" + node.text + "”";
}

bool holds(const Rect& outer, const Rect& inner) {
    return inner.x >= outer.x - 1 && inner.y >= outer.y - 1 && inner.right() <= outer.right() + 1 &&
           inner.bottom() <= outer.bottom() + 1;
}

}  // namespace

TEST(geometry, every_target_is_fifteen_millimetres_or_more) {
    for (const Drawn& page : all_drawn())
        for (const Node& node : page.nodes) {
            if (!node.interactive()) continue;
            EXPECT_GE(node.hit.w, page.elder ? 81 : 61) << words(page, node);
            EXPECT_GE(node.hit.h, page.elder ? 81 : 61) << words(page, node);
        }
}
TEST(geometry, tiles_keys_and_primary_buttons_are_twenty_millimetres_or_more) {
    for (const Drawn& page : all_drawn())
        for (const Node& node : page.nodes) {
            if (node.role != Role::primary_button && node.role != Role::tile && !is_key(node))
                continue;
            EXPECT_GE(node.hit.w, 81) << words(page, node);
            EXPECT_GE(node.hit.h, 81) << words(page, node);
        }
}
TEST(geometry, no_target_is_near_the_edge_of_the_panel) {
    for (const Drawn& page : all_drawn())
        for (const Node& node : page.nodes)
            if (node.interactive()) {
                EXPECT_TRUE(holds(page.panel.inset(12), node.hit)) << words(page, node);
            }
}
TEST(geometry, neighbouring_targets_keep_three_millimetres) {
    for (const Drawn& page : all_drawn())
        for (std::size_t i = 0; i < page.nodes.size(); ++i)
            for (std::size_t j = i + 1; j < page.nodes.size(); ++j) {
                const Node& a = page.nodes[i];
                const Node& b = page.nodes[j];
                if (!a.interactive() || !b.interactive()) continue;
                // What lies on another control (重写 on the pad, 修改 in its field) is inside it.
                if (holds(a.hit, b.hit) || holds(b.hit, a.hit)) continue;
                const float gap = is_key(a) && is_key(b) ? 6 : 12;
                EXPECT_FALSE(a.hit.inset(-(gap - 1) / 2).overlaps(b.hit.inset(-(gap - 1) / 2)))
                    << words(page, a) << " and " << words(page, b);
            }
}
TEST(geometry, text_stands_inside_its_control_and_on_the_panel) {
    for (const Drawn& page : all_drawn())
        for (const Node& node : page.nodes) {
            if (node.text_rect.w <= 0) continue;
            EXPECT_TRUE(holds(page.panel, node.text_rect)) << words(page, node);
            EXPECT_TRUE(holds(node.rect, node.text_rect)) << words(page, node);
        }
}
TEST(geometry, no_text_lies_on_another_text) {
    for (const Drawn& page : all_drawn())
        for (std::size_t i = 0; i < page.nodes.size(); ++i)
            for (std::size_t j = i + 1; j < page.nodes.size(); ++j) {
                const Rect a = page.nodes[i].text_rect, b = page.nodes[j].text_rect;
                if (a.w <= 0 || b.w <= 0) continue;
                EXPECT_FALSE(a.inset(1).overlaps(b.inset(1)))
                    << words(page, page.nodes[i]) << " and " << words(page, page.nodes[j]);
            }
}
TEST(geometry, essential_text_is_twenty_eight_pixels_or_more) {
    for (const Drawn& page : all_drawn())
        for (const Node& node : page.nodes)
            if (node.em > 0) {
                EXPECT_GE(node.em, page.elder ? 40 : 28) << words(page, node);
            }
}
TEST(geometry, a_control_is_there_once) {
    for (const Drawn& page : all_drawn()) {
        std::set<std::string> ids;
        for (const Node& node : page.nodes)
            if (node.interactive()) {
                EXPECT_TRUE(ids.insert(node.id).second) << words(page, node);
            }
    }
}
TEST(geometry, each_page_has_at_most_one_primary_button) {
    for (const Drawn& page : all_drawn()) {
        const auto count = std::count_if(page.nodes.begin(), page.nodes.end(), [](const Node& n) {
            return n.role == Role::primary_button;
        });
        EXPECT_LE(count, 1) << page.name;
    }
}
TEST(geometry, both_orientations_offer_the_same_controls) {
    const auto& all = all_drawn();
    for (std::size_t i = 0; i < all.size() / 2; ++i) {
        const Drawn& portrait = all[i];
        const Drawn& landscape = all[i + all.size() / 2];
        const auto ids = [](const Drawn& page) {
            std::vector<std::string> result;
            for (const Node& node : page.nodes)
                if (node.interactive() && !is_key(node) && !node.id.starts_with("part."))
                    result.push_back(node.id);
            std::sort(result.begin(), result.end());
            return result;
        };
        // A page in parts, or one that gives way to the keyboard, shows the rest after a tap.
        const auto partial = [](const Drawn& page) {
            return std::any_of(page.nodes.begin(), page.nodes.end(), [](const Node& n) {
                return n.role == Role::key || n.id.ends_with(".on") || n.id.ends_with(".back");
            });
        };
        if (partial(portrait) || partial(landscape)) continue;
        EXPECT_EQ(ids(portrait), ids(landscape)) << portrait.name;
    }
}
TEST(geometry, controls_of_a_tall_panel_stand_within_reach) {
    const float reach = 1920 - (1220 - 850) * 4.034F;
    for (const Drawn& page : all_drawn()) {
        if (page.panel.h < page.panel.w) continue;
        for (const Node& node : page.nodes) {
            // The way out beside the masked name also stands in the utility bar.
            if (!node.interactive() || node.id == "not_me") continue;
            EXPECT_GE(node.hit.bottom(), reach) << words(page, node);
        }
    }
}
