// The record of what technicians did: one line per act, each bound to the one before by a hash, so
// that a line that was changed, taken out or put in shows. A file per month, named by the number of
// its first line; the newest ten months that differ stay, more than 184 days, and a clock that jumps
// to and fro takes none of them away. The last number and hash stand in `head`, so that lines cut off at the end show as well. Whoever
// can write the folder can begin a whole new record; the journal has each act, too. Nothing is ever
// deleted because of an error. One thread. FileUnwritable, DiskFull.
//
//   {"act":"pause","at":1764…,"chain":"64 hexadecimal digits","label":"T-0007","n":12,
//    "outcome":"maintenance"}
//   chain = SHA-256 of the chain before (32 bytes, zero before the first), then of the line without
//   its chain, as canonical JSON
#pragma once

#include "base/result.hpp"
#include "domain/technician.hpp"

#include <array>
#include <string>
#include <vector>

namespace app {

class AuditLog {
  public:
    static constexpr std::size_t months_kept = 10;

    explicit AuditLog(std::string folder) : folder_(std::move(folder)) {}

    // Durable when it returns.
    base::Status append(const domain::AuditLine& line);

    struct Reading {
        std::vector<domain::AuditLine> newest;  // first the newest
        std::int64_t lines = 0;                 // that stand there
        bool broken = false;
    };
    Reading read(std::size_t most) const;

  private:
    using Chain = std::array<std::uint8_t, 32>;
    struct Head {
        std::int64_t n = 0;
        Chain chain{};
    };
    struct Whole {
        Head last;
        std::vector<domain::AuditLine> lines;
        bool broken = false;
        bool torn = false;  // the newest file does not end with a line
        std::string newest_file;
    };
    Whole read_all() const;
    std::vector<std::string> files() const;

    std::string folder_;
};

}  // namespace app
