// The post office and the line to the centre, as kiosk-post says they are.
#pragma once

#include "domain/post_status.hpp"
#include "provisioning/diagnostics/check.hpp"

#include <stop_token>

namespace provisioning::diagnostics {

// Asks a post that runs, at most `limit` (it says at once what it knows, and of the line when it
// has tried it). Line::absent: nobody answers.
domain::PostStatus ask_post(const std::string& socket_path, domain::Realm realm, base::Millis limit,
                            const base::Clock& clock, std::stop_token stop);

// What kiosk-post drill check wrote: whether what was acknowledged outlived a power cut. Skipped
// where no drill was done.
Check drill_check(const std::string& state_folder, base::Instant now);

// Pure.
std::vector<Check> post_checks(const domain::PostStatus& status, base::Instant now);

}  // namespace provisioning::diagnostics
