#include "flows/choose_service/sorting.hpp"

#include <algorithm>

namespace flows {

using catalogue::Audience;
using catalogue::Pack;
using catalogue::ServiceItem;

namespace {

bool is_for(const ServiceItem& item, Audience audience) {
    return std::find(item.audiences.begin(), item.audiences.end(), audience) !=
           item.audiences.end();
}

bool has_topic(const Pack& pack, const ServiceItem& item) {
    return std::any_of(pack.topics.begin(), pack.topics.end(), [&](const auto& topic) {
        return std::find(item.topics.begin(), item.topics.end(), topic.id) != item.topics.end();
    });
}

bool is_of(const Pack& pack, const ServiceItem& item, const std::string& topic) {
    if (topic.empty()) return true;
    if (topic == no_topic) return !has_topic(pack, item);
    return std::find(item.topics.begin(), item.topics.end(), topic) != item.topics.end();
}

}  // namespace

bool is_sorted_by_topic(const Pack& pack) {
    return pack.items.size() > few_services && !pack.topics.empty();
}

bool is_sorted_by_topic(const Pack& pack, Audience audience) {
    return is_sorted_by_topic(pack) && services(pack, audience, {}).size() > few_services;
}

std::vector<Audience> audiences(const Pack& pack) {
    std::vector<Audience> out;
    for (const auto audience : {Audience::person, Audience::organisation})
        if (std::any_of(pack.items.begin(), pack.items.end(),
                        [&](const auto& item) { return is_for(item, audience); }))
            out.push_back(audience);
    return out;
}

Audience audience_of(const Pack& pack, const ChoosingService& here) {
    if (here.audience) return *here.audience;
    const auto there = audiences(pack);
    return there.empty() ? Audience::person : there.front();
}

std::vector<std::string> topics(const Pack& pack, Audience audience) {
    std::vector<std::string> out;
    for (const auto& topic : pack.topics)
        if (!services(pack, audience, topic.id).empty()) out.push_back(topic.id);
    if (!services(pack, audience, no_topic).empty()) out.emplace_back(no_topic);
    return out;
}

std::vector<const ServiceItem*> services(const Pack& pack, Audience audience,
                                         const std::string& topic) {
    std::vector<const ServiceItem*> out;
    for (const auto& item : pack.items)
        if (is_for(item, audience) && is_of(pack, item, topic)) out.push_back(&item);
    return out;
}

std::vector<const ServiceItem*> services(const Pack& pack, const catalogue::Column& column,
                                         ColumnDoor door) {
    std::vector<const ServiceItem*> out;
    for (const auto& code : column.item_codes) {
        const auto* item = pack.find_item(code);
        if (item != nullptr &&
            (door == ColumnDoor::guides || item->handling != catalogue::Handling::counter))
            out.push_back(item);
    }
    return out;
}

std::vector<const catalogue::Document*> documents(const Pack& pack, const std::string& column_id) {
    std::vector<const catalogue::Document*> out;
    const auto* column = pack.find_column(column_id);
    if (column != nullptr) {
        for (const auto& id : column->documents)
            if (const auto* document = pack.find_document(id)) out.push_back(document);
    } else if (column_id.empty()) {
        for (const auto& document : pack.documents) out.push_back(&document);
    }
    return out;
}

}  // namespace flows
