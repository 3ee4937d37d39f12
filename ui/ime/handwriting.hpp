// Handwriting: the strokes of one character in, candidates out, best first. The same strokes give
// the same candidates whoever wrote before: nothing is learnt, nothing is kept. Main thread;
// prepare() returns at once.
#pragma once

#include "domain/strokes.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace ui::ime {

class Handwriting {
  public:
    virtual ~Handwriting() = default;

    virtual void prepare() = 0;  // begins to load when that has not happened
    // Waits for a load that has begun or begins it.
    virtual void finish_preparing() = 0;
    // False once it is known that the model is missing or unreadable.
    virtual bool offered() = 0;
    // At most `most` characters; none without strokes or without a model. A few milliseconds for a
    // simple character, some tens for the longest.
    virtual std::vector<std::string> recognise(const domain::Strokes& strokes,
                                               std::size_t most) = 0;
};

}  // namespace ui::ime
