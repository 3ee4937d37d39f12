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
    double width_mm = 120;  // of that pad on the glass; not handed in

    bool empty() const { return lines.empty(); }
    void wipe() {
        for (auto& line : lines) base::wipe(line);
        lines.clear();
    }
    friend bool operator==(const Strokes&, const Strokes&) = default;
};

// Length of all strokes on the glass.
double ink_mm(const Strokes& strokes);
// A name rather than a slip of the finger: two strokes or 30 mm of ink (UX-141).
bool is_a_signature(const Strokes& strokes);

}  // namespace domain
