// Where the packages of a release lie: for kiosk-post, which puts them there, and kiosk-update,
// which looks for them; for the centre, which writes sticks.
#pragma once

#include <string>

namespace offline::releases {

inline std::string shelf_folder(const std::string& feeds_folder) {
    return feeds_folder + "/packages";
}

// On a stick: the list as the feed brings it, beside it the packages under their shelf's names.
inline constexpr const char* stick_folder = "cw-release";
inline constexpr const char* stick_list = "release.feed";

}  // namespace offline::releases
