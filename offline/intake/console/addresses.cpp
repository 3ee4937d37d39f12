#include "offline/intake/console/addresses.hpp"

#include "base/bytes.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>

namespace offline::intake::console {

namespace {

using Address = std::array<std::uint8_t, 16>;  // IPv4 as ::ffff:a.b.c.d, whichever way it came
constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::optional<Address> address_in(const std::string& text) {
    Address out{};
    if (::inet_pton(AF_INET6, text.c_str(), out.data()) == 1) return out;
    std::ranges::copy(mapped, out.begin());
    if (::inet_pton(AF_INET, text.c_str(), out.data() + mapped.size()) == 1) return out;
    return std::nullopt;
}

std::string counted(const Address& address) {
    const bool four = std::equal(mapped.begin(), mapped.end(), address.begin());
    return base::to_hex(four ? std::span(address).last(4) : std::span(address).first(8));
}

std::string last_word(const std::string& line) {
    const auto comma = line.rfind(',');
    const auto from = line.find_first_not_of(" \t", comma == std::string::npos ? 0 : comma + 1);
    if (from == std::string::npos) return {};
    return line.substr(from, line.find_last_not_of(" \t") + 1 - from);
}

}  // namespace

bool is_address(const std::string& text) {
    return address_in(text).has_value();
}

std::string who_asks(const std::string& remote, const std::vector<std::string>& forwarded,
                     const std::string& proxy) {
    const auto from = address_in(remote);
    if (!from) return remote;
    if (from == address_in(proxy) && !forwarded.empty())
        if (const auto named = address_in(last_word(forwarded.back()))) return counted(*named);
    return counted(*from);
}

base::Result<std::pair<std::string, int>> address_from(const std::string& text) {
    const auto colon = text.rfind(':');
    int port = -1;
    if (colon != std::string::npos && colon > 0) {
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data() + colon + 1, end, port);
        if (read.ec != std::errc{} || read.ptr != end) port = -1;
    }
    if (port < 0 || port > 65535)
        return base::fail(base::FaultCode::ConfigInvalid, "--console: HOST:PORT");
    return std::pair{text.substr(0, colon), port};
}

}  // namespace offline::intake::console
