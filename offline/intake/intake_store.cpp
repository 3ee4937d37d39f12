#include "offline/intake/intake_store.hpp"

#include "offline/intake/store/postgres/postgres_sessions.hpp"
#include "offline/intake/store/sql_case_store.hpp"
#include "offline/intake/store/sqlite_sessions.hpp"

namespace offline::intake {

namespace {

IntakeStore::Opened embedded(const std::string& folder, sql::Opened opened) {
    return case_store_over(TRY(sql::sqlite_sessions(folder, opened)));
}

}  // namespace

IntakeStore::Opened IntakeStore::open(const std::string& folder) {
    return embedded(folder, sql::Opened::to_serve);
}
IntakeStore::Opened IntakeStore::open_to_read(const std::string& folder) {
    return embedded(folder, sql::Opened::to_read);
}
IntakeStore::Opened IntakeStore::open_beside(const std::string& folder) {
    return embedded(folder, sql::Opened::by_operator);
}
IntakeStore::Opened IntakeStore::connect(const std::string& url) {
    return case_store_over(TRY(sql::postgres_sessions(url, sql::postgres_connections)));
}
bool IntakeStore::is_database(const std::string& url) {
    return sql::is_postgres_url(url);
}

}  // namespace offline::intake
