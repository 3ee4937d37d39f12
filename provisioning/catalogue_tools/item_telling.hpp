// One service item whole, in words: what a citizen is told and asked, in the order they meet it.
// Pure but for `say`.
#pragma once

#include "catalogue/pack.hpp"
#include "provisioning/catalogue_tools/telling.hpp"

namespace provisioning::catalogue_tools {

void tell_item(const catalogue::Pack& pack, const catalogue::ServiceItem& item,
               const Telling& telling);

// Its parts, in files of their own.
void tell_situation(const catalogue::ServiceItem& item, const Telling& telling);
void tell_form(const catalogue::ServiceItem& item, const Telling& telling);

}  // namespace provisioning::catalogue_tools
