// The rows of attachments over SQL sessions, one statement each.
#pragma once

#include "offline/intake/store/sql.hpp"
#include "offline/intake/upload_rows.hpp"

namespace offline::intake {

class SqlUploadRows final : public UploadRows {
  public:
    explicit SqlUploadRows(sql::Sessions& sessions) : sessions_(sessions) {}
    base::Status add(const UploadRow& row) override;
    base::Result<std::optional<UploadRow>> find(const sealing::AttachmentId& id) override;
    base::Result<std::vector<UploadRow>> of(const std::string& terminal,
                                            const domain::SubId& sub_id) override;
    base::Result<std::int64_t> begin_writing(const sealing::AttachmentId& id) override;
    base::Result<bool> move(const UploadRow& row, std::int64_t from_offset) override;

  private:
    base::Result<std::vector<UploadRow>> rows(const std::string& where,
                                              const std::vector<sql::Param>& params);
    sql::Sessions& sessions_;
};

// Inside whatever transaction stands. PostRefused: the id is taken.
base::Status add_upload(sql::Session& session, const UploadRow& row);

}  // namespace offline::intake
