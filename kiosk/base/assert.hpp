// KIOSK_ASSERT stays on in release: a bug ends the process, the supervisor restarts it into Idle,
// and what was kept is safe in the post. The message is fixed text: no person can be in it.
#pragma once

namespace base {
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);
}

#define KIOSK_ASSERT(expression) \
    ((expression) ? void(0) : ::base::assertion_failed(#expression, __FILE__, __LINE__))
