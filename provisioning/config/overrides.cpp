#include "provisioning/config/overrides.hpp"

#include "base/messages.hpp"
#include "provisioning/config/section_reader.hpp"

#include <algorithm>
#include <filesystem>

namespace provisioning::config {

namespace {

constexpr std::size_t overrides_bytes_max = 64 << 10;

bool is_allowed(const std::vector<std::string>& list, const std::string& section,
                const std::string& key) {
    return std::ranges::find(list, section + ".*") != list.end() ||
           std::ranges::find(list, section + "." + key) != list.end();
}

Problem unknown(const std::string& name) {
    return {name, "[" + name + "]", in_chinese(base::MessageId::config_expects_known_key)};
}

}  // namespace

void lay_over(toml::table& document, const toml::table& values_over,
              const std::vector<std::string>& allowed, std::vector<Problem>& problems) {
    for (const auto& [name, node] : values_over) {
        const std::string section(name.str());
        const toml::table* values = node.as_table();
        if (values == nullptr) {
            problems.push_back(unknown(section));
            continue;
        }
        for (const auto& [key, value] : *values) {
            const std::string word(key.str());
            if (!is_allowed(allowed, section, word) || value.is_table() || value.is_array()) {
                problems.push_back(unknown(section + "." + word));
                continue;
            }
            if (!document.contains(section)) document.insert(section, toml::table{});
            if (auto* into = document[section].as_table()) into->insert_or_assign(word, value);
        }
    }
}

const std::vector<std::string>& allowed_overrides() {
    static const std::vector<std::string> list{"times.*",
                                               "sound.*",
                                               "masking.*",
                                               "touch.*",
                                               "kiosk.face_check_wanted",
                                               "post.backoff_base_ms",
                                               "post.backoff_cap_ms",
                                               "post.first_contact_jitter_ms",
                                               "post.hello_every_s"};
    return list;
}

ReadConfig read_config_with(const std::string& path, const std::string& overrides) {
    ReadConfig read = read_config(path);
    if (!read.problems.empty()) return read;
    if (overrides.size() > overrides_bytes_max) {
        read.problems.push_back(unknown("toml"));
        return read;
    }
    bool finished = false;
    auto document = read_document(path, finished, read.problems);
    const auto over = parse_table(overrides, read.problems);
    if (!document || !over) {
        if (read.problems.empty()) read.problems.push_back(unknown(path));
        return read;
    }
    lay_over(*document, *over, allowed_overrides(), read.problems);
    if (!read.problems.empty()) return read;
    const auto folder = std::filesystem::absolute(path).parent_path();
    read = read_config_table(*document, folder.string());
    read.config.set_up_finished = finished;
    return read;
}

base::Status check_overrides(const std::string& path, const std::string& overrides) {
    const auto read = read_config_with(path, overrides);
    if (!read.problems.empty())
        return base::fail(base::FaultCode::ConfigInvalid, read.problems.front().key);
    return {};
}

}  // namespace provisioning::config
