// intake release: what the owner does about packages. `make` is done where programs are built, with
// the key that signs lists and without the centre's; `publish release` is the centre's second
// signature; `stick` puts what is published onto a stick for terminals without a line. Files only.
#pragma once

#include "base/result.hpp"
#include "offline/papers/release_list.hpp"

#include <string>
#include <vector>

namespace offline::intake {

struct ReleaseOrder {
    domain::Realm realm{};
    std::string key;         // the release key's file
    std::string repository;  // the folder whose address terminals have
    // Files below it, named NAME_VERSION_ARCHITECTURE.deb as dpkg-deb names them.
    std::vector<std::string> packages, fallback;
    std::vector<std::string> terminals;  // beginnings of numbers; none: all
    std::int64_t number = 0;             // above the one before
    std::string software;
    std::int64_t good_for_days = 30;
    std::string window = "01:00-05:00";  // of the terminal's day
};

// The signed list. ConfigInvalid: the file's name or the window is none; what issuing says.
base::Result<base::Bytes> make_release(const ReleaseOrder& order, base::Instant now);

// The newest published release with its packages, found by their digests below `repository`, into
// `stick`/cw-release. How many packages it wrote. AnswerNotFound: none is published, or a package
// is not there; nothing was written then.
base::Result<int> write_release_stick(const std::string& feeds_folder,
                                      const std::string& repository, const std::string& stick);

}  // namespace offline::intake
