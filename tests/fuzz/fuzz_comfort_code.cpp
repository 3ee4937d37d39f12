// Whatever somebody holds before the camera.
#include "domain/comfort_code.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    // What is taken for settings is the one code of those settings.
    if (const auto comfort = domain::comfort_from_code(text);
        comfort && domain::comfort_code(*comfort) != text)
        std::abort();
    return 0;
}
