// Where the finger goes: sizes, gaps, edges, reach (ux.md 1.1 and 1.3).
#include "tests/crawl/checks.hpp"

namespace crawl {

namespace {

constexpr float lower_edge_mm = 850;  // of the panel above the floor, as the painter has it

bool smaller(const Rect& rect, float w, float h) {
    return rect.w < w - 1 || rect.h < h - 1;
}

// Under a warning, any touch at all means “go on”.
bool is_everywhere(const Node& node) {
    return node.id.ends_with(".anywhere");
}

bool is_digit(const Node& node) {
    return node.role == Role::key && node.id.size() == 5 && node.id.starts_with("key.") &&
           node.id[4] >= '0' && node.id[4] <= '9';
}

void floor_of_targets(const Drawn& d, Sink& out, Memory&) {
    const float least = d.mm(d.elder() ? 20 : 15);
    for (const Node& node : d.nodes)
        if (node.interactive() && smaller(node.hit, least, least)) out.say(words(node));
}

void large_targets(const Drawn& d, Sink& out, Memory&) {
    // Digits above letters are keys of an alphabet.
    const bool digits_alone = d.find("key.Q") == nullptr && d.find("key.q") == nullptr;
    for (const Node& node : d.nodes) {
        const bool primary = node.role == Role::primary_button;
        // What confirms: on an overlay both answers, and choices of equal right.
        const bool confirms = (d.page.screen.overlay && node.role == Role::button) ||
                              (node.role == Role::choice && node.interactive());
        if (!primary && !confirms && node.role != Role::tile && !is_key(node)) continue;
        const float least =
            d.mm(d.elder() && (primary || (digits_alone && is_digit(node))) ? 25 : 20);
        if (smaller(node.hit, least, least)) out.say(words(node));
    }
}

void gaps(const Drawn& d, Sink& out, Memory&) {
    for (std::size_t i = 0; i < d.nodes.size(); ++i)
        for (std::size_t j = i + 1; j < d.nodes.size(); ++j) {
            const Node& a = d.nodes[i];
            const Node& b = d.nodes[j];
            if (!a.interactive() || !b.interactive()) continue;
            // What lies on another control (重写 on the pad, 修改 in its field) is inside it.
            if (holds(a.hit, b.hit) || holds(b.hit, a.hit)) continue;
            const float least = is_key(a) && is_key(b) ? d.mm(1.5F) : d.mm(d.elder() ? 4 : 3);
            if (a.hit.inset(-(least - 1) / 2).overlaps(b.hit.inset(-(least - 1) / 2)))
                out.say(words(a) + " and " + words(b));
        }
}

void edges(const Drawn& d, Sink& out, Memory&) {
    if (d.page.screen.panel_test) return;  // up to the edges is what is tried
    for (const Node& node : d.nodes)
        if (node.interactive() && !is_everywhere(node) &&
            !holds(d.whole().inset(d.mm(3) - 1), node.hit))
            out.say(words(node));
}

void within_reach(const Drawn& d, Sink& out, Memory&) {
    const float highest_mm = d.mode.comfort.low ? 1120 : 1220;
    const float top = d.whole().h - d.mm(highest_mm - lower_edge_mm);
    for (const Node& node : d.nodes) {
        // The way out beside the masked name also stands in the utility bar.
        if (!node.interactive() || node.id == "not_me") continue;
        if (node.hit.centre_y() < top) out.say(words(node));
    }
}

void primary_is_enabled(const Drawn& d, Sink& out, Memory&) {
    for (const Node& node : d.nodes)
        if (node.role == Role::primary_button && !node.enabled) out.say(words(node));
}

void one_place_each(const Drawn& d, Sink& out, Memory&) {
    std::set<std::string> ids;
    for (const Node& node : d.nodes)
        // 求助 on the first page's tile and in the utility bar means one and the same thing.
        if (node.interactive() && !ids.insert(node.id).second && node.id != "help")
            out.say(words(node));
}

void signature_area(const Drawn& d, Sink& out, Memory&) {
    for (const Node& node : d.nodes)
        if (node.role == Role::signature_pad && smaller(node.hit, d.mm(120), d.mm(60)))
            out.say(words(node));
}

void pager_buttons(const Drawn& d, Sink& out, Memory&) {
    for (const char* id : {"part.back", "part.on"})
        if (const Node* node = d.find(id); node && smaller(node->rect, d.mm(20), d.mm(20)))
            out.say(words(*node));
}

void elder_help(const Drawn& d, Sink& out, Memory&) {
    if (!d.elder() || d.page.screen.overlay || d.page.screen.utility.empty()) return;
    const Node* help = d.find("help");
    out.expect(help != nullptr, "no way to help");
    if (help && smaller(help->hit, d.mm(25), d.mm(25))) out.say(words(*help));
}

void end_is_large(const Drawn& d, Sink& out, Memory&) {
    if (d.page.screen.header.who.empty() || d.page.screen.overlay) return;
    const Node* end = d.find("end");
    out.expect(end != nullptr, "no way to end and clear");
    if (end && smaller(end->rect, d.mm(20), d.mm(20))) out.say(words(*end));
}

}  // namespace

std::vector<Check> touch_checks() {
    return {{"touch.floor", floor_of_targets},
            {"touch.large_targets", large_targets},
            {"touch.gaps", gaps},
            {"touch.edges", edges},
            {"touch.reach", within_reach},
            {"touch.primary_enabled", primary_is_enabled},
            {"touch.one_place_each", one_place_each},
            {"touch.signature_area", signature_area},
            {"touch.pager", pager_buttons},
            {"touch.elder_help", elder_help},
            {"touch.end", end_is_large}};
}

}  // namespace crawl
