// The bytes of attachments at the intake, sealed as they came: one file for each under its own id,
// flushed before its row says so, and complete only when their digest is the manifest's. Nothing
// beyond the row's offset counts; a file that is shorter than its row says (a lost disk) moves the
// row back, so the terminal sends it again. Any thread, on any node that shares the folder: an
// attachment's file is held (flock; NFS from version 4) by one writer at a time.
#pragma once

#include "base/bytes.hpp"
#include "offline/intake/upload_rows.hpp"
#include "offline/papers/upload.hpp"

#include <string>

namespace offline::intake {

class Uploads {
  public:
    explicit Uploads(std::string folder) : folder_(std::move(folder)) {}

    // What the row says, after looking at the file. Empty: no such attachment.
    base::Result<std::optional<UploadRow>> look(UploadRows& rows, const sealing::AttachmentId& id);

    enum class Outcome { moved, complete, elsewhere, other_bytes };
    struct Written {
        Outcome outcome{};
        UploadRow row;  // as it is now
    };
    // The next bytes, by the writer of this generation. elsewhere: they do not begin at the row's
    // offset, or a newer writer began. other_bytes: all are there and they are not what the
    // manifest names, so it begins again. BytesMalformed: beyond the attachment's length.
    base::Result<Written> write(UploadRows& rows, const sealing::AttachmentId& id,
                                std::int64_t generation, std::int64_t at, base::ByteView bytes);

    std::string path_of(const sealing::AttachmentId& id) const;

  private:
    base::Result<sealing::Digest> digest(const UploadRow& row) const;
    std::string folder_;
};

papers::upload::Offset offset_of(const UploadRow& row);

}  // namespace offline::intake
