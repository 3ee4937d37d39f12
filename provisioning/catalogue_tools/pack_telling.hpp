// What is in a pack, on one page: whose it is, its items as a table, columns, documents. Pure but
// for `say`.
#pragma once

#include "catalogue/pack.hpp"
#include "provisioning/catalogue_tools/telling.hpp"

namespace provisioning::catalogue_tools {

void tell_pack(const catalogue::Pack& pack, const Telling& telling);

}  // namespace provisioning::catalogue_tools
