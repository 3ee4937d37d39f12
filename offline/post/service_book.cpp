#include "offline/post/service_book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace offline::post {

namespace {

using base::FaultCode;

constexpr std::int64_t records_max = 999'999;
constexpr std::size_t head_bytes_max = 80;

// "NUMBER DIGEST\n": the newest record.
std::string head_line(std::int64_t number, const sealing::Digest& digest) {
    return fmt::format("{} {}\n", number, base::to_hex(digest));
}

// 000001.json, 000001.sent; not one that was being written.
bool is_numbered(const std::string& name) {
    return name.size() > 7 && name[6] == '.' && !name.ends_with(".part") &&
           std::all_of(name.begin(), name.begin() + 6, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string ServiceBook::path(std::int64_t number, const char* ending) const {
    return fmt::format("{}/{:06}.{}", folder_, number, ending);
}

base::Result<KeptRecord> ServiceBook::read(std::int64_t number) const {
    KeptRecord out;
    out.number = number;
    out.file = TRY(disk_->read(path(number, "json"), 0, papers::service_record_bytes_max + 1));
    out.digest = sealing::digest(terminal_->certificate.suite(), out.file);
    return out;
}

// A machine that was enrolled anew has another key, and keeps its book: what the old one signed no
// certificate here verifies any more. It is the head, written with each record, that vouches for
// these, each by the digest in the next; above the head only today's key does.
base::Result<ServiceBook> ServiceBook::open(std::string folder, const outbox::Terminal& terminal,
                                            store::Disk& disk) {
    ServiceBook book(std::move(folder), terminal, disk);
    TRY_STATUS(disk.make_folder(book.folder_));
    const std::int64_t vouched = TRY(book.read_head());
    const auto& certificate = terminal.certificate;
    for (std::int64_t number = 1; disk.exists(book.path(number, "json")); ++number) {
        const auto kept = TRY(book.read(number));
        const auto record = papers::ServiceRecord::read(kept.file);
        const auto verified = papers::ServiceRecord::verify(kept.file, certificate);
        const bool ours =
            verified || (verified.error().code == FaultCode::SignatureWrong && number <= vouched);
        const bool fits = record && record->number == number && record->previous == book.head_ &&
                          record->terminal == certificate.terminal &&
                          record->realm == certificate.realm;
        const bool is_head = number != vouched || book.said_ == head_line(number, kept.digest);
        if (!ours || !fits || !is_head)
            return base::fail(FaultCode::OutboxCorrupt, book.path(number, "json"));
        book.newest_ = number;
        book.head_ = kept.digest;
    }
    // The newest were taken away, or a file behind a gap, or a mark of one, says that one is
    // missing.
    const auto names = TRY(disk.list(book.folder_));
    const bool is_behind = std::ranges::any_of(names, [&](const std::string& name) {
        return is_numbered(name) && name > fmt::format("{:06}.~", book.newest_);
    });
    if (vouched > book.newest_ || is_behind)
        return base::fail(FaultCode::OutboxCorrupt, book.path(book.newest_ + 1, "json"));
    // The power went between a record and the head.
    if (vouched < book.newest_) TRY_STATUS(book.write_head());
    book.pass_settled();
    return book;
}

base::Result<std::int64_t> ServiceBook::read_head() {
    const std::string path = folder_ + "/head";
    if (!disk_->exists(path)) return 0;
    const auto bytes = TRY(disk_->read(path, 0, head_bytes_max + 1));
    said_ = std::string(base::as_text(bytes));
    std::int64_t number = 0;
    std::from_chars(said_.data(), said_.data() + said_.size(), number);
    if (number < 1 || number > records_max) return base::fail(FaultCode::OutboxCorrupt, path);
    return number;
}

base::Status ServiceBook::write_head() {
    said_ = head_line(newest_, head_);
    return write(folder_ + "/head", base::to_bytes(said_));
}

base::Status ServiceBook::write(const std::string& at, base::ByteView bytes) {
    const std::string temporary = at + ".part";
    {
        auto file = TRY(disk_->create(temporary));
        TRY_STATUS(file->write(bytes));
        TRY_STATUS(file->sync());
    }
    TRY_STATUS(disk_->rename(temporary, at));
    return disk_->sync_folder(folder_);
}

base::Result<KeptRecord> ServiceBook::append(const papers::ServiceContent& content,
                                             const sealing::Epoch& epoch) {
    if (newest_ >= records_max) return base::fail(FaultCode::PostRefused, "too many records");
    const auto& certificate = terminal_->certificate;
    papers::ServiceRecord record{
        certificate.realm, certificate.terminal, epoch, newest_ + 1, head_, content};
    KeptRecord out;
    out.number = record.number;
    out.file = TRY(record.sign(terminal_->key));
    // What its own reader would refuse is not kept: the content came over a line.
    TRY(papers::ServiceRecord::verify(out.file, certificate));
    out.digest = sealing::digest(certificate.suite(), out.file);
    TRY_STATUS(write(path(out.number, "json"), out.file));
    newest_ = out.number;
    head_ = out.digest;
    // It is kept. A head that lags behind is mended by the next record, or by open().
    [[maybe_unused]] const auto lags = write_head();
    return out;
}

base::Result<std::optional<KeptRecord>> ServiceBook::unsent() const {
    if (settled_ >= newest_) return std::optional<KeptRecord>{};
    return std::optional(TRY(read(settled_ + 1)));
}

base::Status ServiceBook::sent(std::int64_t number) {
    TRY_STATUS(write(path(number, "sent"), {}));
    pass_settled();
    return {};
}

base::Status ServiceBook::refused(std::int64_t number) {
    TRY_STATUS(write(path(number, "refused"), {}));
    pass_settled();
    return {};
}

void ServiceBook::pass_settled() {
    while (settled_ < newest_ && (disk_->exists(path(settled_ + 1, "sent")) ||
                                  disk_->exists(path(settled_ + 1, "refused"))))
        ++settled_;
}

}  // namespace offline::post
