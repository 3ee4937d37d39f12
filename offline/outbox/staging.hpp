// What a citizen's session holds on the disk before its submission is accepted: space that was
// reserved for its form, and sealed attachments that are written while they are captured. Nothing
// here outlives the program; files that no row names are collected at the next start.
//
// A file's way: NAME.part is written and flushed; settle() renames those of one submission to NAME
// and flushes the folder once; then the accept transaction names them. So a row never stands
// without its file. One thread. Source: offline-sync.md 2.7.
#pragma once

#include "offline/outbox/types.hpp"

#include <map>
#include <memory>

namespace offline::outbox {

struct Staged {
    papers::AttachmentLine line;  // the digest once it is finished
    base::Bytes bytes;            // of one that stands in the database
    std::string file;             // of one that does not: its name in the folder
    bool finished = false;
};

class Staging {
  public:
    Staging(store::Disk& disk, std::string folder, std::int64_t inline_bytes_max,
            sealing::SuiteId suite, std::function<std::array<std::uint8_t, 16>()> draw);

    // Bytes that sessions may still write, this one left out.
    std::int64_t promised_to_others(const domain::SubId& sub_id) const;
    std::int64_t promised(const domain::SubId& sub_id) const;
    std::int64_t staged(const domain::SubId& sub_id) const;
    void reserve(const domain::SubId& sub_id, std::int64_t bytes);

    // AttachmentWrong: begun before, finished before or never begun, no bytes. SubmissionTooLarge.
    // DiskFull, StoreWriteFailed: it is dropped and has to be written anew.
    base::Status begin(const domain::SubId& sub_id, const sealing::AttachmentId& id,
                       const std::string& kind);
    base::Status append(const domain::SubId& sub_id, const sealing::AttachmentId& id,
                        base::ByteView sealed);
    base::Result<papers::AttachmentLine> finish(const domain::SubId& sub_id,
                                                const sealing::AttachmentId& id);
    void drop(const domain::SubId& sub_id, const sealing::AttachmentId& id);

    // In the order asked for. AttachmentWrong: not here, or not finished.
    base::Result<std::vector<const Staged*>> of(const domain::SubId& sub_id,
                                                const std::vector<sealing::AttachmentId>& ids);
    // Their files stand under their names, durably.
    base::Status settle(const domain::SubId& sub_id, const std::vector<sealing::AttachmentId>& ids);
    // A commit that failed at a flush may still be found by the next start: its files stay.
    void perhaps_kept(const domain::SubId& sub_id);
    // Rows name `ids` now; whatever else the session had goes.
    void kept(const domain::SubId& sub_id, const std::vector<sealing::AttachmentId>& ids);
    void abandon(const domain::SubId& sub_id);

  private:
    struct Work : Staged {
        std::unique_ptr<store::OutFile> out;
        std::unique_ptr<sealing::Hasher> hash;
        bool settled = false, stays = false;
    };
    struct Session {
        std::int64_t reserved = 0, staged = 0;
        std::map<sealing::AttachmentId, Work> attachments;
    };
    base::Status write(Work& work, base::ByteView sealed);
    void remove_file(const Work& work);
    std::string path_of(const Work& work) const;
    Work* find(const domain::SubId& sub_id, const sealing::AttachmentId& id);

    store::Disk& disk_;
    std::string folder_;
    std::int64_t inline_bytes_max_;
    sealing::SuiteId suite_;
    std::function<std::array<std::uint8_t, 16>()> draw_;
    std::map<domain::SubId, Session> sessions_;
};

}  // namespace offline::outbox
