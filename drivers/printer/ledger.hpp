// The ledger of sheets: a small durable record in the terminal's state folder in which every print
// job and every sheet of it is begun and then printed, spoiled, unknown or untouched. A job is on
// the disk before the printer may touch paper; what was begun and not settled when the program ends
// is unknown after the next start. Holds no person's data: the document's word, numbers, times.
//
//   auto serial = ledger->begin("receipt", pages, is_copy);   // then let the printer begin
//   ledger->settle(*serial, 1, SheetFate::printed);           // sheet by sheet, where known
//   ledger->settle_rest(*serial, SheetFate::spoiled);         // all others at once
//
// One printer, one file. Used by one thread, the printer's; every call waits for the disk.
// Faults: FileUnreadable, FileUnwritable, DiskFull; InternalError for a call that does not fit.
#pragma once

#include "base/result.hpp"
#include "drivers/printer/ledger_book.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace drivers::printer {

class Ledger {
  public:
    // Makes the folder and the file where they are missing. What is torn at the file's end is cut
    // off; what an earlier run left begun is settled as unknown. `clock` must outlive the ledger.
    static base::Result<std::unique_ptr<Ledger>> open(const std::string& path,
                                                      const base::Clock& clock);
    ~Ledger();
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    // The serial of the job, counted up for ever. `document` is a word (is_document_word), `sheets`
    // 1…most_sheets.
    base::Result<std::uint64_t> begin(std::string_view document, int sheets, bool copy);
    // A fate is said once for each sheet (from 1); a second one is a fault.
    base::Status settle(std::uint64_t serial, int sheet, SheetFate fate);
    // All sheets of the job that are not settled yet; none left is fine.
    base::Status settle_rest(std::uint64_t serial, SheetFate fate);
    // A new roll or new paper: the counters begin anew.
    base::Status supply_changed();

    SheetCounters counters() const { return book_.counters; }
    const LedgerBook& book() const { return book_; }
    // Sheets that the start found begun, now unknown: perhaps they lie in the tray.
    int found_unsettled() const { return found_unsettled_; }

  private:
    Ledger(std::string path, const base::Clock& clock) : path_(std::move(path)), clock_(clock) {}

    base::Status append(const LedgerLine& line);
    base::Status open_file();
    base::Status shorten();

    const std::string path_;
    const base::Clock& clock_;
    LedgerBook book_;
    int file_ = -1;
    std::size_t bytes_ = 0;
    int found_unsettled_ = 0;
};

}  // namespace drivers::printer
