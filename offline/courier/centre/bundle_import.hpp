// The import station: takes bundles from a stick to the intake and writes the answers back onto it.
// A bundle that is not right in every part is refused before anything of it reaches the intake.
// What is right goes through the very functions that the network uses, so an object that was
// delivered before gets the answer it got then. On the caller's thread.
#pragma once

#include "base/event_log.hpp"
#include "offline/courier/stick_copy.hpp"
#include "offline/sealing/opening.hpp"

#include <string>
#include <vector>

namespace offline::courier {

// The intake, as a terminal meets it on the network. One adapter reaches it.
class IntakeDoor {
  public:
    virtual ~IntakeDoor() = default;
    struct Answer {
        int status = 0;
        base::Bytes body;
    };
    virtual Answer submit(const std::string& terminal, const std::string& sub_id,
                          base::ByteView body) = 0;                                     // S
    virtual Answer commit(const std::string& terminal, const std::string& sub_id) = 0;  // C
    // O and P: the bytes that begin at slice.offset, of `length`; fine when they are there already.
    virtual Answer upload(const Slice& slice, std::int64_t length, const sealing::Digest& digest,
                          sealing::SuiteId suite) = 0;
};

struct StationOptions {
    sealing::PinnedRoot root;
    base::Bytes key_set;  // the file: it goes back with the receipts
    std::string staging_folder;
    std::int64_t object_bytes = 32 << 20;
};

struct BundleResult {
    std::string bundle;   // its id
    base::Status status;  // refused: nothing of it had an effect
    std::int64_t submissions = 0;
    std::int64_t receipts = 0;  // that go back
};

class Station {
  public:
    Station(IntakeDoor& door, Medium& medium, store::Disk& disk, const sealing::IntakeKeys& keys,
            StationOptions options, const base::Clock& clock, base::EventLog& log);

    // All bundles that lie on the stick. MediumUnfit when it cannot be read.
    base::Result<std::vector<BundleResult>> run();

  private:
    struct Content;
    base::Status import(const BundleId& id, const std::string& folder, BundleResult& out);
    base::Result<Content> read_all(const OpenedOutward& bundle, const Staging& copy);
    base::Result<std::vector<base::Bytes>> deliver(const OpenedOutward& bundle,
                                                   const Content& content, const Staging& copy);
    base::Status write_return(const OpenedOutward& bundle,
                              const std::vector<base::Bytes>& receipts);
    FindPair find() const;

    IntakeDoor& door_;
    Medium& medium_;
    store::Disk& disk_;
    const sealing::IntakeKeys& keys_;
    StationOptions options_;
    const base::Clock& clock_;
    base::EventLog& log_;
};

}  // namespace offline::courier
