// What a key does to the text of the field in focus.
#pragma once

#include "ui/widgets/context.hpp"

namespace ui::widgets {

void press_key(Context& c, const screens::Field& field, std::string_view id,
               std::string_view label);
void choose_candidate(Context& c, const screens::Field& field, std::size_t candidate);
// Shows the candidates from `next` on, or the page before when it is 0.
void turn_candidates(Context& c, std::size_t next);
void choose_reading(Context& c, std::size_t reading);
// Takes the composition anew from the composer, or the candidates anew from the pad.
void refresh(Context& c);
// Something typed or written has not become a character yet.
bool composing(const Context& c);

}  // namespace ui::widgets
