// The first page, the guide.
#include "app/present/case_standing.hpp"
#include "app/present/guide_of_terms.hpp"
#include "app/present/page_builder.hpp"
#include "app/present/readiness/readiness_words.hpp"
#include "domain/dates.hpp"
#include "domain/masking.hpp"
#include "session/inactivity.hpp"

#include <algorithm>
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
        case catalogue::TileAction::search:
            return session::SearchOpened{};
        case catalogue::TileAction::column:
            return session::ColumnOpened{tile.column_id};
        case catalogue::TileAction::documents:
            return session::DocumentsOpened{};
        case catalogue::TileAction::pay:
            return session::PayOpened{};
        case catalogue::TileAction::booking:
            return session::BookingOpened{};
        case catalogue::TileAction::help:
            break;
    }
    return session::HelpOpened{};
}

// What stands beside the language below the tiles: ways to look for something.
bool leads_to_look(catalogue::TileAction action) {
    using enum catalogue::TileAction;
    return action == search || action == column || action == documents;
}

// Words need the room; only the lens says more than they do.
screens::IconName icon_of_chip(const catalogue::HomeTile& tile) {
    return tile.action == catalogue::TileAction::search ? tile.icon : screens::IconName{};
}

// One whose days have not come, or are over, stands nowhere.
bool holds_today(const PageBuilder& b, const catalogue::HomeTile& tile) {
    if (tile.action != catalogue::TileAction::column) return true;
    const auto* column = b.pack.find_column(tile.column_id);
    return column != nullptr && column->holds_on(base::local_date(b.in.now));
}

MessageId prevented(domain::Lack lack) {
    switch (lack) {
        case domain::Lack::power:
            return MessageId::home_power_low;
        case domain::Lack::card_reader:
            return MessageId::home_reader_fault;
        default:
            return MessageId::home_not_taking;
    }
}

void say_device_faults(PageBuilder& b) {
    const auto now = readiness_of(b);
    if (!now.is_possible())
        b.add(screens::Strip{"alert-triangle",
                             b.say(prevented(now.prevents.front().lack)),
                             b.window_sentence(),
                             {},
                             Tone::warn});
    else if (!now.is_whole() && now.spared.front().lack == domain::Lack::paper)
        b.add(screens::Strip{"printer",
                             b.say(MessageId::entry_no_paper),
                             b.say(MessageId::entry_no_paper_note),
                             {},
                             Tone::warn});
    else if (!now.is_whole())
        b.add(screens::Strip{"printer", b.say(MessageId::home_printer_fault), {}, {}, Tone::warn});
}

// ---- the guide

using flows::GuidePage;

// The pages beside the first one.
struct GuideWay {
    GuidePage page;
    const char* name;
    MessageId title, to_it;  // to_it: on the button that leads there
};
constexpr std::array guide_ways{
    GuideWay{GuidePage::materials, "guide_materials", MessageId::guide_materials,
             MessageId::guide_to_materials},
    GuideWay{GuidePage::terms, "guide_terms", MessageId::guide_terms, MessageId::guide_to_terms},
    GuideWay{GuidePage::steps, "guide_steps", MessageId::guide_steps, MessageId::guide_to_steps},
    GuideWay{GuidePage::basis, "guide_basis", MessageId::guide_basis, MessageId::guide_to_basis}};
// Behind a button of its own, where the county tells them.
constexpr GuideWay review_way{GuidePage::review, "guide_review", MessageId::guide_review,
                              MessageId::guide_to_review};

screens::Table table_of(const PageBuilder& b, const std::vector<catalogue::GuideRow>& rows,
                        MessageId name, MessageId text) {
    screens::Table table;
    table.id = "guide_table";
    table.columns = {{b.say(name), 0.38, false}, {b.say(text), 0.62, false}};
    for (const auto& row : rows) table.rows.push_back({{b.say(row.name), b.say(row.text)}});
    return table;
}

screens::LongText text_of(const PageBuilder& b,
                          const std::vector<catalogue::GuideSection>& sections) {
    screens::LongText text;
    text.id = "guide_text";
    for (const auto& section : sections) {
        text.paragraphs.push_back({b.say(section.heading), true});
        std::string lines;
        for (const auto& line : section.lines) lines += (lines.empty() ? "" : "\n") + b.say(line);
        text.paragraphs.push_back({std::move(lines), false});
    }
    return text;
}

std::string time_note(const PageBuilder& b) {
    return b.say(
        MessageId::guide_time_note,
        {{"minutes", std::to_string(session::input_minutes(b.in.session, b.in.settings.times))}});
}

bool can_start(const catalogue::ServiceItem& item, const PageBuilder& b) {
    return item.handling != catalogue::Handling::counter && readiness_of(b, &item).is_possible() &&
           item.terms.taken_on(base::local_date(b.in.now));
}

// Whoever files while nobody accepts knows it before.
std::string closed_note(const catalogue::ServiceItem& item, const PageBuilder& b) {
    return can_start(item, b) ? out_of_hours(b) : std::string();
}

// What is said above the essential: what is missing here, or that it is done at the counter only.
std::optional<MissingSaid> said_first(const catalogue::ServiceItem& item, const PageBuilder& b) {
    if (auto not_today = not_taken_today(b, item)) return not_today;
    if (item.payable) return std::nullopt;  // it is paid here
    if (item.handling == catalogue::Handling::counter)
        return MissingSaid{"building", MessageId::guide_at_counter, b.window_sentence()};
    auto missing = what_is_missing(b, item);
    const bool connected =
        b.in.post.line != domain::Line::offline && b.in.post.line != domain::Line::absent;
    if (!missing && item.handling == catalogue::Handling::proof && !connected)
        missing = MissingSaid{"alert-triangle", MessageId::proof_no_line_title,
                              b.say(MessageId::proof_needs_line)};
    return missing;
}

// The essential as a card to take in at once.
void essential_card(const catalogue::ServiceItem& item, PageBuilder& b) {
    screens::TextCard card = card_with_leads(b, item.guide.essentials);
    if (auto first = said_first(item, b)) {
        const bool counter = item.handling == catalogue::Handling::counter;
        b.add(screens::Notice{counter ? Tone::info : Tone::warn,
                              std::move(first->icon),
                              b.say(first->title),
                              {},
                              false});
        // Among the lines of the card, which is divided where room is scarce.
        card.paragraphs.insert(card.paragraphs.begin(),
                               {{}, {}, std::move(first->note), false, {}});
    }
    if (auto closed = closed_note(item, b); !closed.empty())
        card.paragraphs.push_back({{}, {}, std::move(closed), false, {}});
    card.paragraphs.push_back({{}, {}, content_date(b), true, {}});
    b.add(std::move(card));
}

// The same in large type: a text that turns its own pages, so that the way in stands beside it on
// the lowest panel, too.
void essential_text(const catalogue::ServiceItem& item, PageBuilder& b) {
    screens::LongText text;
    text.id = "guide_text";
    if (const auto first = said_first(item, b))
        text.paragraphs = {{b.say(first->title), true}, {first->note, false}};
    std::string lines;
    for (const auto& line : item.guide.essentials)
        lines += (lines.empty() ? "" : "\n") + b.say(line);
    text.paragraphs.push_back({std::move(lines), false});
    if (can_start(item, b)) text.paragraphs.push_back({time_note(b), false});
    if (auto closed = closed_note(item, b); !closed.empty())
        text.paragraphs.push_back({std::move(closed), false});
    text.paragraphs.push_back({content_date(b), false});
    b.add(std::move(text));
}

bool is_for_businesses(const catalogue::ServiceItem& item) {
    const auto& for_whom = item.audiences;
    return std::find(for_whom.begin(), for_whom.end(), catalogue::Audience::organisation) !=
           for_whom.end();
}

// What else a guide leads to, besides its own pages.
void ways_beside(const catalogue::ServiceItem& item, PageBuilder& b) {
    screens::ButtonRow more{{b.secondary("guide_take_along", MessageId::guide_to_take_along,
                                         session::GuidePageOpened{GuidePage::take_along})}};
    if (!item.guide.review_points.empty())
        more.buttons.push_back(b.secondary("guide_review", MessageId::guide_to_review,
                                           session::GuidePageOpened{GuidePage::review}));
    b.add(std::move(more));
    if (is_for_businesses(item) && !b.pack.negative_list.empty())
        b.add(screens::ButtonRow{{b.secondary("trade_check", MessageId::trade_check_open,
                                              session::TradeCheckOpened{})}});
}

void way_in(const catalogue::ServiceItem& item, PageBuilder& b) {
    if (item.handling == catalogue::Handling::counter && item.payable) {
        b.add(screens::ButtonRow{
            {b.secondary("guide_end", MessageId::guide_counter_done, session::WentBack{}),
             b.primary("guide_pay", MessageId::pay_go, session::PayOpened{})}});
        return;
    }
    if (item.handling == catalogue::Handling::counter) {
        b.add(screens::ButtonRow{
            {b.secondary("guide_book", MessageId::guide_book, session::BookingOpened{item.code}),
             b.primary("guide_end", MessageId::guide_counter_done, session::WentBack{})}});
        return;
    }
    if (!can_start(item, b)) {
        b.add(screens::ButtonRow{
            {b.primary("guide_end", MessageId::card_refused_home, session::Ended{})}});
        return;
    }
    b.add(screens::ButtonRow{{b.primary("start", MessageId::guide_start, session::ItemStarted{})}});
    if (b.in.session.comfort.text == domain::TextSize::standard) b.line(time_note(b));
}

// The essential in a few lines, the ways to the rest, and the way in: all of it at once, so that
// nobody reads to the end before they may begin (UX-048).
void guide_overview(const catalogue::ServiceItem& item, PageBuilder& b) {
    const bool large = b.in.session.comfort.text != domain::TextSize::standard;
    b.title(b.say(item.name));
    if (large)
        essential_text(item, b);
    else
        essential_card(item, b);
    for (std::size_t i = 0; i < guide_ways.size(); i += 2) {
        screens::ButtonRow row;
        for (const auto& way : {guide_ways.at(i), guide_ways.at(i + 1)})
            row.buttons.push_back(
                b.secondary(way.name, way.to_it, session::GuidePageOpened{way.page}));
        b.add(std::move(row));
    }
    // Where room is scarce they come below the way in, which must not fall off the first part for
    // them.
    const bool scarce = large || b.in.session.comfort.low;
    if (!scarce) ways_beside(item, b);
    way_in(item, b);
    if (scarce) ways_beside(item, b);
}

// The list, and below it a way to each paper that has a sample.
void materials_list(const catalogue::ServiceItem& item, PageBuilder& b) {
    const auto& materials = item.guide.materials;
    b.add(table_of(b, materials, MessageId::guide_material, MessageId::guide_how));
    for (std::size_t i = 0; i < materials.size(); ++i)
        if (materials[i].has_more())
            b.add(screens::ButtonRow{{b.button(
                "material:" + std::to_string(i),
                b.say(MessageId::guide_material_more, {{"material", b.say(materials[i].name)}}),
                ButtonLook::secondary, session::GuidePageOpened{GuidePage::material, i})}});
}

// One paper: as it looks when it is filled in, and what is often done wrong.
void material_page(const catalogue::GuideRow& material, PageBuilder& b) {
    b.name("guide_material");
    b.title(b.say(material.name), b.say(material.text));
    if (!material.sample.empty()) {
        screens::KeyValues sample;
        sample.title = b.say(MessageId::guide_material_sample);
        for (const auto& line : material.sample)
            sample.rows.push_back({b.say(line.name), b.say(line.value), false, {}, {}, {}});
        b.add(std::move(sample));
    }
    if (!material.common_mistakes.empty()) {
        screens::TextCard card;
        card.title = b.say(MessageId::guide_material_mistakes);
        for (const auto& mistake : material.common_mistakes)
            card.paragraphs.push_back({{}, {}, b.say(mistake), false, {}});
        b.add(std::move(card));
    }
    b.add(screens::ButtonRow{
        {b.primary("materials_back", MessageId::guide_materials_back, session::WentBack{})}});
}

void guide_page(const catalogue::ServiceItem& item, GuidePage page, PageBuilder& b) {
    const auto* found = std::find_if(guide_ways.begin(), guide_ways.end(),
                                     [&](const GuideWay& one) { return one.page == page; });
    const auto* way = found == guide_ways.end() ? &review_way : found;
    b.name(way->name);
    b.title(b.say(way->title));
    const auto& guide = item.guide;
    if (page == GuidePage::materials)
        materials_list(item, b);
    else if (page == GuidePage::terms) {
        auto rows = guide.terms;
        for (auto& row : rows_of_terms(item)) rows.push_back(std::move(row));
        b.add(table_of(b, rows, MessageId::guide_matter, MessageId::guide_answer));
    } else if (page == GuidePage::review)
        b.add(text_of(b, guide.review_points));
    else
        b.add(text_of(b, page == GuidePage::steps ? guide.steps : guide.basis));
    if (!can_start(item, b)) {
        b.add(screens::ButtonRow{
            {b.primary("guide_back", MessageId::guide_back, session::WentBack{})}});
        return;
    }
    // One under the other: beside the table of a wide panel there is no room for two words abreast.
    b.add(screens::ButtonRow{
        {b.secondary("guide_back", MessageId::guide_back, session::WentBack{})}});
    b.add(screens::ButtonRow{{b.primary("start", MessageId::guide_start, session::ItemStarted{})}});
}

}  // namespace

void show(const flows::Idle&, PageBuilder& b) {
    // Nothing of a person or a fault stands on it; where one of them is to be read the page stays.
    if (b.in.post.unshown.empty() && b.in.session.power < domain::PowerLevel::low &&
        b.in.notice.empty())
        b.page.screen.attract = screens::Attract{
            b.say(MessageId::hero_title), b.say(MessageId::attract_line), b.say(b.pack.hours)};
    const bool elder = b.in.session.comfort.elder;
    const auto of_code = b.in.post.unshown.empty() ? code_sentence(b) : std::string{};
    // Whoever has just scanned something reads the answer first: below the welcome it may come to
    // lie on the page's second part.
    if (!of_code.empty()) b.add(screens::Strip{"qrcode", of_code, {}, {}, Tone::info});
    if (!elder)
        b.add(screens::Hero{b.say(MessageId::hero_title), b.say(MessageId::hero_line),
                            b.say(MessageId::hero_note)});
    // The centre's own words, whatever the language of the page.
    if (!b.in.notice.empty())
        b.add(screens::Strip{"speakerphone", b.in.notice, {}, {}, Tone::info});
    if (!b.in.post.unshown.empty()) {
        const auto& number = b.in.post.unshown.front().local_number;
        b.add(screens::Strip{
            "archive", b.say(MessageId::home_kept_title),
            b.say(MessageId::home_kept_note, {{"number", domain::grouped_by_four(number)}}),
            b.button("kept_seen", b.say(MessageId::home_kept_seen), ButtonLook::secondary,
                     session::KeptNumberSeen{number}),
            Tone::success, screens::Sensitivity::personal});
    } else if (of_code.empty() && b.in.notice.empty()) {
        b.add(screens::Strip{"id",
                             b.say(MessageId::home_card_title),
                             b.say(MessageId::home_card_note),
                             {},
                             Tone::info});
    }
    say_device_faults(b);
    const auto& tiles = elder ? b.pack.elder_home : b.pack.home;
    screens::Tiles block{elder ? screens::TileSize::elder_row : screens::TileSize::large, {}};
    screens::Chips chips;
    for (const auto& tile : tiles) {
        if (!holds_today(b, tile)) continue;
        if (!elder && leads_to_look(tile.action)) {
            chips.chips.push_back(b.button(tile.id, b.say(tile.title), ButtonLook::secondary,
                                           event_of(tile), icon_of_chip(tile)));
            continue;
        }
        // The guide of a service that is not possible now still opens.
        auto note = tile.action == catalogue::TileAction::item
                        ? service_note(b, tile.item_code, tile.note)
                        : b.say(tile.note);
        block.tiles.push_back({b.bind(tile.id, event_of(tile)), tile.icon, b.say(tile.title),
                               std::move(note),
                               elder && tile.action == catalogue::TileAction::help});
    }
    b.add(std::move(block));
    chips.chips.push_back(b.button("language", b.say(MessageId::other_language),
                                   ButtonLook::secondary, session::LanguageToggled{}, "language"));
    b.add(std::move(chips));
}

void show(const flows::ReadingGuide& here, PageBuilder& b) {
    const auto* item = b.item(here.item_code);
    if (item == nullptr) return;
    if (here.page == flows::GuidePage::overview)
        guide_overview(*item, b);
    else if (here.page == flows::GuidePage::take_along)
        take_along_page(*item, b);
    else if (here.page == flows::GuidePage::material &&
             here.material < item->guide.materials.size())
        material_page(item->guide.materials[here.material], b);
    else
        guide_page(*item, here.page, b);
}

}  // namespace app
