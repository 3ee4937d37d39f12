// Takes a release out of the post's hands: the newest list, verified against the root that the
// updater itself pinned, and its packages, copied and verified in one reading. From then on nothing
// that the post's account can change is looked at any more.
#pragma once

#include "offline/papers/feed.hpp"
#include "offline/papers/release_list.hpp"
#include "offline/sealing/keys/key_set.hpp"
#include "provisioning/config/config.hpp"
#include "provisioning/updates/journal.hpp"

#include <string>
#include <vector>

namespace provisioning::updates {

// Where an updater works; the folder must be its account's alone to write (PostRefused).
base::Status check_folder(const std::string& folder);

// The root of the first time is the root from then on. RootMismatch: the file that the enrolment
// wrote says another one; a person who knows why removes `folder`/root.pub.
base::Status pin_root(const std::string& root_key, const std::string& folder);

// The newest number that the post has a list under; 0: none. Nothing is read yet.
std::int64_t newest_number(const config::Config& config);

// Copies the papers that the post's account wrote into `folder`/papers and the newest revocation
// into `folder`/offered, each read once and no further than such a paper can be long: nothing of
// that account's is parsed in its place.
base::Status take_papers(const config::Config& config, const std::string& folder);

// What is believed of the papers that were taken: the newest key set that verifies, never an older
// one than before, without the keys that a revocation withdrew. One that verified once stays in
// `folder` and holds, whatever the post shows or hides later, until a newer one verifies. What the
// trust says; FeedWrong: the one that was kept cannot be read any more.
base::Result<offline::sealing::KeySet> trusted_keys(const config::Config& config,
                                                    const std::string& folder);

struct StagedRelease {
    offline::papers::FeedHead head;
    offline::papers::ReleaseList list;
};
// The newest of the papers that were taken, above `floor`, for this terminal and in its time.
// AnswerNotFound: none that is newer. FeedWrong, ReleaseWrong, ReleaseOutdated (past its date).
base::Result<StagedRelease> newest_release(const config::Config& config, const std::string& folder,
                                           const offline::sealing::KeySet& keys, std::int64_t floor,
                                           base::Instant now);

// Copies what is missing in `folder`/release, each file whole and with the right digest, or not
// under its name. AnswerNotFound: the post does not have all of them yet. ReleaseWrong: a file of
// the post's is not what was signed. DiskFull, before anything is written: what is copied and
// installed would leave too little for the submissions of citizens.
base::Status copy_packages(const std::string& shelf, const std::string& folder,
                           const std::vector<offline::papers::ReleasePackage>& packages,
                           offline::sealing::SuiteId suite, const Passing& passing);
// Every one of them lies in `folder`/release as it was signed. A full disk does not matter.
bool are_whole(const std::string& folder,
               const std::vector<offline::papers::ReleasePackage>& packages,
               offline::sealing::SuiteId suite);
std::string copied(const std::string& folder, const offline::papers::ReleasePackage& package);
std::vector<std::string> copied(const std::string& folder,
                                const std::vector<offline::papers::ReleasePackage>& packages);
// Everything in `folder`/release but these goes.
void keep_copies(const std::string& folder,
                 const std::vector<offline::papers::ReleasePackage>& packages);

}  // namespace provisioning::updates
