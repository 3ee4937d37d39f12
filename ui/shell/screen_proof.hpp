// Whether what was drawn stands on the screen: rows of the frame just handed over are read back
// from the display server and compared. It tells a screen that shows nothing new, or something of
// somebody else's above ours, from one that is alive; the program itself would not notice. Main
// thread. While the server does not answer at all the call does not return: whoever watches the
// program (base/service_notice) then hears nothing more and starts it anew.
#pragma once

#include "domain/screen_proof.hpp"

#include <cstdint>
#include <memory>
#include <vector>

struct SDL_Window;
struct SDL_Renderer;

namespace ui::shell {

class ScreenProver {
  public:
    explicit ScreenProver(SDL_Window* window);
    ~ScreenProver();
    ScreenProver(const ScreenProver&) = delete;
    ScreenProver& operator=(const ScreenProver&) = delete;

    // The frame is drawn and not yet presented.
    void remember(SDL_Renderer* renderer, int width, int height);
    // It was presented. Looks again for up to a tenth of a second: a graphics card shows a frame a
    // little after it was handed over. Unknown: there is no X server to ask, or the frame could not
    // be read.
    domain::ScreenProof judge();

  private:
    struct Server;
    std::unique_ptr<Server> server_;  // none: no X server
    int width_ = 0;
    std::vector<int> rows_;
    std::vector<std::uint32_t> drawn_;  // width_ pixels of each row, 0xRRGGBB
};

}  // namespace ui::shell
