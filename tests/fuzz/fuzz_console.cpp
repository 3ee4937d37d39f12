// What the intake's web console reads of a request by itself: the fields of a form, from whom it
// comes; and what it makes of them in a page. The first byte chooses.
#include "base/bytes.hpp"
#include "offline/intake/console/addresses.hpp"
#include "offline/intake/console/console_server.hpp"
#include "offline/intake/console/html.hpp"

#include <algorithm>
#include <cstdlib>

namespace {

namespace console = offline::intake::console;

void must(bool promise) {
    if (!promise) std::abort();
}

void in_a_page(const std::string& text) {
    const std::string out = console::escaped(text);
    must(base::is_valid_utf8(out));
    must(out.find_first_of("<>\"'") == std::string::npos);
    for (auto at = out.find('&'); at != std::string::npos; at = out.find('&', at + 1)) {
        const auto is = [&](std::string_view entity) {
            return std::string_view(out).substr(at).starts_with(entity);
        };
        must(is("&amp;") || is("&lt;") || is("&gt;") || is("&quot;") || is("&#39;"));
    }
}

std::string line_of(std::string& rest) {
    const auto end = rest.find('\n');
    std::string line = rest.substr(0, end);
    rest = end == std::string::npos ? std::string() : rest.substr(end + 1);
    return line;
}

// Whatever was typed is read as it was, and a field that is not there is empty.
void form(std::string input) {
    const std::string name = line_of(input);
    const auto value = console::form_field(input, name);
    must(base::is_valid_utf8(value));
    in_a_page(value);
    if (input.find('=') == std::string::npos) must(value.empty());
    std::string typed = "other=1&name=";
    for (const unsigned char byte : input) {
        constexpr std::string_view hex = "0123456789ABCDEF";
        typed += '%';
        typed += hex[byte >> 4];
        typed += hex[byte & 15];
    }
    must(console::form_field(typed, "name") == (base::is_valid_utf8(input) ? input : ""));
}

// remote, proxy, and what the request says of itself, one line each.
void asks(std::string input) {
    const std::string remote = line_of(input), proxy = line_of(input);
    std::vector<std::string> forwarded;
    while (!input.empty()) forwarded.push_back(line_of(input));
    const auto who = console::who_asks(remote, forwarded, proxy);
    if (!console::is_address(remote)) must(who == remote);
    if (console::is_address(remote)) {
        must(who.size() == 8 || who.size() == 16);
        must(who.find_first_not_of("0123456789abcdef") == std::string::npos);
    }
    // Without a proxy nothing that somebody sends changes who it is.
    must(console::who_asks(remote, forwarded, "") == console::who_asks(remote, {}, ""));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string input(base::as_text(base::ByteView(data + 1, size - 1)));
    switch (data[0] % 4) {
        case 0:
            form(input);
            break;
        case 1:
            asks(input);
            break;
        case 2:
            if (const auto at = console::address_from(input)) {
                must(!at->first.empty() && at->second >= 0 && at->second <= 65535);
                const auto again =
                    console::address_from(at->first + ":" + std::to_string(at->second));
                must(again && *again == *at);
            }
            break;
        case 3:
            in_a_page(input);
            break;
    }
    return 0;
}
