#include "base/random.hpp"

#include "base/assert.hpp"

#include <sys/random.h>

namespace base {

void fill_random(std::uint8_t* data, std::size_t size) {
    while (size > 0) {
        const auto got = ::getrandom(data, size, 0);
        KIOSK_ASSERT(got > 0);
        data += got;
        size -= static_cast<std::size_t>(got);
    }
}

}  // namespace base
