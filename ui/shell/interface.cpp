#include "ui/shell/interface.hpp"

#include "ui/screens/draw.hpp"
#include "ui/shell/png.hpp"
#include "ui/shell/service_corner.hpp"
#include "ui/text/font_stack.hpp"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <utility>

namespace ui::shell {

namespace {

// Controls stand at most so high above the floor (UX-043), and for who sits (UX-044).
constexpr float reach_mm = 1220, low_reach_mm = 1120;
// So many glyphs between two looks at the panel: about two milliseconds on a small processor.
constexpr std::size_t glyph_slice = 16;

TouchHealthRules touch_rules(float px_per_mm) {
    TouchHealthRules rules;
    rules.same_place *= px_per_mm / theme::reference_px_per_mm;
    return rules;
}

const screens::PagePicture* shown_paper(const screens::Screen& screen) {
    for (const screens::Block& block : screen.blocks)
        if (const auto* paper = std::get_if<screens::PagePicture>(&block)) return paper;
    return nullptr;
}

// ImGui's context with nothing of its own: no files, no clipboard, no settings. ImGui has one
// current context per process; whoever draws makes theirs the current one first.
class ImGuiContextOwner {
  public:
    ImGuiContextOwner() : context_(ImGui::CreateContext()) {
        use();
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
    void use() const { ImGui::SetCurrentContext(context_); }

  private:
    ImGuiContext* context_;
};

}  // namespace

struct Interface::Parts {
    Parts(const Options& o, const base::Clock& c)
        : options(o),
          clock(c),
          composer(o.rime),
          handwriting(o.handwriting_model),
          touch_health(touch_rules(o.px_per_mm)),
          corner(o.px_per_mm),
          last_touch(c.steady()) {}

    Options options;
    const base::Clock& clock;
    ImGuiContextOwner imgui;
    std::unique_ptr<Window> window;
    std::unique_ptr<text::FontStack> fonts;
    std::optional<paint::Canvas> canvas;
    ime::RimeComposer composer;
    ime::ZinniaHandwriting handwriting;
    widgets::Scratch scratch;
    widgets::SemanticTree tree;
    widgets::MovingPicture camera;
    std::uint64_t camera_version = 0;
    theme::Point finger;
    domain::TouchMatrix touch_matrix;  // of the page that was shown last
    domain::TouchMatrix panel_says;    // of a script's finger
    TouchHealth touch_health;
    ServiceCorner corner;
    bool has_corner = false;   // the page shown lets a technician in
    bool corner_held = false;  // and one did what it takes
    base::Millis last_touch;
    bool moving = false;
    bool warming = false;
    std::vector<base::Secret<domain::Picture>> paper;  // whose pages the window holds
    domain::DeviceHealth told_health{domain::DeviceState::ready, domain::Supply::unknown, {}};
    bool told_fonts = false;

    Contact by(const domain::TouchMatrix& matrix, Contact contact) const;
    void feed(const std::vector<widgets::TouchEvent>& touches);
    domain::DeviceHealth health() const;
    bool used = false;

    void look(const base::LatestValue<domain::Frame>* frames, bool wanted);
    ~Parts() {
        imgui.use();
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

Contact Interface::Parts::by(const domain::TouchMatrix& matrix, Contact contact) const {
    if (matrix == domain::TouchMatrix{}) return contact;
    const auto width = static_cast<double>(window->width());
    const auto height = static_cast<double>(window->height());
    const auto at = matrix.of(
        {static_cast<double>(contact.at.x) / width, static_cast<double>(contact.at.y) / height});
    // A finger on the edge is on the panel.
    contact.at = {static_cast<float>(std::clamp(at.x * width, 0.0, width - 1)),
                  static_cast<float>(std::clamp(at.y * height, 0.0, height - 1))};
    return contact;
}

void Interface::Parts::feed(const std::vector<widgets::TouchEvent>& touches) {
    for (const auto& touch : touches) {
        scratch.touch.feed(touch);
        if (corner.feed(touch) && has_corner) corner_held = true;
    }
    if (touches.empty()) return;
    moving = true;
    last_touch = clock.steady();
}

domain::DeviceHealth Interface::Parts::health() const {
    using domain::DeviceState;
    const auto with = [](DeviceState state, base::FaultCode code) {
        return domain::DeviceHealth{state, domain::Supply::unknown, base::Fault{code, {}}};
    };
    const TouchTrouble trouble = touch_health.trouble();
    if (const auto code = fault_of(trouble))
        return with(
            trouble == TouchTrouble::floods ? DeviceState::unavailable : DeviceState::degraded,
            *code);
    if (!fonts->missing_files().empty())
        return with(DeviceState::degraded, base::FaultCode::FontMissing);
    return {DeviceState::ready, domain::Supply::unknown, {}};
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
    text::FontStack::Files files = options.fonts;
    files.icons = options.icon_font;
    parts->fonts = TRY(text::FontStack::open(files));
    parts->canvas.emplace(*parts->fonts);
    return std::unique_ptr<Interface>(new Interface(std::move(parts)));
}

bool Interface::wait(base::Millis limit) {
    Parts& p = *parts_;
    p.imgui.use();
    // Before its first frame ImGui does not know yet how its textures are kept.
    if (p.warming && ImGui::GetFrameCount() > 0 && limit.count() > 0) {
        p.warming = p.fonts->warm(glyph_slice);
        limit = base::Millis{0};
    }
    Window::Input input;
    const bool going = p.window->wait(limit, p.clock, input);
    for (const Contact& contact : input.contacts) touch(contact);
    for (const auto& key : input.keys) p.scratch.keys.pressed.push_back(key);
    if (!input.keys.empty()) p.used = p.moving = true;
    p.feed(p.touch_health.pass_time(p.clock.steady()));
    if (p.window->exposed()) p.moving = true;
    return going;
}

void Interface::touch(const Contact& contact) {
    if (contact.kind == widgets::TouchKind::down) parts_->used = true;
    // Everything that is touched comes through here: what the panel said becomes where it was.
    parts_->feed(parts_->touch_health.take(parts_->by(parts_->touch_matrix, contact)));
}

PanelNews Interface::take_news() {
    Parts& p = *parts_;
    PanelNews news;
    if (!std::exchange(p.told_fonts, true)) news.missing_fonts = p.fonts->missing_files();
    news.missing_glyphs = p.fonts->take_missing_glyphs();
    if (auto health = p.health(); health != p.told_health) {
        p.told_health = health;
        news.health = std::move(health);
    }
    return news;
}

void Interface::wake() {
    parts_->window->wake();
}

std::optional<screens::Action> Interface::frame(const screens::Screen& screen,
                                                const FrameInput& input) {
    Parts& p = *parts_;
    p.imgui.use();
    p.has_corner = screen.service_corner;
    p.touch_matrix = screen.touch;
    if (std::exchange(p.corner_held, false) && screen.service_corner)
        return screens::ServiceCornerHeld{};
    const auto width = static_cast<float>(p.window->width());
    const auto height = static_cast<float>(p.window->height());
    const bool landscape = width > height;
    const float px_per_mm =
        screen.trial ? static_cast<float>(screen.trial->pixels_per_mm) : p.options.px_per_mm;
    const float lower_edge_mm =
        screen.trial ? static_cast<float>(screen.trial->lower_edge_mm) : p.options.lower_edge_mm;
    const theme::Theme look =
        theme::make_theme(screen.comfort, px_per_mm, theme::shape_of(width, height, px_per_mm));
    const bool camera =
        std::any_of(screen.blocks.begin(), screen.blocks.end(), [](const screens::Block& block) {
            return std::holds_alternative<screens::CameraPreview>(block);
        });
    p.look(input.camera, camera);
    p.fonts->keep_bounded();

    const auto* paper = shown_paper(screen);
    if (!paper || paper->pages != p.paper) p.window->forget_pages();
    p.paper = paper ? paper->pages : decltype(p.paper){};

    const base::Millis now = p.clock.steady();
    p.window->begin_frame(now);
    widgets::Context context{*p.canvas, look, p.tree, p.scratch};
    context.composer = &p.composer;
    context.handwriting = &p.handwriting;
    context.locale = screen.locale;
    context.now = now;
    context.touch = p.options.touch;
    context.untouched = now - p.last_touch;
    context.camera = p.camera;
    context.show_page = [&](std::size_t page, const domain::Picture& picture) {
        return p.window->show_page(page, picture);
    };
    context.panel = {0, 0, width, height};
    context.reach_top = std::max(
        0.F, height - ((screen.comfort.low ? low_reach_mm : reach_mm) - lower_edge_mm) * px_per_mm);
    context.landscape = landscape;
    context.old_hands = screen.comfort.elder;
    context.still = screen.comfort.still;
    context.transitions = p.options.transitions && !screen.comfort.still && !screen.comfort.elder;
    auto action = screens::draw(screen, context);
    if (input.drawer) input.drawer->draw(context);
    // A touch that meant something changes the page: what it changes is drawn next, not the page
    // that it has just left.
    if (action)
        p.window->drop_frame();
    else
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
    play(widgets::TouchKind::down);
}
void Interface::move(float x, float y) {
    parts_->finger = {x, y};
    play(widgets::TouchKind::move);
}
void Interface::release() {
    play(widgets::TouchKind::up);
}
void Interface::play(widgets::TouchKind kind) {
    touch(parts_->by(parts_->panel_says, {kind, 0, parts_->finger, parts_->clock.steady()}));
}
void Interface::play_panel(const domain::TouchMatrix& says) {
    parts_->panel_says = says;
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
    parts_->handwriting.prepare();
}

void Interface::finish_preparing_input() {
    parts_->composer.finish_preparing();
    parts_->handwriting.finish_preparing();
}

std::vector<std::string_view> Interface::missing_input() {
    using ime::Script;
    std::vector<std::string_view> missing;
    for (const auto& [script, name] :
         {std::pair{Script::pinyin, "pinyin"}, std::pair{Script::nine_key, "nine_key"},
          std::pair{Script::strokes, "strokes"}})
        if (!parts_->composer.offers(script)) missing.emplace_back(name);
    if (!parts_->handwriting.offered()) missing.emplace_back("handwriting");
    return missing;
}

bool Interface::has_unfinished_input() const {
    const widgets::Scratch& scratch = parts_->scratch;
    const ime::Composition held = parts_->composer.composition();
    return !scratch.composition.letters.empty() || !scratch.composition.candidates.empty() ||
           !scratch.ink.empty() || scratch.touch.drag() || !held.letters.empty();
}

void Interface::end_session() {
    Parts& p = *parts_;
    p.last_touch = p.clock.steady();  // a session ended by time alone: the page below first
    p.scratch.end_session();
    p.composer.clear();
    p.tree.wipe();
    p.window->forget_picture();
    p.window->forget_pages();
    p.paper.clear();
    p.camera = {};
}

void Interface::prove_next_frame() {
    parts_->window->prove_next_frame();
}

std::optional<domain::ScreenProof> Interface::take_proof() {
    return parts_->window->take_proof();
}

void Interface::forget_glyphs() {
    parts_->imgui.use();
    parts_->fonts->compact();
    parts_->warming = true;
}

void Interface::warm_glyphs(std::string_view texts) {
    parts_->imgui.use();
    const theme::Theme look = theme::make_theme(
        domain::Comfort{}, parts_->options.px_per_mm,
        theme::shape_of(static_cast<float>(parts_->window->width()),
                        static_cast<float>(parts_->window->height()), parts_->options.px_per_mm));
    // The sizes most words have; what a page needs besides is made with its first frame.
    const std::array types = {look.type.body, look.type.label, look.type.small};
    parts_->fonts->warm_later(texts, types);
    parts_->warming = true;
}

text::FontStack::AtlasSize Interface::atlas_size() const {
    parts_->imgui.use();
    return parts_->fonts->atlas_size();
}

}  // namespace ui::shell
