// A wide panel: what is read on the left, what is pressed on the right.
#include "ui/screens/layout/field_in_use.hpp"
#include "ui/screens/layout/layout.hpp"
#include "ui/screens/stack.hpp"
#include "ui/widgets/blocks.hpp"
#include "ui/widgets/keyboard.hpp"

#include <algorithm>
#include <cmath>

namespace ui::screens {

using theme::Rect;
using widgets::Context;
using widgets::Heights;

namespace {

// Of height, where the panel is low or the type is large.
bool is_scarce(const Context& c) {
    return c.theme.low || c.theme.large_type;
}

struct Columns {
    std::vector<const Block*> left, right;
};

bool is_picture(const Block& block) {
    return std::holds_alternative<CameraPreview>(block) ||
           std::holds_alternative<DevicePicture>(block) ||
           std::holds_alternative<PagePicture>(block);
}

bool is_list(const Block& block) {
    const auto* table = std::get_if<Table>(&block);
    return table && table->list;
}

// On a low panel the welcome comes after what waits for an answer.
std::vector<const Block*> in_order(const Screen& screen, bool low) {
    auto blocks = pointers(screen.blocks);
    if (low)
        std::stable_partition(blocks.begin(), blocks.end(), [](const Block* block) {
            const auto* strip = std::get_if<Strip>(block);
            return strip && strip->button;
        });
    return blocks;
}

Columns divide_blocks(const Screen& screen, bool low) {
    const auto any = [&](auto test) {
        return std::any_of(screen.blocks.begin(), screen.blocks.end(), test);
    };
    Columns columns;
    if (any(is_picture)) {
        // A picture needs all the height there is: everything else stands beside it.
        for (const Block& block : screen.blocks)
            (is_picture(block) ? columns.right : columns.left).push_back(&block);
        return columns;
    }
    const bool signing = any([](const Block& b) {
        return std::holds_alternative<SignaturePad>(b) || std::holds_alternative<Choices>(b);
    });
    bool right = false;
    for (const Block* each : in_order(screen, low)) {
        const Block& block = *each;
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
    const float headed = title > 0 ? title + c.theme.px(24) : 0;
    const Rect all{x, room.y + pad, w, room.h - 2 * pad};
    const Rect below{x, all.y + headed, w, all.h - headed};
    Stack stack(c, in_order(screen, c.theme.low), w);
    // Where height is scarce, the heading stands above the first part alone.
    const int parts = stack.divide(is_scarce(c) ? all.h : below.h, below.h);
    const bool heads = !is_scarce(c) || parts == 1 || c.scratch.part == 0;
    if (heads) draw_title(c, screen, {x, all.y, w, title});
    stack.draw(c, c.scratch.part, parts, heads ? below : all);
}

}  // namespace

void draw_landscape(Context& c, const Screen& screen, Rect room, const Field* field) {
    const auto& size = c.theme.size;
    // The bar at the side leaves nothing below the page: the edge of the panel keeps its distance.
    const float pad = c.theme.px(screen.steps.names.empty() ? 24 : c.theme.side_bar ? 16 : 8);
    const Rect inner = room.inset(size.margin, 0);
    const float between = std::min(c.theme.px(48), inner.w * 0.04F);
    Columns columns = divide_blocks(screen, c.theme.low);
    const bool titled = !screen.title.empty() || !screen.subtitle.empty();
    const bool lists = std::any_of(screen.blocks.begin(), screen.blocks.end(), is_list);
    if (!field &&
        ((lists && is_scarce(c)) || columns.right.empty() || (columns.left.empty() && !titled)))
        return draw_single(c, screen, inner, pad);

    // The part of the width the right column gets: less where only buttons stand beside a reading.
    const auto only = [](const std::vector<const Block*>& blocks, auto test) {
        return !blocks.empty() && std::all_of(blocks.begin(), blocks.end(),
                                              [&](const Block* block) { return test(*block); });
    };
    const bool reading = only(columns.left, [](const Block& b) {
        return std::holds_alternative<LongText>(b) || std::holds_alternative<Table>(b);
    });
    const bool buttons =
        only(columns.right, [](const Block& b) { return std::holds_alternative<ButtonRow>(b); });
    const bool paper =
        only(columns.right, [](const Block& b) { return std::holds_alternative<PagePicture>(b); });
    float part = columns.left.empty() || paper ? 0.62F : reading && buttons ? 0.36F : 0.5F;
    if (field) {
        columns.left = pointers(screen.blocks);
        columns.right.clear();
        part = std::min(0.62F, c.theme.px(1100) / inner.w);
        // Ten keys of 20 mm must stand side by side on a small panel, too; nine of a slip's code.
        if (field->keyboard == Keyboard::pinyin || field->keyboard == Keyboard::search ||
            field->keyboard == Keyboard::ascii || field->keyboard == Keyboard::code) {
            const float keys = c.theme.px(field->keyboard == Keyboard::code ? 816 : 896);
            part = std::clamp(keys / inner.w, part, c.theme.low ? 0.79F : 0.72F);
            if (c.theme.large_type) part = std::max(part, 0.645F);  // for the names of the methods
        }
    }
    const float right_w = std::round(inner.w * part);
    const float apart = field ? std::min(size.margin, c.theme.px(44)) : between;
    const bool pictured = !columns.right.empty() && is_picture(*columns.right.front());
    // The two change sides for the left hand: what is pressed stands where the hand is. Beside a
    // picture it stands there already.
    const bool left_hand = screen.comfort.left_hand && !pictured;
    const float left_w = inner.w - right_w - apart;
    const Rect left{left_hand ? inner.right() - left_w : inner.x, inner.y + pad, left_w,
                    inner.h - 2 * pad};
    const Rect right{left_hand ? inner.x : inner.right() - right_w, left.y, right_w, left.h};

    const float gap = c.theme.px(24);
    float title = title_height(c, screen, left.w);
    Stack whole(c, columns.left, left.w);
    std::optional<BareField> bare;
    std::optional<Stack> short_stack;
    Stack* left_stack = &whole;
    Heading heading = Heading::whole;
    const auto fits = [&] {
        return left_stack->heights().min <= left.h - title - (title > 0 ? gap : 0);
    };
    const auto shorten = [&](std::size_t keep) {
        left_stack->shorten(left.h - title - (title > 0 ? gap : 0), keep);
    };
    // However much a search found, its field stays where it is: room is made before there is need.
    const bool searches = field && field->keyboard == Keyboard::search;
    if (searches && is_scarce(c)) {
        heading = Heading::none;
        title = 0;
        bare.emplace(essential(screen));
        left_stack = &short_stack.emplace(c, bare->blocks(), left.w);
    }
    if (searches) shorten(is_scarce(c) ? 1 : few_found);
    if (field && !bare && !fits()) left_stack = &short_stack.emplace(c, essential(screen), left.w);
    for (const Heading less : {Heading::brief, Heading::none}) {
        if (!field || heading == Heading::none || fits()) break;
        heading = less;
        title = title_height(c, screen, left.w, heading);
    }
    if (field && !bare && !fits()) {
        bare.emplace(essential(screen));
        left_stack = &short_stack.emplace(c, bare->blocks(), left.w);
        shorten(1);
    }
    if (field && !fits()) {
        std::vector<const Block*> alone = bare->blocks();
        std::erase_if(alone,
                      [](const Block* block) { return !in_focus(*block) && !is_found(*block); });
        left_stack = &short_stack.emplace(c, alone, left.w);
        shorten(1);
    }
    // Half the width of a low panel holds few words of large type, and so does half of a high one
    // where only buttons stand beside them: what needs parts there reads better across the whole.
    if (!field && !pictured && c.theme.large_type && (c.theme.low || buttons) &&
        (!fits() || Stack(c, columns.right, right.w).heights().min > right.h))
        return draw_single(c, screen, inner, pad);
    const float y = left.y + title + (title > 0 ? gap : 0);
    Rect left_area{left.x, y, left.w, left.bottom() - y};
    // Where height is scarce, the heading stands above the first part alone.
    const int left_parts = left_stack->divide(is_scarce(c) ? left.h : left_area.h, left_area.h);
    if (is_scarce(c) && left_parts > 1 && c.scratch.part > 0)
        left_area = left;
    else
        draw_title(c, screen, {left.x, left.y, left.w, title}, heading);
    if (field) {
        left_stack->draw(c, c.scratch.part, left_parts, left_area);
        const Heights keys = widgets::measure_keyboard(c, *field, right_w + size.margin);
        // What is wrong stands above the keys where the column of the field has no room for it.
        const std::string_view fault = bare ? fault_in_use(screen) : std::string_view{};
        const float words = widgets::answer_error_height(c, fault, right.w);
        const float kept = words > 0 ? words + c.theme.px(16) : 0;
        const float h =
            std::min(room.h, std::max(keys.min, std::min(room.h - kept, keys.preferred)));
        if (const float over_keys = room.h - h; words > 0 && words <= over_keys)
            widgets::draw_answer_error(
                c, fault, field->id,
                {right.x + c.theme.px(12), std::round(room.y + (over_keys - words) / 2),
                 right.w - c.theme.px(12), words});
        const float over = c.theme.px(12);
        widgets::draw_keyboard(
            c, *field,
            left_hand ? Rect{room.x, room.bottom() - h, right.right() - room.x + over, h}
                      : Rect{right.x - over, room.bottom() - h, room.right() - right.x + over, h});
        return;
    }
    // Next to a title alone the controls start at the top; next to cards they start level with
    // them.
    const float right_top = left_stack->empty() || !titled || pictured ? right.y : y;
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

}  // namespace ui::screens
