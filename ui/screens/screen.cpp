#include "ui/screens/screen.hpp"

#include "ui/screens/texts/every_text.hpp"

namespace ui::screens {

namespace {

struct Wiper {
    void words(std::string& text) { base::wipe(text); }
    void value(std::string& text) { base::wipe(text); }
    void secret(base::SecretText& text) { text = {}; }
};

}  // namespace

void wipe(Block& block) {
    Wiper wiper;
    every_text(block, wiper);
    if (auto* pad = std::get_if<SignaturePad>(&block)) pad->strokes = {};
    if (auto* paper = std::get_if<PagePicture>(&block)) paper->pages.clear();
}

void Screen::wipe() {
    Wiper wiper;
    every_text(*this, wiper);
    for (Block& block : blocks) screens::wipe(block);
    blocks.clear();
    overlay.reset();
}

}  // namespace ui::screens
