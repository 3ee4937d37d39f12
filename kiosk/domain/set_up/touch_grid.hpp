// The panel as cells of at most 15 mm, and to which of them a finger has been; how far a line that
// was drawn along a ruler strays. Pure.
#pragma once

#include "domain/strokes.hpp"

#include <string>
#include <vector>

namespace domain::set_up {

class TouchGrid {
  public:
    static constexpr double cell_mm_max = 15;

    TouchGrid() = default;
    TouchGrid(double width_mm, double height_mm);

    int columns() const { return columns_; }
    int rows() const { return rows_; }
    bool touched(int column, int row) const;
    // Every cell that a line of the strokes passes, in units of the panel.
    void sweep(const Strokes& strokes);
    int left() const;
    // "3-12" is the third from the left in the twelfth row from the top.
    std::vector<std::string> missed() const;
    friend bool operator==(const TouchGrid&, const TouchGrid&) = default;

  private:
    void touch(float x, float y);
    int columns_ = 0, rows_ = 0;
    std::vector<bool> touched_;
};

// How far the strokes lie from the diagonal from the upper left to the lower right corner at most,
// in millimetres of a panel of this size; below zero: the line was too short to say.
double drift_mm(const Strokes& strokes, double width_mm, double height_mm);
inline constexpr double drift_mm_max = 4;

}  // namespace domain::set_up
