// Random bytes from the kernel, for ids and tokens. Keys come from offline/sealing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace base {

void fill_random(std::uint8_t* data, std::size_t size);

template <std::size_t N>
std::array<std::uint8_t, N> random_bytes() {
    std::array<std::uint8_t, N> out{};
    fill_random(out.data(), out.size());
    return out;
}

}  // namespace base
