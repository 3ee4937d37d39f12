// What this machine remembers of the bundles it made: one small file each, written anew with every
// step that must outlive a pulled stick or a power cut. The stick is never asked how far it got.
// EXPORTED (verified) is a flag for people: no byte leaves the outbox because of it. The files hold
// the private half of the key that the way back is sealed to (0600 in a folder of the post's own;
// what it opens are receipts). Faults: those of the disk.
#pragma once

#include "offline/courier/bundle.hpp"
#include "offline/store/disk.hpp"

#include <map>
#include <string>
#include <vector>

namespace offline::courier {

// An object that is on the stick, and the submissions in it.
struct MarkedObject {
    ObjectLine line;
    std::vector<std::int64_t> seqs;  // ascending
};

struct Mark {
    BundleId id{};
    std::int64_t counter = 0;
    std::string stick;
    bool verified = false;  // EXPORTED
    base::Instant created_at{};
    base::Instant answered_at{};  // of the youngest return that was taken; 0: none
    sealing::SuiteId suite{};
    sealing::SecretBytes reply_secret;
    std::vector<MarkedObject> objects;
    ObjectLine index{1, 0, {}};  // of a verified one; its number says nothing
};

class Marks {
  public:
    // Reads them all; a damaged one is renamed aside. At most `marks_max` are kept.
    static base::Result<Marks> open(store::Disk& disk, std::string folder);

    const std::map<BundleId, Mark>& all() const { return marks_; }
    const Mark* find(const BundleId& id) const;
    // The bundle on this stick that was begun and is not verified.
    const Mark* unfinished(const std::string& stick) const;
    std::int64_t next_counter() const;

    // Durable when it returns.
    base::Status keep(const Mark& mark);
    base::Status forget(const BundleId& id);

  private:
    Marks(store::Disk& disk, std::string folder) : disk_(&disk), folder_(std::move(folder)) {}
    std::string path(const BundleId& id) const;

    store::Disk* disk_;
    std::string folder_;
    std::map<BundleId, Mark> marks_;
};

inline constexpr std::size_t marks_max = 256;  // beyond it the oldest answered one goes

// "1-3 7": ascending numbers as ranges; empty when it is none.
std::string ranges(const std::vector<std::int64_t>& numbers);
base::Result<std::vector<std::int64_t>> numbers_in(std::string_view ranges);

}  // namespace offline::courier
