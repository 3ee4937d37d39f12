// The embedded database: one SQLite file in the intake's folder, one session that threads take in
// turn. Makes and migrates its tables.
#pragma once

#include "offline/intake/store/sql.hpp"

namespace offline::intake::sql {

enum class Opened { to_serve, to_read, by_operator };

// to_serve: a second server on the same folder is refused (PostRefused). by_operator writes beside
// a server; SQLite keeps the two apart.
base::Result<std::unique_ptr<Sessions>> sqlite_sessions(const std::string& folder, Opened opened);

}  // namespace offline::intake::sql
