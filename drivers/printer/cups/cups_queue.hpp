// A print queue over libcups: every call is one exchange on a line of its own, with a limit of a
// few seconds of silence, and no password is ever asked for. The document goes out of memory;
// nothing is written to a file. Jobs carry the name of our word and the user `citizen-window`,
// nothing of a person. See print_queue.hpp for what the calls mean.
#pragma once

#include "domain/print_queue_address.hpp"
#include "drivers/printer/queue/print_queue.hpp"

#include <memory>

namespace drivers::printer {

std::unique_ptr<PrintQueue> make_cups_queue(domain::PrintQueueAddress address);

}  // namespace drivers::printer
