#include "offline/intake/store/postgres/connection.hpp"

#include "base/assert.hpp"

#include <libpq-fe.h>

#include <array>
#include <charconv>
#include <cstring>

namespace offline::intake::sql {

namespace {

using base::FaultCode;

// Object ids of pg_type.dat, the same in every PostgreSQL.
constexpr Oid of_bool = 16, of_bytes = 17, of_int8 = 20, of_int4 = 23, of_text = 25;

std::int64_t big_endian(const char* data, int size) {
    std::uint64_t out = 0;
    for (int i = 0; i < size; ++i) out = out << 8 | static_cast<std::uint8_t>(data[i]);
    return size == 4 ? static_cast<std::int32_t>(out) : static_cast<std::int64_t>(out);
}

Cell cell(const PGresult* result, int row, int column) {
    if (PQgetisnull(result, row, column)) return {};
    const char* data = PQgetvalue(result, row, column);
    const int size = PQgetlength(result, row, column);
    switch (PQftype(result, column)) {
        case of_bytes:
            return base::Bytes(data, data + size);
        case of_int8:
        case of_int4:
            return big_endian(data, size);
        case of_text:
            return std::string(data, static_cast<std::size_t>(size));
        default:
            KIOSK_ASSERT(!"a column of a type that the intake does not use");
            return {};
    }
}

// Values in libpq's shape, all binary; they point into `params`.
struct Values {
    explicit Values(const std::vector<Param>& params) : numbers(params.size()) {
        for (std::size_t i = 0; i < params.size(); ++i) {
            if (const auto* number = std::get_if<std::int64_t>(&params[i])) {
                for (int byte = 0; byte < 8; ++byte)
                    numbers[i][byte] =
                        static_cast<char>(static_cast<std::uint64_t>(*number) >> (56 - 8 * byte));
                add(of_int8, numbers[i].data(), 8);
            } else if (const auto* text = std::get_if<std::string_view>(&params[i])) {
                add(of_text, text->data(), text->size());
            } else {
                const auto bytes = std::get<base::ByteView>(params[i]);
                add(of_bytes, reinterpret_cast<const char*>(bytes.data()), bytes.size());
            }
        }
    }
    void add(Oid type, const char* data, std::size_t size) {
        types.push_back(type);
        data_of.push_back(data == nullptr ? "" : data);  // nullptr would be NULL
        sizes.push_back(static_cast<int>(size));
        formats.push_back(1);
    }
    int count() const { return static_cast<int>(types.size()); }

    std::vector<std::array<char, 8>> numbers;
    std::vector<Oid> types;
    std::vector<const char*> data_of;
    std::vector<int> sizes, formats;
};

}  // namespace

void PostgresConnection::Close::operator()(pg_conn* connection) const {
    PQfinish(connection);
}
void PostgresConnection::Clear::operator()(pg_result* result) const {
    PQclear(result);
}

base::Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& url) {
    // What the URL says itself comes after and wins.
    const std::array<const char*, 9> keywords{
        "connect_timeout",  "keepalives_idle",  "keepalives_interval",
        "keepalives_count", "tcp_user_timeout", "application_name",
        "client_encoding",  "dbname",           nullptr};
    const std::array<const char*, 9> values{"5",      "10",   "5",         "3",    "15000",
                                            "intake", "UTF8", url.c_str(), nullptr};
    std::unique_ptr<PostgresConnection> out(
        new PostgresConnection(PQconnectdbParams(keywords.data(), values.data(), 1)));
    if (out->is_broken()) return base::fail(FaultCode::StoreUnreachable, "postgres: no connection");
    PQsetNoticeProcessor(
        out->connection_.get(), [](void*, const char*) {}, nullptr);
    // A request waits so long for a row and so long for a statement; a node that died in the
    // middle of a decision lets go of what it held. A receipt is given for what is on the disk.
    // Plans are kept, and made while tables may still be small: each look-up has its index.
    TRY_STATUS(out->execute(
        "SET enable_seqscan = off; SET statement_timeout = '15s'; SET lock_timeout = '5s';"
        "SET idle_in_transaction_session_timeout = '30s'; SET bytea_output = 'hex';"
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') IN ('off', 'local')"));
    return out;
}

bool PostgresConnection::is_broken() const {
    return PQstatus(connection_.get()) != CONNECTION_OK;
}

base::Fault PostgresConnection::fault_of(const pg_result* result) const {
    const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (state == nullptr) return {FaultCode::StoreUnreachable, "postgres: connection lost"};
    // 22: a value it cannot hold, such as a text with U+0000.
    const bool value = std::strncmp(state, "22", 2) == 0;
    return {value ? FaultCode::BytesMalformed : FaultCode::StoreUnreachable,
            std::string("postgres: ") + state};
}

base::Status PostgresConnection::execute(const std::string& statements) {
    const Answer answer(PQexec(connection_.get(), statements.c_str()));
    const auto status = PQresultStatus(answer.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return {};
    return base::fail(fault_of(answer.get()));
}

base::Result<std::string> PostgresConnection::prepared(const std::string& statement,
                                                       const std::vector<Param>& params) {
    const auto known = names_.find(statement);
    if (known != names_.end()) return known->second;
    std::string name = "s" + std::to_string(names_.size());
    const Values values(params);
    const Answer answer(PQprepare(connection_.get(), name.c_str(), statement.c_str(),
                                  values.count(), values.types.data()));
    if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return base::fail(fault_of(answer.get()));
    names_.emplace(statement, name);
    return name;
}

base::Result<Rows> PostgresConnection::run(const std::string& statement,
                                           const std::vector<Param>& params) {
    const std::string name = TRY(prepared(statement, params));
    const Values values(params);
    const Answer answer(PQexecPrepared(connection_.get(), name.c_str(), values.count(),
                                       values.data_of.data(), values.sizes.data(),
                                       values.formats.data(), 1));
    const auto status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return base::fail(fault_of(answer.get()));
    Rows out;
    const int columns = PQnfields(answer.get());
    for (int row = 0; row < PQntuples(answer.get()); ++row) {
        std::vector<Cell> cells;
        for (int column = 0; column < columns; ++column)
            cells.push_back(cell(answer.get(), row, column));
        out.rows.emplace_back(std::move(cells));
    }
    const std::string_view changed = PQcmdTuples(answer.get());
    std::from_chars(changed.data(), changed.data() + changed.size(), out.changed);
    return out;
}

base::Status PostgresConnection::begin() {
    // Each statement sees what was committed before it; rows are held where that matters.
    return execute("BEGIN ISOLATION LEVEL READ COMMITTED");
}

base::Status PostgresConnection::commit() {
    const Answer answer(PQexec(connection_.get(), "COMMIT"));
    if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return base::fail(fault_of(answer.get()));
    // A transaction in which something failed is rolled back by COMMIT, and that counts as success.
    if (std::strcmp(PQcmdStatus(answer.get()), "COMMIT") != 0)
        return base::fail(FaultCode::StoreUnreachable, "postgres: rolled back");
    return {};
}

void PostgresConnection::rollback() {
    [[maybe_unused]] const auto ignored = execute("ROLLBACK");
}

}  // namespace offline::intake::sql
