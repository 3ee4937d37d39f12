#include "ui/widgets/key_walk.hpp"

#include <algorithm>

namespace ui::widgets {

namespace {

constexpr char nth = '#';

bool is_stop(const Node& node) {
    if (node.role == Role::dialog || node.role == Role::step || node.id == "brand_mark")
        return false;
    if (node.interactive()) return node.enabled;
    // A prefilled field cannot be edited; it is read all the same.
    return !node.text.empty() || (node.role == Role::field && !node.label.empty());
}

}  // namespace

std::vector<std::size_t> key_stops(const SemanticTree& tree) {
    const auto& nodes = tree.nodes();
    std::size_t from = tree.content_from(), first = 0;
    const std::size_t end = tree.page_end();
    for (std::size_t i = 0; i < end; ++i)
        if (nodes[i].role == Role::dialog) from = first = i;
    std::vector<std::size_t> stops;
    for (std::size_t i = from; i < end; ++i)
        if (is_stop(nodes[i])) stops.push_back(i);
    for (std::size_t i = first; i < from; ++i)
        if (is_stop(nodes[i])) stops.push_back(i);
    return stops;
}

std::string place_of(const SemanticTree& tree, std::size_t node) {
    const auto& nodes = tree.nodes();
    const std::string& id = nodes[node].id;
    const auto before =
        std::count_if(nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(node),
                      [&](const Node& other) { return other.id == id; });
    // 求助 stands among the tiles and in the bar: the second one is another place.
    return id.empty() || before > 0 ? id + nth + std::to_string(before) : id;
}

std::optional<std::size_t> node_at(const SemanticTree& tree, const std::string& place) {
    if (place.empty()) return std::nullopt;
    for (std::size_t i = 0; i < tree.page_end(); ++i)
        if (place_of(tree, i) == place) return i;
    return std::nullopt;
}

void KeyWalk::move(const SemanticTree& seen, bool forward) {
    const auto stops = key_stops(seen);
    if (stops.empty()) return;
    const auto now = node_at(seen, place);
    const auto at = now ? std::find(stops.begin(), stops.end(), *now) : stops.end();
    std::size_t next = forward ? 0 : stops.size() - 1;
    if (at != stops.end()) {
        const auto here = static_cast<std::size_t>(at - stops.begin());
        next = (here + (forward ? 1 : stops.size() - 1)) % stops.size();
    }
    base::wipe(place);
    place = place_of(seen, stops[next]);
}

}  // namespace ui::widgets
