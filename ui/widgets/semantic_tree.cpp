#include "ui/widgets/semantic_tree.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ui::widgets {

std::string_view name(Role role) {
    switch (role) {
        case Role::text:
            return "text";
        case Role::heading:
            return "heading";
        case Role::picture:
            return "picture";
        case Role::status:
            return "status";
        case Role::step:
            return "step";
        case Role::progress:
            return "progress";
        case Role::card:
            return "card";
        case Role::button:
            return "button";
        case Role::primary_button:
            return "primary_button";
        case Role::utility_button:
            return "utility_button";
        case Role::link:
            return "link";
        case Role::tile:
            return "tile";
        case Role::chip:
            return "chip";
        case Role::choice:
            return "choice";
        case Role::tick:
            return "tick";
        case Role::row:
            return "row";
        case Role::scroller:
            return "scroller";
        case Role::field:
            return "field";
        case Role::key:
            return "key";
        case Role::candidate:
            return "candidate";
        case Role::signature_pad:
            return "signature_pad";
        case Role::writing_pad:
            return "writing_pad";
        case Role::dialog:
            return "dialog";
    }
    return "";
}

void SemanticTree::begin(std::string screen_name) {
    wipe();
    screen_name_ = std::move(screen_name);
}

SemanticTree::Handle SemanticTree::add(Node node) {
    if (node.interactive()) node.focus_order = controls_++;
    nodes_.push_back(std::move(node));
    return nodes_.size() - 1;
}

const Node* SemanticTree::find(std::string_view wanted) const {
    for (const Node& node : nodes_)
        if (node.id == wanted) return &node;
    const auto says = [wanted](const Node& node) {
        return node.text.find(wanted) != std::string::npos;
    };
    for (const Node& node : nodes_)
        if (node.interactive() && says(node)) return &node;
    for (const Node& node : nodes_)
        if (says(node)) return &node;
    return nullptr;
}

const Node* SemanticTree::control_at(theme::Point point) const {
    for (auto node = nodes_.rbegin(); node != nodes_.rend(); ++node)
        if (node->interactive() && node->hit.contains(point)) return &*node;
    return nullptr;
}

const Node* SemanticTree::scroller_at(theme::Point point) const {
    for (auto node = nodes_.rbegin(); node != nodes_.rend(); ++node) {
        if (node->role == Role::dialog) return nullptr;  // it covers everything
        if (node->role == Role::scroller && node->rect.contains(point)) return &*node;
    }
    return nullptr;
}
bool SemanticTree::is_content(std::size_t node) const {
    for (std::size_t i = 0; i < page_end_; ++i)
        if (nodes_[i].role == Role::dialog) return node > i && node < page_end_;
    return node >= content_from_ && node < content_to_;
}

std::string SemanticTree::as_text() const {
    std::string all = fmt::format("screen {}\n", screen_name_);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        const Node& node = nodes_[i];
        all += fmt::format("{} {} [{:.0f} {:.0f} {:.0f} {:.0f}]", name(node.role), node.id,
                           node.rect.x, node.rect.y, node.rect.w, node.rect.h);
        if (node.selected) all += " selected";
        if (!node.enabled) all += " disabled";
        if (key_focus_ == i) all += " key-focus";
        if (!node.text.empty()) all += " " + node.text;
        if (!node.value.empty()) all += " = " + node.value;
        all += '\n';
    }
    return all;
}

std::string SemanticTree::as_json() const {
    const auto rect = [](const theme::Rect& r) { return nlohmann::json{r.x, r.y, r.w, r.h}; };
    nlohmann::json nodes = nlohmann::json::array();
    for (const Node& node : nodes_) {
        nodes.push_back({{"id", node.id},
                         {"role", name(node.role)},
                         {"text", node.text},
                         {"rect", rect(node.rect)},
                         {"text_rect", rect(node.text_rect)},
                         {"hit", rect(node.hit)},
                         {"enabled", node.enabled},
                         {"focus_order", node.focus_order},
                         {"em", node.em},
                         {"personal", node.sensitivity == screens::Sensitivity::personal},
                         {"selected", node.selected},
                         {"value", node.value},
                         {"label", node.label}});
    }
    return nlohmann::json{{"screen", screen_name_}, {"nodes", nodes}}.dump(
        1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void SemanticTree::wipe() {
    for (Node& node : nodes_) {
        base::wipe(node.text);
        base::wipe(node.value);
        base::wipe(node.id);
        for (WrittenLine& line : node.lines) base::wipe(line.text);
        base::wipe(node.label);
    }
    nodes_.clear();
    screen_name_.clear();
    controls_ = 0;
    content_from_ = content_to_ = page_end_ = 0;
    key_focus_.reset();
}

}  // namespace ui::widgets
