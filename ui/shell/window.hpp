// The panel: a window, a full screen or only memory (software renderer, no display needed), with
// its touches and clicks. SDL and ImGui's renderer stay behind it, so that another platform layer
// is one new file. Main thread, except wake(). Faults: InternalError with SDL's word.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "domain/picture.hpp"
#include "domain/screen_proof.hpp"
#include "ui/paint/canvas.hpp"
#include "ui/shell/touch_health.hpp"
#include "ui/theme/theme.hpp"
#include "ui/widgets/key_walk.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace ui::shell {

enum class Mode { full_screen, window, headless };

class Window {
  public:
    struct Options {
        Mode mode = Mode::headless;
        int width = 1080, height = 1920;  // full screen takes the panel's own
        bool hide_cursor = true;
    };
    static base::Result<std::unique_ptr<Window>> create(const Options& options);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    int width() const;
    int height() const;

    struct Input {
        std::vector<Contact> contacts;        // every finger of the panel
        std::vector<widgets::KeyPress> keys;  // of the keypad
    };
    // Waits for a touch, a key, a wake() or the end of the time; what was done since the last call
    // is added to `input`. False when the window was asked to close; a terminal's full screen
    // cannot be.
    bool wait(base::Millis limit, const base::Clock& clock, Input& input);
    void wake();  // any thread
    // The panel showed something else meanwhile (uncovered, resized): draw again.
    bool exposed();

    void begin_frame(base::Millis now);
    void end_frame(theme::Colour ground);
    // The next frame that reaches the panel is looked for there (screen_proof.hpp).
    void prove_next_frame();
    // Of that frame, once.
    std::optional<domain::ScreenProof> take_proof();
    void drop_frame();  // instead of end_frame(): nothing of it reaches the panel

    // Puts a picture where the canvas can draw it, left and right exchanged as in a mirror; one at
    // a time.
    paint::PictureId show_mirrored(const domain::Picture& picture);
    void forget_picture();
    // Pages of a paper, as they are; kept until forget_pages(), so that each is copied once.
    paint::PictureId show_page(std::size_t page, const domain::Picture& picture);
    void forget_pages();

    base::Result<domain::Picture> pixels() const;

  private:
    struct State;
    explicit Window(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace ui::shell
