// The frame round the blocks: training band, header, steps, utility bar, overlay. Main thread.
#pragma once

#include "ui/widgets/context.hpp"

namespace ui::widgets {

// What holds for the whole terminal, above every page; either may be empty.
void draw_band(Context& c, std::string_view training, std::string_view power, Rect area);
void draw_header(Context& c, const screens::Header& header, Rect area);
void draw_steps(Context& c, const screens::Steps& steps, Rect area);
// Both in one row, where a low panel has no room for two: the steps stand in the place of the
// title, the time is left out, and the line only speaks up when it is broken.
void draw_header_with_steps(Context& c, const screens::Header& header, const screens::Steps& steps,
                            Rect area);
void draw_utility_bar(Context& c, const std::vector<screens::UtilityButton>& buttons, Rect area);
// The same buttons in the same order, from the top down.
void draw_utility_column(Context& c, const std::vector<screens::UtilityButton>& buttons, Rect area);
// At one of so many places from the top down.
void draw_attract(Context& c, const screens::Attract& attract, int place, int places);
// Small quiet buttons on the right: what the voice does.
void draw_speech_bar(Context& c, const std::vector<screens::Button>& buttons, Rect area);
// Over the whole panel (pictures/panel_test.cpp).
void draw_panel_test(Context& c, const screens::PanelTest& test);
void draw_overlay(Context& c, const screens::Overlay& overlay);

}  // namespace ui::widgets
