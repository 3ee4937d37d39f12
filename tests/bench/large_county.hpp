// A pack of thousands of items: those of the sample county again and again, each time with codes,
// a name and everyday words of their own, and with everything a real item has.
#pragma once

#include <cstddef>
#include <string>

// The compact JSON of pack.json, which the reader takes without a problem; `items` of them.
std::string large_county(std::size_t items);
