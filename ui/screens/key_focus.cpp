#include "ui/screens/key_focus.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ui::screens {

using theme::Point;
using theme::Rect;
using widgets::Context;
using widgets::Node;
using widgets::Role;

namespace {

// True when a control was pressed.
bool press(Context& c, const Node& node, base::Millis when, const widgets::TouchRules& rules) {
    auto& touch = c.scratch.touch;
    touch.activate(node, when, rules);
    if (!touch.activated(node.id)) return false;
    c.scratch.keys.to_keyboard = node.role == Role::field;
    return true;
}

void outline(Context& c, Rect rect, theme::Colour colour, float width) {
    const std::array<Point, 5> way{{{rect.x, rect.y},
                                    {rect.right(), rect.y},
                                    {rect.right(), rect.bottom()},
                                    {rect.x, rect.bottom()},
                                    {rect.x, rect.y}}};
    c.canvas.stroke(way, colour, width);
}

}  // namespace

void work_keys(Context& c, const widgets::TouchRules& rules) {
    auto& keys = c.scratch.keys;
    if (c.scratch.touch.finger_down()) keys.wipe();
    if (keys.pressed.empty()) return;
    const auto [key, when] = keys.pressed.front();
    keys.pressed.pop_front();
    const auto& nodes = c.tree.nodes();
    switch (key) {
        case Key::next:
        case Key::previous:
            keys.move(c.tree, key == Key::next);
            break;
        case Key::select:
            if (const auto node = widgets::node_at(c.tree, keys.place))
                if (press(c, nodes[*node], when, rules)) return;
            break;
        case Key::help:
            for (const Node& node : nodes)
                if (node.id == "help" && press(c, node, when, rules)) return;
            break;
        case Key::repeat:
            break;
    }
    c.act(KeyUsed{key});
}

void draw_key_focus(Context& c) {
    auto& keys = c.scratch.keys;
    const auto& nodes = c.tree.nodes();
    if (std::exchange(keys.to_faults, false)) keys.place = "faults";
    if (keys.to_keyboard) {
        const auto first = std::find_if(nodes.begin(), nodes.end(),
                                        [](const Node& node) { return node.role == Role::key; });
        if (first != nodes.end()) {
            keys.place = first->id;
            keys.to_keyboard = false;
        }
    }
    const auto node = widgets::node_at(c.tree, keys.place);
    c.tree.set_key_focus(node);
    if (!node) return;
    const float ring = std::max(4.F, c.theme.size.focus_ring);
    const Rect round = nodes[*node].rect.inset(-ring / 2);
    outline(c, round, c.theme.colour.focus_edge, ring + 2 * std::max(2.F, ring / 2));
    outline(c, round, c.theme.colour.focus, ring);
}

}  // namespace ui::screens
