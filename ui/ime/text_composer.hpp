// Turns pinyin letters into candidates. The composition (letters not yet chosen) lives only in the
// composer and on the panel; nothing is learnt and nothing outlives clear(). Called on the main
// thread; prepare() returns at once and the work is done elsewhere.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ui::ime {

struct Composition {
    std::string letters;                  // xin'wu, as typed and divided
    std::vector<std::string> candidates;  // best first, some dozens at most
};

class TextComposer {
  public:
    virtual ~TextComposer() = default;

    enum class State { idle, preparing, ready, unavailable };
    virtual void prepare() = 0;  // begins to load when that has not happened
    virtual State state() = 0;
    // Waits for a load that has begun or begins it; for pictures, which must not depend on how
    // fast a dictionary loads.
    virtual void finish_preparing() = 0;

    // a…z and the divider '. False when the letter was not taken.
    virtual bool type(char letter) = 0;
    virtual void erase() = 0;
    // The finished text when the choice completes the composition; nothing when letters are left.
    virtual std::optional<std::string> choose(std::size_t candidate) = 0;
    virtual Composition composition() = 0;
    virtual void clear() = 0;
};

}  // namespace ui::ime
