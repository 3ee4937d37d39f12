// The intake's side of F: gives a terminal what is newer than what it has. What was published lies
// as files in one folder (feed_publishing.hpp), so every node that sees the folder answers alike;
// statuses are made from the cases in the moment they are asked for. Their version is the centre's
// time, but always above the one the terminal names: nodes need no common counter, and a clock that
// fell back stops nothing. Callable from any thread.
#pragma once

#include "base/clock.hpp"
#include "base/event_log.hpp"
#include "offline/intake/intake_service.hpp"
#include "offline/papers/feed_contents.hpp"
#include "offline/papers/feed_wire.hpp"
#include "offline/sealing/opening.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace offline::intake {

// The newest papers::statuses_max of this terminal's cases, the newest first.
using StatusSource =
    std::function<base::Result<std::vector<papers::CaseStatus>>(const std::string& terminal)>;

struct FeedDeskOptions {
    std::string folder;  // of what was published
    sealing::PinnedRoot root;
    sealing::IntakeKeys keys;
    StatusSource statuses;  // none: no statuses are given
};

class FeedDesk {
  public:
    FeedDesk(FeedDeskOptions options, const base::Clock& clock, base::EventLog& log)
        : options_(std::move(options)), clock_(clock), log_(log) {}

    Reply feeds(base::ByteView body);
    // `digest` as it stands in the path.
    Reply blob(const std::string& digest, base::ByteView body);
    // What was published last; empty: nothing is revoked. Any thread.
    papers::Revocations revocations() const;

  private:
    struct Published {
        papers::FeedHead head;
        base::Bytes signed_head, content;
    };
    base::Result<Published> published(papers::Feed feed, std::int64_t version) const;
    base::Result<Published> newest(papers::Feed feed) const;
    base::Bytes key_set_after(std::int64_t version) const;
    base::Result<papers::wire::FeedsReply> reply_to(
        const papers::wire::FromTerminal<papers::wire::FeedsRequest>& from) const;
    base::Result<std::optional<Published>> statuses_for(
        const sealing::TerminalCertificate& terminal, const papers::wire::FeedHave& have) const;
    base::Result<papers::wire::BlobSlice> slice_of(const papers::wire::BlobRequest& request) const;
    Reply failed(const base::Fault& fault) const;

    FeedDeskOptions options_;
    mutable std::mutex one_at_a_time_;  // guards options_.statuses
    const base::Clock& clock_;
    base::EventLog& log_;
};

}  // namespace offline::intake
