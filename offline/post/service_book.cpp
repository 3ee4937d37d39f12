#include "offline/post/service_book.hpp"

#include <fmt/format.h>

namespace offline::post {

namespace {

using base::FaultCode;

constexpr std::int64_t records_max = 999'999;

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

base::Result<ServiceBook> ServiceBook::open(std::string folder, const outbox::Terminal& terminal,
                                            store::Disk& disk) {
    ServiceBook book(std::move(folder), terminal, disk);
    TRY_STATUS(disk.make_folder(book.folder_));
    for (std::int64_t number = 1; disk.exists(book.path(number, "json")); ++number) {
        const auto kept = TRY(book.read(number));
        // A key that was renewed signed earlier ones; the chain holds them all the same, and the
        // centre has checked each with the certificate of its day.
        const auto record = papers::ServiceRecord::verify(kept.file, terminal.certificate);
        const bool ours = record || record.error().code == FaultCode::SignatureWrong;
        if (!ours || (record && (record->number != number || record->previous != book.head_)))
            return base::fail(FaultCode::OutboxCorrupt, book.path(number, "json"));
        book.newest_ = number;
        book.head_ = kept.digest;
    }
    book.pass_settled();
    // A file behind a gap: one before it is missing.
    const auto names = TRY(disk.list(book.folder_));
    for (const auto& name : names)
        if (name.ends_with(".json") && name > fmt::format("{:06}.json", book.newest_))
            return base::fail(FaultCode::OutboxCorrupt, book.path(book.newest_ + 1, "json"));
    return book;
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
