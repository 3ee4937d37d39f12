// The packages of a release as they lie on a terminal before anybody installs them: files that a
// signed list names by length and digest, wherever they came from. A file on its way is
// DIGEST.deb.part and grows to exactly the length that is signed, not a byte more; when it is whole
// and its digest right it gets its name. Nothing here must outlive a power cut: what is not right
// is fetched again. Whoever installs looks again (provisioning/updates).
// One thread. Faults: ReleaseWrong (other bytes than those that are signed), DiskFull and the other
// ones of the disk.
#pragma once

#include "offline/papers/release_list.hpp"
#include "offline/releases/shelf_place.hpp"
#include "offline/store/disk.hpp"

#include <set>
#include <string>
#include <vector>

namespace offline::releases {

class PackageShelf {
  public:
    // Made where it is missing, so that the account of the app's group may enter as into `folder`'s
    // own.
    static base::Result<PackageShelf> open(const std::string& folder, sealing::SuiteId suite,
                                           store::Disk& disk);

    const std::string& folder() const { return folder_; }
    // Whole here. Its digest was computed once since this shelf was opened.
    bool has(const papers::ReleasePackage& package);
    // How many of its bytes lie here; its length when it is whole.
    std::int64_t staged(const papers::ReleasePackage& package) const;
    // The next bytes, from staged() on. ReleaseWrong, and nothing was written: more than are
    // missing.
    base::Status append(const papers::ReleasePackage& package, base::ByteView bytes);
    // All its bytes are there: it gets its name, or its part goes (ReleaseWrong).
    base::Status finish(const papers::ReleasePackage& package);
    // Room for what is missing of these, and as much again for whoever installs them, and enough
    // left for the submissions of citizens.
    bool has_room(const std::vector<papers::ReleasePackage>& packages) const;
    // Everything but these goes.
    void keep_only(const std::vector<papers::ReleasePackage>& packages);

  private:
    PackageShelf(std::string folder, sealing::SuiteId suite, store::Disk& disk)
        : folder_(std::move(folder)), suite_(suite), disk_(&disk) {}
    std::string path(const papers::ReleasePackage& package) const;
    base::Status is_right(const papers::ReleasePackage& package, const std::string& path) const;

    std::string folder_;
    sealing::SuiteId suite_;
    store::Disk* disk_;
    std::set<std::string> right_;  // file names that were looked at
};

}  // namespace offline::releases
