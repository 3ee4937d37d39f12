// A pool of connections to PostgreSQL 15 or later; the only place that knows libpq. A broken
// connection is opened again by itself, at most once in a while: 100 ms after the first failure,
// doubling to 5 s; between, whoever asks gets StoreUnreachable at once. Nothing of a value ever
// stands in a fault: only the SQLSTATE does.
#pragma once

#include "offline/intake/store/sql.hpp"

namespace offline::intake::sql {

inline constexpr int postgres_connections = 8;

// postgresql://… as libpq reads it. Makes the tables when the database is empty.
// StoreUnreachable (away, or it does not flush: fsync off), OutboxCorrupt (a newer program's).
base::Result<std::unique_ptr<Sessions>> postgres_sessions(const std::string& url, int connections);
bool is_postgres_url(const std::string& url);

}  // namespace offline::intake::sql
