// The first page, the list of services, the guide.
#include "app/present/page_builder.hpp"
#include "domain/masking.hpp"
#include "session/inactivity.hpp"

#include <array>

namespace app {

using screens::ButtonLook;
using screens::Tone;

namespace {

session::Event event_of(const catalogue::HomeTile& tile) {
    switch (tile.action) {
        case catalogue::TileAction::services:
            return session::ServicesOpened{};
        case catalogue::TileAction::item:
            return session::ItemChosen{tile.item_code};
        case catalogue::TileAction::guide:
            return session::GuidesOpened{};
        case catalogue::TileAction::progress:
            return session::ProgressOpened{};
        case catalogue::TileAction::help:
            break;
    }
    return session::HelpOpened{};
}

// A device that has not said yet how it is is not called broken.
bool is_broken(const domain::DeviceHealth& health) {
    return health.state == domain::DeviceState::unavailable && health.fault.has_value();
}

void say_device_faults(PageBuilder& b) {
    if (is_broken(b.in.health.id_card_reader))
        b.add(screens::Strip{"alert-triangle",
                             b.say(MessageId::home_reader_fault),
                             b.window_sentence(),
                             {},
                             Tone::warn});
    else if (!b.in.post.taking &&
             (b.in.post.line == domain::Line::online || b.in.post.line == domain::Line::offline))
        b.add(screens::Strip{"alert-triangle",
                             b.say(MessageId::home_not_taking),
                             b.window_sentence(),
                             {},
                             Tone::warn});
    else if (is_broken(b.in.health.document_printer))
        b.add(screens::Strip{"printer", b.say(MessageId::home_printer_fault), {}, {}, Tone::warn});
}

}  // namespace

void show(const flows::Idle&, PageBuilder& b) {
    // Nothing of a person or a fault stands on it; where one of them is to be read the page stays.
    if (b.in.post.unshown.empty())
        b.page.screen.attract = screens::Attract{
            b.say(MessageId::hero_title), b.say(MessageId::attract_line), b.say(b.pack.hours)};
    const bool elder = b.in.session.comfort.elder;
    if (!elder)
        b.add(screens::Hero{b.say(MessageId::hero_title), b.say(MessageId::hero_line),
                            b.say(MessageId::hero_note)});
    if (!b.in.post.unshown.empty()) {
        const auto& number = b.in.post.unshown.front().local_number;
        b.add(screens::Strip{
            "archive", b.say(MessageId::home_kept_title),
            b.say(MessageId::home_kept_note, {{"number", domain::grouped_by_four(number)}}),
            b.button("kept_seen", b.say(MessageId::home_kept_seen), ButtonLook::secondary,
                     session::KeptNumberSeen{number}),
            Tone::success, screens::Sensitivity::personal});
    } else {
        b.add(screens::Strip{"id",
                             b.say(MessageId::home_card_title),
                             b.say(MessageId::home_card_note),
                             {},
                             Tone::info});
    }
    say_device_faults(b);
    const auto& tiles = elder ? b.pack.elder_home : b.pack.home;
    screens::Tiles block{elder ? screens::TileSize::elder_row : screens::TileSize::large, {}};
    for (const auto& tile : tiles)
        block.tiles.push_back({b.bind(tile.id, event_of(tile)), tile.icon, b.say(tile.title),
                               b.say(tile.note),
                               elder && tile.action == catalogue::TileAction::help});
    b.add(std::move(block));
    b.add(
        screens::Chips{{b.button("language", b.say(MessageId::other_language),
                                 ButtonLook::secondary, session::LanguageToggled{}, "language")}});
}

void show(const flows::ChoosingService& here, PageBuilder& b) {
    b.title(b.say(here.to_read ? MessageId::guides_title : MessageId::services_title),
            b.say(MessageId::services_subtitle));
    screens::Choices list;
    for (const auto& item : b.pack.items)
        list.choices.push_back({b.bind("item:" + item.code, session::ItemChosen{item.code}),
                                b.say(item.name), b.say(item.summary), item.icon, false});
    b.add(std::move(list));
}

void show(const flows::ReadingGuide& here, PageBuilder& b) {
    const auto* item = b.item(here.item_code);
    if (item == nullptr) return;
    b.title(b.say(item->name), b.say(MessageId::guide_subtitle));
    screens::TextCard card;
    for (const auto& section : item->guide) {
        std::string text;
        for (const auto& line : section.lines) {
            if (!text.empty()) text += '\n';
            text += b.say(line);
        }
        card.paragraphs.push_back({b.say(section.heading), {}, std::move(text), false, {}});
    }
    b.add(std::move(card));
    b.add(screens::ButtonRow{{b.primary("start", MessageId::guide_start, session::ItemStarted{})}});
    b.line(b.say(
        MessageId::guide_time_note,
        {{"minutes", std::to_string(session::input_minutes(b.in.session, b.in.settings.times))}}));
}

}  // namespace app
