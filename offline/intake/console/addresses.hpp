// From whom a request comes, as far as tries are counted, and where the console listens. Pure.
#pragma once

#include "base/result.hpp"

#include <string>
#include <utility>
#include <vector>

namespace offline::intake::console {

bool is_address(const std::string& text);  // IPv4 or IPv6
// The address of `remote`, who opened the connection; when that is the `proxy`, of whom the proxy
// names. `forwarded`: the lines of X-Forwarded-For as they came; only their last word is the
// proxy's own, what stands before anybody may have sent. Of an IPv6 address the first half: whoever
// has one has all of the rest.
std::string who_asks(const std::string& remote, const std::vector<std::string>& forwarded,
                     const std::string& proxy);

// HOST:PORT as --console takes it. ConfigInvalid.
base::Result<std::pair<std::string, int>> address_from(const std::string& text);

}  // namespace offline::intake::console
