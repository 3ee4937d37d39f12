// Where a print queue is, from the word of the configuration: the name of a queue of this machine's
// cupsd, or an ipp:// or ipps:// address of this machine. The app has no network: a printer in the
// network hangs behind the local cupsd, one on USB behind it or behind ipp-usb. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace domain {

struct PrintQueueAddress {
    std::string host;  // empty = wherever this machine's cupsd listens
    int port = 631;
    bool encrypted = false;
    std::string resource;  // /printers/paper, /ipp/print

    friend bool operator==(const PrintQueueAddress&, const PrintQueueAddress&) = default;
};

std::optional<PrintQueueAddress> print_queue_address(std::string_view text);

}  // namespace domain
