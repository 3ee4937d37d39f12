// A column behind its three doors, and what there is to read.
#include "app/present/page_builder.hpp"
#include "domain/dates.hpp"
#include "flows/choose_service/sorting.hpp"

#include <numeric>
#include <utility>

namespace app {

using screens::Tone;

namespace {

// ---- an order that puts nobody first

// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t next_random(std::uint64_t& state) {
    std::uint64_t z = state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
}

// Of every session its own, and the same for as long as it lasts: whoever comes back to the page
// finds the row where it was. Fisher and Yates.
std::vector<std::size_t> neutral_order(std::size_t count, domain::SessionId session) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    auto state = static_cast<std::uint64_t>(session);
    for (std::size_t left = count; left > 1; --left)
        std::swap(order[left - 1], order[next_random(state) % left]);
    return order;
}

// ---- documents

std::string date_of(const PageBuilder& b, const catalogue::Document& document) {
    const auto date = domain::date_from_iso(document.published_on);
    return date ? domain::in_words(*date, b.locale()) : document.published_on;
}

screens::LongText text_of(const PageBuilder& b, const catalogue::Document& document) {
    screens::LongText text;
    text.id = "document_text";
    for (const auto& section : document.sections) {
        if (!section.heading.empty()) text.paragraphs.push_back({b.say(section.heading), true});
        std::string lines;
        for (const auto& line : section.lines) lines += (lines.empty() ? "" : "\n") + b.say(line);
        text.paragraphs.push_back({std::move(lines), false});
    }
    if (document.order == catalogue::RowOrder::shuffled)
        text.paragraphs.push_back({b.say(MessageId::document_shuffled), false});
    return text;
}

screens::Table table_of(const PageBuilder& b, const catalogue::Document& document) {
    screens::Table table;
    table.id = "document_table";
    // More than two columns of any words need the whole width, or rows as cards.
    table.list = document.table.columns.size() > 2;
    for (const auto& column : document.table.columns)
        table.columns.push_back({b.say(column), 1, false});
    const auto& rows = document.table.rows;
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (document.order == catalogue::RowOrder::shuffled)
        order = neutral_order(rows.size(), b.in.session.id);
    for (const auto at : order) {
        screens::TableRow row;
        for (const auto& cell : rows[at]) row.cells.push_back(b.say(cell));
        table.rows.push_back(std::move(row));
    }
    return table;
}

void document_page(const catalogue::Document& document, PageBuilder& b) {
    b.name("document");
    b.title(b.say(document.title),
            b.say(MessageId::document_published,
                  {{"publisher", b.say(document.publisher)}, {"date", date_of(b, document)}}));
    if (auto text = text_of(b, document); !text.paragraphs.empty()) b.add(std::move(text));
    if (!document.table.rows.empty()) b.add(table_of(b, document));
    if (document.id == catalogue::negative_list_document && !b.pack.negative_list.empty())
        b.add(screens::ButtonRow{{b.secondary("trade_check", MessageId::trade_check_open,
                                              session::TradeCheckOpened{}, "search")}});
    b.add(screens::ButtonRow{
        {b.primary("documents_back", MessageId::documents_back, session::WentBack{})}});
    b.line(content_date(b));
}

// UX-157: what is empty says so, and where to go on.
void nothing_here(PageBuilder& b, std::string what_to_do, bool in_column) {
    b.page.screen.low = true;
    b.add(screens::Notice{Tone::info,
                          "info-circle",
                          b.say(MessageId::column_nothing),
                          {std::move(what_to_do)},
                          true});
    b.add(screens::ButtonRow{
        {b.primary("nothing_back", in_column ? MessageId::column_back : MessageId::back,
                   session::WentBack{})}});
}

// ---- the column

void doors(const catalogue::Column& column, PageBuilder& b) {
    b.title(b.say(column.title), b.say(column.note));
    const bool elder = b.in.session.comfort.elder;
    screens::Tiles tiles{elder ? screens::TileSize::elder_row : screens::TileSize::large, {}};
    const auto door = [&](const char* id, screens::IconName icon, flows::ColumnDoor to,
                          MessageId title, MessageId note) {
        tiles.tiles.push_back({b.bind(id, session::ColumnDoorOpened{to}), std::move(icon),
                               b.say(title), b.say(note), false});
    };
    using flows::ColumnDoor;
    door("door_guides", "book", ColumnDoor::guides, MessageId::column_guides,
         MessageId::column_guides_note);
    door("door_filing", "file-pencil", ColumnDoor::filing, MessageId::column_filing,
         MessageId::column_filing_note);
    door("door_documents", "file-text", ColumnDoor::documents, MessageId::column_documents,
         MessageId::column_documents_note);
    b.add(std::move(tiles));
}

}  // namespace

void show(const flows::ReadingColumn& here, PageBuilder& b) {
    const auto* column = b.pack.find_column(here.column_id);
    if (column == nullptr) return;
    if (!here.door) return doors(*column, b);
    const bool guides = *here.door == flows::ColumnDoor::guides;
    b.name(guides ? "column_guides" : "column_filing");
    b.title(b.say(guides ? MessageId::column_guides : MessageId::column_filing),
            b.say(column->title));
    const auto items = flows::services(b.pack, *column, *here.door);
    if (items.empty())
        nothing_here(
            b,
            guides ? b.say(MessageId::column_nothing_documents, {{"telephone", b.pack.telephone}})
                   : b.say(MessageId::column_nothing_filing, {{"window", b.window_sentence()}}),
            true);
    else
        b.add(service_list(b, items));
}

void show(const flows::ReadingDocuments& here, PageBuilder& b) {
    if (const auto* document = b.pack.find_document(here.document_id))
        return document_page(*document, b);
    const auto* column = b.pack.find_column(here.column_id);
    b.title(b.say(MessageId::column_documents),
            column != nullptr ? b.say(column->title) : b.say(MessageId::documents_subtitle));
    const auto offered = flows::documents(b.pack, here.column_id);
    if (offered.empty())
        return nothing_here(
            b, b.say(MessageId::column_nothing_documents, {{"telephone", b.pack.telephone}}),
            column != nullptr);
    screens::Choices list;
    for (const auto* document : offered)
        list.choices.push_back(
            {b.bind("document:" + document->id, session::DocumentChosen{document->id}),
             b.say(document->title),
             b.say(MessageId::documents_by,
                   {{"publisher", b.say(document->publisher)}, {"date", date_of(b, *document)}}),
             document->icon, false});
    b.add(std::move(list));
    b.line(content_date(b));
}

}  // namespace app
