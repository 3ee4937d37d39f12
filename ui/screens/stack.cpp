#include "ui/screens/stack.hpp"

#include "ui/screens/block_cutting.hpp"
#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ui::screens {

using theme::Rect;
using widgets::Context;
using widgets::Heights;

namespace {

bool is_row(const Block& block) {
    return std::holds_alternative<ButtonRow>(block);
}
// Blocks that look well when they are taller than they need be.
bool takes_slack(const Context& c, const Block& block) {
    if (std::holds_alternative<Hero>(block)) return c.landscape;
    if (std::holds_alternative<DevicePicture>(block)) return c.theme.low;
    if (std::holds_alternative<LongText>(block) || std::holds_alternative<PagePicture>(block))
        return true;
    const auto* tiles = std::get_if<Tiles>(&block);
    return tiles && tiles->size == TileSize::large && tiles->tiles.size() > 4;
}
// More to choose from than one part may show (UX-047).
bool is_endless(const Block& block) {
    const auto* choices = std::get_if<Choices>(&block);
    return choices && choices->style != ChoiceStyle::pair && choices->choices.size() > choices_most;
}
bool is_line(const Block& block) {
    return std::holds_alternative<Line>(block);
}

}  // namespace

Heights measure(const Context& c, const Block& block, float width) {
    return std::visit([&](const auto& b) { return widgets::measure(c, b, width); }, block);
}

void draw(Context& c, const Block& block, Rect area) {
    std::visit([&](const auto& b) { widgets::draw(c, b, area); }, block);
}

bool is_control(const Block& block) {
    return std::visit(
        [](const auto& b) {
            using B = std::decay_t<decltype(b)>;
            if constexpr (std::is_same_v<B, Strip>) return b.button.has_value();
            return std::is_same_v<B, Tiles> || std::is_same_v<B, Chips> ||
                   std::is_same_v<B, Choices> || std::is_same_v<B, OptionRow> ||
                   std::is_same_v<B, Ticks> || std::is_same_v<B, Field> ||
                   std::is_same_v<B, ErrorSummary> || std::is_same_v<B, SignaturePad> ||
                   std::is_same_v<B, ButtonRow> || std::is_same_v<B, DateField> ||
                   std::is_same_v<B, DivisionPicker>;
        },
        block);
}

Stack::Stack(const Context& c, std::vector<const Block*> blocks, float width)
    : c_(c), width_(width) {
    for (const Block* block : blocks) blocks_.push_back({block, measure(c, *block, width)});
}

Stack::~Stack() {
    for (auto& block : owned_) wipe(*block);
}

Heights Stack::gap_before(const Part& part, std::size_t i) const {
    if (i == 0) return {};
    const auto& size = c_.theme.size;
    const Block& block = *part[i].block;
    const Block& before = *part[i - 1].block;
    const auto answer = [](const Block& b) {
        return std::holds_alternative<Field>(b) || std::holds_alternative<DateField>(b) ||
               std::holds_alternative<DivisionPicker>(b);
    };
    const bool field = answer(block) || answer(before);
    if (is_row(block)) return {size.gap_min, size.gap + c_.theme.px(12)};
    if (is_line(block)) return {size.gap_min, c_.theme.px(is_row(before) ? 28 : 20)};
    if (field) return {size.gap_min, size.gap + c_.theme.px(12)};
    return {size.gap_min, size.gap};
}

Heights Stack::heights_of(const Part& part) const {
    Heights sum;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const Heights gap = gap_before(part, i);
        sum.min += part[i].heights.min + gap.min;
        sum.preferred += part[i].heights.preferred + gap.preferred;
    }
    return sum;
}

Heights Stack::heights() const {
    return heights_of(blocks_);
}

void Stack::shorten(float height, std::size_t keep) {
    for (Placed& placed : blocks_) {
        const auto* found = std::get_if<Choices>(placed.block);
        if (!found || found->style != ChoiceStyle::found) continue;
        Choices first = *found;
        while (first.choices.size() > keep && heights_of(blocks_).min > height) {
            first.choices.pop_back();
            owned_.push_back(std::make_unique<Block>(first));
            placed = {owned_.back().get(), measure(c_, *owned_.back(), width_)};
        }
    }
}

float Stack::pager_height() const {
    return widgets::pager_height(c_, width_);
}

int Stack::divide(float height, float first) {
    parts_.clear();
    const bool endless = std::any_of(blocks_.begin(), blocks_.end(), [](const Placed& placed) {
        return is_endless(*placed.block);
    });
    if ((heights_of(blocks_).min <= first + 0.5F && !endless) || blocks_.empty()) {
        parts_.push_back(blocks_);
        return 1;
    }
    Part rest = blocks_, closing;
    while (!rest.empty() && (is_row(*rest.back().block) || is_line(*rest.back().block))) {
        closing.insert(closing.begin(), rest.back());
        rest.pop_back();
    }
    for (Placed& placed : rest) show_whole(placed);
    const float gap = c_.theme.size.gap_min;
    const float pager = pager_height() + 2 * gap;
    const auto room = [&] { return (parts_.empty() ? first : height) - pager; };
    Part part;
    std::size_t i = 0;
    while (i < rest.size()) {
        part.push_back(rest[i]);
        if (heights_of(part).min <= room() && !is_endless(*rest[i].block)) {
            ++i;
            continue;
        }
        part.pop_back();
        const float left = room() - heights_of(part).min - (part.empty() ? 0 : gap);
        const Block* head = nullptr;
        const Block* tail = nullptr;
        if (split(*rest[i].block, left, head, tail)) {
            part.push_back({head, measure(c_, *head, width_)});
            rest[i] = {tail, measure(c_, *tail, width_)};
        } else if (part.empty() && (first >= height || !parts_.empty())) {
            part.push_back(rest[i++]);  // one block alone: it shrinks as far as it can
        }
        parts_.push_back(std::move(part));  // may be none: the heading alone
        part.clear();
    }
    Part last = part;
    last.insert(last.end(), closing.begin(), closing.end());
    if (heights_of(last).min > room() && part.size() > 1) {
        // The closing buttons take the block above them along.
        last.erase(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(part.size()) - 1);
        part.pop_back();
        parts_.push_back(std::move(part));
        part = {last.front()};
    }
    if (heights_of(last).min > room() && !part.empty() && !closing.empty()) {
        // Not even that one has room beside them.
        parts_.push_back(std::move(part));
        last = closing;
    }
    // Where the heading leaves no room for them, it stands alone above the first part.
    if (parts_.empty() && first < height && heights_of(last).min > room()) parts_.push_back({});
    // What is said below the buttons may stand behind them.
    Part behind;
    while (last.size() > 1 && is_line(*last.back().block) && heights_of(last).min > room()) {
        behind.insert(behind.begin(), last.back());
        last.pop_back();
    }
    if (!last.empty()) parts_.push_back(std::move(last));
    if (!behind.empty()) parts_.push_back(std::move(behind));
    return static_cast<int>(parts_.size());
}

// A page has one way to be turned: the rows of a list are divided with the rest of it.
void Stack::show_whole(Placed& placed) {
    const auto* table = std::get_if<Table>(placed.block);
    if (!table || !table->list) return;
    Table whole = *table;
    whole.piece =
        widgets::tears_words(c_, *table, width_) ? Table::Piece::cards : Table::Piece::rows;
    owned_.push_back(std::make_unique<Block>(std::move(whole)));
    placed = {owned_.back().get(), measure(c_, *owned_.back(), width_)};
}

bool Stack::split(const Block& block, float room, const Block*& head, const Block*& tail) {
    auto cut = cut_block(c_, block, width_, room);
    if (!cut) return false;
    owned_.push_back(std::make_unique<Block>(std::move(cut->head)));
    head = owned_.back().get();
    owned_.push_back(std::make_unique<Block>(std::move(cut->tail)));
    tail = owned_.back().get();
    return true;
}

void Stack::draw(Context& c, int part, int parts, Rect area, Pager pager) {
    if (parts_.empty()) return;
    const auto shown =
        static_cast<std::size_t>(std::clamp(part, 0, static_cast<int>(parts_.size()) - 1));
    if (parts > 1 && pager == Pager::here) {
        const float h = pager_height();
        const Rect pages{area.x, area.bottom() - h, area.w, h};
        area.h -= h + c.theme.size.gap_min + c.theme.px(2);  // heights are rounded
        place(c, parts_[shown], area);
        draw_pager(c, part, parts, pages);
    } else {
        place(c, parts_[shown], area);
    }
}

void Stack::place(Context& c, const Part& part, Rect area) const {
    const Heights all = heights_of(part);
    float gaps_preferred = 0, gaps_min = 0;
    for (std::size_t i = 0; i < part.size(); ++i) {
        gaps_preferred += gap_before(part, i).preferred;
        gaps_min += gap_before(part, i).min;
    }
    // Gaps give way first, then the blocks.
    float missing = std::max(0.F, all.preferred - area.h);
    const float from_gaps = std::min(missing, gaps_preferred - gaps_min);
    missing -= from_gaps;
    const float gap_part = gaps_preferred > gaps_min ? from_gaps / (gaps_preferred - gaps_min) : 0;
    const float give = (all.preferred - gaps_preferred) - (all.min - gaps_min);
    const float block_part = give > 0 ? std::min(1.F, missing / give) : 0;
    float slack = std::max(0.F, area.h - all.preferred);
    const bool reads = std::any_of(part.begin(), part.end(), [](const Placed& placed) {
        return std::holds_alternative<LongText>(*placed.block) ||
               std::holds_alternative<PagePicture>(*placed.block);
    });
    const float grow = c.landscape || reads ? slack : std::min(slack, all.preferred * 0.1F);

    float y = area.y;
    bool grown = false;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const Heights gap = gap_before(part, i), h = part[i].heights;
        y += std::round(gap.preferred - (gap.preferred - gap.min) * gap_part);
        if (is_control(*part[i].block) && y < c.reach_top) {
            const float down = std::min(slack, c.reach_top - y);
            y += down;
            slack -= down;
        }
        float height = std::round(h.preferred - (h.preferred - h.min) * block_part);
        if (!grown && takes_slack(c, *part[i].block)) {
            height += std::floor(grow);
            slack -= grow;
            grown = true;
        }
        screens::draw(c, *part[i].block, {area.x, std::round(y), area.w, height});
        y += height;
    }
}

void Stack::draw_pager(Context& c, int part, int parts, Rect area) const {
    const int shown = std::clamp(part, 0, parts - 1);
    const int by = widgets::draw_pager(c, "part", shown, parts, area);
    if (by != 0) c.scratch.part = std::clamp(shown + by, 0, parts - 1);
}

}  // namespace ui::screens
