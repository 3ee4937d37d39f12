// A village of the own county costs five taps at most, on every panel and in every mode, counted on
// the pages as they are drawn: opening the list, its initials, its pages, the town, the village
// (UX-133).
#include "tests/pages/stage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace pages {
namespace {

using ui::screens::DivisionPicker;

constexpr std::size_t most_rows = 12;

const DivisionPicker& picker_of(const Screen& screen) {
    for (const auto& block : screen.blocks)
        if (const auto* picker = std::get_if<DivisionPicker>(&block)) return *picker;
    throw std::logic_error("no places on " + screen.name);
}

// Taps, the one on the place itself included.
using Costs = std::map<std::string, int>;

class Leafing {
  public:
    Leafing(Stage& stage, const Screen& screen)
        : stage_(stage), screen_(screen), picker_(picker_of(screen)) {}

    Costs costs() {
        stage_.show(screen_);
        expect_the_way();
        look_through(0);
        for (const std::string& letter : letters()) {
            stage_.show(screen_);
            EXPECT_TRUE(stage_.tap(screen_, letter)) << letter;
            expect_the_way();
            look_through(1);
        }
        return costs_;
    }

  private:
    std::vector<std::string> letters() {
        stage_.show(screen_);
        std::vector<std::string> out;
        for (const Node& node : stage_.tree().nodes())
            if (node.id.starts_with(picker_.id + ".initial.")) out.push_back(node.id);
        return out;
    }
    // What was chosen so far and the way out of the list stand on every page of it.
    void expect_the_way() {
        for (const auto& level : picker_.chosen)
            EXPECT_NE(stage_.tree().find(level.id), nullptr) << level.text;
        EXPECT_NE(stage_.tree().find(picker_.other.id), nullptr);
    }
    void look_through(int taps) {
        do {
            std::size_t rows = 0;
            for (const auto& place : picker_.choices) {
                const Node* node = stage_.tree().find(place.id);
                if (node == nullptr || node->id != place.id) continue;
                ++rows;
                const auto [known, fresh] = costs_.try_emplace(place.id, taps + 1);
                if (!fresh) known->second = std::min(known->second, taps + 1);
            }
            EXPECT_LE(rows, most_rows);
            ++taps;
        } while (stage_.tree().find(picker_.id + ".on") != nullptr && taps < 20 &&
                 stage_.tap(screen_, picker_.id + ".on"));
    }

    Stage& stage_;
    const Screen& screen_;
    const DivisionPicker& picker_;
    Costs costs_;
};

int dearest(const Costs& costs) {
    int most = 0;
    for (const auto& [id, taps] : costs) most = std::max(most, taps);
    return most;
}

TEST(places_as_drawn, every_village_of_the_own_county_is_five_taps_away_on_every_panel) {
    const auto samples = app::training::gallery::every_page();
    const auto sample = [&](const char* name) -> const SamplePage& {
        return *std::find_if(samples.begin(), samples.end(),
                             [&](const SamplePage& page) { return page.name == name; });
    };
    for (const Panel& panel : app::training::gallery::every_panel()) {
        Stage stage(panel);
        for (const Mode& mode : app::training::gallery::every_mode()) {
            SCOPED_TRACE(panel.name + " " + mode.name);
            const auto costs = [&](const char* name) {
                const auto page = page_of(sample(name), mode, base::Locale::zh);
                Costs out = Leafing(stage, page.screen).costs();
                EXPECT_EQ(out.size(), picker_of(page.screen).choices.size()) << name;
                return out;
            };
            constexpr int opening = 1;
            EXPECT_LE(opening + dearest(costs("form_division")) +
                          dearest(costs("form_division_villages")),
                      5);
        }
    }
}

}  // namespace
}  // namespace pages
