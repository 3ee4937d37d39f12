#include "provisioning/set_up/found_devices.hpp"

#include "base/bytes.hpp"

#include <sys/timex.h>

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

std::string first_word_of(const std::string& path) {
    const auto bytes = base::read_file(path);
    if (!bytes) return {};
    const auto text = base::as_text(*bytes);
    return std::string(text.substr(0, text.find_first_of(" \n")));
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

std::vector<domain::set_up::Link> network_links(const std::string& root) {
    std::vector<domain::set_up::Link> out;
    std::error_code problem;
    files::directory_iterator at(root + "/sys/class/net", problem);
    for (const files::directory_iterator end; !problem && at != end; at.increment(problem)) {
        const auto folder = at->path().string();
        const auto name = at->path().filename().string();
        if (name == "lo") continue;
        std::error_code none;
        out.push_back(
            {name,
             files::exists(folder + "/wireless", none) || files::exists(folder + "/phy80211", none),
             first_word_of(folder + "/operstate") == "up"});
    }
    std::ranges::sort(out, {}, &domain::set_up::Link::name);
    return out;
}

bool clock_is_synchronised(const std::string& root) {
    timex asked{};
    if (::adjtimex(&asked) >= 0) return (asked.status & STA_UNSYNC) == 0;
    std::error_code problem;
    return files::exists(root + "/run/systemd/timesync/synchronized", problem);
}

}  // namespace provisioning::set_up
