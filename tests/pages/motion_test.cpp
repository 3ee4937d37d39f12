// Nothing flashes (UX-035): a second of every page that moves by itself, frame by frame.
#include "tests/pages/stage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace pages {
namespace {

using namespace std::chrono_literals;

constexpr int frames = 60;  // of a second
constexpr int cell = 16;    // px; far less than the quarter of ten degrees that WCAG 2.3.1 allows
constexpr int most_flashes = 3;

// Mean lightness of squares of the panel.
std::vector<float> cells_of(const domain::Picture& picture) {
    const int columns = (picture.width + cell - 1) / cell;
    const int rows = (picture.height + cell - 1) / cell;
    std::vector<float> sums(static_cast<std::size_t>(columns * rows)), counts(sums);
    const std::uint8_t* rgb = picture.rgb.data();
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x, rgb += 3) {
            const auto at = static_cast<std::size_t>(y / cell * columns + x / cell);
            sums[at] += light_of(rgb);
            ++counts[at];
        }
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] /= counts[i];
    return sums;
}

// Flashes as WCAG counts them: a pair of opposite changes of a tenth of the whole range, the darker
// end of which is below 0.8.
class Flashes {
  public:
    void see(const std::vector<float>& lights) {
        if (cells_.empty())
            for (const float light : lights) cells_.push_back({light, light, 0, 0});
        for (std::size_t i = 0; i < lights.size(); ++i) cells_[i].see(lights[i]);
    }
    int most() const {
        int out = 0;
        for (const Cell& one : cells_) out = std::max(out, one.changes / 2);
        return out;
    }

  private:
    struct Cell {
        float low, high;
        int way;  // of the last change: up, down, none yet
        int changes;
        void see(float light) {
            low = std::min(low, light);
            high = std::max(high, light);
            if (low >= 0.8F) return;
            if (way >= 0 && high - light >= 0.1F) {
                way = -1, ++changes;
                low = high = light;
            } else if (way <= 0 && light - low >= 0.1F) {
                way = 1, ++changes;
                low = high = light;
            }
        }
    };
    std::vector<Cell> cells_;
};

int flashes_of(const std::vector<float>& second) {
    Flashes flashes;
    for (const float light : second) flashes.see({light});
    return flashes.most();
}

TEST(motion, flashes_are_counted_as_they_are_seen) {
    std::vector<float> still(frames, 0.5F), faint = still, five = still, two = still, ramp = still;
    for (std::size_t i = 0; i < frames; ++i) {
        faint[i] = i % 2 == 0 ? 0.5F : 0.55F;
        five[i] = i / 6 % 2 == 0 ? 0.1F : 0.9F;
        two[i] = i / 15 % 2 == 0 ? 0.1F : 0.9F;
        ramp[i] = static_cast<float>(i) / frames;
    }
    EXPECT_EQ(flashes_of(still), 0);
    EXPECT_EQ(flashes_of(faint), 0);
    EXPECT_EQ(flashes_of(ramp), 0);
    EXPECT_GT(flashes_of(five), most_flashes);
    EXPECT_LE(flashes_of(two), most_flashes);
    EXPECT_GT(flashes_of(two), 0);
}

// What is written and where.
std::vector<std::pair<std::string, Rect>> words_of(const Stage& stage) {
    std::vector<std::pair<std::string, Rect>> out;
    for (const Node& node : stage.tree().nodes())
        if (!node.text.empty()) out.emplace_back(node.text, node.text_rect);
    return out;
}
bool same_words(const std::vector<std::pair<std::string, Rect>>& a,
                const std::vector<std::pair<std::string, Rect>>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& two) {
        return one.first == two.first && one.second.x == two.second.x &&
               one.second.y == two.second.y;
    });
}

TEST(motion, no_page_flashes_more_than_three_times_in_a_second_and_no_words_blink) {
    const auto panel = app::training::gallery::every_panel().back();
    Stage stage(panel);
    const Mode standard = app::training::gallery::every_mode().front();
    std::set<std::string> moving;
    for (const SamplePage& sample : app::training::gallery::every_page()) {
        const auto page = page_of(sample, standard, base::Locale::zh);
        stage.show(page.screen);
        // What asks for no further frame is not drawn again, so it cannot flash. Of the samples of
        // a page that moves, one is enough: they move in the same way.
        if (!stage.moves()) continue;
        if (!moving.insert(page.screen.name + (page.screen.overlay ? "+" : "")).second) continue;
        const auto words = words_of(stage);
        Flashes flashes;
        for (int i = 0; i < frames; ++i) {
            stage.later(page.screen, base::Millis{i % 3 == 0 ? 16 : 17});
            flashes.see(cells_of(stage.pixels()));
            EXPECT_TRUE(same_words(words, words_of(stage))) << sample.name << " in frame " << i;
        }
        EXPECT_LE(flashes.most(), most_flashes) << sample.name;
    }
    for (const char* name : {"place_card", "face_check", "handing_in", "progress_wait"})
        EXPECT_TRUE(moving.contains(name)) << name;
}

TEST(motion, with_reduced_motion_only_what_is_being_done_moves) {
    Stage stage(app::training::gallery::every_panel().back());
    Mode still = app::training::gallery::every_mode().front();
    still.comfort.still = true;
    EXPECT_TRUE(domain::Comfort::for_elders().still);
    for (const SamplePage& sample : app::training::gallery::every_page()) {
        const auto page = page_of(sample, still, base::Locale::zh);
        stage.show(page.screen);
        const auto& blocks = page.screen.blocks;
        const bool works = std::any_of(blocks.begin(), blocks.end(), [](const auto& block) {
            const auto* picture = std::get_if<ui::screens::DevicePicture>(&block);
            return std::holds_alternative<ui::screens::Progress>(block) ||
                   std::holds_alternative<ui::screens::CameraPreview>(block) ||
                   (picture != nullptr && picture->busy);
        });
        if (!works) {
            EXPECT_FALSE(stage.moves()) << sample.name;
        }
    }
}

}  // namespace
}  // namespace pages
