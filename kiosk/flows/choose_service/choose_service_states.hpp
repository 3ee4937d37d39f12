#pragma once

#include <string>

namespace flows {

// The first page. Nobody is here: no personal data lives in it, and going back to it is the wipe.
struct Idle {};

struct ChoosingService {
    bool to_read = false;  // opened from 办事指南: choosing leads to the guide all the same
};

// The first page of a guide, and those it leads to.
enum class GuidePage { overview, materials, terms, steps, basis };

struct ReadingGuide {
    std::string item_code;
    GuidePage page = GuidePage::overview;
    bool no_room = false;  // the form was opened, and the disk has no room for it
};

}  // namespace flows
