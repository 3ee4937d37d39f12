// The person before the terminal, over the standard input, or a script in the person's
// place. One thread; blocks until a line came.
#pragma once

#include "base/result.hpp"
#include "provisioning/diagnostics/device_checks.hpp"

#include <optional>
#include <string>

namespace provisioning::diagnostics {

// `prompt` shows a question and leaves the line open; the answer is the next line of the input.
// y 对, n 不对, s 跳过; the end of the input skips.
AskPerson at_the_keyboard(technician::Say prompt);
// The answer to an open question; none: the end of the input, nobody is there.
std::function<std::optional<std::string>(const std::string&)> line_at_the_keyboard(
    technician::Say prompt);

// "printer=yes,slip=no": what a script says for the person; what it does not name is skipped.
// BytesMalformed with the part that cannot be read.
base::Result<AskPerson> answers_of(const std::string& text);

}  // namespace provisioning::diagnostics
