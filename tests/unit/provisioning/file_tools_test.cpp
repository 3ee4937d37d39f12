// What kiosk-technician does with pictures from files.
#include "provisioning/technician/file_tools.hpp"

#include "base/bytes.hpp"
#include "drivers/emulation/picture_tools.hpp"
#include "drivers/qr/drawn_code.hpp"
#include "provisioning/technician/picture_measures.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <webp/encode.h>

#include <algorithm>
#include <filesystem>

namespace provisioning::technician {
namespace {

struct Files {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("technician_test_" + std::to_string(::getpid()));
    std::vector<std::string> said, complained;

    Files() { std::filesystem::create_directories(folder); }
    ~Files() { std::filesystem::remove_all(folder); }
    std::string picture(const std::string& name, const std::vector<std::string>& codes) {
        auto room = drivers::emulation::empty_room();
        int left = 20;
        for (const auto& text : codes) {
            drivers::emulation::put_sheet(room, drivers::qr::draw_code(text, 200).value(), left,
                                          80);
            left += 210;
        }
        std::uint8_t* encoded = nullptr;
        const auto size = WebPEncodeLosslessRGB(room.rgb.data(), room.width, room.height,
                                                room.width * 3, &encoded);
        const auto path = (folder / name).string();
        EXPECT_TRUE(base::write_file(path, {encoded, size}));
        WebPFree(encoded);
        return path;
    }
    int read(const std::vector<std::string>& paths) {
        return read_codes(
            paths, [&](const auto& line) { said.push_back(line); },
            [&](const auto& line) { complained.push_back(line); });
    }
};

TEST(picture_measures, tell_dark_from_light_and_sharp_from_blurred) {
    domain::Picture stripes{8, 2, {}}, grey{8, 2, std::vector<std::uint8_t>(48, 128)};
    for (int i = 0; i < 16; ++i)
        stripes.rgb.insert(stripes.rgb.end(), 3, static_cast<std::uint8_t>(i % 2 ? 255 : 0));
    EXPECT_NEAR(mean_luma(grey), 128, 0.1);
    EXPECT_NEAR(mean_luma(stripes), 127.5, 0.1);
    EXPECT_NEAR(sharpness(stripes), 255, 0.1);
    EXPECT_NEAR(sharpness(grey), 0, 0.1);
    EXPECT_EQ(sharpness({}), 0);
}

TEST(file_tools, every_payload_is_printed_raw_and_a_picture_without_one_says_none) {
    Files files;
    const auto one = files.picture("one", {"CWG1:市民 之窗"});
    const auto none = files.picture("none", {});
    const auto two = files.picture("two", {"first", "second"});
    EXPECT_EQ(files.read({one, none, two}), went_well);
    ASSERT_EQ(files.said.size(), 4u);
    EXPECT_EQ(files.said[0], "CWG1:市民 之窗");
    EXPECT_EQ(files.said[1], "none");
    std::sort(files.said.begin() + 2, files.said.end());
    EXPECT_EQ(files.said[2] + files.said[3], "firstsecond");
}

TEST(file_tools, a_picture_that_cannot_be_read_is_named_and_the_others_are_read) {
    Files files;
    const auto one = files.picture("one", {"first"});
    EXPECT_EQ(files.read({"/nonexistent/picture.png", one}), could_not);
    EXPECT_EQ(files.said, std::vector<std::string>{"first"});
    ASSERT_EQ(files.complained.size(), 1u);
    EXPECT_NE(files.complained[0].find("/nonexistent/picture.png"), std::string::npos);
}

TEST(file_tools, faces_are_not_compared_without_the_models) {
    Files files;
    EXPECT_EQ(compare_faces(
                  "a", "b", "/nonexistent", [&](const auto& line) { files.said.push_back(line); },
                  [&](const auto& line) { files.complained.push_back(line); }),
              could_not);
    EXPECT_TRUE(files.said.empty());
    EXPECT_NE(files.complained.at(0).find("FaceModelsAbsent"), std::string::npos);
}

}  // namespace
}  // namespace provisioning::technician
