// A page that was just printed is read again by the terminal's own scanner or cameras: that proves
// printer, paper and reader at once, and no person has to be believed. The code on it is drawn
// anew for each page, so that one from before does not count. One thread.
#pragma once

#include <string>
#include <string_view>

namespace provisioning::technician {

struct Bench;
class DevicesAtWork;

// CWT1: + twelve drawn letters + their check character (ISO 7064 MOD 37,36).
std::string draw_test_code();
// Of any test page, this one or one from before; a letter read wrong makes it none.
bool is_test_code(std::string_view text);

// Asks for the page with this code and waits for it, at most bench.read_back_limit. Without a
// scanner the cameras look; where there is nothing to read with, or no time, it is false at once.
// True once the very page was read, which is noted in bench.judged. Of other codes nothing is said
// but that they are others.
bool read_back(Bench& bench, DevicesAtWork& work, std::string_view code);

}  // namespace provisioning::technician
