// How far an update is: one small file, replaced as a whole and flushed before the step that it
// names is begun, so that after a cut it says what has to be finished. In the updater's own folder,
// readable for every program of the terminal; nothing in it is secret or about a person. A file of
// canonical JSON.
#pragma once

#include "offline/papers/release_list.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace provisioning::updates {

enum class Step {
    none,          // nothing was ever done
    staged,        // copied and verified; waits for the window and for nobody to be there
    begun,         // dpkg may have done any part of it
    installed,     // whole, not tried yet
    on_trial,      // the readiness test is under way
    confirmed,     // it works
    rolling_back,  // dpkg may have done any part of going back
    rolled_back,   // the version before is whole again
    given_up       // neither version could be made whole: a person has to look
};
std::string_view name(Step step);
std::optional<Step> step_from(std::string_view name);

struct Journal {
    Step step = Step::none;
    base::Instant at{};        // of that step
    std::int64_t release = 0;  // of the step
    std::string software;
    int tries = 0;         // of what dpkg does in this step
    int trials_begun = 0;  // a cut ends one, too
    int trials_failed = 0;
    std::vector<offline::papers::ReleasePackage> packages, before;  // what goes in, and comes back
    std::vector<std::string> unready;   // checks that failed before already
    std::string why;                    // of the last failure, one word or line of ASCII
    std::int64_t newest = 0;            // the highest release that was ever confirmed
    std::vector<std::int64_t> refused;  // releases that were rolled back: never again
    base::Instant seen{};               // the latest time that a signed list named
    std::int64_t told = 0;              // the centre knows of the end of this release
    friend bool operator==(const Journal&, const Journal&) = default;

    bool is_under_way() const { return step == Step::begun || step == Step::rolling_back; }
    bool is_refused(std::int64_t number) const;
    // Of the step it ended with, if it ended.
    bool has_ended() const {
        return step == Step::confirmed || step == Step::rolled_back || step == Step::given_up;
    }
};

inline constexpr std::size_t journal_bytes_max = 128u << 10;
inline constexpr std::size_t refused_max = 64;

base::Bytes encode(const Journal& journal);
base::Result<Journal> journal(base::ByteView file);  // BytesMalformed

// Called where a cut would matter, with the name of the place. Nothing in a terminal in service.
using Passing = std::function<void(const char*)>;

std::string journal_path(const std::string& folder);
// One that is not there is of a terminal that was never updated. BytesMalformed.
base::Result<Journal> read_journal(const std::string& folder);
// Durable when it returns. FileUnwritable, DiskFull.
base::Status write_journal(const std::string& folder, const Journal& journal,
                           const Passing& passing);

}  // namespace provisioning::updates
