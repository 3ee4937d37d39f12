// Values that the centre sets from afar (the configuration feed): TOML with sections and keys of
// an allow-list, laid over the terminal's own file and read by the same reader. One key that is
// not allowed, or one value that the reader does not take, refuses all of it. Nothing in the list
// says whom a program trusts, where it sends to or keeps things, or what devices it has.
#pragma once

#include "provisioning/config/config.hpp"

namespace provisioning::config {

// "times.*", "post.backoff_cap_ms" …
const std::vector<std::string>& allowed_overrides();

// The file with the overrides over it. Problems name the overrides' keys and their own.
ReadConfig read_config_with(const std::string& path, const std::string& overrides);

// ConfigInvalid: why these overrides cannot be used with this file.
base::Status check_overrides(const std::string& path, const std::string& overrides);

}  // namespace provisioning::config
