// Where kiosk-post puts the packages of a release and kiosk-update looks for them.
#pragma once

#include <string>

namespace offline::releases {

inline std::string shelf_folder(const std::string& feeds_folder) {
    return feeds_folder + "/packages";
}

}  // namespace offline::releases
