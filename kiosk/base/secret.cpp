#include "base/secret.hpp"

namespace base {

namespace detail {
std::atomic<long> live_secret_count{0};
}

long live_secrets() {
    return detail::live_secret_count.load();
}

void wipe_memory(void* data, std::size_t size) {
    auto* bytes = static_cast<volatile unsigned char*>(data);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = 0;
}

}  // namespace base
