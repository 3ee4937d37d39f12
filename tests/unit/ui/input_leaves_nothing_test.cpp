// Nothing one person types, writes or chooses is learnt, kept or shown to the next (UX-088).
#include "keyboard_driver.hpp"

#include <imgui.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <sstream>

using keyboard_driver::Driver;
using keyboard_driver::field_of;
using keyboard_driver::form;
namespace fs = std::filesystem;

namespace {

// Every file below the folder with its bytes.
std::map<std::string, std::string> files_of(const fs::path& folder) {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::stringstream bytes;
        bytes << in.rdbuf();
        all[fs::relative(entry.path(), folder).string()] = bytes.str();
    }
    return all;
}

// Every candidate of every page of the row.
std::vector<std::string> all_candidates(Driver& driver) {
    std::vector<std::string> all;
    for (;;) {
        for (auto& text : driver.candidates()) all.push_back(text);
        if (!driver.node("candidate.next")) return all;
        driver.tap("candidate.next");
    }
}

void compose(Driver& driver, std::string_view method) {
    driver.tap(method);
    if (method == "method.pinyin") driver.keys("xinwu");
    if (method == "method.nine_key") driver.keys("94698");
    if (method == "method.strokes") driver.keys("hspn");
    if (method == "method.handwriting") driver.write_three();
}

class input : public testing::TestWithParam<const char*> {};

TEST_P(input, of_one_person_changes_nothing_for_the_next) {
    const fs::path temporary =
        fs::path(testing::TempDir()) / ("input_leaves_nothing-" + std::to_string(::getpid()));
    fs::remove_all(temporary);
    fs::create_directories(temporary);
    ui::shell::Interface::Options options;
    options.rime.temporary = temporary;
    Driver driver(form(), {}, options);
    const auto files = files_of(temporary);
    ASSERT_FALSE(files.empty());

    compose(driver, GetParam());
    const auto first = all_candidates(driver);
    ASSERT_GE(first.size(), 8U);
    driver.ui().end_session();
    // The second person chooses a late candidate again and again: what an input method would learn.
    for (int times = 0; times < 6; ++times) {
        driver.screen() = form();
        driver.settle();
        compose(driver, GetParam());
        if (driver.node("candidate.next")) driver.tap("candidate.next");
        const auto shown = driver.candidates();
        driver.tap(shown.back());
    }
    driver.ui().end_session();
    driver.screen() = form();
    driver.settle();
    compose(driver, GetParam());
    EXPECT_EQ(all_candidates(driver), first);
    driver.ui().end_session();
    EXPECT_EQ(files_of(temporary), files);
}

TEST_P(input, that_was_not_finished_is_gone_with_the_session) {
    Driver driver(form());
    compose(driver, GetParam());
    ASSERT_FALSE(driver.candidates().empty());
    driver.ui().end_session();
    EXPECT_TRUE(driver.ui().tree().nodes().empty());
    EXPECT_FALSE(driver.ui().has_unfinished_input());
    driver.screen() = form();
    driver.settle();
    driver.tap(GetParam());
    EXPECT_TRUE(driver.candidates().empty());
    EXPECT_EQ(driver.node("door")->text, "三组大塘边");
    if (const auto* pad = driver.node("writing_pad")) {
        EXPECT_EQ(pad->value, "0");
    }
}

TEST_P(input, that_was_not_finished_is_gone_with_its_page) {
    Driver driver(form());
    compose(driver, GetParam());
    driver.screen().name = "another_page";
    driver.settle();
    EXPECT_TRUE(driver.candidates().empty());
    EXPECT_FALSE(driver.ui().has_unfinished_input());
}

TEST_P(input, of_one_person_is_neither_on_the_clipboard_nor_offered_again) {
    Driver driver(form());
    compose(driver, GetParam());
    const std::string chosen = driver.candidates().front();
    driver.tap("candidate.0");
    ASSERT_NE(driver.text().find(chosen), std::string::npos);
    ImGui::SetClipboardText(driver.text().c_str());  // what any widget of the library would do
    EXPECT_STREQ(ImGui::GetClipboardText(), "");
    driver.ui().end_session();
    driver.screen() = form();
    field_of(driver.screen()).value = base::SecretText("");
    driver.settle();
    driver.tap(GetParam());
    EXPECT_TRUE(driver.candidates().empty());
    EXPECT_EQ(driver.node("door")->text, "");
}

INSTANTIATE_TEST_SUITE_P(methods, input,
                         testing::Values("method.pinyin", "method.nine_key", "method.strokes",
                                         "method.handwriting"),
                         [](const auto& method) { return std::string(method.param).substr(7); });

}  // namespace
