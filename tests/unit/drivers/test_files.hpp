// Where tests of devices find pictures and models; they are fetched by provisioning/setup.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace drivers::testing {

inline std::string cache(const std::string& part) {
    const char* cache_home = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    const std::string root = cache_home != nullptr && *cache_home != '\0'
                                 ? cache_home
                                 : std::string(home != nullptr ? home : "") + "/.cache";
    return root + "/citizen-window/" + part;
}
inline bool are_fetched() {
    return std::filesystem::exists(cache("models/fr_feature.onnx")) &&
           std::filesystem::exists(cache("faces/astronaut.png"));
}
inline constexpr const char* not_fetched =
    "face models or face samples are not in the cache: run provisioning/setup";
inline const std::string people_folder = "drivers/emulation/people";

}  // namespace drivers::testing
