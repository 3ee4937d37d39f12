#include "ui/screens/screen.hpp"

namespace ui::screens {

namespace {

void clear(std::string& text) {
    base::wipe(text);
}
void clear(std::vector<std::string>& texts) {
    for (std::string& text : texts) base::wipe(text);
}
void clear(Button& b) {
    clear(b.text);
}
void clear(std::optional<Button>& b) {
    if (b) clear(*b);
}

void clear(Hero& b) {
    clear(b.title);
    clear(b.line);
    clear(b.note);
}
void clear(Strip& b) {
    clear(b.title);
    clear(b.note);
    clear(b.button);
}
void clear(Tiles& b) {
    for (Tile& tile : b.tiles) {
        clear(tile.title);
        clear(tile.note);
    }
}
void clear(Chips& b) {
    for (Button& chip : b.chips) clear(chip);
}
void clear(TextCard& b) {
    clear(b.title);
    for (Paragraph& p : b.paragraphs) {
        clear(p.heading);
        clear(p.lead);
        clear(p.text);
    }
}
void clear(Notice& b) {
    clear(b.title);
    clear(b.lines);
}
void clear(KeyValues& b) {
    clear(b.title);
    clear(b.qr_text);
    clear(b.qr_caption);
    for (KeyValue& row : b.rows) {
        clear(row.label);
        clear(row.value);
        clear(row.tag);
        clear(row.action);
    }
}
void clear(Choices& b) {
    for (Choice& choice : b.choices) {
        clear(choice.title);
        clear(choice.note);
    }
}
void clear(OptionRow& b) {
    clear(b.label);
    for (auto& option : b.options) clear(option.text);
}
void clear(Ticks& b) {
    clear(b.title);
    clear(b.footnote);
    for (Tick& tick : b.ticks) clear(tick.text);
}
void clear(Field& b) {
    clear(b.label);
    clear(b.hint);
    clear(b.shown);
    clear(b.tag);
    clear(b.error);
    clear(b.action);
    b.value = {};
}
void clear(ErrorSummary& b) {
    clear(b.title);
    for (auto& line : b.lines) clear(line.text);
}
void clear(SignaturePad& b) {
    clear(b.label);
    clear(b.clear_text);
    b.strokes = {};
}
void clear(CameraPreview& b) {
    clear(b.guidance);
    clear(b.lamp_text);
    clear(b.check_names);
}
void clear(DevicePicture& b) {
    clear(b.caption);
}
void clear(Progress& b) {
    clear(b.text);
}
void clear(Line& b) {
    clear(b.text);
}
void clear(ButtonRow& b) {
    for (Button& button : b.buttons) clear(button);
}

}  // namespace

void wipe(Block& block) {
    std::visit([](auto& b) { clear(b); }, block);
}

void Screen::wipe() {
    clear(header.who);
    clear(header.title);
    clear(header.line_text);
    clear(header.time_text);
    clear(header.not_me);
    clear(steps.names);
    clear(title);
    clear(subtitle);
    clear(training_band);
    for (Block& block : blocks) screens::wipe(block);
    blocks.clear();
    for (UtilityButton& button : utility) clear(button.text);
    for (Button& button : speech) clear(button);
    if (overlay) {
        clear(overlay->title);
        clear(overlay->text);
        clear(overlay->stay);
        clear(overlay->leave);
        overlay.reset();
    }
}

}  // namespace ui::screens
