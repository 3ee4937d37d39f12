// Where the intake keeps what it decided: cases, refusals, the chain of receipts and the live epoch
// of each terminal, and effects that wait. One decision is one transaction, and that a submission
// is taken once is a constraint of the tables, so several nodes may race over one database. Every
// answer about a submission is stored before it is given: the same question gets the same bytes.
// Everything personal stays sealed in its envelope; a person is found by a keyed hash.
//
// Any thread, also several at once. A fault means that nothing of the operation was stored, except
// StoreUnreachable while committing: then the outcome is open, and asking again tells.
// StoreUnreachable (PostgreSQL away, read-only, in a deadlock), BytesMalformed (a value the
// database cannot hold), the faults of offline/store (SQLite).
#pragma once

#include "base/clock.hpp"
#include "offline/intake/store/case_book.hpp"
#include "offline/intake/store/fleet_book.hpp"
#include "offline/intake/store/terminal_book.hpp"
#include "offline/intake/upload_rows.hpp"
#include "offline/papers/feed_contents.hpp"
#include "offline/papers/manifest.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace offline::intake {

// UPLOADED (R1 given), RECEIVED (R2 given), then APPLIED or REJECTED by the business side, or DEAD:
// its effect failed again and again and an operator looks at it. Source: offline-sync.md 2.2.
enum class CaseState { uploaded, received, applied, rejected, dead };
std::string_view name(CaseState state);
// What a person or a terminal is told: UPLOADED, RECEIVED or REFUSED. That it is entered there
// (APPLIED) is the office's matter.
std::string told_as(CaseState state);

struct StoredCase {
    std::int64_t serial = 0;
    std::string terminal;
    sealing::Epoch epoch{};
    std::int64_t seq = 0;
    domain::SubId sub_id;
    sealing::Digest manifest_digest{};
    base::Bytes manifest, signature, certificate, envelope;
    std::string local_number;
    std::string case_number;
    std::string item_code;
    std::string item_name;
    base::Bytes person;  // keyed hash
    base::Instant received_at{};
    base::Bytes receipt1;
    base::Bytes receipt2;  // empty: not complete yet
    base::Instant completed_at{};
    CaseState state = CaseState::uploaded;
    std::string reason;  // of REJECTED and DEAD: a word
    base::Instant decided_at{};
};

// A submission that was checked and read, before the store gives it its numbers.
struct NewCase {
    StoredCase content;                  // without serial, case number and receipts
    std::string number_prefix;           // implementation code and date: domain.md 2.5
    std::vector<UploadRow> attachments;  // none: complete at once
};

struct Refusal {
    std::string terminal;
    sealing::Epoch epoch{};
    std::int64_t seq = 0;
    domain::SubId sub_id;
    sealing::Digest manifest_digest{};
    std::string reason;  // a word
    base::Bytes manifest, signature, certificate, envelope;
    base::Bytes receipt;
    base::Instant refused_at{};
};

// What a receipt needs from the store. Serials rise and are unique; a failed transaction may leave
// a gap.
struct Place {
    std::int64_t serial = 0;
    std::string case_number;     // not of a refusal
    sealing::Digest previous{};  // of the receipt before it for this terminal
};
struct Signed {
    base::Bytes paper;
    sealing::Digest digest{};
};
// Called inside the transaction while the terminal's row is held: pure, quick.
using Sign = std::function<base::Result<Signed>(const Place& place)>;

struct Fresh {
    const NewCase* fresh;
    Sign sign;
};

enum class Met { taken, again, other_content, refused_before };
struct Taken {
    Met met{};
    std::string case_number;
    base::Bytes receipt;  // what is answered, now or the newest before; empty for other_content
};

struct Refused {
    base::Bytes receipt;
    bool taken_before = false;  // this very content is a case: its R1 stands
};

// What is known of one submission, without its envelope.
struct Known {
    sealing::Digest manifest_digest{};
    std::string case_number;
    base::Bytes manifest, receipt1, receipt2;
};

// rolled_back: the live one, by a disk that is older than what it sent before.
enum class EpochMet { live, begun, superseded, rolled_back };

// What a terminal says of one epoch in its hello.
struct Said {
    sealing::Epoch epoch{};
    sealing::SuiteId suite{};
    std::int64_t first_seq = 1, next_seq = 1;
    std::int64_t low = 0;                      // complete and purged there, all up to here
    std::vector<std::int64_t> complete_above;  // further ones, ascending
};
// How far the centre holds an epoch without a gap, taken or refused, and the chain over it.
struct Counter {
    std::int64_t seq = 0;  // 0: nothing yet
    sealing::Digest head{};
    std::vector<std::int64_t> missing;  // complete there, not held here; the first of them
};
inline constexpr std::size_t missing_max = 256;

// What the business side says of a complete case. A fault: try again later.
struct Verdict {
    bool applied = true;
    std::string reason;  // of a rejection: a word
};
using Judge = std::function<base::Result<Verdict>(const StoredCase& complete)>;
struct Applied {
    std::string case_number;
    CaseState state{};  // received: it failed and is tried again
};
inline constexpr int effect_attempts_max = 5;

struct TerminalLine {
    std::string terminal;
    sealing::Epoch epoch{};  // the live one
    std::int64_t cases = 0;
    std::int64_t highest_seq = 0;  // of all its epochs: numbers go on
    base::Instant last_received_at{};
};
// Sequence numbers below a terminal's highest one that neither came nor were refused, in whichever
// epoch: numbers go on across epochs, and those in between that were never used are among them.
struct Gap {
    std::string terminal;
    sealing::Epoch epoch{};         // of the number above it
    std::int64_t from = 0, to = 0;  // both missing, as all between
};
struct Counts {
    std::int64_t cases = 0, refusals = 0, waiting_effects = 0, effects = 0, dead = 0;
};

class CaseStore {
  public:
    virtual ~CaseStore() = default;

    // What a terminal says of itself: its epoch and the number it gives out next. One live epoch
    // for each terminal; one never met before begins and supersedes the one before.
    virtual base::Result<EpochMet> meet(const std::string& terminal, const sealing::Epoch& epoch,
                                        std::int64_t next_seq, base::Instant now) = 0;
    // Goes on from where the last hello of this epoch came to, some thousand numbers a call; what
    // it counted stays counted.
    virtual base::Result<Counter> countersign(const std::string& terminal, const Said& said) = 0;
    virtual base::Result<std::optional<Known>> known(const std::string& terminal,
                                                     const domain::SubId& id) = 0;
    virtual base::Result<std::optional<base::Bytes>> refusal_of(const std::string& terminal,
                                                                const domain::SubId& id,
                                                                const sealing::Digest& digest) = 0;

    // What comes without attachments is complete at once, and its receipt is both. All of one
    // terminal, one commit for all of them; each has a result of its own: what one of them cannot
    // be taken for (BytesMalformed; PostRefused: an attachment's id is another submission's) does
    // not concern the others.
    virtual std::vector<base::Result<Taken>> take_batch(const std::vector<Fresh>& items) = 0;
    base::Result<Taken> take(const NewCase& fresh, const Sign& sign) {
        return std::move(take_batch({{&fresh, sign}}).front());
    }
    // R2 and the waiting effect. AnswerNotFound.
    virtual base::Result<base::Bytes> complete(const std::string& terminal, const domain::SubId& id,
                                               base::Instant now, const Sign& sign) = 0;
    // The signed refusal, or the receipt of whatever was answered to this very content before.
    virtual base::Result<Refused> refuse(const Refusal& refusal, const Sign& sign) = 0;

    // The oldest waiting effect that nobody else holds: judged, written and taken off the outbox in
    // one transaction. Nothing: none is due.
    virtual base::Result<std::optional<Applied>> apply_next(const Judge& judge,
                                                            base::Instant now) = 0;
    // Puts the effect of a complete case that has none back into the outbox. AnswerNotFound: there
    // is none.
    virtual base::Status replay(const domain::SubId& id, base::Instant now) = 0;

    virtual UploadRows& uploads() = 0;
    virtual TerminalBook& book() = 0;
    virtual FleetBook& fleet() = 0;
    virtual CaseBook& life() = 0;

    virtual base::Result<std::vector<StoredCase>> all() = 0;
    virtual base::Result<std::vector<StoredCase>> of_person(base::ByteView person) = 0;
    virtual base::Result<std::vector<StoredCase>> with_sub_id(const domain::SubId& id) = 0;
    // For the statuses of a terminal: its newest cases, the newest first.
    virtual base::Result<std::vector<papers::CaseStatus>> statuses_of(
        const std::string& terminal) = 0;
    virtual base::Result<std::int64_t> count() = 0;
    virtual base::Result<Counts> counts() = 0;
    // Whether it answers now.
    virtual base::Status ready() = 0;
    virtual base::Result<std::vector<TerminalLine>> terminals() = 0;
    virtual base::Result<std::vector<Gap>> gaps() = 0;
    virtual base::Result<std::vector<Refusal>> quarantine() = 0;
    // Its refusal is no answer any more: the same content is judged again when it comes again.
    // AnswerNotFound.
    virtual base::Status release(const domain::SubId& id, base::Instant now) = 0;
};

}  // namespace offline::intake
