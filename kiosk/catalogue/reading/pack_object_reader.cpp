#include "catalogue/reading/pack_parts.hpp"
#include "catalogue/reading/words.hpp"
#include "domain/dates.hpp"

namespace catalogue::reading {

namespace {

constexpr Names<TileAction, 9> tile_actions{{{"services", TileAction::services},
                                             {"item", TileAction::item},
                                             {"guide", TileAction::guide},
                                             {"progress", TileAction::progress},
                                             {"help", TileAction::help},
                                             {"search", TileAction::search},
                                             {"column", TileAction::column},
                                             {"documents", TileAction::documents},
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
    return pack;
}

}  // namespace catalogue::reading
