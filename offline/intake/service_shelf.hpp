// The terminals' service records at the centre: files in one folder, by terminal, epoch and number,
// so that every node that sees the folder answers alike: TERMINAL/EPOCH/000001.json. What was kept
// is never replaced. Any thread.
#pragma once

#include "base/event_log.hpp"
#include "offline/intake/intake_service.hpp"
#include "offline/papers/service_record.hpp"
#include "offline/sealing/opening.hpp"

#include <string>
#include <vector>

namespace offline::intake {

struct ServiceShelfOptions {
    std::string folder;
    sealing::PinnedRoot root;
    sealing::IntakeKeys keys;
};

class ServiceShelf {
  public:
    ServiceShelf(ServiceShelfOptions options, const base::Clock& clock, base::EventLog& log)
        : options_(std::move(options)), clock_(clock), log_(log) {}

    // `terminal` as it stands in the path. The same file again has the same answer; another one
    // under a number that is taken in its epoch is refused (409).
    Reply keep(const std::string& terminal, base::ByteView body);

  private:
    base::Result<base::Bytes> kept(const std::string& terminal, base::ByteView body);

    ServiceShelfOptions options_;
    const base::Clock& clock_;
    base::EventLog& log_;
};

// The records of one terminal, or of all, by when they were made, a line for each: terminal,
// number, kind, when, by whom, how much was found wrong; for an operator. A file that does not read
// says so in its line.
base::Result<std::string> service_records_text(const std::string& folder,
                                               const std::string& terminal);

}  // namespace offline::intake
