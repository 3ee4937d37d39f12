// The case store over SQL sessions: the same statements for SQLite and PostgreSQL.
#pragma once

#include "offline/intake/store/case_store.hpp"
#include "offline/intake/store/sql.hpp"

namespace offline::intake {

std::unique_ptr<CaseStore> case_store_over(std::unique_ptr<sql::Sessions> sessions);

}  // namespace offline::intake
