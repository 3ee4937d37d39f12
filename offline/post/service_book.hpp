// The terminal's service records: files in one folder of the post, signed, numbered without a gap,
// each naming the digest of the one before. They stay for the terminal's life; a mark beside a file
// says that the centre has it (.sent), or that it does not want it and a person has to look
// (.refused; who takes that mark away has it sent again). On the office's thread.
#pragma once

#include "offline/outbox/outbox.hpp"
#include "offline/papers/service_record.hpp"
#include "offline/store/disk.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace offline::post {

struct KeptRecord {
    std::int64_t number = 0;
    sealing::Digest digest{};
    base::Bytes file;
};

class ServiceBook {
  public:
    // Reads every record and checks the chain up to the one that the file `head` names. With the
    // file's name OutboxCorrupt: a record was changed, is missing (the newest, too), or is not of
    // this terminal; then nothing is appended until a person has looked. Whoever changes records
    // and head is found out by the centre, which has what it was sent.
    static base::Result<ServiceBook> open(std::string folder, const outbox::Terminal& terminal,
                                          store::Disk& disk);

    // Durable when it returns.
    base::Result<KeptRecord> append(const papers::ServiceContent& content,
                                    const sealing::Epoch& epoch);
    // The oldest that the centre does not have yet and did not refuse.
    base::Result<std::optional<KeptRecord>> unsent() const;
    base::Status sent(std::int64_t number);
    // It never will be taken: those behind it are not held up.
    base::Status refused(std::int64_t number);
    std::int64_t newest() const { return newest_; }  // 0: none

  private:
    ServiceBook(std::string folder, const outbox::Terminal& terminal, store::Disk& disk)
        : folder_(std::move(folder)), terminal_(&terminal), disk_(&disk) {}
    std::string path(std::int64_t number, const char* ending) const;
    base::Result<KeptRecord> read(std::int64_t number) const;
    base::Status write(const std::string& path, base::ByteView bytes);
    void pass_settled();
    base::Result<std::int64_t> read_head();  // its number; 0: none
    base::Status write_head();

    std::string folder_;
    const outbox::Terminal* terminal_;
    store::Disk* disk_;
    std::int64_t newest_ = 0;
    std::int64_t settled_ = 0;  // all up to here are at the centre or were refused
    sealing::Digest head_{};
    std::string said_;  // by the head
};

}  // namespace offline::post
