#include "tests/crawl/lengthen.hpp"

#include "tests/crawl/drawn.hpp"

#include <cmath>

namespace crawl {

namespace {

using namespace ui::screens;

struct Lengthen {
    double factor;

    void text(std::string& words) const { words = lengthened(words, factor); }
    void text(std::vector<std::string>& lines) const {
        for (auto& line : lines) text(line);
    }
    void button(Button& b) const { text(b.text); }
    void button(std::optional<Button>& b) const {
        if (b) text(b->text);
    }

    void operator()(Hero& b) const { text(b.title), text(b.line), text(b.note); }
    void operator()(Strip& b) const { text(b.title), text(b.note), button(b.button); }
    void operator()(Tiles& b) const {
        for (auto& tile : b.tiles) text(tile.title), text(tile.note);
    }
    void operator()(Chips& b) const {
        for (auto& chip : b.chips) button(chip);
    }
    void operator()(TextCard& b) const {
        text(b.title);
        for (auto& p : b.paragraphs) text(p.heading), text(p.lead), text(p.text);
    }
    void operator()(Notice& b) const { text(b.title), text(b.lines); }
    void operator()(KeyValues& b) const {
        text(b.title), text(b.qr_caption);
        for (auto& row : b.rows) text(row.label), text(row.tag), button(row.action);
    }
    void operator()(Choices& b) const {
        for (auto& choice : b.choices) text(choice.title), text(choice.note);
    }
    void operator()(OptionRow& b) const {
        text(b.label);
        for (auto& option : b.options) text(option.text);
    }
    void operator()(Ticks& b) const {
        text(b.title), text(b.footnote);
        for (auto& tick : b.ticks) text(tick.text);
    }
    void operator()(Field& b) const {
        text(b.label), text(b.hint), text(b.tag), text(b.error), button(b.action);
    }
    void operator()(ErrorSummary& b) const {
        text(b.title);
        for (auto& line : b.lines) text(line.text);
    }
    void operator()(SignaturePad& b) const { text(b.label), text(b.clear_text); }
    void operator()(CameraPreview& b) const {
        text(b.guidance), text(b.lamp_text), text(b.check_names);
    }
    void operator()(DevicePicture& b) const { text(b.caption); }
    void operator()(Progress& b) const { text(b.text); }
    void operator()(Line& b) const { text(b.text); }
    void operator()(ButtonRow& b) const {
        for (auto& one : b.buttons) button(one);
    }
};

}  // namespace

std::string lengthened(const std::string& text, double factor) {
    const auto all = characters(text);
    const auto more =
        static_cast<std::size_t>(std::lround(static_cast<double>(all.size()) * (factor - 1)));
    const bool hanzi = count_hanzi(text) > 0;
    std::string out = text;
    for (std::size_t i = 0; i < more; ++i) out += hanzi ? "长" : i % 6 == 0 ? " " : "x";
    return out;
}

Screen lengthened(Screen screen, double factor) {
    const Lengthen longer{factor};
    longer.text(screen.title);
    longer.text(screen.subtitle);
    longer.text(screen.header.line_text);
    longer.button(screen.header.not_me);
    longer.text(screen.steps.names);
    for (auto& block : screen.blocks) std::visit(longer, block);
    for (auto& button : screen.utility) longer.text(button.text);
    if (screen.overlay) {
        longer.text(screen.overlay->title);
        longer.text(screen.overlay->text);
        longer.button(screen.overlay->stay);
        longer.button(screen.overlay->leave);
    }
    return screen;
}

}  // namespace crawl
