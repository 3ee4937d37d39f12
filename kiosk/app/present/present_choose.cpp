// The first page, the list of services, the guide.
#include "app/present/page_builder.hpp"
#include "domain/dates.hpp"
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

bool full(const PageBuilder& b) {
    return !b.in.post.taking &&
           (b.in.post.line == domain::Line::online || b.in.post.line == domain::Line::offline);
}

// What an application needs: a card that can be read and room to keep it. The network is not among
// it, and without the printer the number stands on the screen.
bool can_apply(const PageBuilder& b) {
    return !is_broken(b.in.health.id_card_reader) && !full(b);
}

constexpr std::chrono::days old_content{30};

// UX-283: content says of which day it is, and when that is long ago.
std::string updated(const PageBuilder& b) {
    const auto built = domain::date_from_iso(b.pack.built_on);
    if (!built) return {};
    const auto age =
        std::chrono::sys_days(base::local_date(b.in.now)) - std::chrono::sys_days(*built);
    return b.say(
        age > old_content ? MessageId::content_updated_long_ago : MessageId::content_updated,
        {{"date", domain::in_words(*built, b.locale())}});
}

// UX-160: what is missing is said before anything is begun, with what works all the same.
void say_what_is_missing(PageBuilder& b) {
    if (is_broken(b.in.health.id_card_reader))
        b.add(screens::Strip{"alert-triangle",
                             b.say(MessageId::entry_no_reader),
                             b.say(MessageId::entry_counter, {{"hours", b.say(b.pack.hours)}}),
                             {},
                             Tone::warn});
    else if (full(b))
        b.add(screens::Strip{"alert-triangle",
                             b.say(MessageId::entry_not_taking),
                             b.say(MessageId::entry_counter, {{"hours", b.say(b.pack.hours)}}),
                             {},
                             Tone::warn});
    else if (is_broken(b.in.health.document_printer))
        b.add(screens::Strip{"printer",
                             b.say(MessageId::entry_no_printer),
                             b.say(MessageId::entry_no_printer_note),
                             {},
                             Tone::warn});
}

void say_device_faults(PageBuilder& b) {
    if (is_broken(b.in.health.id_card_reader))
        b.add(screens::Strip{"alert-triangle",
                             b.say(MessageId::home_reader_fault),
                             b.window_sentence(),
                             {},
                             Tone::warn});
    else if (full(b))
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
    for (const auto& tile : tiles) {
        // Its guide still opens.
        const bool closed = tile.action == catalogue::TileAction::item && !can_apply(b);
        block.tiles.push_back({b.bind(tile.id, event_of(tile)), tile.icon, b.say(tile.title),
                               closed ? b.say(MessageId::tile_not_now) : b.say(tile.note),
                               elder && tile.action == catalogue::TileAction::help});
    }
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
                                b.say(item.name),
                                can_apply(b) ? b.say(item.summary) : b.say(MessageId::tile_not_now),
                                item.icon, false});
    b.add(std::move(list));
}

void show(const flows::ReadingGuide& here, PageBuilder& b) {
    const auto* item = b.item(here.item_code);
    if (item == nullptr) return;
    b.title(b.say(item->name), b.say(MessageId::guide_subtitle) + " · " + updated(b));
    say_what_is_missing(b);
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
    if (!can_apply(b)) {
        b.add(screens::ButtonRow{
            {b.primary("guide_end", MessageId::card_refused_home, session::Ended{})}});
        return;
    }
    b.add(screens::ButtonRow{{b.primary("start", MessageId::guide_start, session::ItemStarted{})}});
    b.line(b.say(
        MessageId::guide_time_note,
        {{"minutes", std::to_string(session::input_minutes(b.in.session, b.in.settings.times))}}));
}

}  // namespace app
