#include "offline/intake/store/sql_upload_rows.hpp"

#include "offline/intake/store/rows.hpp"

namespace offline::intake {

using base::ByteView;
using base::FaultCode;
using sql::Lease;
using sql::Rows;

base::Status add_upload(sql::Session& session, const UploadRow& row) {
    const Rows added = TRY(session.run(
        "INSERT INTO attachment(id, terminal, sub_id, suite, digest, length, \"offset\","
        " generation, complete) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
        {ByteView(row.id), row.terminal, ByteView(row.sub_id.bytes), domain::name(row.suite),
         ByteView(row.digest), row.length, row.offset, row.generation,
         std::int64_t{row.complete}}));
    if (added.changed != 1)
        return base::fail(FaultCode::PostRefused, "an attachment of another submission");
    return {};
}

base::Status SqlUploadRows::add(const UploadRow& row) {
    const Lease session = TRY(sessions_.lease());
    return add_upload(*session, row);
}

base::Result<std::vector<UploadRow>> SqlUploadRows::rows(const std::string& where,
                                                         const std::vector<sql::Param>& params) {
    const Lease session = TRY(sessions_.lease());
    const Rows found = TRY(session->run(
        "SELECT id, terminal, sub_id, suite, digest, length, \"offset\", generation, complete"
        " FROM attachment " +
            where,
        params));
    std::vector<UploadRow> out;
    for (const auto& row : found.rows) {
        UploadRow upload;
        upload.id = array_of<16>(row.bytes(0));
        upload.terminal = row.text(1);
        upload.sub_id.bytes = array_of<16>(row.bytes(2));
        upload.suite = TRY(domain::suite_from(row.text(3)));
        upload.digest = array_of<32>(row.bytes(4));
        upload.length = row.integer(5);
        upload.offset = row.integer(6);
        upload.generation = row.integer(7);
        upload.complete = row.integer(8) != 0;
        out.push_back(std::move(upload));
    }
    return out;
}

base::Result<std::optional<UploadRow>> SqlUploadRows::find(const sealing::AttachmentId& id) {
    auto found = TRY(rows("WHERE id = $1", {ByteView(id)}));
    if (found.empty()) return std::optional<UploadRow>{};
    return std::optional(std::move(found.front()));
}

base::Result<std::vector<UploadRow>> SqlUploadRows::of(const std::string& terminal,
                                                       const domain::SubId& sub_id) {
    return rows("WHERE terminal = $1 AND sub_id = $2", {terminal, ByteView(sub_id.bytes)});
}

base::Result<std::int64_t> SqlUploadRows::begin_writing(const sealing::AttachmentId& id) {
    const Lease session = TRY(sessions_.lease());
    const Rows begun =
        TRY(session->run("UPDATE attachment SET generation = generation + 1"
                         " WHERE id = $1 RETURNING generation",
                         {ByteView(id)}));
    if (begun.empty()) return base::fail(FaultCode::AnswerNotFound, "attachment");
    return begun.front().integer(0);
}

base::Result<bool> SqlUploadRows::move(const UploadRow& row, std::int64_t from_offset) {
    const Lease session = TRY(sessions_.lease());
    const Rows moved = TRY(session->run(
        "UPDATE attachment SET \"offset\" = $1, complete = $2"
        " WHERE id = $3 AND generation = $4 AND \"offset\" = $5 AND complete = 0",
        {row.offset, std::int64_t{row.complete}, ByteView(row.id), row.generation, from_offset}));
    return moved.changed == 1;
}

}  // namespace offline::intake
