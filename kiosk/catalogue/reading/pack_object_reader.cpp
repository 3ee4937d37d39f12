#include "catalogue/reading/pack_parts.hpp"
#include "catalogue/reading/words.hpp"
#include "domain/dates.hpp"

namespace catalogue::reading {

namespace {

constexpr Names<TileAction, 10> tile_actions{{{"services", TileAction::services},
                                              {"item", TileAction::item},
                                              {"guide", TileAction::guide},
                                              {"progress", TileAction::progress},
                                              {"help", TileAction::help},
                                              {"search", TileAction::search},
                                              {"column", TileAction::column},
                                              {"documents", TileAction::documents},
                                              {"pay", TileAction::pay},
                                              {"booking", TileAction::booking}}};

HomeTile read_tile(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    HomeTile tile;
    tile.id = object.text("id");
    tile.action = object.named("action", tile_actions);
    tile.item_code = object.optional_text("item_code");
    tile.column_id = object.optional_text("column_id");
    tile.icon = object.text("icon");
    tile.title = object.words("title");
    tile.note = object.optional_words("note");
    return tile;
}

// Fields for a trade code carry what the list forbids, so that they are judged without the pack.
void give_forbidden_trades(Pack& pack) {
    std::vector<NegativeTrade> forbidden;
    for (const auto& trade : pack.negative_list)
        if (trade.level == TradeLevel::forbidden) forbidden.push_back(trade);
    for (auto& item : pack.items)
        for (auto& page : item.form)
            for (auto& field : page.fields)
                for (auto& validation : field.validations)
                    if (validation.rule == Rule::trade_allowed) validation.forbidden = forbidden;
}

// What follows it is an item code, so that nothing is read into it; short enough for a code that
// any telephone reads from a screen.
bool is_guide_link(const std::string& link) {
    constexpr std::string_view letters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_~:/?=&%";
    constexpr std::size_t longest = 120;
    return link.starts_with("https://") && link.size() <= longest &&
           (link.ends_with('/') || link.ends_with('=')) &&
           link.find_first_not_of(letters) == std::string::npos;
}

}  // namespace

Pack read_pack_object(const Json& json, Problems& problems) {
    StrictObject object(json, "", problems);
    Pack pack;
    object.optional_text("$schema");
    if (object.text("format") != "citizen-window/pack")
        object.problem("format", "expected citizen-window/pack");
    object.number("format_version", 1, 1);
    pack.pack_id = object.text("pack_id");
    pack.realm = object.named("realm", realms);
    pack.version = object.number("version", 1, INT64_MAX);
    pack.built_on = object.text("built_on");
    if (!pack.built_on.empty() && !domain::date_from_iso(pack.built_on))
        object.problem("built_on", "expected a date, e.g. 2026-11-22");
    pack.organisation = object.words("organisation");
    pack.brand_mark = object.text("brand_mark");
    pack.responsible = object.words("responsible");
    pack.telephone = object.text("telephone");
    pack.hours = object.words("hours");
    pack.counter_address = object.words("counter_address");
    const auto read_into = [&](std::vector<Text>& texts) {
        return [&](const Json& each, const std::string& at) {
            texts.push_back(read_words(each, at, problems));
        };
    };
    object.each("data_notice", 1, 12, read_into(pack.data_notice));
    object.each("face_notice", 1, 12, read_into(pack.face_notice));
    const auto read_tiles = [&](std::vector<HomeTile>& tiles) {
        return [&](const Json& each, const std::string& at) {
            tiles.push_back(read_tile(each, at, problems));
        };
    };
    object.each("home", 1, 12, read_tiles(pack.home));
    object.each("elder_home", 1, 7, read_tiles(pack.elder_home));
    if (const Json* divisions = object.find("divisions"))
        pack.divisions = read_divisions(*divisions, object.place_of("divisions"), problems);
    else if (object.is_object())
        object.problem("divisions", "missing");
    object.each("topics", 1, 24, [&](const Json& each, const std::string& at) {
        pack.topics.push_back(read_topic(each, at, problems));
    });
    object.each("items", 1, items_max, [&](const Json& each, const std::string& at) {
        pack.items.push_back(read_item(each, at, problems));
    });
    object.each_if_there("documents", 200, [&](const Json& each, const std::string& at) {
        pack.documents.push_back(read_document(each, at, problems));
    });
    object.each_if_there("columns", 12, [&](const Json& each, const std::string& at) {
        pack.columns.push_back(read_column(each, at, problems));
    });
    if (const Json* voice = object.find("voice"))
        pack.voice = read_voice_rules(*voice, object.place_of("voice"), problems);
    object.each_if_there("calendar", 20, [&](const Json& each, const std::string& at) {
        auto year = read_calendar_year(each, at, problems);
        for (const auto& other : pack.calendar.years)
            if (other.year == year.year) problems.add(at, "this year stands twice");
        pack.calendar.years.push_back(std::move(year));
    });
    object.each_if_there("office_hours", 14, [&](const Json& each, const std::string& at) {
        pack.office_hours.push_back(read_office_hours(each, at, problems));
    });
    pack.guide_link = object.optional_text("guide_link");
    if (!pack.guide_link.empty() && !is_guide_link(pack.guide_link))
        object.problem("guide_link", "expected an https address that ends with / or =");
    object.each_if_there("negative_list", 2000, [&](const Json& each, const std::string& at) {
        pack.negative_list.push_back(read_negative_trade(each, at, problems));
    });
    give_forbidden_trades(pack);
    return pack;
}

}  // namespace catalogue::reading
