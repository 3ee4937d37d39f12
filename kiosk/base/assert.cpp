#include "base/assert.hpp"

#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace base {

void assertion_failed(const char* expression, const char* file, int line) {
    char digits[16];
    int used = 0;
    for (int rest = line; rest > 0 && used < 15; rest /= 10) digits[used++] = char('0' + rest % 10);
    const auto say = [](const char* text, std::size_t size) {
        [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, text, size);
    };
    say("assertion failed: ", 18);
    say(expression, std::strlen(expression));
    say(" at ", 4);
    say(file, std::strlen(file));
    say(":", 1);
    while (used > 0) say(&digits[--used], 1);
    say("\n", 1);
    std::abort();
}

}  // namespace base
