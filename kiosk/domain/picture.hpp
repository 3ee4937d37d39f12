// Pictures in memory. A picture of a person lives inside Secret<> or a LatestValue that is cleared
// when its session ends, and never touches a disk.
#pragma once

#include "base/clock.hpp"
#include "base/secret.hpp"

#include <cstdint>
#include <vector>

namespace domain {

// 8-bit RGB, row by row from the top left, no padding: rgb.size() == width * height * 3.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;

    bool empty() const { return rgb.empty(); }
    void wipe() { base::wipe(rgb); }
    friend bool operator==(const Picture&, const Picture&) = default;
};

// 8 bits a pixel, row by row from the top left: a thumb print on paper.
struct GreyPicture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> grey;

    void wipe() { base::wipe(grey); }
    friend bool operator==(const GreyPicture&, const GreyPicture&) = default;
};

// One bit a pixel, as thermal printers burn it: row by row from the top, each row filled up to
// whole bytes, the highest bit is the leftmost dot, 1 = black.
struct BitPicture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> bits;

    std::size_t row_bytes() const { return static_cast<std::size_t>(width + 7) / 8; }
    bool is_black(int x, int y) const {
        const auto at = static_cast<std::size_t>(y) * row_bytes() + static_cast<std::size_t>(x) / 8;
        return (bits.at(at) >> (7 - x % 8) & 1) != 0;
    }
    void wipe() { base::wipe(bits); }
    friend bool operator==(const BitPicture&, const BitPicture&) = default;
};

// One camera frame.
struct Frame {
    base::Secret<Picture> picture;
    base::Millis taken{};      // steady clock
    std::uint64_t number = 0;  // counts up
};

}  // namespace domain
