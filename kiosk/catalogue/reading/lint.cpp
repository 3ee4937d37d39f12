#include "base/bytes.hpp"
#include "catalogue/reading/pack_parts.hpp"

namespace catalogue::reading {

namespace {

void lint_tiles(const Pack& pack, const std::vector<HomeTile>& tiles, const std::string& place,
                Problems& problems) {
    refuse_twins(
        tiles, place, "id", [](const HomeTile& tile) { return tile.id; }, problems);
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        const auto& tile = tiles[i];
        const std::string here = place_of(place, i), at = place_of(here, "item_code");
        const bool may_name = tile.action == TileAction::item || tile.action == TileAction::guide;
        if (tile.action == TileAction::item && tile.item_code.empty())
            problems.add(at, "missing: an item's tile names its item");
        if (!tile.item_code.empty() && !may_name)
            problems.add(at, "only tiles of an item or a guide name one");
        if (!tile.item_code.empty() && pack.find_item(tile.item_code) == nullptr)
            problems.add(at, "no item has this code");
        const std::string column = place_of(here, "column_id");
        if (tile.action != TileAction::column && !tile.column_id.empty())
            problems.add(column, "only the tile of a column names one");
        else if (tile.action == TileAction::column && tile.column_id.empty())
            problems.add(column, "missing: a column's tile names its column");
        else if (!tile.column_id.empty() && pack.find_column(tile.column_id) == nullptr)
            problems.add(column, "no column has this id");
        if (tile.action == TileAction::documents && pack.documents.empty())
            problems.add(place_of(here, "action"), "this pack has no documents to read");
    }
}

}  // namespace

void lint(const Pack& pack, Problems& problems) {
    if (base::count_code_points(pack.brand_mark) != 1)
        problems.add("/brand_mark", "expected one character");
    lint_divisions(pack.divisions, "/divisions", problems);
    refuse_twins(
        pack.items, "/items", "code", [](const ServiceItem& item) { return item.code; }, problems);
    lint_tiles(pack, pack.home, "/home", problems);
    lint_tiles(pack, pack.elder_home, "/elder_home", problems);
    if (pack.voice && pack.find_item(pack.voice->item_code) != nullptr)
        problems.add("/voice/item_code", "an item has this code already");
    refuse_twins(
        pack.negative_list, "/negative_list", "trade_code",
        [](const NegativeTrade& trade) { return trade.trade_code + " " + trade.valid_from; },
        problems);
    lint_finding(pack, problems);
    for (std::size_t i = 0; i < pack.items.size(); ++i)
        lint_item(pack.items[i], place_of("/items", i), problems);
}

}  // namespace catalogue::reading
