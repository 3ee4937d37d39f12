// What can be done here now, in words for the first page, the list of services and the guide. Pure.
#pragma once

#include "app/present/page_builder.hpp"
#include "domain/readiness.hpp"

#include <optional>
#include <string>

namespace app {

// Of an application; of any, when no item is named.
domain::Readiness readiness_of(const PageBuilder& b, const catalogue::ServiceItem* item = nullptr);
bool can_apply(const PageBuilder& b);

// Under the name of a service: what it does, or what of it cannot be done now.
std::string service_note(const PageBuilder& b, const std::string& item_code,
                         const catalogue::Text& usual);

// UX-160: what is missing is said before anything is begun, with what works all the same, and who
// can mend it where that is somebody at hand. The worst has the title; a visit that will be owed is
// never left out. None when everything is there.
struct MissingSaid {
    screens::IconName icon;
    MessageId title;
    std::string note;
};
std::optional<MissingSaid> what_is_missing(const PageBuilder& b,
                                           const catalogue::ServiceItem& item);

}  // namespace app
