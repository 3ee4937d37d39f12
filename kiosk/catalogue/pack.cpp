#include "catalogue/pack.hpp"

#include <algorithm>

namespace catalogue {

const ServiceItem* Pack::find_item(const std::string& code) const {
    for (const auto& item : items)
        if (item.code == code) return &item;
    return nullptr;
}

bool Letter::allows(SignatureWay way) const {
    return std::find(ways.begin(), ways.end(), way) != ways.end();
}

}  // namespace catalogue
