// The tree holds what is on the panel: every text of the page is in it, on one of its parts, with
// the keys up or put away (UX-194).
#include "tests/crawl/checks.hpp"
#include "ui/screens/texts/every_text.hpp"

#include <algorithm>

namespace crawl {

namespace {

using namespace ui::screens;

struct Texts {
    std::vector<std::string> all;
    void words(const std::string& text) { all.push_back(squeezed(text)); }
    void value(const std::string& text) { words(text); }
    void secret(const base::SecretText&) {}  // shown masked or grouped
};

// What stands on the page as it is, or is reached by the block's own buttons.
Texts texts_of(const Screen& screen) {
    Texts texts;
    if (screen.overlay) {
        texts.words(screen.overlay->title);
        texts.words(screen.overlay->text);
        texts.words(screen.overlay->stay.text);
        texts.words(screen.overlay->leave.text);
        return texts;
    }
    texts.words(screen.header.title);
    texts.words(screen.header.who);
    texts.words(screen.title);
    texts.words(screen.subtitle);
    for (const auto& block : screen.blocks) {
        if (std::holds_alternative<DivisionPicker>(block) || std::holds_alternative<Table>(block) ||
            std::holds_alternative<PagePicture>(block))
            continue;
        every_text(block, texts);
        if (const auto* card = std::get_if<KeyValues>(&block))
            std::erase(texts.all, squeezed(card->qr_text));  // a code is a picture
    }
    for (const auto& button : screen.utility) texts.words(button.text);
    for (const auto& button : screen.speech) texts.words(button.text);
    return texts;
}

void all_in_the_tree(const Drawn& d, Sink& out, Memory& memory) {
    if (d.part == 1 && d.keys != KeysShown::put_away) memory.said.clear();
    for (const Node& node : d.nodes)
        memory.said += squeezed(node.text) + squeezed(node.value) + squeezed(node.label);
    if (d.keys == KeysShown::up) return;  // what they leave no room for comes when they are away
    const Node* on = d.find("part.on");
    if (on && on->interactive() && on->enabled && !d.page.screen.overlay) return;  // more to come
    for (const std::string& text : texts_of(d.page.screen).all)
        out.expect(was_said(text, memory), "not in the tree: " + text);
}

}  // namespace

bool was_said(std::string_view text, const Memory& memory) {
    while (!text.empty()) {
        std::size_t length = text.size();
        while (length > 0 && memory.said.find(text.substr(0, length)) == std::string::npos)
            --length;
        if (length < std::min<std::size_t>(6, text.size())) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::vector<Check> tree_checks() {
    return {{"text.all_in_the_tree", all_in_the_tree}};
}

}  // namespace crawl
