// Brings parcels from the outbox to the intake: says hello until the line is good, then S, C and R
// one at a time, verifies every receipt before the outbox changes, and knows when to try again. It
// has no thread and no socket: the owner of the outbox calls it, exchanges go out by `send` and
// come back by answered(). All waiting is by the steady clock, so a jumping wall clock changes
// nothing.
#pragma once

#include "base/event_log.hpp"
#include "offline/outbox/outbox.hpp"
#include "offline/papers/hello.hpp"
#include "offline/papers/wire.hpp"
#include "offline/sync/centre_client.hpp"
#include "offline/sync/retry_schedule.hpp"

#include <functional>
#include <map>
#include <optional>

namespace offline::sync {

struct DeliveryOptions {
    RetryPolicy retry;
    std::uint64_t seed = 0;
    std::string software = {};  // version, said in the hello
};

class Delivery {
  public:
    using Send = std::function<void(Exchange)>;

    Delivery(DeliveryOptions options, outbox::Outbox& outbox, const sealing::KeySet& keys,
             const base::Clock& clock, base::EventLog& log, Send send);

    // Does what is due; returns the steady time of the next thing to do (a far one while waiting
    // for an answer).
    base::Millis tick();
    void answered(const base::Result<Answer>& answer);
    void nudge();

    domain::Line line() const { return line_; }

  private:
    enum class Step { hello, submit, commit, receipts };
    struct Pace {
        int failures = 0;
        base::Millis not_before{};
    };

    base::Millis say_hello();  // when to look again
    base::Result<base::Bytes> hello_body();
    bool ask_missed_receipts(const std::vector<outbox::Waiting>& waiting);
    void send_parcel(const outbox::Waiting& item);
    void on_hello(const base::Result<Answer>& answer);
    void on_receipts(const base::Result<Answer>& answer);
    void on_parcel(const base::Result<Answer>& answer);
    base::Status take_receipt(base::ByteView bytes, const outbox::Parcel& parcel);
    void line_is_good();
    void line_is_bad(const base::Fault& fault, base::Millis retry_after);
    void parcel_failed(std::int64_t seq, const base::Fault& fault);
    std::uint64_t draw() { return options_.seed += 0x9E3779B97F4A7C15ull; }

    DeliveryOptions options_;
    outbox::Outbox& outbox_;
    const sealing::KeySet& keys_;
    const base::Clock& clock_;
    base::EventLog& log_;
    Send send_;

    domain::Line line_ = domain::Line::unknown;
    base::Millis next_hello_{};
    int line_failures_ = 0;      // in a row
    bool asked_missed_ = false;  // R, once in a while the line is good
    std::optional<Step> waiting_for_;
    std::int64_t parcel_seq_ = 0;  // of submit and commit
    papers::wire::Nonce nonce_{};  // of hello
    std::map<std::int64_t, Pace> paces_;
};

}  // namespace offline::sync
