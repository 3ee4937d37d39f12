// The whole panel in one object: the app hands it Screens and gets back Actions. It owns the
// window, the fonts, the semantic tree, the scratch and the input method. All on the main thread,
// except wake(). Time comes from the clock given, so a script with a manual clock moves past the
// touch guards by moving the clock. Faults: NoFont, InternalError (the window).
#pragma once

#include "base/bounded_queue.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "domain/picture.hpp"
#include "domain/touch_settings.hpp"
#include "ui/ime/rime_composer.hpp"
#include "ui/ime/zinnia_handwriting.hpp"
#include "ui/screens/screen.hpp"
#include "ui/shell/panel_news.hpp"
#include "ui/shell/window.hpp"
#include "ui/text/font_stack.hpp"
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
        text::FontStack::Files fonts;     // their icons are icon_font
        ime::RimeFolders rime;
        std::filesystem::path handwriting_model = ime::handwriting_model;
        bool hide_cursor = true;
        // Pages come in and presses go out over time, unless the person wants nothing to move.
        // Without it every frame shows a page at rest, as pictures of it must.
        bool transitions = false;
        domain::TouchSettings touch;
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
    // saw something, and while needs_another_frame(). A frame that gives an action is not shown:
    // step, and call it again with the screen that comes of it.
    std::optional<screens::Action> frame(const screens::Screen& screen, const FrameInput& input);
    std::optional<screens::Action> frame(const screens::Screen& screen) {
        return frame(screen, {});
    }
    // Touches are waiting, something moves, or the panel was uncovered.
    bool needs_another_frame() const;
    // Looks once whether the next frame that is shown stands on the screen; take_proof() says it.
    void prove_next_frame();
    std::optional<domain::ScreenProof> take_proof();

    // What the panel has to tell since the last call, besides what a person did.
    PanelNews take_news();

    // A finger for scripts, through the same path as a real one. Pixels of the panel.
    void press(float x, float y);
    void move(float x, float y);
    void release();
    // A panel that is off: what it says of a script's finger. As it is made: where the finger is.
    void play_panel(const domain::TouchMatrix& says);
    // Anything a panel can say, several fingers included.
    void touch(const Contact& contact);
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

    // Begins to load dictionaries and handwriting behind the scenes; the first text field does so
    // too.
    void prepare_input();
    // Waits until it is loaded: what a picture shows must not depend on how fast that went.
    void finish_preparing_input();
    // Texts that are everybody's: their glyphs are made while wait() has nothing else to do.
    void warm_glyphs(std::string_view texts);
    text::FontStack::AtlasSize atlas_size() const;
    // Ways of input whose data are missing or broken, for the technician: pinyin, nine_key,
    // strokes, handwriting. Nothing while they load.
    std::vector<std::string_view> missing_input();
    // Keys, strokes or candidates of somebody are still held.
    bool has_unfinished_input() const;
    // Nobody's data stays: scratch, tree, input method, camera picture.
    void end_session();
    // All glyphs, such as those of a rare name; those of everybody's texts come back in idle time.
    // After the first page was drawn, so that nobody waits for it.
    void forget_glyphs();

  private:
    struct Parts;
    void play(widgets::TouchKind kind);  // of the script's finger, where it is
    explicit Interface(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace ui::shell
