#pragma once

#include <string>

namespace flows {

// The first page. Nobody is here: no personal data lives in it, and going back to it is the wipe.
struct Idle {};

struct ChoosingService {
    bool to_read = false;  // opened from 办事指南: choosing leads to the guide all the same
};

struct ReadingGuide {
    std::string item_code;
};

}  // namespace flows
