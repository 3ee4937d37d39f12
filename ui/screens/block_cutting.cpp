#include "ui/screens/block_cutting.hpp"

#include "ui/widgets/blocks.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace ui::screens {

using widgets::Context;

namespace {

// The list inside a block that may be cut between two entries; null when it stays whole.
template <class B>
constexpr std::nullptr_t entries(B&) {
    return nullptr;
}
auto* entries(TextCard& b) {
    return &b.paragraphs;
}
auto* entries(KeyValues& b) {
    return &b.rows;
}
auto* entries(Notice& b) {
    return &b.lines;
}
auto* entries(Choices& b) {
    return b.style == ChoiceStyle::pair ? nullptr : &b.choices;
}
auto* entries(Ticks& b) {
    return &b.ticks;
}
auto* entries(Tiles& b) {
    return &b.tiles;
}
auto* entries(Table& b) {
    return b.piece == Table::Piece::none ? nullptr : &b.rows;
}

// What only one of the two pieces keeps.
template <class B>
void part_company(B&, B&) {}
void part_company(TextCard&, TextCard& tail) {
    tail.title.clear();
}
void part_company(Notice&, Notice& tail) {
    tail.title.clear();
    tail.icon.clear();
}
void part_company(KeyValues&, KeyValues& tail) {
    tail.qr_text.clear();
    tail.qr_caption.clear();
}
void part_company(Ticks& head, Ticks&) {
    head.footnote.clear();
}
void part_company(Table&, Table& tail) {
    tail.title.clear();
}

// As many as one part may show.
template <class B>
std::size_t most_entries(const B&, std::size_t count) {
    return count;
}
std::size_t most_entries(const Table&, std::size_t count) {
    return std::min(count, widgets::table_rows_most);
}

std::size_t most_entries(const Choices&, std::size_t count) {
    return std::min(count, choices_most);
}

// An entry higher than all the room is cut between two of its lines.
template <class B>
bool cut(const Context&, B&, B&, float, float) {
    return false;
}
template <class B>
requires std::is_same_v<B, TextCard> || std::is_same_v<B, KeyValues> || std::is_same_v<B, Notice>
bool cut(const Context& c, B& head, B& tail, float width, float room) {
    auto& others = *entries(tail);
    *entries(head) = {others.front()};
    others.erase(others.begin());
    return widgets::cut_first_entry(c, head, tail, width, room);
}

// A long heading may stand alone above what it heads.
template <class B>
bool keeps_heading(const Context&, const B&, float, float) {
    return false;
}
bool keeps_heading(const Context& c, const Notice& head, float width, float room) {
    const float height = widgets::measure(c, head, width).min;
    return !head.title.empty() && height <= room && height > room / 2;
}

template <class B>
std::optional<CutBlock> cut_list(const Context& c, const B& whole, float width, float room) {
    B head = whole, tail = whole;
    auto* const kept = entries(head);
    if (!kept || kept->empty()) return {};
    part_company(head, tail);
    const std::size_t count = kept->size();
    std::size_t keep = most_entries(whole, count);
    kept->resize(keep);
    while (keep > 0) {
        if (keep < count && widgets::measure(c, head, width).min <= room) break;
        kept->resize(--keep);
    }
    auto& others = *entries(tail);
    if (keep > 0)
        others.erase(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(keep));
    else if (!keeps_heading(c, head, width, room) && !cut(c, head, tail, width, room))
        return {};
    return CutBlock{std::move(head), std::move(tail)};
}

}  // namespace

std::optional<CutBlock> cut_block(const Context& c, const Block& block, float width, float room) {
    return std::visit(
        [&](const auto& whole) -> std::optional<CutBlock> {
            using B = std::remove_cvref_t<decltype(whole)>;
            if constexpr (std::is_null_pointer_v<decltype(entries(std::declval<B&>()))>)
                return {};
            else
                return cut_list(c, whole, width, room);
        },
        block);
}

}  // namespace ui::screens
