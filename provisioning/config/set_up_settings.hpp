// What the set-up of a terminal decided: TOML with sections and keys of an allow-list, in the state
// folder, laid over the package's own file by every program and read by the same reader; what the
// centre sets from afar (overrides.hpp) lies above both. Like the centre's, these values never say
// whom a program trusts, where it sends to or where it keeps things; unlike them they say what
// devices the terminal has. The first line carries a checksum: a file that was torn or that
// somebody else wrote is one problem, and no program starts with half of it.
#pragma once

#include "base/result.hpp"
#include "domain/set_up/progress.hpp"
#include "provisioning/config/config.hpp"

#include <string>
#include <vector>

namespace provisioning::config {

// "kiosk.width", "device_places.*" …
const std::vector<std::string>& allowed_settings();
std::string set_up_settings_path(const std::string& state_folder);

// The file's text, checksum included. `finished`: the terminal may serve.
std::string as_settings_file(const std::vector<domain::set_up::Setting>& settings, bool finished);

// The configuration at `path` with these settings in place of those that are kept.
ReadConfig read_config_with_settings(const std::string& path, const std::string& settings_file);

// What stands there now, as it is written; empty: nothing does, so that the default holds.
std::string value_in(const std::string& path, const std::string& section, const std::string& key);

// As TOML writes a text.
std::string quoted(const std::string& text);

// A text with a first line by which a torn or foreign one is known; `kind` is one word.
std::string with_checksum(const std::string& kind, const std::string& body);
// The body. BytesMalformed: torn, changed or of another kind.
base::Result<std::string> checked_body(const std::string& kind, const std::string& text);

}  // namespace provisioning::config
