#include "provisioning/config/set_up_settings.hpp"

#include "base/bytes.hpp"
#include "base/messages.hpp"
#include "provisioning/config/section_reader.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <sstream>

namespace provisioning::config {

namespace {

using base::MessageId;
using domain::set_up::Setting;
using domain::set_up::Takes;

constexpr std::size_t settings_bytes_max = 64 << 10;
constexpr std::string_view first_word = "# citizen-window";
constexpr const char* kind_of_file = "set-up-settings";

// FNV-1a: against what tears and mistakes do; whoever may write here is not kept out by it.
std::uint64_t checksum(std::string_view text) {
    std::uint64_t sum = 0xcbf29ce484222325;
    for (const char c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return sum;
}

std::string heading(const std::string& kind, const std::string& body) {
    return fmt::format("{} {} 1 {:016x}\n", first_word, kind, checksum(body));
}

// `false`: a problem was added.
bool lay_settings(toml::table& document, const std::string& file, const std::string& place,
                  bool& finished, std::vector<Problem>& problems) {
    const auto body = file.size() > settings_bytes_max
                          ? base::Result<std::string>(base::fail(base::FaultCode::BytesMalformed))
                          : checked_body(kind_of_file, file);
    if (!body) {
        problems.push_back({place, in_chinese(MessageId::config_set_up_torn),
                            in_chinese(MessageId::config_expects_set_up)});
        return false;
    }
    auto settings = parse_table(*body, problems);
    if (!settings) return false;
    if (const auto* own = settings->get_as<toml::table>("set_up"))
        finished = own->get("finished") != nullptr && own->get("finished")->value_or(false);
    settings->erase("set_up");
    const auto before = problems.size();
    lay_over(document, *settings, allowed_settings(), problems);
    return problems.size() == before;
}

std::string state_folder_of(const toml::table& document, const std::string& folder) {
    const auto* own = document.get_as<toml::table>("terminal");
    const auto* state = own == nullptr ? nullptr : own->get_as<std::string>("state_folder");
    if (state == nullptr || state->get().empty()) return {};
    return (std::filesystem::path(folder) / state->get()).lexically_normal().string();
}

std::string folder_of(const std::string& path) {
    return std::filesystem::absolute(path).parent_path().string();
}

std::string written(const Setting& setting) {
    if (setting.takes == Takes::whole || setting.takes == Takes::number) return setting.value;
    return quoted(setting.value);
}

}  // namespace

const std::vector<std::string>& allowed_settings() {
    static const std::vector<std::string> list{"kiosk.width",
                                               "kiosk.height",
                                               "kiosk.pixels_per_mm",
                                               "kiosk.lower_edge_mm",
                                               "kiosk.touch_matrix",
                                               "kiosk.card_reader",
                                               "kiosk.card_reader_port",
                                               "kiosk.camera_device",
                                               "kiosk.document_camera",
                                               "kiosk.code_scanner",
                                               "kiosk.profile",
                                               "printers.*",
                                               "device_places.*",
                                               "sound.*",
                                               "touch.*",
                                               "post.proxy"};
    return list;
}

std::string set_up_settings_path(const std::string& state_folder) {
    return state_folder + "/set_up/settings.toml";
}

std::string quoted(const std::string& text) {
    std::ostringstream out;
    out << toml::value<std::string>(text);
    return out.str();
}

std::string with_checksum(const std::string& kind, const std::string& body) {
    return heading(kind, body) + body;
}

base::Result<std::string> checked_body(const std::string& kind, const std::string& text) {
    const auto end = text.find('\n');
    if (end == std::string::npos) return base::fail(base::FaultCode::BytesMalformed, kind);
    auto body = text.substr(end + 1);
    if (text.substr(0, end + 1) != heading(kind, body))
        return base::fail(base::FaultCode::BytesMalformed, kind);
    return body;
}

std::string as_settings_file(const std::vector<Setting>& settings, bool finished) {
    std::map<std::string, std::string> sections;  // name → lines
    for (const auto& setting : settings)
        sections[setting.section] += setting.key + " = " + written(setting) + "\n";
    std::string body = fmt::format("[set_up]\nfinished = {}\n", finished);
    for (const auto& [name, lines] : sections) body += "\n[" + name + "]\n" + lines;
    return with_checksum(kind_of_file, body);
}

std::optional<toml::table> read_document(const std::string& path, bool& finished,
                                         std::vector<Problem>& problems,
                                         const std::string* settings_instead) {
    const auto bytes = base::read_file(path);
    if (!bytes) {
        problems.push_back({path, in_chinese(MessageId::config_is_missing),
                            in_chinese(MessageId::config_expects_readable_file)});
        return std::nullopt;
    }
    auto document = parse_table(std::string(base::as_text(*bytes)), problems);
    if (!document) return std::nullopt;
    const auto place = set_up_settings_path(state_folder_of(*document, folder_of(path)));
    std::string settings;
    if (settings_instead != nullptr) {
        settings = *settings_instead;
    } else {
        std::error_code problem;
        if (!std::filesystem::exists(place, problem) && !problem) return document;
        // One that cannot be read is a problem, too: without it the terminal is half configured.
        if (const auto file = base::read_file(place)) settings = base::as_text(*file);
    }
    if (!lay_settings(*document, settings, place, finished, problems)) return std::nullopt;
    return document;
}

ReadConfig read_config_with_settings(const std::string& path, const std::string& settings_file) {
    ReadConfig read;
    bool finished = false;
    const auto document = read_document(path, finished, read.problems, &settings_file);
    if (!document) return read;
    read = read_config_table(*document, folder_of(path));
    read.config.set_up_finished = finished;
    return read;
}

std::string value_in(const std::string& path, const std::string& section, const std::string& key) {
    bool finished = false;
    std::vector<Problem> problems;
    const auto document = read_document(path, finished, problems, nullptr);
    const auto* values = document ? document->get_as<toml::table>(section) : nullptr;
    const auto* node = values == nullptr ? nullptr : values->get(key);
    if (node == nullptr) return {};
    if (const auto text = node->value_exact<std::string>()) return *text;
    // As short as it was written: 4.034.
    if (const auto number = node->value_exact<double>()) return fmt::format("{}", *number);
    std::ostringstream shown;
    node->visit([&](const auto& concrete) { shown << concrete; });
    return shown.str();
}

}  // namespace provisioning::config
