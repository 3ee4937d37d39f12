// The whole panel in one object: the app hands it Screens and gets back Actions. It owns the
// window, the fonts, the semantic tree, the scratch and the input method. All on the main thread,
// except wake(). Time comes from the clock given, so a script with a manual clock moves past the
// touch guards by moving the clock. Faults: FileUnreadable (a font), InternalError (the window).
#pragma once

#include "base/bounded_queue.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "domain/picture.hpp"
#include "ui/ime/rime_composer.hpp"
#include "ui/screens/screen.hpp"
#include "ui/shell/window.hpp"
#include "ui/widgets/drawer.hpp"
#include "ui/widgets/semantic_tree.hpp"

#include <filesystem>
#include <memory>
#include <optional>

namespace ui::shell {

class Interface {
  public:
    struct Options {
        Mode mode = Mode::headless;
        int width = 1080, height = 1920;
        float px_per_mm = theme::reference_px_per_mm;
        float lower_edge_mm = 850;        // of the panel above the floor
        std::filesystem::path icon_font;  // tabler-icons.ttf
        ime::RimeFolders rime;
        bool hide_cursor = true;
    };
    // The clock must outlive the interface.
    static base::Result<std::unique_ptr<Interface>> create(const Options& options,
                                                           const base::Clock& clock);
    ~Interface();
    Interface(const Interface&) = delete;
    Interface& operator=(const Interface&) = delete;

    // Waits for a touch, a wake() or the end of the time. False: the window was closed.
    bool wait(base::Millis limit);
    void wake();

    struct FrameInput {
        const base::LatestValue<domain::Frame>* camera = nullptr;
        widgets::Drawer* drawer = nullptr;
    };
    // Draws the screen and works through the touches. Call it when the screen changed, after wait()
    // saw something, and while needs_another_frame().
    std::optional<screens::Action> frame(const screens::Screen& screen, const FrameInput& input);
    std::optional<screens::Action> frame(const screens::Screen& screen) {
        return frame(screen, {});
    }
    // Touches are waiting, something moves, or the panel was uncovered.
    bool needs_another_frame() const;

    // A finger for scripts, through the same path as a real one. Pixels of the panel.
    void press(float x, float y);
    void move(float x, float y);
    void release();
    // Press and release in the middle of the control with this id or text; false when there is
    // none.
    bool tap(std::string_view id_or_text);

    // One of the five keys, through the same path as the keypad's.
    void key(screens::Key key);
    // A finger came down or a key was pressed since the last call: whatever speaks shall stop.
    bool used();

    const widgets::SemanticTree& tree() const;
    base::Status screenshot(const std::filesystem::path& path) const;
    base::Result<domain::Picture> pixels() const;

    // Begins to load the pinyin dictionary behind the scenes; the first pinyin field does so too.
    void prepare_input();
    // Waits until it is loaded: what a picture shows must not depend on how fast that went.
    void finish_preparing_input();
    // Nobody's data stays: scratch, tree, input method, camera picture.
    void end_session();
    // Glyphs that the page on the panel does not need, such as those of a rare name. After the
    // first page was drawn, so that nobody waits for it.
    void forget_glyphs();

  private:
    struct Parts;
    explicit Interface(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace ui::shell
