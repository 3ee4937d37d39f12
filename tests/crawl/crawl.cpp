#include "tests/crawl/crawl.hpp"

#include "ui/screens/texts/pseudo_locale.hpp"

#include <fnmatch.h>

#include <random>

namespace crawl {

namespace {

using app::training::gallery::Painter;

// What longer texts may break.
std::vector<Check> checks_of_longer_texts() {
    std::vector<Check> out;
    for (const Check& check : every_check()) {
        const std::string_view name = check.name;
        if (name == "text.inside" || name == "text.no_overlap" || name == "layout.on_the_panel" ||
            name == "touch.floor" || name == "touch.gaps")
            out.push_back(check);
    }
    return out;
}

void ask_each_part(const std::vector<Check>& checks, Drawn& drawn, Painter& painter, Memory& memory,
                   Outcome& outcome, bool with_pixels, const std::string& prefix) {
    drawn.part = 0;
    do {
        ++drawn.part;
        ++outcome.pages;
        drawn.nodes = nodes_on_top(painter.tree());
        if (with_pixels)
            if (auto pixels = painter.pixels()) drawn.pixels = std::move(*pixels);
        for (const Check& check : checks) {
            Sink sink(prefix + check.name, drawn, outcome.findings);
            check.look(drawn, sink, memory);
        }
    } while (painter.next_part(drawn.page.screen));
}

void ask(const std::vector<Check>& checks, Drawn& drawn, Painter& painter, Memory& memory,
         Outcome& outcome, bool with_pixels, const std::string& prefix) {
    const auto& screen = drawn.page.screen;
    painter.draw(screen);
    drawn.keys = KeysShown::none;
    if (painter.tree().find("key.hide") && !screen.overlay) drawn.keys = KeysShown::up;
    ask_each_part(checks, drawn, painter, memory, outcome, with_pixels, prefix);
    if (drawn.keys != KeysShown::up) return;
    // The same page once the keys are put away: what they left no room for stands there.
    painter.draw(screen);
    painter.tap(screen, "key.hide");
    drawn.keys = KeysShown::put_away;
    ask_each_part(checks, drawn, painter, memory, outcome, with_pixels, prefix);
}

}  // namespace

std::vector<Check> every_check() {
    std::vector<Check> all;
    for (const auto& part : {touch_checks(), text_checks(), tree_checks(), wording_checks(),
                             layout_checks(), content_checks(), contrast_checks()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

base::Result<Outcome> crawl(const Plan& plan) {
    const auto pages = app::training::gallery::every_page();
    const auto modes = app::training::gallery::every_mode();
    const auto panels = app::training::gallery::every_panel();
    const auto all = static_cast<int>(pages.size() * modes.size() * panels.size() * 2);
    std::mt19937 random(plan.seed);
    std::uniform_int_distribution<unsigned> one(0, plan.one_in - 1);
    const auto checks = every_check();
    const auto longer_checks = checks_of_longer_texts();
    Outcome outcome;
    Memory memory, none;
    int done = 0;
    for (const Panel& panel : panels) {
        const auto painter = TRY(Painter::create(panel, plan.icon_font));
        for (const Mode& mode : modes)
            for (const auto locale : {base::Locale::zh, base::Locale::en})
                for (const SamplePage& sample : pages) {
                    plan.drawn(++done, all);
                    if (one(random) != 0) continue;
                    auto page = page_of(sample, mode, locale);
                    // A page that is drawn for another panel is measured by that one's millimetres.
                    Panel measured = panel;
                    if (const auto& trial = page.screen.trial)
                        measured.px_per_mm = static_cast<float>(trial->pixels_per_mm);
                    Drawn drawn{sample,          mode, measured, locale, std::move(page),
                                KeysShown::none, 1,    {},       {}};
                    if (fnmatch(plan.pages.c_str(), drawn.name().c_str(), 0) != 0) continue;
                    ask(checks, drawn, *painter, memory, outcome, true, "");
                    if (!plan.longer_texts || locale != base::Locale::zh) continue;
                    ui::screens::lengthen(drawn.page.screen, 0.4);
                    ask(longer_checks, drawn, *painter, none, outcome, false, "longer.");
                }
    }
    // A part of the pages sees a page on some panels only.
    if (plan.one_in == 1 && plan.pages == "*") {
        const auto differences = compare_panels(memory);
        outcome.findings.insert(outcome.findings.end(), differences.begin(), differences.end());
    }
    return outcome;
}

}  // namespace crawl
