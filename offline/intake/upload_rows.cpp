#include "offline/intake/upload_rows.hpp"

#include <algorithm>

namespace offline::intake {

namespace {

using base::FaultCode;

constexpr const char* columns =
    "SELECT id, terminal, sub_id, suite, digest, length, offset, generation, complete"
    " FROM attachment ";

template <std::size_t N>
base::Result<std::array<std::uint8_t, N>> array_of(const base::Bytes& bytes) {
    if (bytes.size() != N) return base::fail(FaultCode::OutboxCorrupt, "a value of the wrong size");
    std::array<std::uint8_t, N> out{};
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

}  // namespace

base::Result<std::vector<UploadRow>> SqliteUploadRows::rows(store::Query query) {
    std::vector<UploadRow> out;
    while (TRY(query.row())) {
        UploadRow row;
        row.id = TRY(array_of<16>(query.bytes(0)));
        row.terminal = query.text(1);
        row.sub_id.bytes = TRY(array_of<16>(query.bytes(2)));
        row.suite = TRY(domain::suite_from(query.text(3)));
        row.digest = TRY(array_of<32>(query.bytes(4)));
        row.length = query.integer(5);
        row.offset = query.integer(6);
        row.generation = query.integer(7);
        row.complete = query.integer(8) != 0;
        out.push_back(std::move(row));
    }
    return out;
}

base::Status SqliteUploadRows::add(const UploadRow& row) {
    const auto before = TRY(find(row.id));
    if (before) return base::fail(FaultCode::PostRefused, "an attachment of another submission");
    return database_.prepare("INSERT INTO attachment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(base::ByteView(row.id))
        .bind(row.terminal)
        .bind(base::ByteView(row.sub_id.bytes))
        .bind(std::string(domain::name(row.suite)))
        .bind(base::ByteView(row.digest))
        .bind(row.length)
        .bind(row.offset)
        .bind(row.generation)
        .bind(std::int64_t{row.complete})
        .run();
}

base::Result<std::optional<UploadRow>> SqliteUploadRows::find(const sealing::AttachmentId& id) {
    store::Query query = database_.prepare(std::string(columns) + "WHERE id = ?");
    query.bind(base::ByteView(id));
    auto found = TRY(rows(std::move(query)));
    if (found.empty()) return std::optional<UploadRow>{};
    return std::optional(std::move(found.front()));
}

base::Result<std::vector<UploadRow>> SqliteUploadRows::of(const std::string& terminal,
                                                          const domain::SubId& sub_id) {
    store::Query query =
        database_.prepare(std::string(columns) + "WHERE terminal = ? AND sub_id = ?");
    query.bind(terminal).bind(base::ByteView(sub_id.bytes));
    return rows(std::move(query));
}

base::Result<std::int64_t> SqliteUploadRows::begin_writing(const sealing::AttachmentId& id) {
    TRY_STATUS(database_.prepare("UPDATE attachment SET generation = generation + 1 WHERE id = ?")
                   .bind(base::ByteView(id))
                   .run());
    const auto row = TRY(find(id));
    if (!row) return base::fail(FaultCode::AnswerNotFound, "attachment");
    return row->generation;
}

base::Result<bool> SqliteUploadRows::move(const UploadRow& row, std::int64_t from_offset) {
    TRY_STATUS(database_
                   .prepare("UPDATE attachment SET offset = ?, complete = ?"
                            " WHERE id = ? AND generation = ? AND offset = ? AND complete = 0")
                   .bind(row.offset)
                   .bind(std::int64_t{row.complete})
                   .bind(base::ByteView(row.id))
                   .bind(row.generation)
                   .bind(from_offset)
                   .run());
    return database_.changed_rows() == 1;
}

}  // namespace offline::intake
