#include "drivers/qr/scanner/wires/device_nodes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>

namespace drivers::qr {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> entries(const fs::path& folder, std::string_view beginning) {
    std::vector<fs::path> out;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (at->path().filename().string().starts_with(beginning)) out.push_back(at->path());
    std::sort(out.begin(), out.end());
    return out;
}

// None for a text that is anything else besides.
std::optional<std::uint16_t> hex_number(std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (error != std::errc{} || end != text.data() + text.size() || value > 0xFFFF)
        return std::nullopt;
    return static_cast<std::uint16_t>(value);
}

std::optional<std::uint16_t> hex_in(const fs::path& file) {
    std::string line;
    std::ifstream in(file);
    if (!std::getline(in, line)) return std::nullopt;
    return hex_number(line);
}

std::optional<usb::DeviceId> ids_in(const fs::path& vendor, const fs::path& product) {
    const auto maker = hex_in(vendor), model = hex_in(product);
    if (!maker || !model) return std::nullopt;
    return usb::DeviceId{*maker, *model};
}

// HID_ID=0003:00000C2E:00000B61: bus, vendor, product.
std::optional<usb::DeviceId> hid_ids_in(const fs::path& uevent) {
    constexpr std::string_view key = "HID_ID=";
    constexpr std::size_t vendor_at = 5, product_at = 14, digits = 8;
    std::ifstream in(uevent);
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with(key)) continue;
        const auto ids = std::string_view(line).substr(key.size());
        if (ids.size() <= product_at) return std::nullopt;
        const auto vendor = hex_number(ids.substr(vendor_at, digits)),
                   product = hex_number(ids.substr(product_at, digits));
        if (!vendor || !product) return std::nullopt;
        return usb::DeviceId{*vendor, *product};
    }
    return std::nullopt;
}

}  // namespace

std::vector<DeviceNode> hidraw_nodes(const DeviceFolders& folders) {
    std::vector<DeviceNode> out;
    for (const auto& entry : entries(folders.sys + "/class/hidraw", "hidraw"))
        if (const auto id = hid_ids_in(entry / "device/uevent"))
            out.push_back({*id, folders.dev + "/" + entry.filename().string()});
    return out;
}

std::vector<DeviceNode> event_nodes(const DeviceFolders& folders) {
    std::vector<DeviceNode> out;
    for (const auto& entry : entries(folders.sys + "/class/input", "event"))
        if (const auto id = ids_in(entry / "device/id/vendor", entry / "device/id/product"))
            out.push_back({*id, folders.dev + "/input/" + entry.filename().string()});
    return out;
}

std::vector<usb::DeviceId> usb_devices(const DeviceFolders& folders) {
    std::vector<usb::DeviceId> out;
    for (const auto& entry : entries(folders.sys + "/bus/usb/devices", ""))
        if (const auto id = ids_in(entry / "idVendor", entry / "idProduct")) out.push_back(*id);
    return out;
}

std::string in_words(usb::DeviceId id) {
    return fmt::format("{:04X}:{:04X}", id.vendor, id.product);
}

}  // namespace drivers::qr
