// What the walk has to know of the forms of every service. Main thread.
#pragma once

#include "tests/crawl/walk.hpp"

#include <string>

namespace crawl {

// A field of the page that is filled in, null elsewhere.
const catalogue::Field* field_of(const session::Session& session, const std::string& key);
// What passes there beside what is filled in already; empty where nothing does yet.
std::string right_there(const session::Session& session, const catalogue::Field& field);
// Which pages of the form are still to come by the answers so far: with others to come, the same
// question is another place. Empty away from questions and forms.
std::string pages_to_come(const session::Session& session);
// Where the age decides, who is too old for one service is young enough for the other.
bool asks_for_the_age(const std::string& code);

// The service that the state is about; empty: none.
std::string item_of(const session::Session& session);
// What tells one place from another: two sessions of the same place lead on alike.
std::string place_of(const session::Session& session, const app::Page& page);

}  // namespace crawl
