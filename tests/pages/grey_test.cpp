// No state is told by colour alone (UX-028): each is drawn once with and once without, in greys,
// and what is drawn must differ in its shape: a sign, a word, heavier letters. A change of hue, of
// brightness, or of ink for ground is not enough.
#include "tests/pages/stage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

namespace pages {
namespace {

using namespace ui::screens;

constexpr int least_difference = 60;  // px of shape; a tick of 3 mm has more

Screen with(Block block) {
    Screen screen;
    screen.name = "grey";
    screen.title = "您现在住在哪里？";
    screen.blocks.push_back(std::move(block));
    return screen;
}
Screen choices(bool selected) {
    return with(
        Choices{ChoiceStyle::rows, true, {{"it", "本人", "", "", selected}, {"b", "家人"}}});
}
Screen options(bool selected) {
    return with(OptionRow{"zoom-in", "字号", {{"it", "标准", selected}, {"b", "大", !selected}}});
}
Screen ticks(bool ticked) {
    return with(Ticks{"请勾选", {{"it", "我已知道", ticked}}, ""});
}
Field field() {
    Field out;
    out.id = "it";
    out.label = "电话";
    out.value = base::SecretText("123");
    return out;
}
Screen field_with_fault(bool wrong) {
    Field out = field();
    if (wrong) out.error = "手机号要 11 位";
    return with(out);
}
Screen field_in_use(bool focused) {
    Field out = field();
    out.focused = focused;
    return with(out);
}
DateField date() {
    DateField out;
    out.id = "it";
    out.label = "日期";
    return out;
}
Screen date_with_fault(bool wrong) {
    DateField out = date();
    if (wrong) out.error = "请填写日期";
    return with(out);
}
Screen date_in_use(bool focused) {
    DateField out = date();
    out.focused = focused;
    return with(out);
}
Screen picker(bool) {
    DivisionPicker out;
    out.id = "it";
    for (int i = 0; i < 20; ++i)
        out.choices.push_back({std::to_string(i), "村" + std::to_string(i), i < 10 ? "A" : "B"});
    return with(out);
}
Screen keyboard(bool) {
    Field out = field();
    out.focused = true;
    out.keyboard = Keyboard::pinyin;
    return with(out);
}
Screen steps(int current) {
    Screen screen = with(Line{"一", false, false});
    screen.header.title = "政务服务";
    screen.header.brand_mark = "民";
    screen.steps = {{"核验", "回答", "填写", "核对"}, current};
    return screen;
}
Screen line(LineTone tone, const char* words) {
    Screen screen = with(Line{"一", false, false});
    screen.header.title = "政务服务";
    screen.header.brand_mark = "民";
    screen.header.line_tone = tone;
    screen.header.line_text = words;
    return screen;
}
Screen camera(bool good) {
    CameraPreview out;
    out.check_names = {"光线"};
    out.guidance = "请看镜头";
    out.measures.light_good = good;
    return with(out);
}

struct State {
    const char* name;
    std::function<Screen(bool)> screen;
    std::string node = "it";
    float right = 0, below = 0;  // how far beside the node its words reach, px
    std::string tap{};           // makes the state, where the widget keeps it itself
};

std::vector<State> states() {
    return {
        {"choice selected", choices},
        {"option selected", options},
        {"tick set", ticks},
        {"field wrong", field_with_fault, "it", 0, 70},
        {"date wrong", date_with_fault, "it", 0, 70},
        {"field in use", field_in_use},
        {"date in use", date_in_use},
        {"initial chosen", picker, "it.initial.A", 0, 0, "it.initial.A"},
        {"method chosen", keyboard, "method.latin", 0, 0, "method.latin"},
        {"step done", [](bool done) { return steps(done ? 2 : 0); }, "step.2"},
        {"step current", [](bool now) { return steps(now ? 1 : 0); }, "step.2", 110},
        {"line offline",
         [](bool offline) {
             return offline ? line(LineTone::waiting, "离线可办") : line(LineTone::good, "在线");
         },
         "line_state"},
        {"camera sees well", camera, "光线"},
    };
}

Grey drawn(Stage& stage, const Screen& screen, const State& state, bool tapped) {
    stage.show(screen);
    if (tapped) {
        EXPECT_TRUE(stage.tap(screen, state.tap)) << state.tap;
    }
    const Node* node = stage.tree().find(state.node);
    EXPECT_NE(node, nullptr) << state.node;
    // Without the edge: that it is thicker or darker does not count.
    constexpr float edge = 6;
    Rect part = node == nullptr ? Rect{} : node->rect.inset(edge);
    part.w += state.right;
    part.h += state.below;
    return {stage.pixels(), part};
}

TEST(grey, every_state_has_a_sign_or_word_besides_its_colour_in_every_look) {
    const auto panel = app::training::gallery::every_panel().front();
    Stage stage(panel);
    for (const Mode& mode : app::training::gallery::every_mode()) {
        if (mode.name != "standard" && mode.name != "high_contrast" && mode.name != "elder")
            continue;
        for (const State& state : states()) {
            Screen without = state.screen(false), in_it = state.screen(true);
            without.comfort = in_it.comfort = mode.comfort;
            const bool by_tap = !state.tap.empty();
            EXPECT_GE(differing_shape(drawn(stage, without, state, false),
                                      drawn(stage, in_it, state, by_tap)),
                      least_difference)
                << state.name << " in " << mode.name;
        }
    }
}

TEST(grey, no_other_kind_of_thing_has_a_state) {
    const std::set<Role> compared{Role::choice, Role::tick,  Role::field, Role::chip,
                                  Role::step,   Role::status};  // what the camera sees well
    Stage stage(app::training::gallery::every_panel().front());
    const Mode standard = app::training::gallery::every_mode().front();
    std::set<Role> met;
    for (const SamplePage& sample : app::training::gallery::every_page()) {
        const auto page = page_of(sample, standard, base::Locale::zh);
        stage.show(page.screen);
        for (const Node& node : stage.tree().nodes()) {
            if (!node.selected) continue;
            met.insert(node.role);
            EXPECT_TRUE(compared.contains(node.role))
                << sample.name << ": " << node.id << " " << name(node.role);
        }
    }
    EXPECT_EQ(met, compared);
}

// A square of ink with another inside it, by hand.
domain::Picture square(std::uint8_t ground, std::uint8_t ink, bool with_mark) {
    domain::Picture out{40, 40, std::vector<std::uint8_t>(40 * 40 * 3, ground)};
    for (std::size_t y = 0; y < 40; ++y)
        for (std::size_t x = 0; x < 40; ++x)
            if ((x > 4 && x < 12 && y > 4 && y < 12) ||
                (with_mark && x > 20 && x < 30 && y > 20 && y < 30))
                for (std::size_t part = 0; part < 3; ++part) out.rgb[(y * 40 + x) * 3 + part] = ink;
    return out;
}

TEST(grey, another_brightness_or_the_negative_is_no_other_shape_and_a_mark_is) {
    const Rect whole{0, 0, 40, 40};
    const Grey plain(square(255, 20, false), whole);
    EXPECT_EQ(differing_shape(plain, Grey(square(255, 90, false), whole)), 0);
    EXPECT_EQ(differing_shape(plain, Grey(square(20, 255, false), whole)), 0);
    EXPECT_GE(differing_shape(plain, Grey(square(20, 255, true), whole)), least_difference);
}

}  // namespace
}  // namespace pages
