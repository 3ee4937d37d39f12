// The machine under the terminal: what it says of itself (an effect, read from /proc, /sys and the
// disk), and what that means for a terminal in service (pure).
#pragma once

#include "provisioning/diagnostics/check.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace provisioning::diagnostics {

struct MachineFacts {
    std::string system;  // Debian GNU/Linux 12 (bookworm), Linux 6.1.0-18-amd64
    std::string model;   // as its maker names it; empty: it does not say
    std::string number;  // 16 characters that stay with this installation and tell nothing else
    std::int64_t disk_bytes = 0, disk_free = 0;  // where the terminal keeps its state
    std::optional<int> write_error;              // errno of a trial there
    // In a sandbox /proc shows processes only: what the kernel says of itself is not seen there.
    bool sees_kernel = true;
    std::int64_t memory_bytes = 0, memory_available = 0;
    std::int64_t swap_bytes = 0;  // on a disk; compressed memory does not count
    std::string core_pattern;
    bool clock_synchronised = false;
    base::Instant now{};
    base::Millis up{};  // since it was started
};

// `root` is / but in tests. Writes one small file without a name in the state folder. Never fails:
// what cannot be read stays empty and fails its check.
MachineFacts read_machine(const std::string& state_folder, const base::Clock& clock,
                          const std::string& root = "/");

std::vector<Check> machine_checks(const MachineFacts& facts);

}  // namespace provisioning::diagnostics
