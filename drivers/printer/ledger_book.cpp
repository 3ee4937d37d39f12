#include "drivers/printer/ledger_book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace drivers::printer {

namespace {

constexpr std::string_view fate_letters = "bpsux";  // in the order of SheetFate

std::int64_t ms(base::Instant at) {
    return at.time_since_epoch().count();
}

// FNV-1a, 32 bits: tells a line from a torn one or from the zeros a file system may leave.
std::uint32_t checksum(std::string_view text) {
    std::uint32_t sum = 2166136261u;
    for (const char c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 16777619u;
    return sum;
}

struct Spell {
    std::string operator()(const JobBegun& line) const {
        return fmt::format("J {} {} {} {} {}", line.serial, line.sheets, line.copy ? 1 : 0,
                           ms(line.at), line.document);
    }
    std::string operator()(const SheetSettled& line) const {
        return fmt::format("S {} {} {} {}", line.serial, line.sheet,
                           fate_letters[static_cast<std::size_t>(line.fate)], ms(line.at));
    }
    std::string operator()(const SupplyChanged& line) const {
        return fmt::format("C {}", ms(line.at));
    }
    std::string operator()(const Totals& line) const {
        const auto& counters = line.counters;
        return fmt::format("T {} {} {} {} {}", line.next_serial, counters.printed, counters.spoiled,
                           counters.unknown, ms(counters.since));
    }
};

// The words of one line, taken from left to right; anything wrong makes it unsound for good.
class Words {
  public:
    explicit Words(std::string_view text) : left_(text) {}

    std::string_view next() {
        const auto space = left_.find(' ');
        const auto word = left_.substr(0, space);
        left_ = space == std::string_view::npos ? std::string_view{} : left_.substr(space + 1);
        if (word.empty()) sound_ = false;
        return word;
    }
    template <class Number>
    Number number(Number least, Number most) {
        const auto word = next();
        Number value{};
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        if (error != std::errc{} || end != word.data() + word.size() || value < least ||
            value > most) {
            sound_ = false;
            return least;
        }
        return value;
    }
    base::Instant instant() {
        return base::Instant{base::Millis{number<std::int64_t>(0, INT64_MAX)}};
    }
    void refuse() { sound_ = false; }
    bool sound() const { return sound_ && left_.empty(); }

  private:
    std::string_view left_;
    bool sound_ = true;
};

std::optional<LedgerLine> parse(std::string_view text) {
    Words words(text);
    const auto kind = words.next();
    LedgerLine line;
    if (kind == "J") {
        JobBegun begun;
        begun.serial = words.number<std::uint64_t>(1, UINT64_MAX - 1);
        begun.sheets = words.number<int>(1, most_sheets);
        begun.copy = words.number<int>(0, 1) == 1;
        begun.at = words.instant();
        begun.document = words.next();
        if (!is_document_word(begun.document)) words.refuse();
        line = begun;
    } else if (kind == "S") {
        SheetSettled settled;
        settled.serial = words.number<std::uint64_t>(1, UINT64_MAX - 1);
        settled.sheet = words.number<int>(0, most_sheets);
        const auto letter = words.next();
        const auto fate =
            letter.size() == 1 ? fate_letters.find(letter[0]) : std::string_view::npos;
        if (fate == std::string_view::npos) return std::nullopt;
        settled.fate = static_cast<SheetFate>(fate);
        settled.at = words.instant();
        line = settled;
    } else if (kind == "C") {
        line = SupplyChanged{words.instant()};
    } else if (kind == "T") {
        Totals totals;
        totals.next_serial = words.number<std::uint64_t>(1, UINT64_MAX);
        totals.counters.printed = words.number<std::int64_t>(0, INT64_MAX);
        totals.counters.spoiled = words.number<std::int64_t>(0, INT64_MAX);
        totals.counters.unknown = words.number<std::int64_t>(0, INT64_MAX);
        totals.counters.since = words.instant();
        line = totals;
    } else {
        return std::nullopt;
    }
    return words.sound() ? std::optional(line) : std::nullopt;
}

void count(SheetCounters& counters, SheetFate fate) {
    if (fate == SheetFate::printed) ++counters.printed;
    if (fate == SheetFate::spoiled) ++counters.spoiled;
    if (fate == SheetFate::unknown) ++counters.unknown;
}

void drop_old_jobs(std::deque<LedgerJob>& jobs) {
    while (jobs.size() > kept_jobs && jobs.front().settled()) jobs.pop_front();
}

struct Add {
    LedgerBook& book;

    bool operator()(const JobBegun& line) {
        if (line.serial < book.next_serial || line.sheets < 1) return false;
        book.next_serial = line.serial + 1;
        book.jobs.push_back({line.serial, line.document, line.copy, line.at,
                             std::vector(static_cast<std::size_t>(line.sheets), SheetFate::begun)});
        drop_old_jobs(book.jobs);
        return true;
    }
    bool operator()(const SheetSettled& line) {
        const auto job = std::ranges::find(book.jobs, line.serial, &LedgerJob::serial);
        if (job == book.jobs.end() || line.fate == SheetFate::begun || job->settled()) return false;
        if (line.sheet > 0) {
            const auto at = static_cast<std::size_t>(line.sheet) - 1;
            if (at >= job->sheets.size() || job->sheets[at] != SheetFate::begun) return false;
            job->sheets[at] = line.fate;
            count(book.counters, line.fate);
        } else {
            for (auto& sheet : job->sheets) {
                if (sheet != SheetFate::begun) continue;
                sheet = line.fate;
                count(book.counters, line.fate);
            }
        }
        drop_old_jobs(book.jobs);
        return true;
    }
    bool operator()(const SupplyChanged& line) {
        book.counters = {0, 0, 0, line.at};
        return true;
    }
    bool operator()(const Totals& line) {
        if (line.next_serial < book.next_serial) return false;
        book.next_serial = line.next_serial;
        book.counters = line.counters;
        return true;
    }
};

}  // namespace

bool LedgerJob::settled() const {
    return std::ranges::find(sheets, SheetFate::begun) == sheets.end();
}

std::string as_text(const LedgerLine& line) {
    const auto words = std::visit(Spell{}, line);
    return fmt::format("{} #{:08x}\n", words, checksum(words));
}

const LedgerJob* LedgerBook::find(std::uint64_t serial) const {
    const auto job = std::ranges::find(jobs, serial, &LedgerJob::serial);
    return job == jobs.end() ? nullptr : &*job;
}

bool LedgerBook::add(const LedgerLine& line) {
    return std::visit(Add{*this}, line);
}

bool is_document_word(std::string_view text) {
    return !text.empty() && text.size() <= 24 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

ReadLedger read_ledger(std::string_view text) {
    ReadLedger read;
    for (;;) {
        const auto rest = text.substr(read.sound_bytes);
        const auto end = rest.find('\n');
        if (end == std::string_view::npos) return read;
        const auto line = rest.substr(0, end);
        constexpr std::size_t mark = 10;  // " #" and eight digits
        if (line.size() < mark) return read;
        const auto words = line.substr(0, line.size() - mark);
        if (line.substr(words.size()) != fmt::format(" #{:08x}", checksum(words))) return read;
        const auto parsed = parse(words);
        if (!parsed || !read.book.add(*parsed)) return read;
        read.sound_bytes += end + 1;
    }
}

std::string as_text(const LedgerBook& book) {
    std::string text;
    for (const auto& job : book.jobs) {
        text += as_text(JobBegun{job.serial, static_cast<int>(job.sheets.size()), job.copy,
                                 job.begun, job.document});
        int sheet = 0;
        for (const auto fate : job.sheets) {
            ++sheet;
            if (fate != SheetFate::begun)
                text += as_text(SheetSettled{job.serial, sheet, fate, job.begun});
        }
    }
    return text + as_text(Totals{book.next_serial, book.counters});
}

}  // namespace drivers::printer
