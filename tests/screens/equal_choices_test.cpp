// Where the citizen is free to choose, the page must not choose for them: both ways of the consent to the
// face comparison and of the letter are drawn alike, in every mode, language and orientation.
#include "../unit/session/samples.hpp"
#include "app/present/present.hpp"
#include "ui/shell/interface.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace app {
namespace {

using session::samples::Walker;
using ui::widgets::Node;

Walker face_consent() {
    return Walker{}.to_identity().on(session::IdentityConfirmed{});
}
Walker letter() {
    return Walker{}.to_letter();
}

struct Pair {
    const char* name;
    Walker (*walk)();
    const char* one;
    const char* other;
};
struct Mode {
    const char* name;
    session::Event event;
};
struct Size {
    int width, height;
};

const Pair pairs[] = {{"the consent to the face comparison", face_consent, "face_yes", "face_no"},
                      {"the letter", letter, "commit", "ordinary"}};
const Size sizes[] = {{1080, 1920}, {1920, 1080}};

std::vector<Mode> modes() {
    domain::Comfort large, largest, high, low, left;
    large.text = domain::TextSize::large;
    largest.text = domain::TextSize::largest;
    high.contrast = domain::Contrast::high;
    low.low = true;
    left.left_hand = true;
    return {{"standard", session::ComfortChosen{domain::Comfort{}}},
            {"elder", session::ElderModeToggled{}},
            {"English", session::LanguageToggled{}},
            {"large", session::ComfortChosen{large}},
            {"largest", session::ComfortChosen{largest}},
            {"high contrast", session::ComfortChosen{high}},
            {"low", session::ComfortChosen{low}},
            {"left hand", session::ComfortChosen{left}}};
}

std::unique_ptr<ui::shell::Interface> draw(const Walker& walker, Size size,
                                           const base::Clock& clock) {
    domain::PostStatus post;
    post.line = domain::Line::offline;
    post.taking = true;
    const auto page = present({walker.session, &session::samples::pack(), walker.terminal.settings,
                               walker.terminal.health, post, walker.terminal.now});
    ui::shell::Interface::Options options;
    options.width = size.width;
    options.height = size.height;
    options.icon_font = CW_ICON_FONT;
    auto interface = ui::shell::Interface::create(options, clock);
    if (!interface) return nullptr;
    (*interface)->finish_preparing_input();
    (*interface)->frame(page.screen);
    (*interface)->frame(page.screen);
    return std::move(*interface);
}

// The upper edge with its frame and ground, above every letter of the text.
std::vector<std::uint8_t> upper_edge(const domain::Picture& picture, const Node& node) {
    std::vector<std::uint8_t> edge;
    const auto left = static_cast<std::size_t>(node.rect.x);
    const auto top = static_cast<std::size_t>(node.rect.y);
    const auto wide = static_cast<std::size_t>(node.rect.w);
    constexpr std::size_t rows = 8;
    for (std::size_t y = top; y < top + rows; ++y) {
        const auto begin = (y * static_cast<std::size_t>(picture.width) + left) * 3;
        for (std::size_t i = 0; i < wide * 3; ++i) edge.push_back(picture.rgb.at(begin + i));
    }
    return edge;
}

TEST(EqualChoices, have_the_same_size_text_size_and_look_in_every_mode) {
    for (const auto& pair : pairs)
        for (const auto& mode : modes())
            for (const auto size : sizes) {
                SCOPED_TRACE(std::string(pair.name) + ", " + mode.name + ", " +
                             std::to_string(size.width) + " wide");
                const Walker walker = pair.walk().on(mode.event);
                const base::ManualClock clock(walker.terminal.now);
                const auto interface = draw(walker, size, clock);
                ASSERT_NE(interface, nullptr);
                const Node* one = interface->tree().find(pair.one);
                const Node* other = interface->tree().find(pair.other);
                ASSERT_TRUE(one != nullptr && one->id == pair.one);
                ASSERT_TRUE(other != nullptr && other->id == pair.other);
                EXPECT_GT(one->rect.w, 0);
                EXPECT_EQ(one->rect.w, other->rect.w);
                EXPECT_EQ(one->rect.h, other->rect.h);
                EXPECT_EQ(one->hit.w, other->hit.w);
                EXPECT_EQ(one->hit.h, other->hit.h);
                EXPECT_EQ(one->em, other->em);
                EXPECT_EQ(one->role, other->role);
                EXPECT_EQ(one->selected, other->selected);
                EXPECT_TRUE(one->enabled && other->enabled);
                const auto pixels = interface->pixels();
                ASSERT_TRUE(pixels);
                EXPECT_EQ(upper_edge(*pixels, *one), upper_edge(*pixels, *other));
            }
}

}  // namespace
}  // namespace app
