// How far the bytes of each attachment are durable at the centre: one row for each line of a stored
// manifest, made in the transaction that stores it. Any node may go on from a row; the generation
// says which writer is the newest, so that an older one whose connection hung can no longer change
// anything. One thread at a time.
#pragma once

#include "offline/papers/manifest.hpp"
#include "offline/store/database.hpp"

#include <optional>
#include <vector>

namespace offline::intake {

struct UploadRow {
    sealing::AttachmentId id{};
    std::string terminal;
    domain::SubId sub_id;
    sealing::SuiteId suite{};  // of the digest
    sealing::Digest digest{};
    std::int64_t length = 0;
    std::int64_t offset = 0;  // flushed
    std::int64_t generation = 0;
    bool complete = false;  // all there, and the digest is the manifest's
};

class UploadRows {
  public:
    virtual ~UploadRows() = default;
    // PostRefused: the id is taken by another submission.
    virtual base::Status add(const UploadRow& row) = 0;
    virtual base::Result<std::optional<UploadRow>> find(const sealing::AttachmentId& id) = 0;
    virtual base::Result<std::vector<UploadRow>> of(const std::string& terminal,
                                                    const domain::SubId& sub_id) = 0;
    // The number of a new writer; all older ones are out.
    virtual base::Result<std::int64_t> begin_writing(const sealing::AttachmentId& id) = 0;
    // The row as it is to be, if nobody else began or moved it since: false when somebody did.
    virtual base::Result<bool> move(const UploadRow& row, std::int64_t from_offset) = 0;
};

class SqliteUploadRows final : public UploadRows {
  public:
    static constexpr const char* schema = R"sql(
CREATE TABLE IF NOT EXISTS attachment(
    id BLOB PRIMARY KEY,
    terminal TEXT NOT NULL,
    sub_id BLOB NOT NULL,
    suite TEXT NOT NULL,
    digest BLOB NOT NULL,
    length INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    complete INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS attachment_of ON attachment(terminal, sub_id);
)sql";

    explicit SqliteUploadRows(store::Database& database) : database_(database) {}
    base::Status add(const UploadRow& row) override;
    base::Result<std::optional<UploadRow>> find(const sealing::AttachmentId& id) override;
    base::Result<std::vector<UploadRow>> of(const std::string& terminal,
                                            const domain::SubId& sub_id) override;
    base::Result<std::int64_t> begin_writing(const sealing::AttachmentId& id) override;
    base::Result<bool> move(const UploadRow& row, std::int64_t from_offset) override;

  private:
    base::Result<std::vector<UploadRow>> rows(store::Query query);
    store::Database& database_;
};

}  // namespace offline::intake
