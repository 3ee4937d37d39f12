// Key pages of the journey, drawn by the software renderer from the session's own samples, against
// the references in tests/screens/reference: the semantic tree always, the pixels where the fonts
// are those the references were drawn with. After a meant change: CW_UPDATE_REFERENCES=1, then look
// at them.
#include "app/training/gallery/painter.hpp"
#include "compare.hpp"
#include "tests/screens/key_pages.hpp"
#include "ui/shell/png.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace app {
namespace {

namespace fs = std::filesystem;
using key_pages::KeyPage;

const fs::path references = CW_SOURCE_DIR "/tests/screens/reference";
const fs::path differences = CW_BINARY_DIR "/differences";

// What decides about single pixels besides this code.
std::string fonts_here() {
    std::ostringstream out;
    for (const fs::path& path : {fs::path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
                                 fs::path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"),
                                 fs::path(CW_ICON_FONT)}) {
        std::error_code none;
        const auto size = fs::file_size(path, none);
        out << path.filename().string() << ' ' << (none ? 0 : size) << '\n';
    }
    return out.str();
}

std::string read_text(const fs::path& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

class Reference : public testing::TestWithParam<KeyPage> {};

TEST_P(Reference, looks_as_it_was_judged) {
    const KeyPage& wanted = GetParam();
    const app::Page page = wanted.page();
    base::ManualClock clock(training::samples::morning());
    base::LatestValue<domain::Frame> camera;
    camera.put(
        {base::Secret<domain::Picture>(training::gallery::camera_picture()), base::Millis{0}, 1});
    ui::shell::Interface::Options options;
    options.width = wanted.panel.width;
    options.height = wanted.panel.height;
    options.px_per_mm = wanted.panel.px_per_mm;
    options.icon_font = CW_ICON_FONT;
    auto interface = ui::shell::Interface::create(options, clock);
    ASSERT_TRUE(interface) << interface.error().safe_detail;
    (*interface)->finish_preparing_input();
    for (int frame = 0; frame < 2; ++frame) (*interface)->frame(page.screen, {&camera, nullptr});
    if (wanted.then) {
        wanted.then(**interface, page.screen, clock);
        (*interface)->frame(page.screen, {&camera, nullptr});
    }
    const auto tree = (*interface)->tree().as_text();
    const auto pixels = (*interface)->pixels();
    ASSERT_TRUE(pixels);

    const auto picture_file = references / (std::string(wanted.name) + ".png");
    const auto tree_file = references / (std::string(wanted.name) + ".txt");
    if (std::getenv("CW_UPDATE_REFERENCES") != nullptr) {
        std::ofstream(tree_file) << tree;
        ASSERT_TRUE(ui::shell::write_png(picture_file, *pixels));
        std::ofstream(references / "fonts.txt") << fonts_here();
        return;
    }
    fs::create_directories(differences);
    if (tree != read_text(tree_file)) {
        std::ofstream(differences / (std::string(wanted.name) + ".txt")) << tree;
        ADD_FAILURE() << "the tree differs: diff " << tree_file << " "
                      << differences / (std::string(wanted.name) + ".txt");
    }
    if (fonts_here() != read_text(references / "fonts.txt")) {
        GTEST_LOG_(INFO) << "other fonts than the reference's: only the tree was compared";
        return;
    }
    const auto expected = ui::shell::read_png(picture_file);
    ASSERT_TRUE(expected) << picture_file;
    const auto verdict = comparison::pictures(*pixels, *expected, differences, wanted.name);
    EXPECT_TRUE(verdict.same) << verdict.words << "; see " << differences;
}

std::vector<KeyPage> all() {
    auto pages = key_pages::of_the_journey();
    for (auto& page : key_pages::further()) pages.push_back(std::move(page));
    return pages;
}

INSTANTIATE_TEST_SUITE_P(pages, Reference, testing::ValuesIn(all()),
                         [](const auto& key_page) { return std::string(key_page.param.name); });

// The repository holds some forty pictures, and they stay small.
TEST(references, are_of_the_key_pages_only_and_stay_below_ten_megabytes) {
    std::set<std::string> names;
    for (const auto& page : all()) EXPECT_TRUE(names.insert(page.name).second) << page.name;
    std::uintmax_t bytes = 0;
    for (const auto& file : fs::directory_iterator(references)) {
        if (file.path().extension() != ".png") continue;
        bytes += file.file_size();
        EXPECT_TRUE(names.contains(file.path().stem().string())) << file.path();
    }
    EXPECT_LE(bytes, 10U * 1024 * 1024);
    EXPECT_GE(names.size(), 40U);
}

}  // namespace
}  // namespace app
