#include "catalogue/pack.hpp"

#include "domain/dates.hpp"

#include <algorithm>

namespace catalogue {

const ServiceItem* Pack::find_item(const std::string& code) const {
    for (const auto& item : items)
        if (item.code == code) return &item;
    return nullptr;
}

const Document* Pack::find_document(const std::string& id) const {
    for (const auto& document : documents)
        if (document.id == id) return &document;
    return nullptr;
}

const Column* Pack::find_column(const std::string& id) const {
    for (const auto& column : columns)
        if (column.id == id) return &column;
    return nullptr;
}

Pack reduced_to(Pack pack, Level level) {
    std::erase_if(pack.items, [&](const ServiceItem& item) {
        const auto& levels = item.terms.levels;
        return !levels.empty() && std::find(levels.begin(), levels.end(), level) == levels.end();
    });
    const auto is_gone = [&](const std::string& code) {
        return !code.empty() && pack.find_item(code) == nullptr;
    };
    for (auto* tiles : {&pack.home, &pack.elder_home})
        std::erase_if(*tiles, [&](const HomeTile& tile) { return is_gone(tile.item_code); });
    for (auto& column : pack.columns) std::erase_if(column.item_codes, is_gone);
    return pack;
}

namespace {

bool holds_between(const std::string& valid_from, const std::string& valid_to,
                   std::chrono::year_month_day date) {
    // A day nobody can read opens nothing; the reader refuses it before.
    const auto from = domain::date_from_iso(valid_from), to = domain::date_from_iso(valid_to);
    return (valid_from.empty() || (from && *from <= date)) &&
           (valid_to.empty() || (to && date <= *to));
}

}  // namespace

bool Column::holds_on(std::chrono::year_month_day date) const {
    return holds_between(valid_from, valid_to, date);
}

bool NegativeTrade::holds_on(std::chrono::year_month_day date) const {
    return holds_between(valid_from, valid_to, date);
}

bool Letter::allows(SignatureWay way) const {
    return std::find(ways.begin(), ways.end(), way) != ways.end();
}

}  // namespace catalogue
