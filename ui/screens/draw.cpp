#include "ui/screens/draw.hpp"

#include "ui/screens/key_focus.hpp"
#include "ui/screens/resting.hpp"
#include "ui/screens/stack.hpp"
#include "ui/screens/texts/text_guard.hpp"
#include "ui/widgets/frame.hpp"
#include "ui/widgets/keyboard.hpp"
#include "ui/widgets/picking/date_text.hpp"

#include <algorithm>
#include <cmath>

namespace ui::screens {

using theme::Rect;
using widgets::Context;
using widgets::Heights;

namespace {

bool in_focus(const Block& block) {
    if (const auto* date = std::get_if<DateField>(&block)) return date->focused;
    const auto* field = std::get_if<Field>(&block);
    return field && field->focused && field->keyboard != Keyboard::none;
}

// The field the keys type into. Those of a date are its digits.
std::optional<Field> focused_field(const Screen& screen) {
    for (const Block& block : screen.blocks) {
        if (!in_focus(block)) continue;
        if (const auto* field = std::get_if<Field>(&block)) return *field;
        const auto& date = std::get<DateField>(block);
        Field digits;
        digits.id = date.id;
        digits.label = date.label;
        digits.keyboard = Keyboard::number;
        digits.max_code_points = 8;
        digits.focused = true;
        if (date.value) digits.value = base::SecretText(widgets::date_digits(*date.value));
        return digits;
    }
    return std::nullopt;
}

// What was typed into a date comes out as one.
void compose_date(const Screen& screen, std::optional<Action>& action) {
    auto* edit = action ? std::get_if<TextEdited>(&*action) : nullptr;
    if (!edit || !edit->text) return;
    for (const Block& block : screen.blocks) {
        const auto* date = std::get_if<DateField>(&block);
        if (date && date->id == edit->field)
            edit->text = base::SecretText(widgets::date_value(*edit->text));
    }
}

bool has_primary(const Block& block) {
    const auto* row = std::get_if<ButtonRow>(&block);
    return row && std::any_of(row->buttons.begin(), row->buttons.end(), [](const Button& button) {
               return button.look == ButtonLook::primary;
           });
}

std::vector<const Block*> pointers(const std::vector<Block>& blocks) {
    std::vector<const Block*> all;
    for (const Block& block : blocks) all.push_back(&block);
    return all;
}

// While the keyboard leaves no room for the whole page: the field in use and the way on.
std::vector<const Block*> essential(const Screen& screen) {
    std::vector<const Block*> all;
    for (const Block& block : screen.blocks)
        if (in_focus(block) || has_primary(block)) all.push_back(&block);
    return all;
}

const theme::Type& subtitle_type(const Context& c) {
    return c.theme.elder ? c.theme.type.small : c.theme.type.body;
}

// brief: the question alone, where room is scarce; none: the field's own label must do.
enum class Heading { whole, brief, none };

float title_height(const Context& c, const Screen& screen, float width,
                   Heading heading = Heading::whole) {
    if (heading == Heading::none) return 0;
    if (screen.title.empty() && screen.subtitle.empty()) return 0;
    float h = 0;
    if (!screen.title.empty())
        h += widgets::text_height(c, screen.title, c.theme.type.title, width);
    if (!screen.subtitle.empty() && heading == Heading::whole)
        h += c.theme.px(4) + widgets::text_height(c, screen.subtitle, subtitle_type(c), width);
    return h;
}

void draw_title(Context& c, const Screen& screen, Rect area, Heading heading = Heading::whole) {
    if (heading == Heading::none) return;
    float y = area.y;
    y += widgets::write(c, {screen.title, c.theme.type.title, c.theme.colour.text}, area,
                        widgets::Role::heading, Sensitivity::open, "title");
    if (heading == Heading::brief) return;
    widgets::write(c, {screen.subtitle, subtitle_type(c), c.theme.colour.secondary},
                   {area.x, y + c.theme.px(4), area.w, 0}, widgets::Role::text, screen.heading,
                   "subtitle");
}

// ---- portrait: one column
// ------------------------------------------------------------------------

void draw_portrait(Context& c, const Screen& screen, Rect room, const Field* field) {
    const auto& size = c.theme.size;
    const Rect column{room.x + size.margin, room.y, room.w - 2 * size.margin, room.h};
    const float title = title_height(c, screen, column.w);
    const float title_gap = title > 0 ? c.theme.px(28) : 0;
    const float top_pad = c.theme.px(title > 0 && screen.steps.names.empty() ? 40
                                     : screen.steps.names.empty()            ? 28
                                                                             : 20);
    // The field in use keeps 8 mm clear of the keys (UX-139).
    const float bottom_pad = c.theme.px(field ? 32 : 28);

    Stack whole(c, pointers(screen.blocks), column.w);
    Stack* stack = &whole;
    std::optional<Stack> short_stack;
    float keyboard = 0;
    if (field) {
        const Heights keys = widgets::measure_keyboard(c, *field, room.w);
        const float blocks = room.h - top_pad - bottom_pad - title - title_gap;
        if (whole.heights().min > blocks - keys.min) {
            short_stack.emplace(c, essential(screen), column.w);
            stack = &*short_stack;
        }
        const float left = blocks - stack->heights().preferred;
        keyboard = std::clamp(left, keys.min, keys.preferred);
    }
    const float bottom = room.bottom() - keyboard - bottom_pad;
    float y = room.y + top_pad;
    if (screen.low) {
        // The question stands directly above its answers, all of it within reach.
        const float needed = title + title_gap + stack->heights().preferred;
        y = std::max(y, std::min(c.reach_top - c.theme.px(12), bottom - needed));
    } else if (title > 0) {
        // Room above and below the heading, as far as the page has it to give.
        const float slack = bottom - y - title - title_gap - stack->heights().preferred;
        y += std::clamp(slack * 0.2F, 0.F, c.theme.px(28));
    }
    draw_title(c, screen, {column.x, y, column.w, title});
    y += title + title_gap;
    if (title > 0) {
        const float slack = bottom - y - stack->heights().preferred;
        y += std::clamp(slack * 0.2F, 0.F, c.theme.px(16));
    }
    const Rect area{column.x, y, column.w, bottom - y};
    stack->draw(c, c.scratch.part, stack->divide(area.h), area);
    if (field)
        widgets::draw_keyboard(c, *field, {room.x, room.bottom() - keyboard, room.w, keyboard});
}

// ---- landscape: what is read on the left, what is pressed on the right --------------------------

struct Columns {
    std::vector<const Block*> left, right;
};

Columns divide_blocks(const Screen& screen) {
    const auto any = [&](auto test) {
        return std::any_of(screen.blocks.begin(), screen.blocks.end(), test);
    };
    const bool signing = any([](const Block& b) {
        return std::holds_alternative<SignaturePad>(b) || std::holds_alternative<Choices>(b);
    });
    Columns columns;
    bool right = false;
    for (const Block& block : screen.blocks) {
        if (!std::holds_alternative<Line>(block)) {  // a line belongs to what stands above it
            right = is_control(block) || std::holds_alternative<Progress>(block);
            if (const auto* strip = std::get_if<Strip>(&block))
                right = strip->tone == Tone::warn || strip->tone == Tone::danger;
            if (std::holds_alternative<Ticks>(block)) right = !signing;
        }
        (right ? columns.right : columns.left).push_back(&block);
    }
    return columns;
}

void draw_single(Context& c, const Screen& screen, Rect room, float pad) {
    // Lines longer than forty Hanzi are hard to read.
    const float w = std::min(room.w, c.theme.px(1200));
    const float x = std::round(room.centre_x() - w / 2);
    const float title = title_height(c, screen, w);
    float y = room.y + pad;
    draw_title(c, screen, {x, y, w, title});
    y += title + (title > 0 ? c.theme.px(24) : 0);
    Stack stack(c, pointers(screen.blocks), w);
    const Rect area{x, y, w, room.bottom() - pad - y};
    stack.draw(c, c.scratch.part, stack.divide(area.h), area);
}

void draw_landscape(Context& c, const Screen& screen, Rect room, const Field* field) {
    const auto& size = c.theme.size;
    const float pad = c.theme.px(screen.steps.names.empty() ? 24 : 8);
    const Rect inner = room.inset(size.margin, 0);
    const float between = std::min(c.theme.px(48), inner.w * 0.04F);
    Columns columns = divide_blocks(screen);
    const bool titled = !screen.title.empty() || !screen.subtitle.empty();
    if (!field && (columns.right.empty() || (columns.left.empty() && !titled)))
        return draw_single(c, screen, inner, pad);

    // The part of the width the right column gets: less where only buttons stand beside a reading.
    const auto only = [](const std::vector<const Block*>& blocks, auto test) {
        return !blocks.empty() && std::all_of(blocks.begin(), blocks.end(),
                                              [&](const Block* block) { return test(*block); });
    };
    const bool reading = only(columns.left, [](const Block& b) {
        return std::holds_alternative<LongText>(b) || std::holds_alternative<PagePicture>(b) ||
               std::holds_alternative<Table>(b);
    });
    const bool buttons =
        only(columns.right, [](const Block& b) { return std::holds_alternative<ButtonRow>(b); });
    float part = columns.left.empty() ? 0.62F : reading && buttons ? 0.36F : 0.5F;
    if (field) {
        columns.left = pointers(screen.blocks);
        columns.right.clear();
        part = std::min(0.62F, c.theme.px(1100) / inner.w);
        // Ten keys of 20 mm must stand side by side on a small panel, too.
        if (field->keyboard == Keyboard::pinyin)
            part = std::clamp(c.theme.px(856) / inner.w, part, 0.72F);
    }
    const float right_w = std::round(inner.w * part);
    const float apart = field ? std::min(size.margin, c.theme.px(44)) : between;
    // The two change sides for the left hand: what is pressed stands where the hand is.
    const bool left_hand = screen.comfort.left_hand;
    const float left_w = inner.w - right_w - apart;
    const Rect left{left_hand ? inner.right() - left_w : inner.x, inner.y + pad, left_w,
                    inner.h - 2 * pad};
    const Rect right{left_hand ? inner.x : inner.right() - right_w, left.y, right_w, left.h};

    const float gap = c.theme.px(24);
    float title = title_height(c, screen, left.w);
    Stack whole(c, columns.left, left.w);
    std::optional<Stack> short_stack;
    Stack* left_stack = &whole;
    Heading heading = Heading::whole;
    if (field && whole.heights().min > left.h - title - gap) {
        short_stack.emplace(c, essential(screen), left.w);
        left_stack = &*short_stack;
        if (left_stack->heights().min > left.h - title - gap) {
            heading = Heading::brief;
            title = title_height(c, screen, left.w, heading);
        }
        if (left_stack->heights().min > left.h - title - gap) {
            heading = Heading::none;
            title = 0;
        }
    }
    draw_title(c, screen, {left.x, left.y, left.w, title}, heading);
    const float y = left.y + title + (title > 0 ? gap : 0);
    const Rect left_area{left.x, y, left.w, left.bottom() - y};
    const int left_parts = left_stack->divide(left_area.h);
    if (field) {
        left_stack->draw(c, c.scratch.part, left_parts, left_area);
        const Heights keys = widgets::measure_keyboard(c, *field, right_w + size.margin);
        const float h = std::min(room.h, std::max(keys.min, std::min(room.h, keys.preferred)));
        const float over = c.theme.px(12);
        widgets::draw_keyboard(
            c, *field,
            left_hand ? Rect{room.x, room.bottom() - h, right.right() - room.x + over, h}
                      : Rect{right.x - over, room.bottom() - h, room.right() - right.x + over, h});
        return;
    }
    // Next to a title alone the controls start at the top; next to cards they start level with
    // them.
    const float right_top = left_stack->empty() || !titled ? right.y : y;
    Rect right_area{right.x, right_top, right.w, right.bottom() - right_top};
    Stack right_stack(c, columns.right, right.w);
    if (right_stack.heights().min > right_area.h) right_area = right;
    const int right_parts = right_stack.divide(right_area.h);
    // One way to turn the page for both columns.
    const int parts = std::max(left_parts, right_parts);
    const bool right_turns = right_parts > 1;
    left_stack->draw(c, c.scratch.part, parts, left_area,
                     right_turns ? Stack::Pager::elsewhere : Stack::Pager::here);
    right_stack.draw(c, c.scratch.part, parts, right_area,
                     right_turns ? Stack::Pager::here : Stack::Pager::elsewhere);
}

bool rests(const Screen& screen, const Context& c) {
    return screen.attract && !screen.overlay && attracts(c.untouched);
}

void draw_page(Context& c, const Screen& screen) {
    if (rests(screen, c)) {
        widgets::draw_attract(c, *screen.attract, attract_place(c.untouched), attract_places);
        if (!screen.training_band.empty())
            widgets::draw_training_band(c, screen.training_band,
                                        {0, 0, c.panel.w, c.theme.size.band});
        return;
    }
    if (screen.attract) {
        const Offset offset = resting_offset(c.untouched);
        c.panel = c.panel.moved(static_cast<float>(offset.x), static_cast<float>(offset.y));
    }
    const auto& size = c.theme.size;
    Rect room = c.panel;
    if (!screen.training_band.empty()) {
        widgets::draw_training_band(c, screen.training_band, {room.x, room.y, room.w, size.band});
        room.y += size.band;
        room.h -= size.band;
    }
    widgets::draw_header(c, screen.header, {room.x, room.y, room.w, size.header});
    room.y += size.header;
    room.h -= size.header;
    const float utility = screen.utility.empty() ? 0 : size.utility;
    const auto focused = focused_field(screen);
    const Field* field = focused && !c.scratch.keyboard_hidden ? &*focused : nullptr;
    // On a low panel the keys need the room of the steps.
    const bool low =
        field && c.landscape &&
        room.h - utility - size.steps < widgets::measure_keyboard(c, *field, room.w).min;
    if (!screen.steps.names.empty() && !low) {
        widgets::draw_steps(c, screen.steps,
                            {room.x + size.margin, room.y, room.w - 2 * size.margin, size.steps});
        room.y += size.steps;
        room.h -= size.steps;
    }
    c.tree.content_begins();
    const float speech = screen.speech.empty() ? 0 : size.floor_target + c.theme.px(16);
    room.h -= utility + speech;
    // 低位显示: what is pressed comes down to who sits, the question directly above it (UX-044).
    if (screen.comfort.low && !c.landscape) {
        const float title = title_height(c, screen, room.w - 2 * size.margin);
        const float top = c.reach_top - (title > 0 ? title + c.theme.px(20 + 28) : 0);
        if (room.y < top) {
            room.h -= top - room.y;
            room.y = top;
        }
    }
    if (c.landscape) {
        draw_landscape(c, screen, room, field);
    } else {
        draw_portrait(c, screen, room, field);
    }
    c.tree.content_ends();
    if (speech > 0)
        widgets::draw_speech_bar(c, screen.speech, {0, room.bottom(), c.panel.w, speech});
    if (utility > 0)
        widgets::draw_utility_bar(c, screen.utility,
                                  {room.x, room.bottom() + speech, room.w, utility});
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
    if (theme.elder) rules.settle = base::Millis{400};
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
    if (new_faults) scratch.part = 0;
    scratch.faults_shown = faults;
    const std::string page = page_of(screen, c);
    const widgets::TouchRules rules = touch_rules(c.theme, c.touch);
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
    if (scratch.touch.repeating(rules)) c.animating = true;
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
