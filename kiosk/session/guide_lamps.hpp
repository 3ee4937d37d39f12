// Which guide lamp leads where on which page (UX-161): a pure function of the session.
#pragma once

#include "domain/cabinet.hpp"
#include "session/session.hpp"

namespace session {

// slow: put something there, or something will come out; quick: take it; continuous: it works.
domain::Lamps guide_lamps(const Session& session);

}  // namespace session
