// The semantic trees of every page in every mode and language, upright and across, against the
// references in tests/screens/trees. A few pages, chosen by the day, in each run; all of them with
// CW_EVERY_PAGE (tests/run --crawl). After a meant change: CW_UPDATE_REFERENCES=1.
#include "app/training/gallery/painter.hpp"
#include "tree_text.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace trees {
namespace {

using namespace app::training::gallery;

const std::filesystem::path folder = CW_SOURCE_DIR "/tests/screens/trees";

std::vector<Variant> drawn(Painter& upright, Painter& across, const SamplePage& sample) {
    std::vector<Variant> out;
    for (const auto locale : {base::Locale::zh, base::Locale::en})
        for (const Mode& mode : every_mode())
            for (const Panel& panel : every_panel()) {
                if (panel.name == "small") continue;
                Painter& painter = panel.tall() ? upright : across;
                const app::Page page = page_of(sample, mode, locale);
                painter.draw(page.screen);
                int part = 0;
                do {
                    ++part;
                    out.push_back({mode.name + (locale == base::Locale::zh ? "/zh/" : "/en/") +
                                       panel.name + (part > 1 ? " " + std::to_string(part) : ""),
                                   things_of(painter.tree().nodes())});
                } while (painter.next_part(page.screen));
            }
    return out;
}

// Pages that come or go do not change which of the others are drawn on a day.
std::uint64_t of_name(const std::string& page) {
    std::uint64_t sum = 0;
    for (const char c : page) sum = sum * 31 + static_cast<unsigned char>(c);
    return sum;
}

TEST(trees, every_page_is_built_as_it_was_judged) {
    const bool update = std::getenv("CW_UPDATE_REFERENCES") != nullptr;
    const bool all = update || std::getenv("CW_EVERY_PAGE") != nullptr;
    constexpr std::uint64_t one_in = 12;
    const auto day = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::hours>(base::SystemClock().now().time_since_epoch())
            .count() /
        24);
    const auto panels = every_panel();
    const auto upright = Painter::create(panels.at(0), ICON_FONT);
    const auto across = Painter::create(panels.at(1), ICON_FONT);
    ASSERT_TRUE(upright && across);
    for (const SamplePage& sample : every_page()) {
        if (!all && (of_name(sample.name) + day) % one_in != 0) continue;
        const auto file = folder / (sample.name + ".txt");
        const auto actual = drawn(**upright, **across, sample);
        if (update) {
            std::filesystem::create_directories(folder);
            std::ofstream(file) << as_text(actual);
            continue;
        }
        std::ifstream in(file);
        std::stringstream text;
        text << in.rdbuf();
        for (const auto& words : differences(from_text(text.str()), actual))
            ADD_FAILURE() << sample.name << ", " << words;
    }
}

TEST(trees, a_text_reads_back_as_what_was_written) {
    const std::vector<Variant> variants{
        {"standard/zh/portrait",
         {{"button next “下一题”", 1, 2, 3, 4}, {"text  “甲”", 5, 6, 7, 8}}},
        {"elder/zh/portrait", {{"text  “甲”", 9, 9, 9, 9}, {"tile new “乙”", 1, 1, 1, 1}}}};
    const auto read = from_text(as_text(variants));
    ASSERT_EQ(read.size(), 2U);
    EXPECT_EQ(read[0].things, variants[0].things);
    EXPECT_EQ(read[1].things, variants[1].things);
}

TEST(trees, a_difference_is_said_in_words) {
    const std::vector<Variant> was{{"standard/zh/portrait",
                                    {{"button next “下一题”", 1, 2, 3, 4},
                                     {"text title “您住哪里？”", 5, 6, 7, 8},
                                     {"button back “返回”", 1, 1, 1, 1}}}};
    const std::vector<Variant> is{{"standard/zh/portrait",
                                   {{"button next “下一题”", 1, 9, 3, 4},
                                    {"text title “您住在哪里？”", 5, 6, 7, 8},
                                    {"button end “结束”", 1, 1, 1, 1}}}};
    const auto words = differences(was, is);
    ASSERT_EQ(words.size(), 4U);
    EXPECT_EQ(words[0],
              "standard/zh/portrait: button next “下一题” moved from [1 2 3 4] to [1 9 3 4]");
    EXPECT_EQ(words[1],
              "standard/zh/portrait: text title “您住哪里？” is now text title “您住在哪里？”");
    EXPECT_EQ(words[2], "standard/zh/portrait: button back “返回” vanished");
    EXPECT_EQ(words[3], "standard/zh/portrait: button end “结束” appeared");
}

}  // namespace
}  // namespace trees
