// Whether a device that is looked for counts as there: three looks in a row must miss it before it
// counts as gone, one that finds it is enough to be there. For evidence that may err: a list of
// devices, a question without an answer. What the system says for certain (unplugged, no such
// device) needs no second look. Pure. One thread.
#pragma once

namespace drivers::supervision {

class Presence {
  public:
    static constexpr int misses_until_gone = 3;

    // Both answer whether it has just come or just gone.
    bool seen() {
        misses_ = 0;
        if (there_) return false;
        there_ = true;
        return true;
    }
    bool missed() {
        if (!there_ || ++misses_ < misses_until_gone) return false;
        there_ = false;
        misses_ = 0;
        return true;
    }
    // It is known for certain.
    void gone() {
        there_ = false;
        misses_ = 0;
    }
    bool is_there() const { return there_; }

  private:
    bool there_ = false;
    int misses_ = 0;
};

}  // namespace drivers::supervision
