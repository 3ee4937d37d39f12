// Brings parcels to the intake: says hello until the line is good, then sends what waits, verifies
// every receipt before anything here changes, and knows when to try again. At most two exchanges
// are on their way: one of small things (H, S, B, C, R), one of an attachment (O, P); small things
// go first whenever a slice ends. It has no thread and no socket: the owner of the parcels calls
// it, exchanges go out by `send` and come back by answered() with the same number. All waiting is
// by the steady clock, so a jumping wall clock changes nothing. Source: offline-sync.md 2.3–2.6.
#pragma once

#include "base/event_log.hpp"
#include "domain/post_status.hpp"
#include "offline/sync/clock_floor.hpp"
#include "offline/sync/pace.hpp"
#include "offline/sync/parcels.hpp"
#include "offline/sync/slice_size.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>

namespace offline::sync {

struct DeliveryOptions {
    RetryPolicy retry;
    std::uint64_t seed = 0;
    std::string software = {};  // version, said in the hello
    // While the line is good and nothing waits. What a person handed in does not wait for it.
    base::Millis hello_every{60'000};
};

class Delivery {
  public:
    using Send = std::function<void(std::int64_t reference, Exchange)>;

    Delivery(DeliveryOptions options, Parcels& parcels, const sealing::KeySet& keys,
             ClockFloor& floor, const base::Clock& clock, base::EventLog& log, Send send);

    // Does what is due; returns the steady time of the next thing to do (a far one while waiting
    // for an answer).
    base::Millis tick();
    // In any order; a number that is not on its way is ignored.
    void answered(std::int64_t reference, const base::Result<Answer>& answer);
    void nudge();

    domain::Line line() const { return line_; }
    // Why the whole terminal waits, a word of the event DeliveryWaits; empty: it does not.
    std::string_view waits() const { return waits_; }
    // The version of the key set that the centre uses, as its last hello said, when this terminal
    // has an older one; 0: it has not.
    std::int64_t newer_key_set() const {
        return centre_.key_set > keys_.version() ? centre_.key_set : 0;
    }

  private:
    enum class Step { hello, receipts, submit, batch, commit, offset, slice };
    struct Flight {
        std::int64_t reference = 0;
        Step step{};
        std::vector<std::int64_t> seqs;  // of submit, batch, commit
        Upload upload;                   // of offset, slice
        std::int64_t bytes = 0;
        base::Millis since{};
        // As they were sent, without the envelopes: their answers are checked against it.
        std::map<std::int64_t, outbox::Parcel> parcels = {};
    };
    struct UploadState {
        ItemPace pace = {};
        bool known = false;  // `at` is the centre's own word, from this run
        bool ask = false;    // HEAD before the next slice
        int stalled = 0;     // slices in a row that broke off and brought nothing there
        std::int64_t at = 0;
    };
    struct Paper {  // a verified receipt
        outbox::Receipted receipted;
        std::string local_number;
    };
    struct Choice {
        std::vector<std::int64_t> fresh;
        std::optional<std::int64_t> commit, retry;
        int retry_failures = 0;
        base::Millis soonest{};
    };

    base::Millis tick_small(base::Millis now);
    base::Millis tick_bulk(base::Millis now);
    base::Millis say_hello();
    base::Result<base::Bytes> hello_body();
    bool ask_missed_receipts();
    base::Millis after_sending(base::Millis now) const;
    base::Result<Choice> choose(base::Millis now);
    base::Status look_through(papers::Lane lane, base::Millis now, std::int64_t& bytes_left,
                              Choice& choice);
    void weigh(std::int64_t seq, base::Millis now, Choice& choice);
    void send_parcels(const std::vector<std::int64_t>& seqs);
    void send_commit(std::int64_t seq);
    void send_upload(const Upload& upload, UploadState& state);
    void launch(Flight flight, Exchange exchange);

    void on_hello(const base::Result<Answer>& answer);
    void heed(const papers::wire::HelloReply& reply);
    void on_receipts(const base::Result<Answer>& answer);
    void on_parcels(const Flight& flight, const base::Result<Answer>& answer);
    bool can_wait(const Flight& flight, const base::Result<Answer>& answer) const;
    void read_unread();
    bool is_unread(std::int64_t seq) const {
        return unread_ && unread_->flight.parcels.contains(seq);
    }
    void on_item(const Flight& flight, std::int64_t seq, const Verdict& verdict,
                 const base::Bytes& body, std::vector<Paper>& papers);
    void keep(const std::vector<Paper>& papers);
    void on_upload(const Flight& flight, const base::Result<Answer>& answer);
    void adopt(const Upload& upload, const papers::upload::Offset& there);
    void on_other_bytes(const Upload& upload);
    void gone(std::int64_t seq);

    bool urgent_waits();
    void went_well();
    void line_failed(const Verdict& verdict, bool about_hello = false);
    void wait(const LinePace::Wait& wait);
    void item_failed(std::int64_t seq, const Verdict& verdict);
    void upload_failed(const Upload& upload, const Verdict& verdict);
    void set_aside(std::int64_t seq, const std::string& why);
    std::string submission_path(const domain::SubId& sub_id) const;
    std::uint64_t draw() { return options_.seed += 0x9E3779B97F4A7C15ull; }

    DeliveryOptions options_;
    Parcels& parcels_;
    const sealing::KeySet& keys_;
    ClockFloor& floor_;
    const base::Clock& clock_;
    base::EventLog& log_;
    Send send_;

    domain::Line line_ = domain::Line::unknown;
    std::string_view waits_;
    base::Millis next_hello_{};
    base::Millis wait_until_{};   // of the whole terminal, while the line is good
    base::Millis urgent_from_{};  // something urgent waits no longer than this
    LinePace line_pace_;
    RetryBudget budget_;
    bool asked_missed_ = false;  // R, once in a while the line is good
    papers::wire::Nonce nonce_{};
    papers::wire::HelloReply centre_;  // the last one
    // A batch that was answered well: the next one goes out before its receipts are checked and
    // stored, so that the line and this machine do not wait for each other.
    struct Unread {
        Flight flight;
        base::Bytes body;
        base::Millis answered_at{};
    };
    std::optional<Unread> unread_;

    std::int64_t next_reference_ = 1;
    std::optional<Flight> small_, bulk_;
    std::uint64_t turns_ = 0;              // of small things, so that none of them is never served
    std::uint64_t turns_since_slice_ = 0;  // small exchanges while an attachment waited
    SliceSize slice_, batch_bytes_;
    std::size_t batch_most_ = papers::wire::batch_items_max;
    std::map<std::int64_t, ItemPace> paces_;  // only of those that failed
    std::set<std::int64_t> resubmit_;         // known here as sent, unknown there
    std::set<std::int64_t> lost_there_;       // told once
    std::map<sealing::AttachmentId, UploadState> uploads_;
};

}  // namespace offline::sync
