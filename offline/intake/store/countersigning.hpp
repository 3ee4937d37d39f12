// The centre's side of a terminal's chain: how far it holds an epoch without a gap. Used by the
// case store alone. Source: offline-sync.md 3.4.
#pragma once

#include "offline/intake/store/case_store.hpp"
#include "offline/intake/store/sql.hpp"

namespace offline::intake {

base::Result<Counter> countersign(sql::Session& session, const std::string& terminal,
                                  const Said& said);

}  // namespace offline::intake
