// How pages are built, alike on every page (ux.md 1.3).
#include "tests/crawl/checks.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace crawl {

namespace {

using namespace ui::screens;

template <class B>
const B* block_of(const Drawn& d) {
    for (const auto& block : d.page.screen.blocks)
        if (const auto* found = std::get_if<B>(&block)) return found;
    return nullptr;
}

bool asks_by_other_means(const Drawn& d) {
    if (block_of<Tiles>(d) || block_of<DevicePicture>(d) || block_of<Progress>(d) ||
        block_of<CameraPreview>(d) || block_of<DivisionPicker>(d))
        return true;
    if (const auto* choices = block_of<Choices>(d); choices && !choices->choices.empty())
        return true;
    // What is typed there is answered beside the keys.
    if (const auto* field = block_of<Field>(d); field && field->keyboard == Keyboard::search)
        return true;
    const auto* row = block_of<ButtonRow>(d);
    return row && std::any_of(row->buttons.begin(), row->buttons.end(),
                              [](const Button& b) { return b.look == ButtonLook::equal; });
}

// A clause can be confirmed when it was heard to its end: until then there is nothing to go on
// with.
bool listens(const Drawn& d) {
    return d.page.screen.name == "letter_read";
}

// Nobody in front of it can do anything about an open cabinet or a power cut; what is paid is paid
// on a telephone.
bool waits_for_others(const Drawn& d) {
    return d.page.screen.name == "suspended" || d.page.screen.name == "pay_code";
}

// How many of them stand on a page at once depends on the panel.
bool is_a_place(const Drawn& d, const Node& node) {
    const auto* picker = block_of<DivisionPicker>(d);
    return picker && std::any_of(picker->choices.begin(), picker->choices.end(),
                                 [&](const Division& place) { return place.id == node.id; });
}

// Pages and initials of lists and papers: how many are seen at once depends on the panel.
bool turns_pages(const Node& node) {
    return node.id.ends_with(".on") || node.id.ends_with(".back") ||
           node.id.find(".initial.") != std::string::npos;
}

void one_primary(const Drawn& d, Sink& out, Memory&) {
    int count = 0;
    for (const Node& node : d.nodes) {
        if (node.role != Role::primary_button) continue;
        ++count;
        out.expect(node.text != "确定" && node.text != "OK", "named by no action: " + words(node));
    }
    out.expect(count <= 1, std::to_string(count) + " primary buttons");
    const auto& screen = d.page.screen;
    if (d.for_technicians()) return;  // many of their pages only tell
    if (screen.overlay || screen.utility.empty() || asks_by_other_means(d) || listens(d) ||
        waits_for_others(d))
        return;
    bool meant = false;
    for (const auto& block : screen.blocks)
        if (const auto* row = std::get_if<ButtonRow>(&block))
            for (const auto& button : row->buttons) meant |= button.look == ButtonLook::primary;
    out.expect(meant, "no primary button");
}

void same_utility_bar(const Drawn& d, Sink& out, Memory& memory) {
    if (d.page.screen.overlay || d.page.screen.utility.empty()) return;
    if (d.page.screen.trial) return;  // drawn for another panel, for as long as it is looked at
    std::vector<std::pair<std::string, Rect>> bar;
    for (const Node& node : d.nodes)
        if (node.role == Role::utility_button) bar.emplace_back(node.id, node.rect);
    const std::array order{"back", "home", "elder", "comfort", "help", "end"};
    out.expect(std::equal(bar.begin(), bar.end(), order.begin(), order.end(),
                          [](const auto& button, const char* id) { return button.first == id; }),
               "not 返回 · 首页 · 长辈模式 · 声音 · 求助 · 结束");
    auto& known = memory.utility_bars[d.variant()];
    if (known.empty()) known = bar;
    out.expect(bar.size() == known.size(), "another number of buttons");
    for (std::size_t i = 0; i < std::min(bar.size(), known.size()); ++i) {
        out.expect(std::abs(bar[i].second.x - known[i].second.x) <= 2 &&
                       std::abs(bar[i].second.y - known[i].second.y) <= 2,
                   bar[i].first + " stands elsewhere");
    }
}

void remember_controls(const Drawn& d, Sink&, Memory& memory) {
    const std::string key = d.sample.name + " " + d.mode.name + (d.chinese() ? "/zh" : "/en");
    for (const Node& node : d.nodes)
        if (node.interactive() && !is_of_the_keyboard(node) && !turns_pages(node) &&
            !is_a_place(d, node))
            memory.controls[key][d.panel.name].insert(node.id);
}

void few_options(const Drawn& d, Sink& out, Memory&) {
    if (d.for_technicians()) return;
    const auto count = [&](Role role) {
        return std::count_if(d.nodes.begin(), d.nodes.end(), [&](const Node& node) {
            return node.role == role && !is_of_the_keyboard(node) && !turns_pages(node);
        });
    };
    out.expect(count(Role::tile) <= (d.elder() ? 6 : 12), "too many tiles");
    out.expect(count(Role::chip) <= 4, "too many chips");
    out.expect(count(Role::choice) <= 12, "too many choices at once");
    for (const auto& block : d.page.screen.blocks)
        if (const auto* one = std::get_if<Choices>(&block); one && d.part == 1) {
            std::size_t visible = 0;
            for (const auto& choice : one->choices) visible += d.find(choice.id) != nullptr;
            out.expect(visible <= 8, std::to_string(visible) + " options of one question at once");
        }
}

void few_fields(const Drawn& d, Sink& out, Memory&) {
    std::size_t fields = 0;
    for (const auto& block : d.page.screen.blocks) fields += std::holds_alternative<Field>(block);
    out.expect(fields <= 4, std::to_string(fields) + " fields on one page");
    std::size_t questions = 0;
    for (const auto& block : d.page.screen.blocks)
        questions += std::holds_alternative<Choices>(block);
    // 开户银行 and 发给谁 are of one account; anything else is a page of its own.
    out.expect(questions <= 2, std::to_string(questions) + " questions on one page");
}

void nothing_beyond_the_panel(const Drawn& d, Sink& out, Memory&) {
    for (const Node& node : d.nodes) out.expect(holds(d.whole(), node.rect), words(node));
}

void steps(const Drawn& d, Sink& out, Memory&) {
    const auto& steps = d.page.screen.steps;
    out.expect(steps.names.empty() || steps.names.size() >= 3, "steps for fewer than three");
    out.expect(steps.names.empty() || std::size_t(steps.current) < steps.names.size(),
               "a step that is none");
    if (steps.names.empty() || d.page.screen.overlay) return;
    // Which of how many it is stands on the page: marked among all, or in words.
    const auto n = std::to_string(steps.current + 1), m = std::to_string(steps.names.size());
    std::size_t marks = 0;
    bool current = false, words = false;
    for (const Node& node : d.nodes) {
        marks += node.role == Role::step && node.id.starts_with("step.");
        current |= node.id == "step." + n && node.selected;
        words |= node.role == Role::step && node.text.find(n) != std::string::npos &&
                 node.text.find(m) != std::string::npos;
    }
    out.expect(words || (current && marks == steps.names.size()), "the step is not shown");
}

// Every control is in the order, once, and the order goes down the page, column by column.
void focus_order(const Drawn& d, Sink& out, Memory&) {
    const Node* before = nullptr;
    for (const Node& node : d.nodes) {
        if (!node.interactive()) {
            out.expect(node.focus_order < 0, "not a control: " + words(node));
            continue;
        }
        if (before) {
            out.expect(node.focus_order == before->focus_order + 1, "leaps to " + words(node));
            const bool above = node.hit.bottom() <= before->hit.y;
            const bool other_column =
                node.hit.x >= before->hit.right() || node.hit.right() <= before->hit.x;
            out.expect(!above || other_column, "up from " + words(*before) + " to " + words(node));
        }
        before = &node;
    }
}

void names(const Drawn& d, Sink& out, Memory&) {
    for (std::size_t i = 0; i < d.nodes.size(); ++i) {
        const Node& node = d.nodes[i];
        if (!node.interactive() || node.id.ends_with(".anywhere")) continue;
        // An empty field or pad is named by the label beside it.
        const bool may_be_empty = node.role == Role::field || node.role == Role::signature_pad;
        const bool labelled =
            may_be_empty && ((i > 0 && !d.nodes[i - 1].text.empty()) ||
                             (i + 1 < d.nodes.size() && !d.nodes[i + 1].text.empty()));
        out.expect(!node.text.empty() || labelled, "without a name: " + words(node));
    }
}

bool is_of_the_widgets(const Node& node) {
    return is_of_the_keyboard(node) || turns_pages(node) || node.id.ends_with(".clear") ||
           node.id.ends_with(".smaller") || node.id.ends_with(".larger") ||
           node.id.ends_with(".anywhere") || node.role == Role::signature_pad ||
           node.role == Role::dialog;
}

void means_an_event(const Drawn& d, Sink& out, Memory&) {
    for (const Node& node : d.nodes)
        if (node.interactive() && !is_of_the_widgets(node)) {
            // A line of the summary means its field.
            const std::string id = node.id.starts_with("error.") ? node.id.substr(6) : node.id;
            out.expect(d.page.on_press.contains(id), "means nothing: " + words(node));
        }
}

void keyboard_clear_of_field(const Drawn& d, Sink& out, Memory&) {
    if (d.page.screen.overlay || d.find("part.on") || d.find("part.back")) return;
    for (const auto& block : d.page.screen.blocks) {
        const auto* field = std::get_if<Field>(&block);
        if (!field || !field->focused || field->keyboard == Keyboard::none) continue;
        const Node* node = d.find(field->id);
        out.expect(node != nullptr, "the field in use is not on the page");
        if (!node) continue;
        for (const Node& key : d.nodes)
            if (is_key(key) && key.rect.overlaps(node->rect.inset(-d.mm(3))))
                out.say(words(key) + " at " + words(*node));
    }
}

void low_half(const Drawn& d, Sink& out, Memory&) {
    if (!d.panel.tall() || d.page.screen.overlay) return;
    const auto lowest = d.whole().h * 0.4F;
    if (const Node* title = d.find("title"); title && d.mode.comfort.low)
        out.expect(title->rect.bottom() >= lowest - d.mm(20), words(*title));
}

}  // namespace

std::vector<Check> layout_checks() {
    return {{"layout.one_primary", one_primary},
            {"layout.utility_bar", same_utility_bar},
            {"layout.both_orientations", remember_controls},
            {"layout.few_options", few_options},
            {"layout.few_fields", few_fields},
            {"layout.on_the_panel", nothing_beyond_the_panel},
            {"layout.steps", steps},
            {"layout.focus_order", focus_order},
            {"layout.names", names},
            {"layout.means_an_event", means_an_event},
            {"layout.keyboard", keyboard_clear_of_field},
            {"layout.low_question", low_half}};
}

std::vector<Finding> compare_panels(const Memory& memory) {
    std::vector<Finding> out;
    for (const auto& [page, panels] : memory.controls)
        for (const auto& [panel, ids] : panels)
            for (const auto& [other, others] : panels)
                for (const auto& id : others)
                    if (!ids.contains(id))
                        out.push_back({"layout.both_orientations", page,
                                       id + " of " + other + " is missing in " + panel});
    return out;
}

}  // namespace crawl
