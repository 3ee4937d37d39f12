// The machine: step() is pure and total. An event that means nothing in a state leaves it as it is;
// a result whose ticket is not the one the state waits for is dropped.
#pragma once

#include "session/effect.hpp"
#include "session/event.hpp"
#include "session/session.hpp"
#include "session/world.hpp"

namespace session {

struct Step {
    Session session;
    Effects effects;
};

// The session of a terminal that just came up, with the effects that open it.
Step begin(const World& world);
Step step(Session session, const Event& event, const World& world);

}  // namespace session
