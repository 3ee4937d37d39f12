#include "offline/intake/uploads.hpp"

#include "offline/sealing/suites/suite.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

namespace offline::intake {

namespace {

using base::FaultCode;

class File {
  public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int get() const { return descriptor_; }

  private:
    int descriptor_;
};

base::Fault not_written() {
    return {errno == ENOSPC || errno == EDQUOT ? FaultCode::DiskFull : FaultCode::StoreWriteFailed,
            "attachment"};
}

std::int64_t size_of(const std::string& path) {
    std::error_code problem;
    const auto size = std::filesystem::file_size(path, problem);
    return problem ? 0 : static_cast<std::int64_t>(size);
}

base::Status sync_folder(const std::string& folder) {
    const File opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.get() < 0 || ::fsync(opened.get()) != 0) return base::fail(not_written());
    return {};
}

// Held by one writer at a time, also of other nodes that share the folder: one that was stopped
// after it had looked would cut the file behind bytes that another acknowledged meanwhile.
base::Result<File> hold(const std::string& folder, const std::string& path) {
    if (folder.empty()) return base::fail(FaultCode::FileUnwritable, "no folder for attachments");
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    const bool is_new = !std::filesystem::exists(path, problem);
    File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0) return base::fail(FaultCode::FileUnwritable, "attachment");
    while (::flock(file.get(), LOCK_EX) != 0)
        if (errno != EINTR) return base::fail(FaultCode::FileUnwritable, "attachment: lock");
    if (is_new) TRY_STATUS(sync_folder(folder));
    return file;
}

base::Status put(const File& file, std::int64_t at, base::ByteView bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t n = ::pwrite(file.get(), bytes.data() + done, bytes.size() - done,
                                   at + static_cast<off_t>(done));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return base::fail(not_written());
        done += static_cast<std::size_t>(n);
    }
    // Whatever stood behind them was never acknowledged.
    if (::ftruncate(file.get(), at + static_cast<off_t>(bytes.size())) != 0 ||
        ::fsync(file.get()) != 0)
        return base::fail(not_written());
    return {};
}

}  // namespace

papers::upload::Offset offset_of(const UploadRow& row) {
    return {row.offset, row.length, row.complete};
}

std::string Uploads::path_of(const sealing::AttachmentId& id) const {
    return folder_ + "/" + base::to_hex(id);
}

base::Result<std::optional<UploadRow>> Uploads::look(UploadRows& rows,
                                                     const sealing::AttachmentId& id) {
    auto row = TRY(rows.find(id));
    if (!row || row->complete) return row;
    const std::int64_t here = size_of(path_of(id));
    if (here >= row->offset) return row;
    const std::int64_t said = row->offset;
    row->offset = here;
    row->generation = TRY(rows.begin_writing(id));
    TRY(rows.move(*row, said));
    return rows.find(id);
}

base::Result<Uploads::Written> Uploads::write(UploadRows& rows, const sealing::AttachmentId& id,
                                              std::int64_t generation, std::int64_t at,
                                              base::ByteView bytes) {
    if (!TRY(rows.find(id))) return base::fail(FaultCode::AnswerNotFound, "attachment");
    const File file = TRY(hold(folder_, path_of(id)));
    auto found = TRY(look(rows, id));  // whoever held it before us has moved the row
    if (!found) return base::fail(FaultCode::AnswerNotFound, "attachment");
    UploadRow row = std::move(*found);
    if (row.complete) return Written{Outcome::complete, std::move(row)};
    if (row.generation != generation || row.offset != at)
        return Written{Outcome::elsewhere, std::move(row)};
    const auto size = static_cast<std::int64_t>(bytes.size());
    if (size > row.length - at) return base::fail(FaultCode::BytesMalformed, "upload: too long");

    if (size > 0) TRY_STATUS(put(file, at, bytes));
    row.offset = at + size;
    Outcome outcome = Outcome::moved;
    if (row.offset == row.length) {
        row.complete = TRY(digest(row)) == row.digest;
        if (!row.complete) row.offset = 0;
        outcome = row.complete ? Outcome::complete : Outcome::other_bytes;
    }
    if (!TRY(rows.move(row, at))) {
        auto now = TRY(rows.find(id));
        if (!now) return base::fail(FaultCode::AnswerNotFound, "attachment");
        return Written{now->complete ? Outcome::complete : Outcome::elsewhere, std::move(*now)};
    }
    return Written{outcome, std::move(row)};
}

base::Result<sealing::Digest> Uploads::digest(const UploadRow& row) const {
    const File file(::open(path_of(row.id).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (file.get() < 0) return base::fail(FaultCode::FileUnreadable, "attachment");
    const auto hash = sealing::suite(row.suite).hasher();
    base::Bytes piece(1 << 20);
    for (;;) {
        const ssize_t n = ::read(file.get(), piece.data(), piece.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return base::fail(FaultCode::FileUnreadable, "attachment");
        if (n == 0) return hash->finish();
        hash->update(base::ByteView(piece).first(static_cast<std::size_t>(n)));
    }
}

}  // namespace offline::intake
