#include "drivers/printer/ledger.hpp"

#include "base/bytes.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

namespace drivers::printer {

namespace {

using base::FaultCode;

// The file is shortened above this size: a few kilobytes remain.
constexpr std::size_t most_bytes = 64 * 1024;

base::Status put_all(int file, std::string_view text, const std::string& path) {
    while (!text.empty()) {
        const auto put = ::write(file, text.data(), text.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0)
            return base::fail(errno == ENOSPC || errno == EDQUOT ? FaultCode::DiskFull
                                                                 : FaultCode::FileUnwritable,
                              path);
        text.remove_prefix(static_cast<std::size_t>(put));
    }
    return {};
}

}  // namespace

base::Result<std::unique_ptr<Ledger>> Ledger::open(const std::string& path,
                                                   const base::Clock& clock) {
    std::unique_ptr<Ledger> ledger(new Ledger(path, clock));
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
    TRY_STATUS(ledger->open_file());
    const auto bytes = TRY(base::read_file(path));
    auto read = read_ledger(base::as_text(bytes));
    ledger->book_ = std::move(read.book);
    ledger->bytes_ = read.sound_bytes;
    // A torn end goes now, so that the next line does not become a part of it.
    if (read.sound_bytes < bytes.size() &&
        ::ftruncate(ledger->file_, static_cast<off_t>(read.sound_bytes)) != 0)
        return base::fail(FaultCode::FileUnwritable, path);

    const auto jobs = ledger->book_.jobs;
    for (const auto& job : jobs) {
        if (job.settled()) continue;
        ledger->found_unsettled_ +=
            static_cast<int>(std::ranges::count(job.sheets, SheetFate::begun));
        TRY_STATUS(ledger->settle_rest(job.serial, SheetFate::unknown));
    }
    return ledger;
}

Ledger::~Ledger() {
    if (file_ >= 0) ::close(file_);
}

base::Status Ledger::open_file() {
    if (file_ >= 0) ::close(std::exchange(file_, -1));
    file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    return file_ < 0 ? base::Status(base::fail(FaultCode::FileUnwritable, path_)) : base::Status{};
}

base::Result<std::uint64_t> Ledger::begin(std::string_view document, int sheets, bool copy) {
    if (!is_document_word(document) || sheets < 1 || sheets > most_sheets)
        return base::fail(FaultCode::InternalError, "ledger: not a job");
    const auto serial = book_.next_serial;
    TRY_STATUS(append(JobBegun{serial, sheets, copy, clock_.now(), std::string(document)}));
    return serial;
}

base::Status Ledger::settle(std::uint64_t serial, int sheet, SheetFate fate) {
    if (sheet < 1) return base::fail(FaultCode::InternalError, "ledger: sheets count from 1");
    return append(SheetSettled{serial, sheet, fate, clock_.now()});
}

base::Status Ledger::settle_rest(std::uint64_t serial, SheetFate fate) {
    const auto* job = book_.find(serial);
    if (job == nullptr) return base::fail(FaultCode::InternalError, "ledger: no such job");
    if (job->settled()) return {};
    return append(SheetSettled{serial, 0, fate, clock_.now()});
}

base::Status Ledger::supply_changed() {
    return append(SupplyChanged{clock_.now()});
}

base::Status Ledger::append(const LedgerLine& line) {
    auto next = book_;
    if (!next.add(line)) return base::fail(FaultCode::InternalError, "ledger: does not fit");
    const auto text = as_text(line);
    auto put = put_all(file_, text, path_);
    if (put && ::fdatasync(file_) != 0) put = base::fail(FaultCode::FileUnwritable, path_);
    if (!put) {
        // Half a line would hide every later one from the next start: cut it off, or write no more.
        if (::ftruncate(file_, static_cast<off_t>(bytes_)) != 0) ::close(std::exchange(file_, -1));
        return put;
    }
    book_ = std::move(next);
    bytes_ += text.size();
    return bytes_ > most_bytes ? shorten() : base::Status{};
}

base::Status Ledger::shorten() {
    const auto text = as_text(book_);
    // No room for the shorter one: the long one says the same, and the next line tries again.
    if (!base::write_file(path_, base::to_bytes(text))) return {};
    bytes_ = text.size();
    return open_file();
}

}  // namespace drivers::printer
