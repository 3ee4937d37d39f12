// What people type into the search, one keystroke after another.
#pragma once

#include <string>
#include <vector>

// Fifty: everyday words, first letters, whole syllables, mixtures, villages, and what nothing is
// called.
const std::vector<std::string>& queries();
// The query after its first, second … character.
std::vector<std::string> keystrokes(const std::string& query);
