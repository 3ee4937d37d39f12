#include "provisioning/set_up/found_devices.hpp"

#include <algorithm>
#include <filesystem>

namespace provisioning::set_up {

namespace {

namespace files = std::filesystem;
constexpr std::size_t names_max = 8;  // of what one page can offer

std::vector<files::path> entries(const std::string& folder) {
    std::vector<files::path> out;
    std::error_code problem;
    files::directory_iterator at(folder, problem);
    for (const files::directory_iterator end; !problem && at != end; at.increment(problem))
        out.push_back(at->path());
    std::ranges::sort(out);
    return out;
}

}  // namespace

std::map<std::string, std::vector<std::string>> found_devices(const std::string& root) {
    std::map<std::string, std::vector<std::string>> out;
    const auto cameras = entries(root + "dev/v4l/by-path");
    for (const auto& path : cameras)
        // Further nodes of the same camera carry no picture.
        if (path.filename().string().ends_with("-video-index0") &&
            out["camera_device"].size() < names_max)
            out["camera_device"].push_back("/dev/v4l/by-path/" + path.filename().string());
    if (out["camera_device"].empty()) {
        std::error_code problem;
        if (files::exists(root + "dev/video0", problem))
            out["camera_device"].emplace_back("/dev/video0");
    }
    out["document_camera"] = out["camera_device"];
    const auto queues = entries(root + "etc/cups/ppd");
    for (const auto& path : queues)
        if (path.extension() == ".ppd" && out["document_queue"].size() < names_max)
            out["document_queue"].push_back(path.stem().string());
    return out;
}

}  // namespace provisioning::set_up
