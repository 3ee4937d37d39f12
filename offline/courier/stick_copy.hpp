// Both ends write bundles and take them in the same way; here is how.
//
// Writing: everything goes into "NAME.part", each file flushed, then its folder; the index comes
// last, the folder gets its name, the whole medium is flushed, and everything is read again past
// the machine's memory and compared. Only then the bundle is there.
//
// Taking in: what the index names is read once, no byte more than it says, into a folder of the
// machine; the digests are those of the copy. The stick is not asked a second time, so it cannot
// change its mind. Faults: MediumUnfit, BundleWrong, and those of the staging disk.
#pragma once

#include "offline/courier/bundle.hpp"
#include "offline/courier/items.hpp"
#include "offline/courier/medium.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace offline::courier {

inline constexpr std::size_t step_bytes = 256 * 1024;  // of one read or write

// An index as a file: its size and digest.
ObjectLine line_of(base::ByteView index, sealing::SuiteId suite);

class BundleWriter {
  public:
    // Goes on with a folder that is there already, under either name.
    static base::Result<BundleWriter> begin(Medium& medium, std::string name);

    // Gives the items of an object one after another; empty: no more.
    using NextItem = std::function<base::Result<base::Bytes>()>;
    // Durable when it returns. BundleWrong when it grew beyond object_bytes_max.
    base::Result<ObjectLine> write_object(const BundleId& id, Way way, int number,
                                          domain::Realm realm, const sealing::PublicKey& to,
                                          sealing::SuiteId digest_suite, const NextItem& next);
    // Is this object there, whole? Read past the machine's memory; of a bundle that is not
    // finished.
    bool is_there(const ObjectLine& line, sealing::SuiteId suite);

    base::Status finish(base::ByteView index);

    // Which objects do not read as they were written; MediumUnfit when the index does not.
    base::Result<std::vector<int>> wrong_when_read_again(base::ByteView index,
                                                         const std::vector<ObjectLine>& objects,
                                                         sealing::SuiteId suite);
    // A whole bundle that was written before, under `index` of the machine's mark.
    static base::Result<std::vector<int>> wrong_when_looked_at(
        Medium& medium, const std::string& name, const ObjectLine& index,
        const std::vector<ObjectLine>& objects, sealing::SuiteId suite);
    // Back to its first name: the bundle is not whole.
    base::Status take_back();

  private:
    BundleWriter(Medium& medium, std::string name) : medium_(&medium), name_(std::move(name)) {}
    std::string part() const { return name_ + ".part"; }

    Medium* medium_;
    std::string name_;
};

// Reads a file up to `bytes` and hashes it; BundleWrong unless it has exactly that many.
base::Result<sealing::Digest> digest_of(InFile& file, std::int64_t bytes, sealing::SuiteId suite,
                                        const std::function<base::Status(base::ByteView)>& also);

// A folder of this machine that one bundle is copied to; empty before and gone after.
class Staging {
  public:
    static base::Result<Staging> make(store::Disk& disk, std::string folder);
    Staging(Staging&& other) noexcept
        : disk_(std::exchange(other.disk_, nullptr)), folder_(std::move(other.folder_)) {}
    Staging& operator=(Staging&&) = delete;
    ~Staging();

    // DiskFull before anything is copied when there is no room.
    base::Status copy(Medium& medium, const std::string& bundle,
                      const std::vector<ObjectLine>& objects, sealing::SuiteId suite);
    // Opens the copy of one object and hands out its items. SealBroken, BytesMalformed, KeyUnknown.
    base::Status read(const ObjectLine& line, domain::Realm realm, const BundleId& id, Way way,
                      const FindPair& find, const ItemReader::OnItem& on_item) const;

  private:
    Staging(store::Disk& disk, std::string folder) : disk_(&disk), folder_(std::move(folder)) {}
    base::Status clear();
    std::string path(int number) const;

    store::Disk* disk_;
    std::string folder_;
};

inline constexpr std::size_t root_entries_max = 4096;  // of the stick, looked at for bundles

// Removes a bundle's folder under this name, and nothing that is not one; fine when it is absent.
base::Status remove_bundle(Medium& medium, const std::string& name);

}  // namespace offline::courier
