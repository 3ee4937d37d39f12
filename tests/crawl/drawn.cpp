#include "tests/crawl/drawn.hpp"

#include "ui/text/utf8.hpp"

#include <cmath>

namespace crawl {

std::string Drawn::variant() const {
    return mode.name + (chinese() ? "/zh/" : "/en/") + panel.name;
}

std::string Drawn::name() const {
    return sample.name + (keys == KeysShown::put_away ? "(keys-away) " : " ") + variant() +
           (part > 1 ? " part " + std::to_string(part) : "");
}

const Node* Drawn::find(std::string_view id) const {
    for (const Node& node : nodes)
        if (node.id == id) return &node;
    return nullptr;
}

std::vector<Node> nodes_on_top(const ui::widgets::SemanticTree& tree) {
    const auto& all = tree.nodes();
    auto begin = all.begin();
    for (auto at = all.begin(); at != all.end(); ++at)
        if (at->role == Role::dialog) begin = at;
    return {begin, all.end()};
}

bool is_key(const Node& node) {
    return node.role == Role::key || node.role == Role::candidate;
}

bool is_of_the_keyboard(const Node& node) {
    return is_key(node) || node.role == Role::writing_pad || node.id.starts_with("method.") ||
           node.id == "key.hide" || node.id.starts_with("reading.");
}

bool holds(const Rect& outer, const Rect& inner) {
    return inner.x >= outer.x - 1 && inner.y >= outer.y - 1 && inner.right() <= outer.right() + 1 &&
           inner.bottom() <= outer.bottom() + 1;
}

std::string words(const Node& node) {
    std::string text = node.text;
    for (char& c : text)
        if (c == '\n') c = ' ';
    const auto n = [](float value) { return std::to_string(std::lround(value)); };
    return node.id + " “" + text + "” [" + n(node.rect.x) + " " + n(node.rect.y) + " " +
           n(node.rect.w) + " " + n(node.rect.h) + "]";
}

std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' && c != '\n') out += c;
    return out;
}

std::vector<char32_t> characters(std::string_view text) {
    std::vector<char32_t> out;
    for (std::size_t at = 0; at < text.size();) out.push_back(ui::text::next_code_point(text, at));
    return out;
}

std::size_t count_hanzi(std::string_view text) {
    std::size_t count = 0;
    for (const char32_t c : characters(text))
        count += (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x323AF);
    return count;
}

}  // namespace crawl
