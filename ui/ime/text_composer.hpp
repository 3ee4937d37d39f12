// Turns keys into candidates: pinyin letters, the nine digit keys, or the five kinds of strokes.
// The composition (what is not yet chosen) lives only in the composer and on the panel; nothing is
// learnt and nothing outlives clear(). Called on the main thread; prepare() returns at once and the
// work is done elsewhere.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ui::ime {

enum class Script {
    pinyin,    // a…z and the divider '
    nine_key,  // 2…9, three or four letters each, and the divider '
    strokes,   // h 横, s 竖, p 撇, n 点, z 折, in the order of writing
};

struct Composition {
    std::string letters;                  // xin'wu, as typed and divided; 一丨丿丶 for strokes
    std::vector<std::string> candidates;  // best first, some dozens at most
    // Nine keys: syllables the first digits not yet read may mean, longest first; read_as() takes
    // one.
    std::vector<std::string> readings;
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

    // False once it is known that the data of this script are missing.
    virtual bool offers(Script script) = 0;
    // What the next keys mean. A composition of another script is dropped.
    virtual void use(Script script) = 0;

    // One key of the script. False when it was not taken.
    virtual bool type(char key) = 0;
    virtual void erase() = 0;
    virtual void read_as(std::size_t reading) = 0;
    // The finished text when the choice completes the composition; nothing when keys are left.
    virtual std::optional<std::string> choose(std::size_t candidate) = 0;
    virtual Composition composition() = 0;
    virtual void clear() = 0;
};

}  // namespace ui::ime
