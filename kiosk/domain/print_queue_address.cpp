#include "domain/print_queue_address.hpp"

#include <algorithm>
#include <charconv>

namespace domain {

namespace {

constexpr std::size_t longest = 255;

bool is_local(std::string_view host) {
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

// Printable ASCII without what has a meaning of its own in an address.
bool fits_resource(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return c > ' ' && c < '\x7f' &&
               std::string_view("\"#<>?\\^`{|}").find(c) == std::string_view::npos;
    });
}

bool is_queue_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.';
    });
}

}  // namespace

std::optional<PrintQueueAddress> print_queue_address(std::string_view text) {
    if (text.size() > longest) return std::nullopt;
    PrintQueueAddress address;
    if (is_queue_name(text)) {
        address.resource = "/printers/" + std::string(text);
        return address;
    }
    address.encrypted = text.starts_with("ipps://");
    if (!address.encrypted && !text.starts_with("ipp://")) return std::nullopt;
    text.remove_prefix(text.find("//") + 2);
    // What follows a question mark are options of cupsd's back end.
    text = text.substr(0, text.find('?'));
    const auto slash = text.find('/');
    const auto authority = text.substr(0, slash);
    if (slash != std::string_view::npos) address.resource = text.substr(slash);
    if (address.resource.size() < 2 || !fits_resource(address.resource)) return std::nullopt;

    const auto colon = authority.rfind(':');
    const bool has_port =
        colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
    address.host = authority.substr(0, has_port ? colon : std::string_view::npos);
    if (!is_local(address.host)) return std::nullopt;
    if (has_port) {
        const auto digits = authority.substr(colon + 1);
        const auto* const end = digits.data() + digits.size();
        const auto read = std::from_chars(digits.data(), end, address.port);
        if (read.ec != std::errc{} || read.ptr != end || address.port < 1 || address.port > 65535)
            return std::nullopt;
    }
    return address;
}

}  // namespace domain
