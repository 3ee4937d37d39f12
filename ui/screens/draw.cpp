#include "ui/screens/draw.hpp"

#include "ui/screens/key_focus.hpp"
#include "ui/screens/layout/field_in_use.hpp"
#include "ui/screens/layout/layout.hpp"
#include "ui/screens/layout/page_frame.hpp"
#include "ui/screens/layout/transition.hpp"
#include "ui/screens/resting.hpp"
#include "ui/screens/texts/text_guard.hpp"
#include "ui/widgets/frame.hpp"
#include "ui/widgets/keyboard.hpp"

#include <algorithm>

namespace ui::screens {

using theme::Rect;
using widgets::Context;

namespace {

bool rests(const Screen& screen, const Context& c) {
    return screen.attract && !screen.overlay && attracts(c.untouched);
}

// 低位显示: what is pressed comes down to who sits, the question directly above it (UX-044).
Rect within_reach(const Context& c, const Screen& screen, Rect room) {
    if (!screen.comfort.low) return room;
    const float title = title_height(c, screen, room.w - 2 * c.theme.size.margin);
    const float top = c.reach_top - (title > 0 ? title + c.theme.px(20 + 28) : 0);
    const float down = std::max(0.F, top - room.y);
    return {room.x, room.y + down, room.w, room.h - down};
}

void draw_veil(Context& c, Rect content) {
    const std::uint8_t covers = c.transitions ? veil(c.now - c.scratch.page_since) : 0;
    if (covers == 0) return;
    theme::Colour colour = c.theme.colour.page;
    colour.a = covers;
    c.canvas.fill(content, colour);
    c.animating = true;
}

void draw_page(Context& c, const Screen& screen) {
    if (rests(screen, c)) {
        widgets::draw_attract(c, *screen.attract, attract_place(c.untouched), attract_places);
        if (!screen.training_band.empty() || !screen.power_band.empty())
            widgets::draw_band(c, screen.training_band, screen.power_band,
                               {0, 0, c.panel.w, c.theme.size.band});
        return;
    }
    if (screen.panel_test) return widgets::draw_panel_test(c, *screen.panel_test);
    if (screen.attract) {
        const Offset offset = resting_offset(c.untouched);
        c.panel = c.panel.moved(static_cast<float>(offset.x), static_cast<float>(offset.y));
    }
    const PageFrame frame = frame_of(c, screen);
    draw_above(c, screen, frame);
    c.tree.content_begins();
    const auto focused = focused_field(screen);
    const Field* field = focused && !c.scratch.keyboard_hidden ? &*focused : nullptr;
    if (c.landscape) {
        draw_landscape(c, screen, frame.content, field);
    } else {
        draw_portrait(c, screen, within_reach(c, screen, frame.content), field);
    }
    c.tree.content_ends();
    draw_veil(c, frame.content);
    draw_after(c, screen, frame);
    if (screen.overlay) widgets::draw_overlay(c, *screen.overlay);
}

bool shows_faults(const Screen& screen) {
    return std::any_of(screen.blocks.begin(), screen.blocks.end(), [](const Block& block) {
        return std::holds_alternative<ErrorSummary>(block);
    });
}

// What makes it another page for a finger: what stands where it is about to press.
std::string page_of(const Screen& screen, const Context& c) {
    if (rests(screen, c)) return "attract";
    return screen.name + (screen.comfort.elder ? "/elder/" : "/") +
           std::to_string(int(screen.comfort.text)) + std::to_string(c.scratch.part) +
           (screen.overlay ? "/overlay" : "");
}

}  // namespace

widgets::TouchRules touch_rules(const theme::Theme& theme, const domain::TouchSettings& settings) {
    widgets::TouchRules rules;
    rules.slop = theme.size.slop;
    rules.slide = theme.px(24);
    if (theme.large_type) rules.settle = base::Millis{400};
    rules.key_again = settings.same_key_again;
    rules.repeats_after = settings.delete_repeats_after;
    return rules;
}

std::optional<Action> draw(const Screen& screen, Context& c) {
    if (!is_clean(screen)) {
        Screen mended = screen;
        mend(mended);
        auto action = draw(mended, c);
        mended.wipe();
        return action;
    }
    widgets::Scratch& scratch = c.scratch;
    if (scratch.screen != screen.name) {
        scratch.wipe();
        scratch.screen = screen.name;
        scratch.page_since = c.now;
        if (c.composer) c.composer->clear();
    }
    // What has to be mended begins on the first part, wherever the person was.
    const bool faults = shows_faults(screen);
    const bool new_faults = faults && !scratch.faults_shown;
    const bool by_keys = !scratch.keys.place.empty();
    if (new_faults) {
        scratch.part = 0;
        // Beside the keys of a low panel there is no room to say it in large type.
        scratch.keyboard_hidden = c.theme.low && c.theme.large_type;
    }
    scratch.faults_shown = faults;
    const std::string page = page_of(screen, c);
    widgets::TouchRules rules = touch_rules(c.theme, c.touch);
    if (c.transitions) rules.press_is_seen = press_is_seen;
    if (scratch.page != page) {
        scratch.touch.page_changed(c.now);
        scratch.page = page;
        scratch.keys.wipe();
    } else if (screen.comfort.blank && scratch.touch.waiting()) {
        // The finger wakes the panel and presses nothing that it could not see.
        scratch.touch.forget_touches();
        c.act(Woken{});
    } else {
        scratch.touch.work(c.tree, rules);
        scratch.touch.hold(c.now, rules);
    }
    work_keys(c, rules);
    if (new_faults && by_keys) scratch.keys.to_faults = true;
    if (scratch.touch.repeating(rules) || scratch.touch.lets_go()) c.animating = true;
    // Events not yet worked on follow in the next frame.
    if (scratch.touch.waiting() || !scratch.keys.pressed.empty()) c.animating = true;
    if (scratch.next) c.action = std::exchange(scratch.next, std::nullopt);

    c.tree.begin(screen.name);
    draw_page(c, screen);
    c.tree.page_ends();
    draw_key_focus(c);
    if (screen.comfort.blank) c.canvas.fill(c.panel, theme::rgb(0x000000));
    if (const auto field = focused_field(screen)) widgets::finish_composition(c, *field);
    compose_date(screen, c.action);
    if (scratch.next) c.animating = true;
    return std::move(c.action);
}

}  // namespace ui::screens
