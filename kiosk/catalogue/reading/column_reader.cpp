// What services are sorted by, what there is to read, and the columns that gather both.
#include "catalogue/reading/pack_parts.hpp"
#include "domain/dates.hpp"

namespace catalogue::reading {

namespace {

constexpr Names<TradeLevel, 3> trade_levels{{{"forbidden", TradeLevel::forbidden},
                                             {"licence", TradeLevel::licence},
                                             {"limited", TradeLevel::limited}}};
constexpr Names<RowOrder, 2> row_orders{
    {{"as_written", RowOrder::as_written}, {"shuffled", RowOrder::shuffled}}};

void check_date(const StrictObject& object, std::string_view key, const std::string& date) {
    if (!date.empty() && !domain::date_from_iso(date))
        object.problem(key, "expected a date, e.g. 2026-11-22");
}

DocumentTable read_table(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    DocumentTable table;
    object.each("columns", 2, 4, [&](const Json& each, const std::string& at) {
        table.columns.push_back(read_words(each, at, problems));
    });
    object.each("rows", 1, 200, [&](const Json& each, const std::string& at) {
        const auto* cells = each.as<JsonArray>();
        if (cells == nullptr) {
            problems.add(at, "expected a list, found " + kind_of(each));
            return;
        }
        if (cells->size() != table.columns.size())
            problems.add(at, "expected " + std::to_string(table.columns.size()) +
                                 " cells, one for each column, found " +
                                 std::to_string(cells->size()));
        auto& row = table.rows.emplace_back();
        for (std::size_t i = 0; i < cells->size() && i < table.columns.size(); ++i)
            row.push_back(read_words((*cells)[i], place_of(at, i), problems));
    });
    return table;
}

}  // namespace

std::string read_text(const Json& json, const std::string& place, Problems& problems) {
    const auto* text = json.as<std::string>();
    if (text == nullptr)
        problems.add(place, "expected a text, found " + kind_of(json));
    else if (text->empty())
        problems.add(place, "empty");
    return text == nullptr ? std::string() : *text;
}

Topic read_topic(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    Topic topic;
    topic.id = object.text("id");
    topic.icon = object.text("icon");
    topic.name = object.words("name");
    return topic;
}

NegativeTrade read_negative_trade(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    NegativeTrade trade;
    trade.trade_code = object.text("trade_code");
    if (!trade.trade_code.empty() &&
        (trade.trade_code.size() != trade_code_length ||
         trade.trade_code.find_first_not_of("0123456789") != std::string::npos))
        object.problem("trade_code", "expected 4 digits, as in GB/T 4754");
    trade.name = object.words("name");
    trade.level = object.named("level", trade_levels);
    trade.clause = object.words("clause");
    trade.basis = object.words("basis");
    trade.valid_from = object.optional_text("valid_from");
    trade.valid_to = object.optional_text("valid_to");
    check_date(object, "valid_from", trade.valid_from);
    check_date(object, "valid_to", trade.valid_to);
    return trade;
}

Document read_document(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    Document document;
    document.id = object.text("id");
    document.icon = object.text("icon");
    document.title = object.words("title");
    document.summary = object.words("summary");
    document.publisher = object.words("publisher");
    document.published_on = object.text("published_on");
    check_date(object, "published_on", document.published_on);
    object.each_if_there("sections", 40, [&](const Json& each, const std::string& at) {
        document.sections.push_back(read_guide_section(each, at, problems));
    });
    const Json* table = object.find("table");
    if (table != nullptr) document.table = read_table(*table, object.place_of("table"), problems);
    if (object.is_object() && table == nullptr && document.sections.empty())
        problems.add(place, "neither sections nor a table: nothing to read");
    document.order = object.named_or("order", row_orders, RowOrder::as_written);
    if (document.order == RowOrder::shuffled && table == nullptr)
        object.problem("order", "only a table is shuffled");
    return document;
}

Column read_column(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    Column column;
    column.id = object.text("id");
    column.icon = object.text("icon");
    column.title = object.words("title");
    column.note = object.words("note");
    column.valid_from = object.optional_text("valid_from");
    column.valid_to = object.optional_text("valid_to");
    check_date(object, "valid_from", column.valid_from);
    check_date(object, "valid_to", column.valid_to);
    object.each_if_there("items", 100, [&](const Json& each, const std::string& at) {
        column.item_codes.push_back(read_text(each, at, problems));
    });
    object.each_if_there("documents", 50, [&](const Json& each, const std::string& at) {
        column.documents.push_back(read_text(each, at, problems));
    });
    return column;
}

}  // namespace catalogue::reading
