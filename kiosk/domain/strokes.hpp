// A signature or mark drawn by touch.
#pragma once

#include "base/secret.hpp"

#include <vector>

namespace domain {

// In units of the pad: x 0…1 from the left, y 0…1 from the top.
struct StrokePoint {
    float x = 0;
    float y = 0;
    friend bool operator==(const StrokePoint&, const StrokePoint&) = default;
};

struct Strokes {
    double aspect = 2;  // width / height of the pad it was drawn on
    std::vector<std::vector<StrokePoint>> lines;

    bool empty() const { return lines.empty(); }
    void wipe() {
        for (auto& line : lines) base::wipe(line);
        lines.clear();
    }
    friend bool operator==(const Strokes&, const Strokes&) = default;
};

}  // namespace domain
