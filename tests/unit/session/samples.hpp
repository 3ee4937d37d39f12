// The samples of every state, and one of every event, for the exhaustive tests of the machine.
#pragma once

#include "app/training/samples/samples.hpp"

namespace session::samples {

using namespace app::training::samples;

struct NamedEvent {
    std::string name;
    Event event;
};
// Results carry the ticket that the sample states wait for.
std::vector<NamedEvent> events();

}  // namespace session::samples
