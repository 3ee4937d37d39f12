// Reads one table of the configuration into plain values and collects what is wrong with it. A key
// that is present but wrong leaves its value untouched; finish() reports the keys that nobody asked
// for. Used only inside this folder, by one thread.
#pragma once

#include "base/message_id.hpp"
#include "provisioning/config/config.hpp"

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provisioning::config {

// A configuration that is a table already, and how it becomes one. None: a problem was added.
std::optional<toml::table> parse_table(const std::string& text, std::vector<Problem>& problems);
ReadConfig read_config_table(const toml::table& document, const std::string& folder);

// The file at `path` with what a set-up decided laid over it (set_up_settings.hpp), or with
// `settings_instead` of that. None: a problem was added.
std::optional<toml::table> read_document(const std::string& path, bool& finished,
                                         std::vector<Problem>& problems,
                                         const std::string* settings_instead = nullptr);
// Only what the list allows, and only values: no tables in tables. "times.*", "kiosk.width".
void lay_over(toml::table& document, const toml::table& values,
              const std::vector<std::string>& allowed, std::vector<Problem>& problems);

enum class Presence { required, optional };

class SectionReader {
  public:
    // `section` may be null: an optional section that is absent, in which nothing is looked for.
    SectionReader(std::string name, const toml::table* section, std::string folder,
                  std::vector<Problem>& problems);

    void text(std::string_view key, std::string& out, Presence presence = Presence::required);
    // Made absolute from the folder of the file. An optional path may be empty: there is none.
    void path(std::string_view key, std::string& out, Presence presence = Presence::required);
    template <class Whole>
    void whole_number(std::string_view key, Whole& out, std::int64_t least, std::int64_t most) {
        std::int64_t value = out;
        whole_number_64(key, value, least, most);
        out = static_cast<Whole>(value);  // inside the limits of the caller
    }
    void number(std::string_view key, double& out, double least, double most);
    void flag(std::string_view key, bool& out);

    bool is_present() const { return section_ != nullptr; }
    void report(std::string_view key, std::string found, std::string expected);
    void finish();

  private:
    const toml::node* find(std::string_view key);
    void whole_number_64(std::string_view key, std::int64_t& out, std::int64_t least,
                         std::int64_t most);

    std::string name_;
    const toml::table* section_;
    std::string folder_;
    std::vector<Problem>& problems_;
    std::set<std::string, std::less<>> known_;
};

// One of the named values; anything else is reported with those there are.
template <class Value>
void read_one_of(SectionReader& section, const char* key, Value& out,
                 const std::vector<std::pair<const char*, Value>>& ways) {
    std::string word, known;
    section.text(key, word, Presence::optional);
    if (word.empty()) return;
    for (const auto& [name, value] : ways) {
        if (word == name) {
            out = value;
            return;
        }
        known += (known.empty() ? "" : " | ") + std::string(name);
    }
    section.report(key, word, known);
}

// Of the file that was parsed; 0 for what was put in from elsewhere.
int line_of(const toml::node* node);
// "42 (another type)", as the technician reads it.
std::string another_kind(const toml::node& node);
std::string in_chinese(base::MessageId id);

}  // namespace provisioning::config
