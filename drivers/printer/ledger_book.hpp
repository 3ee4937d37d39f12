// What the ledger of sheets says, as values: the lines of its file, and the book that they add up
// to. Pure. A line ends with its checksum and a line feed; the first that is not sound ends the
// reading, so what a power cut left half written is as if it had never been begun.
#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace drivers::printer {

// begun: the printer may be at it. Then exactly one of the others, for good: printed; spoiled,
// begun on paper and not finished; unknown, nobody can say; untouched, certainly never came to
// paper.
enum class SheetFate { begun, printed, spoiled, unknown, untouched };

struct LedgerJob {
    std::uint64_t serial = 0;
    std::string document;  // a word: receipt, letter
    bool copy = false;     // marked as a copy of something printed before
    base::Instant begun{};
    std::vector<SheetFate> sheets;

    bool settled() const;
    friend bool operator==(const LedgerJob&, const LedgerJob&) = default;
};

struct SheetCounters {
    std::int64_t printed = 0, spoiled = 0, unknown = 0;
    base::Instant since{};  // of the last change of roll or paper; zero = since ever

    friend bool operator==(const SheetCounters&, const SheetCounters&) = default;
};

// The kinds of lines.
struct JobBegun {
    std::uint64_t serial = 0;
    int sheets = 0;
    bool copy = false;
    base::Instant at{};
    std::string document;
};
struct SheetSettled {
    std::uint64_t serial = 0;
    int sheet = 0;  // from 1; 0 = all that were not settled yet
    SheetFate fate = SheetFate::unknown;
    base::Instant at{};
};
struct SupplyChanged {
    base::Instant at{};
};
// Ends a shortened file: what was dropped from it still counts.
struct Totals {
    std::uint64_t next_serial = 1;
    SheetCounters counters;
};
using LedgerLine = std::variant<JobBegun, SheetSettled, SupplyChanged, Totals>;

std::string as_text(const LedgerLine& line);  // with checksum and line feed

struct LedgerBook {
    std::deque<LedgerJob> jobs;  // oldest first; of the settled ones at most kept_jobs
    SheetCounters counters;
    std::uint64_t next_serial = 1;

    const LedgerJob* find(std::uint64_t serial) const;
    // False when the line does not fit what the book says (a sheet settled twice, a job unknown);
    // the book is then as before.
    bool add(const LedgerLine& line);
    friend bool operator==(const LedgerBook&, const LedgerBook&) = default;
};

constexpr std::size_t kept_jobs = 50;
constexpr int most_sheets = 500;

// Lower-case letters, digits, _ and -: a word of ours, which cannot be a person's.
bool is_document_word(std::string_view text);

struct ReadLedger {
    LedgerBook book;
    std::size_t sound_bytes = 0;  // what lies behind them is torn
};
ReadLedger read_ledger(std::string_view text);

// The shortest file that says the same book.
std::string as_text(const LedgerBook& book);

}  // namespace drivers::printer
