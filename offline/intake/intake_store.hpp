// The intake's SQLite file: cases, what was refused, the last receipt per terminal. Everything
// personal stays sealed in its envelope; a person is found by a keyed hash that only the intake can
// compute. One thread at a time. Receipts are stored as bytes, so a repeated question gets the same
// bytes.
#pragma once

#include "base/clock.hpp"
#include "offline/intake/upload_rows.hpp"
#include "offline/papers/feed_contents.hpp"
#include "offline/papers/manifest.hpp"
#include "offline/store/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace offline::intake {

struct StoredCase {
    std::int64_t serial = 0;  // 0: not stored yet
    std::string terminal;
    domain::SubId sub_id;
    sealing::Digest manifest_digest{};
    base::Bytes manifest, signature, certificate, envelope;
    std::string local_number;
    std::string case_number;
    std::string item_code;
    std::string item_name;
    base::Bytes person;  // keyed hash
    base::Instant received_at{};
    base::Bytes receipt1;
    base::Bytes receipt2;  // empty: not complete yet
    base::Instant completed_at{};
};

struct Refused {
    std::string terminal;
    domain::SubId sub_id;
    sealing::Digest manifest_digest{};
    std::string reason;
    base::Bytes manifest, envelope, receipt;
    base::Instant received_at{};
};

class IntakeStore {
  public:
    // A second server on the same folder is refused; a reader of the tools is not.
    static base::Result<IntakeStore> open(const std::string& folder);
    static base::Result<IntakeStore> open_to_read(const std::string& folder);

    base::Result<std::optional<StoredCase>> find(const std::string& terminal,
                                                 const domain::SubId& id);
    base::Result<std::vector<StoredCase>> all();
    // For the statuses of a terminal: its newest cases, the newest first.
    base::Result<std::vector<papers::CaseStatus>> statuses_of(const std::string& terminal);
    base::Result<std::vector<StoredCase>> of_person(base::ByteView person);
    base::Result<std::vector<StoredCase>> with_sub_id(const domain::SubId& id);
    base::Result<std::int64_t> count();
    base::Result<std::int64_t> next_serial();
    // How many case numbers begin with this.
    base::Result<std::int64_t> count_numbers(const std::string& prefix);
    base::Result<std::optional<base::Bytes>> refusal(const std::string& terminal,
                                                     const domain::SubId& id,
                                                     const sealing::Digest& manifest_digest);
    base::Result<sealing::Digest> last_receipt(const std::string& terminal);

    SqliteUploadRows upload_rows() { return SqliteUploadRows(database_); }

    base::Result<store::Transaction> begin() { return store::Transaction::begin(database_); }
    base::Status insert(const StoredCase& stored);
    base::Status complete(std::int64_t serial, base::ByteView receipt2, base::Instant at);
    base::Status insert(const Refused& refused);
    base::Status set_last_receipt(const std::string& terminal, const sealing::Digest& digest);

  private:
    IntakeStore(store::Database database, std::optional<store::FolderLock> lock)
        : database_(std::move(database)), lock_(std::move(lock)) {}
    base::Result<std::vector<StoredCase>> cases(store::Query query);

    store::Database database_;
    std::optional<store::FolderLock> lock_;
};

}  // namespace offline::intake
