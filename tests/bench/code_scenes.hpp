// Drawn codes as a camera sees them in a hand: frames of a simulated video, the same for the same
// seed. Sizes in pixels of a 640×480 frame, 15 frames a second.
#pragma once

#include "domain/picture.hpp"

#include <array>
#include <string>

namespace bench {

inline constexpr double frames_per_second = 15;

enum class Trouble { none, blur, glare, tilt, moire, faded };
struct Named {
    Trouble trouble;
    const char* name;
};
inline constexpr std::array troubles{Named{Trouble::none, "calm"},
                                     Named{Trouble::blur, "blur"},
                                     Named{Trouble::glare, "glare"},
                                     Named{Trouble::tilt, "tilt"},
                                     Named{Trouble::moire, "phone screen moire"},
                                     Named{Trouble::faded, "faded thermal paper"}};

class Scene {
  public:
    // `with_code` false: modules at random in its place, without the three corners.
    Scene(unsigned seed, Trouble trouble, bool with_code = true);

    const std::string& text() const { return text_; }
    domain::Picture frame(int number) const;

  private:
    unsigned seed_;
    Trouble trouble_;
    std::string text_;
    domain::Picture sheet_;
    double side_ = 0, turn_ = 0, harm_ = 0;  // pixels; radians; 0…1
};

// The same room with nothing in it, as large as asked.
domain::Picture empty_room(int width, int height);

}  // namespace bench
