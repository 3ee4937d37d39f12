// The outbox at work on a recording disk: everything that is written comes from its seed. A new
// kind of work is one more line in the table of outbox_workload.cpp and, when it promises
// something, one more Event with its question in outbox_check.cpp.
#pragma once

#include "tests/power_loss/cuts/history.hpp"
#include "tests/power_loss/disk/crash_states.hpp"

namespace power_loss {

inline const std::string outbox_folder = "/outbox";
inline const std::string database_path = outbox_folder + "/outbox.sqlite";

// One terminal and one centre, the same in every run.
offline::outbox::Terminal the_terminal();
const offline::sealing::SigningKey& the_centres_key();
base::Result<offline::outbox::Outbox> open_outbox(RecordingDisk& disk, const base::Clock& clock,
                                                  std::int64_t ballast = 4096);
// Sealed for the post, that is all it can see; `padded` bytes of content.
offline::outbox::Acceptance an_acceptance(Random& random, std::size_t padded);
base::Bytes noise(Random& random, std::size_t size);
// Writes the attachments of the item, in pieces, and does what a citizen's last tap does.
base::Result<domain::LocalReceipt> hand_in(offline::outbox::Outbox& box, const Item& item);
// An attachment larger than this stands in a file here.
inline constexpr std::int64_t inline_most = 3000;
base::Instant the_start();

class OutboxWorkload {
  public:
    OutboxWorkload(RecordingDisk& disk, std::uint64_t seed);
    // Opens the outbox on an empty disk, plays so many steps, closes it. A fault of the disk makes
    // a step be answered with no; only the first opening may fail the whole.
    base::Status run(int steps);

    // Single steps, for tests that aim.
    base::Status open(std::int64_t ballast = 4096);
    void close() { outbox_.reset(); }
    bool accept(std::size_t padded, const std::vector<std::size_t>& attachments = {});
    bool take(std::size_t item, offline::papers::ReceiptKind kind);
    base::Status checkpoint() { return outbox_->checkpoint_when_due(); }
    offline::outbox::Outbox& outbox() { return *outbox_; }

    const History& history() const { return history_; }

  private:
    struct Work {
        int weight;
        void (OutboxWorkload::*play)();
    };
    static const Work table[];

    void accept_one();
    void accept_with_attachments();
    void leave_a_session();
    void acknowledge_a_slice();
    void accept_again();
    void take_receipt();
    void take_refusal();
    void fail_a_delivery();
    void show_a_slip();
    void checkpoint_now();
    void start_again();

    std::size_t begin(Event event, std::size_t item);
    bool end(std::size_t step, bool promised);
    std::optional<std::size_t> any_item(bool (*wanted)(const Item&, Event));

    RecordingDisk& disk_;
    Random random_;
    base::ManualClock clock_;
    std::optional<offline::outbox::Outbox> outbox_;
    History history_;
    std::vector<Event> reached_;  // by item
};

}  // namespace power_loss
