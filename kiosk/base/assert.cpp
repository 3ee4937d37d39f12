#include "base/assert.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace base {

void assertion_failed(const char* expression, const char* file, int line) {
    // No memory is asked for: the heap may be what is broken. The second line is the event of
    // log_events.toml.
    char digits[16];
    int used = 0;
    for (int rest = line; rest > 0 && used < 15; rest /= 10) digits[used++] = char('0' + rest % 10);
    std::reverse(digits, digits + used);
    digits[used] = '\0';
    for (const char* text :
         {"assertion failed: ", expression, " at ", file, ":", static_cast<const char*>(digits),
          "\n{\"event\":\"AssertionFailed\",\"file\":\"", file,
          "\",\"line\":", static_cast<const char*>(digits), "}\n"})
        [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, text, std::strlen(text));
    std::abort();
}

}  // namespace base
