#include "ui/shell/interface.hpp"

#include "ui/screens/draw.hpp"
#include "ui/shell/png.hpp"
#include "ui/text/font_stack.hpp"

#include <imgui.h>

#include <algorithm>

namespace ui::shell {

namespace {

// Controls stand between 380 and 1220 mm above the floor (UX-043).
constexpr float reach_mm = 1220, low_reach_mm = 1120;  // UX-043, UX-044

// ImGui's context with nothing of its own: no files, no clipboard, no settings.
class ImGuiContextOwner {
  public:
    ImGuiContextOwner() : context_(ImGui::CreateContext()) {
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.LogFilename = nullptr;
        ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
        platform.Platform_GetClipboardTextFn = [](ImGuiContext*) { return ""; };
        platform.Platform_SetClipboardTextFn = [](ImGuiContext*, const char*) {};
        ImGuiStyle& style = ImGui::GetStyle();
        style.AntiAliasedLinesUseTex = false;  // plain triangles look the same at every width
        style.CircleTessellationMaxError = 0.2F;
    }
    ImGuiContextOwner(const ImGuiContextOwner&) = delete;
    ImGuiContextOwner& operator=(const ImGuiContextOwner&) = delete;
    ~ImGuiContextOwner() { ImGui::DestroyContext(context_); }

  private:
    ImGuiContext* context_;
};

}  // namespace

struct Interface::Parts {
    Parts(const Options& o, const base::Clock& c) : options(o), clock(c), composer(o.rime) {}

    Options options;
    const base::Clock& clock;
    ImGuiContextOwner imgui;
    std::unique_ptr<Window> window;
    std::unique_ptr<text::FontStack> fonts;
    std::optional<paint::Canvas> canvas;
    ime::RimeComposer composer;
    widgets::Scratch scratch;
    widgets::SemanticTree tree;
    widgets::MovingPicture camera;
    std::uint64_t camera_version = 0;
    theme::Point finger;
    bool moving = false;
    bool used = false;

    void look(const base::LatestValue<domain::Frame>* frames, bool wanted);
    ~Parts() {
        fonts.reset();
        window.reset();
    }
};

// The newest camera frame, while a page shows it.
void Interface::Parts::look(const base::LatestValue<domain::Frame>* frames, bool wanted) {
    if (!wanted || !frames) {
        if (camera.id != 0) window->forget_picture();
        camera = {};
        camera_version = 0;
        return;
    }
    const std::uint64_t version = frames->version();
    if (version == camera_version) return;
    camera_version = version;
    const auto frame = frames->get();
    if (!frame || !frame->picture || frame->picture->empty()) return;
    const domain::Picture& picture = *frame->picture;
    camera.id = window->show_mirrored(picture);
    camera.aspect = static_cast<float>(picture.width) / static_cast<float>(picture.height);
}

Interface::Interface(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Interface::~Interface() {
    end_session();
}

base::Result<std::unique_ptr<Interface>> Interface::create(const Options& options,
                                                           const base::Clock& clock) {
    auto parts = std::make_unique<Parts>(options, clock);
    parts->window =
        TRY(Window::create({options.mode, options.width, options.height, options.hide_cursor}));
    text::FontStack::Files files;
    files.icons = options.icon_font;
    parts->fonts = TRY(text::FontStack::open(files));
    parts->canvas.emplace(*parts->fonts);
    return std::unique_ptr<Interface>(new Interface(std::move(parts)));
}

bool Interface::wait(base::Millis limit) {
    Parts& p = *parts_;
    Window::Input input;
    const bool going = p.window->wait(limit, p.clock, input);
    for (const auto& touch : input.touches) {
        p.scratch.touch.feed(touch);
        p.used = p.used || touch.kind == widgets::TouchKind::down;
    }
    for (const auto& key : input.keys) p.scratch.keys.pressed.push_back(key);
    p.used = p.used || !input.keys.empty();
    if (!input.touches.empty() || !input.keys.empty()) p.moving = true;
    if (parts_->window->exposed()) parts_->moving = true;
    return going;
}

void Interface::wake() {
    parts_->window->wake();
}

std::optional<screens::Action> Interface::frame(const screens::Screen& screen,
                                                const FrameInput& input) {
    Parts& p = *parts_;
    const auto width = static_cast<float>(p.window->width());
    const auto height = static_cast<float>(p.window->height());
    const bool landscape = width > height;
    const theme::Theme look = theme::make_theme(screen.comfort, p.options.px_per_mm, landscape);
    const bool camera =
        std::any_of(screen.blocks.begin(), screen.blocks.end(), [](const screens::Block& block) {
            return std::holds_alternative<screens::CameraPreview>(block);
        });
    p.look(input.camera, camera);

    const base::Millis now = p.clock.steady();
    p.window->begin_frame(now);
    widgets::Context context{*p.canvas, look, p.tree, p.scratch};
    context.composer = &p.composer;
    context.locale = screen.locale;
    context.now = now;
    context.camera = p.camera;
    context.panel = {0, 0, width, height};
    context.reach_top = std::max(
        0.F, height - ((screen.comfort.low ? low_reach_mm : reach_mm) - p.options.lower_edge_mm) *
                          p.options.px_per_mm);
    context.landscape = landscape;
    auto action = screens::draw(screen, context);
    if (input.drawer) input.drawer->draw(context);
    p.window->end_frame(look.colour.page);
    p.moving = context.animating;
    return action;
}

bool Interface::needs_another_frame() const {
    return parts_->moving || parts_->scratch.touch.waiting() ||
           !parts_->scratch.keys.pressed.empty();
}

void Interface::press(float x, float y) {
    parts_->finger = {x, y};
    parts_->used = true;
    parts_->scratch.touch.feed({widgets::TouchKind::down, parts_->finger, parts_->clock.steady()});
}
void Interface::move(float x, float y) {
    parts_->finger = {x, y};
    parts_->scratch.touch.feed({widgets::TouchKind::move, parts_->finger, parts_->clock.steady()});
}
void Interface::release() {
    parts_->scratch.touch.feed({widgets::TouchKind::up, parts_->finger, parts_->clock.steady()});
}

void Interface::key(screens::Key key) {
    parts_->used = true;
    parts_->scratch.keys.pressed.push_back({key, parts_->clock.steady()});
}
bool Interface::used() {
    return std::exchange(parts_->used, false);
}

bool Interface::tap(std::string_view id_or_text) {
    const widgets::Node* node = parts_->tree.find(id_or_text);
    if (!node || !node->interactive()) return false;
    press(node->hit.centre_x(), node->hit.centre_y());
    release();
    return true;
}

const widgets::SemanticTree& Interface::tree() const {
    return parts_->tree;
}
base::Result<domain::Picture> Interface::pixels() const {
    return parts_->window->pixels();
}

base::Status Interface::screenshot(const std::filesystem::path& path) const {
    const domain::Picture picture = TRY(parts_->window->pixels());
    return write_png(path, picture);
}

void Interface::prepare_input() {
    parts_->composer.prepare();
}

void Interface::finish_preparing_input() {
    parts_->composer.finish_preparing();
}

void Interface::end_session() {
    Parts& p = *parts_;
    p.scratch.wipe();
    p.composer.clear();
    p.tree.wipe();
    p.window->forget_picture();
    p.camera = {};
}

void Interface::forget_glyphs() {
    parts_->fonts->compact();
}

}  // namespace ui::shell
