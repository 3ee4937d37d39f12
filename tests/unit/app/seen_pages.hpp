// Every page of every state, in both languages and both modes, and what stands on it.
#pragma once

#include "../session/samples.hpp"
#include "app/present/present.hpp"

#include <string>
#include <variant>
#include <vector>

namespace app {

using namespace ui::screens;

struct Seen {
    std::vector<std::string> texts;
    std::vector<std::string> controls;
    int primaries = 0, fields = 0;

    void text(const std::string& words) { texts.push_back(words); }
    void button(const Button& button) {
        text(button.text);
        controls.push_back(button.id);
        primaries += button.look == ButtonLook::primary;
    }
    void operator()(const Hero& b) { text(b.title), text(b.line), text(b.note); }
    void operator()(const Strip& b) {
        text(b.title), text(b.note);
        if (b.button) button(*b.button);
    }
    void operator()(const Tiles& b) {
        for (const auto& tile : b.tiles)
            text(tile.title), text(tile.note), controls.push_back(tile.id);
    }
    void operator()(const Chips& b) {
        for (const auto& chip : b.chips) button(chip);
    }
    void operator()(const TextCard& b) {
        for (const auto& p : b.paragraphs) text(p.heading), text(p.lead), text(p.text);
    }
    void operator()(const Notice& b) {
        text(b.title);
        for (const auto& line : b.lines) text(line);
    }
    void operator()(const KeyValues& b) {
        for (const auto& row : b.rows) {
            text(row.label), text(row.value), text(row.tag);
            if (row.action) button(*row.action);
            if (row.reveal) button(*row.reveal);
        }
    }
    void operator()(const Choices& b) {
        for (const auto& choice : b.choices)
            text(choice.title), text(choice.note), controls.push_back(choice.id);
    }
    void operator()(const OptionRow& b) {
        text(b.label);
        for (const auto& option : b.options) text(option.text), controls.push_back(option.id);
    }
    void operator()(const Ticks& b) {
        for (const auto& tick : b.ticks) text(tick.text), controls.push_back(tick.id);
    }
    void operator()(const Field& b) {
        ++fields;
        text(b.label), text(b.hint), text(b.error), text(b.shown.empty() ? *b.value : b.shown);
        controls.push_back(b.id);
        if (b.action) button(*b.action);
    }
    void operator()(const ErrorSummary& b) {
        for (const auto& line : b.lines) text(line.text), controls.push_back(line.field_id);
    }
    void operator()(const SignaturePad& b) { text(b.label); }
    void operator()(const CameraPreview& b) { text(b.guidance); }
    void operator()(const DevicePicture& b) { text(b.caption); }
    void operator()(const Progress& b) { text(b.text); }
    void operator()(const Table& b) {
        for (const auto& row : b.rows)
            for (const auto& cell : row.cells) text(cell);
    }
    void operator()(const LongText& b) {
        for (const auto& p : b.paragraphs) text(p.text);
    }
    void operator()(const PagePicture& b) { text(b.caption); }
    void operator()(const DateField& b) {
        ++fields;
        text(b.label), text(b.hint), text(b.error), controls.push_back(b.id);
    }
    void operator()(const DivisionPicker& b) {
        ++fields;
        text(b.label), text(b.hint), text(b.error);
        for (const auto& level : b.chosen) button(level);
        for (const auto& place : b.choices) text(place.name), controls.push_back(place.id);
        if (!b.other.id.empty()) button(b.other);
    }
    void operator()(const Line& b) { text(b.text); }
    void operator()(const ButtonRow& b) {
        for (const auto& one : b.buttons)
            if (!one.id.empty()) button(one);  // of the others only the place is kept
    }
};

inline Seen look_at(const Screen& screen) {
    Seen seen;
    seen.text(screen.title), seen.text(screen.subtitle), seen.text(screen.header.who);
    for (const auto& block : screen.blocks) std::visit(seen, block);
    for (const auto& button : screen.utility)
        seen.text(button.text), seen.controls.push_back(button.id);
    return seen;
}

struct Case {
    std::string name;
    Page page;
};

inline std::vector<Case> every_page() {
    std::vector<Case> out;
    for (const auto& [name, sample] : session::samples::states())
        for (const bool elder : {false, true})
            for (const auto locale : {base::Locale::zh, base::Locale::en}) {
                session::samples::Terminal terminal;
                session::Session session = sample;
                session.comfort.elder = elder;
                session.locale = locale;
                domain::PostStatus post;
                post.line = domain::Line::offline;
                out.push_back(
                    {name + (elder ? " elder" : "") + (locale == base::Locale::en ? " en" : ""),
                     present({session, &session::samples::pack(), terminal.settings,
                              terminal.health, post, terminal.now})});
            }
    return out;
}

}  // namespace app
