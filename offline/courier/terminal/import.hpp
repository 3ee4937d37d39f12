// Takes the intake's answers from a stick. A return is believed only when all of it is right: its
// index opens with the key of a bundle that this machine made, is signed by a receipt key, names
// this terminal, is not older than what was taken before; every object is whole; every receipt in
// it is signed and of this terminal. Nothing changes before that. Then each receipt goes the way of
// one from the network. On the caller's thread.
#pragma once

#include "base/event_log.hpp"
#include "offline/courier/stick_copy.hpp"
#include "offline/courier/terminal/depot.hpp"
#include "offline/courier/terminal/marks.hpp"
#include "offline/papers/centre_receipt.hpp"

#include <functional>

namespace offline::courier {

// Gives the key set that a return brought when it is newer than the one in use, so that its
// successor is kept; not called before the set and the return's signature were verified.
using OnKeySet = std::function<base::Status(const sealing::KeySet&, base::ByteView file)>;

struct ImportPlace {
    store::Disk& disk;
    std::string staging_folder;
};

struct Imported {
    std::int64_t returns = 0;   // taken
    std::int64_t receipts = 0;  // in them
    std::int64_t changed = 0;   // of those, what was new here
    std::int64_t rejected =
        0;  // receipts that do not fit what is here: another digest, an unknown key
    std::int64_t others = 0;  // returns to bundles that this machine does not know
    std::vector<base::Fault> refused;
};

class Importer {
  public:
    Importer(Depot& depot, Medium& medium, Marks& marks, ImportPlace place,
             const outbox::Terminal& terminal, const sealing::PinnedRoot& root,
             const sealing::KeySet& keys, base::EventLog& log, OnKeySet on_key_set = {});

    // All returns that lie on the stick. A refused one does not hold up the others. MediumUnfit
    // when the stick cannot be read; a fault of the depot ends it (what was taken stays taken).
    base::Result<Imported> run();

  private:
    struct Verified {
        ReturnIndex index;
        std::optional<sealing::KeySet> newer;
        std::int64_t receipts = 0;
    };
    base::Result<Verified> verify_all(const Mark& mark, const std::string& folder, Staging& copy);
    base::Status take(const Mark& mark, const std::string& folder, Imported& sum);
    FindPair pair_of(const Mark& mark) const;

    Depot& depot_;
    Medium& medium_;
    Marks& marks_;
    ImportPlace place_;
    const outbox::Terminal& terminal_;
    const sealing::PinnedRoot& root_;
    const sealing::KeySet& keys_;
    base::EventLog& log_;
    OnKeySet on_key_set_;
};

}  // namespace offline::courier
