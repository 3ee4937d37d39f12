// What the centre tells this terminal to do, and what became of it. Verifies each command against
// the pinned root, keeps the highest serial durably before anything is done, and refuses whatever
// is old, replayed, expired, another terminal's or realm's, or unknown: then nothing changes but
// the report. Reports stay until the centre says that it knows them. One file in the post's folder;
// on the office's thread.
#pragma once

#include "base/event_log.hpp"
#include "offline/papers/command.hpp"
#include "offline/papers/heartbeat.hpp"
#include "offline/store/disk.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace offline::post {

// One that was accepted and of which it is not known yet what became.
struct OpenCommand {
    std::int64_t serial = 0;
    std::string digest;
    domain::CommandKind kind{};
    domain::CentreNotice notice;
    base::Instant expires_at{};
    base::Instant handed_at{};  // to the app, or begun here; 0: not yet
    friend bool operator==(const OpenCommand&, const OpenCommand&) = default;
};

class CommandDesk {
  public:
    // OutboxCorrupt: the file does not read. Then no command is taken, for nobody knows any more
    // which were; a person has to look. FileUnwritable and the like.
    static base::Result<CommandDesk> open(std::string path, std::string terminal,
                                          const sealing::PinnedRoot& root, store::Disk& disk,
                                          base::EventLog& log);

    // Kids that are not to be believed any more.
    void withdrawn(std::function<bool(const std::string& kid)> is_withdrawn) {
        is_withdrawn_ = std::move(is_withdrawn);
    }

    // One file as the centre gave it. A fault means that it could not be written down: then nothing
    // was taken. The same file again is no replay while its report is under way.
    base::Status take(std::string_view file, base::Instant now);

    const std::vector<OpenCommand>& open_commands() const { return open_; }
    // The sentence for the first page; it outlives its command.
    const std::optional<std::pair<std::int64_t, domain::CentreNotice>>& notice() const {
        return notice_;
    }
    base::Status handed(std::int64_t serial, base::Instant now);
    // A word. Of one that is not open: nothing. Logged as CommandCarriedOut.
    base::Status ended(std::int64_t serial, const std::string& outcome);
    // Those that were not begun in time are over.
    base::Status expire(base::Instant now);

    // The oldest that the centre does not know.
    std::vector<papers::CommandReport> reports() const;
    base::Status known_up_to(std::int64_t report);
    std::int64_t highest_serial() const { return highest_; }
    // Of the next heartbeat; spoken for in the file before it is used, where the disk still takes
    // it: a terminal whose disk is full has to say so. The centre goes by time when numbers repeat.
    std::int64_t next_number();

  private:
    CommandDesk(std::string path, std::string terminal, const sealing::PinnedRoot& root,
                store::Disk& disk, base::EventLog& log)
        : path_(std::move(path)),
          terminal_(std::move(terminal)),
          root_(root),
          disk_(&disk),
          log_(&log) {}
    base::Status read(base::ByteView bytes);
    base::Status write() const;
    base::Status refuse(std::int64_t serial, const std::string& digest, std::string_view why);
    bool is_known(const std::string& digest) const;
    void report(std::int64_t serial, const std::string& digest, const std::string& outcome);

    std::string path_, terminal_;
    sealing::PinnedRoot root_;
    store::Disk* disk_;
    base::EventLog* log_;
    std::function<bool(const std::string&)> is_withdrawn_ = [](const std::string&) {
        return false;
    };
    std::int64_t highest_ = 0;
    std::int64_t number_ = 0;       // of heartbeats: up to here they are spoken for in the file
    std::int64_t next_number_ = 0;  // 0: none was given out in this run
    std::int64_t last_report_ = 0;  // given out
    std::vector<OpenCommand> open_;
    std::optional<std::pair<std::int64_t, domain::CentreNotice>> notice_;  // serial, and what
    std::vector<papers::CommandReport> reports_;
};

}  // namespace offline::post
