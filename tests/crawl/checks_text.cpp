// How text is set: sizes, lines, fit (ux.md 1.2).
#include "tests/crawl/checks.hpp"

#include <algorithm>
#include <cmath>

namespace crawl {

namespace {

constexpr float capital_height = 0.733F;  // of an em, Noto Sans CJK
constexpr std::u32string_view not_at_start = U"，。、；：？！）》】”’…—％";
constexpr std::u32string_view not_at_end = U"（《【“‘￥";

// In design pixels of the reference panel; what is held as a physical size.
float least_em(const Drawn& d) {
    using domain::TextSize;
    const auto text =
        d.elder() ? std::max(d.mode.comfort.text, TextSize::large) : d.mode.comfort.text;
    const float design = text == TextSize::largest ? 40.F : text == TextSize::large ? 34.F : 28.F;
    return std::floor(design * d.panel.px_per_mm / ui::theme::reference_px_per_mm);
}

void sizes(const Drawn& d, Sink& out, Memory&) {
    for (const Node& node : d.nodes)
        if (node.em > 0 && node.em < least_em(d))
            out.say(words(node) + " em " + std::to_string(node.em));
}

void capital_letters(const Drawn& d, Sink& out, Memory&) {
    for (const Node& node : d.nodes)
        if (node.em > 0 && node.em * capital_height / d.panel.px_per_mm < 4.8F)
            out.say(words(node));
}

void body(const Drawn& d, Sink& out, Memory&) {
    // Whatever the page, its paragraphs are set in the body size or larger.
    using domain::TextSize;
    const float design = d.mode.comfort.text == TextSize::standard ? 30.F
                         : d.mode.comfort.text == TextSize::large  ? 40.F
                                                                   : 48.F;
    const float least = std::floor(design * d.panel.px_per_mm / ui::theme::reference_px_per_mm);
    for (const Node& node : d.nodes) {
        if (node.role != Role::text || node.lines.size() < 3) continue;
        float largest = 0;  // a small label may stand over the text
        for (const auto& line : node.lines) largest = std::max(largest, line.em);
        if (largest < least) out.say(words(node) + " em " + std::to_string(largest));
    }
}

void inside(const Drawn& d, Sink& out, Memory&) {
    for (const Node& node : d.nodes) {
        if (node.text_rect.w <= 0) continue;
        out.expect(holds(d.whole(), node.text_rect), "off the panel: " + words(node));
        out.expect(holds(node.rect, node.text_rect), "out of its place: " + words(node));
    }
}

void no_overlap(const Drawn& d, Sink& out, Memory&) {
    for (std::size_t i = 0; i < d.nodes.size(); ++i)
        for (std::size_t j = i + 1; j < d.nodes.size(); ++j)
            for (const auto& a : d.nodes[i].lines)
                for (const auto& b : d.nodes[j].lines)
                    if (a.rect.inset(1).overlaps(b.rect.inset(1))) {
                        out.say("“" + a.text + "” on “" + b.text + "”");
                        return;
                    }
}

void line_length(const Drawn& d, Sink& out, Memory&) {
    for (const Node& node : d.nodes)
        for (const auto& line : node.lines)
            if (line.rect.w > 40.5F * line.em) out.say(line.text);
}

void line_breaks(const Drawn& d, Sink& out, Memory&) {
    for (const Node& node : d.nodes)
        for (const auto& line : node.lines) {
            const auto all = characters(line.text);
            if (all.empty() || is_key(node)) continue;
            const bool first = &line == &node.lines.front();
            if (!first && not_at_start.find(all.front()) != std::u32string_view::npos)
                out.say("begins: " + line.text);
            if (all.size() > 1 && not_at_end.find(all.back()) != std::u32string_view::npos)
                out.say("ends: " + line.text);
        }
}

void line_height(const Drawn& d, Sink& out, Memory&) {
    for (const Node& node : d.nodes) {
        if (node.role != Role::text) continue;
        for (std::size_t i = 1; i < node.lines.size(); ++i) {
            const auto& a = node.lines[i - 1];
            const auto& b = node.lines[i];
            if (b.rect.y > a.rect.y + 1 && a.em == b.em && b.rect.y - a.rect.y < 1.3F * a.em - 1)
                out.say(b.text);
        }
    }
}

void no_ellipsis(const Drawn& d, Sink& out, Memory&) {
    // Where it says that something goes on, it stands for time, not for words left out.
    const auto& name = d.page.screen.name;
    if (name == "place_card" || name == "handing_in" || name == "progress_wait" ||
        name == "letter_view")
        return;
    for (const Node& node : d.nodes)
        for (const auto& line : node.lines)
            if (line.text.find("…") != std::string::npos ||
                line.text.find("...") != std::string::npos)
                out.say(line.text);
}

}  // namespace

std::vector<Check> text_checks() {
    return {{"text.sizes", sizes},
            {"text.capital_letters", capital_letters},
            {"text.body", body},
            {"text.inside", inside},
            {"text.no_overlap", no_overlap},
            {"text.line_length", line_length},
            {"text.line_breaks", line_breaks},
            {"text.line_height", line_height},
            {"text.no_ellipsis", no_ellipsis}};
}

}  // namespace crawl
