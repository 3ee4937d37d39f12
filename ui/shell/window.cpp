#include "ui/shell/window.hpp"

#include "ui/shell/keypad.hpp"
#include "ui/shell/screen_proof.hpp"

#include <SDL.h>
#include <backends/imgui_impl_sdlrenderer2.h>
#include <imgui.h>

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace ui::shell {

namespace {

tl::unexpected<base::Fault> sdl_fault() {
    return base::fail(base::FaultCode::InternalError, SDL_GetError());
}

void settle_hints() {
    // Fingers are fed by us (trap T2), and a terminal must not minimise or sleep.
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
}

// Without hardware SDL's own software renderer starts sooner, holds half the memory and draws these
// pages faster than an OpenGL that is itself emulated.
bool has_graphics_hardware() {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator("/dev/dri", none))
        if (entry.path().filename().string().starts_with("renderD")) return true;
    return false;
}

// The mouse is one more finger.
constexpr std::uint64_t mouse = ~std::uint64_t{0};

std::uint64_t finger_of(const SDL_TouchFingerEvent& event) {
    // Fingers of different panels must differ.
    return static_cast<std::uint64_t>(event.touchId) * 0x9E3779B97F4A7C15U +
           static_cast<std::uint64_t>(event.fingerId);
}

}  // namespace

struct Window::State {
    Mode mode = Mode::headless;
    int width = 0, height = 0;
    SDL_Window* window = nullptr;
    SDL_Surface* surface = nullptr;
    SDL_Renderer* renderer = nullptr;
    SDL_Texture* picture = nullptr;
    int picture_w = 0, picture_h = 0;
    std::map<std::size_t, SDL_Texture*> pages;
    Uint32 wake_event = 0;
    bool exposed = false;
    bool backend = false;
    base::Millis last_frame{-1};
    std::unique_ptr<ScreenProver> prover;  // none: nothing is to be proved
    bool prove = false;
    std::optional<domain::ScreenProof> proof;

    // Without a display there are no events, only calls: SDL would poll a thousand times a second.
    std::mutex mutex;
    std::condition_variable woken;
    bool wake_pending = false;

    ~State() {
        if (backend) ImGui_ImplSDLRenderer2_Shutdown();
        if (picture) SDL_DestroyTexture(picture);
        for (const auto& [page, texture] : pages) SDL_DestroyTexture(texture);
        if (renderer) SDL_DestroyRenderer(renderer);
        if (window) SDL_DestroyWindow(window);
        if (surface) SDL_FreeSurface(surface);
        if (mode != Mode::headless) SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }

    void take(const SDL_Event& event, base::Millis now, Input& input, bool& quit);
};

void Window::State::take(const SDL_Event& event, base::Millis now, Input& input, bool& quit) {
    using widgets::TouchKind;
    auto& contacts = input.contacts;
    // When it happened, not when this program found the time to look.
    const base::Millis when =
        now - base::Millis{static_cast<std::int32_t>(SDL_GetTicks() - event.common.timestamp)};
    const auto finger = [&](TouchKind kind) {
        contacts.push_back({kind,
                            finger_of(event.tfinger),
                            {event.tfinger.x * static_cast<float>(width),
                             event.tfinger.y * static_cast<float>(height)},
                            when});
    };
    switch (event.type) {
        case SDL_QUIT:
            quit = quit || mode == Mode::window;
            break;
        case SDL_WINDOWEVENT:
            if (event.window.event == SDL_WINDOWEVENT_EXPOSED ||
                event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED)
                exposed = true;
            if (event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED)
                SDL_GetRendererOutputSize(renderer, &width, &height);
            break;
        case SDL_FINGERDOWN:
            finger(TouchKind::down);
            break;
        case SDL_FINGERMOTION:
            finger(TouchKind::move);
            break;
        case SDL_FINGERUP:
            finger(TouchKind::up);
            break;
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP:
            if (event.button.button == SDL_BUTTON_LEFT)
                contacts.push_back(
                    {event.type == SDL_MOUSEBUTTONDOWN ? TouchKind::down : TouchKind::up,
                     mouse,
                     {static_cast<float>(event.button.x), static_cast<float>(event.button.y)},
                     when});
            break;
        case SDL_MOUSEMOTION:
            if (event.motion.state & SDL_BUTTON_LMASK)
                contacts.push_back(
                    {TouchKind::move,
                     mouse,
                     {static_cast<float>(event.motion.x), static_cast<float>(event.motion.y)},
                     when});
            break;
        case SDL_KEYDOWN:
            if (event.key.repeat != 0) break;
            if (const auto key = keypad_key(event.key.keysym.scancode))
                input.keys.push_back({*key, now});
            break;
        default:
            break;
    }
}

Window::Window(std::unique_ptr<State> state) : state_(std::move(state)) {}
Window::~Window() = default;
int Window::width() const {
    return state_->width;
}
int Window::height() const {
    return state_->height;
}

base::Result<std::unique_ptr<Window>> Window::create(const Options& options) {
    settle_hints();
    auto state = std::make_unique<State>();
    state->mode = options.mode;
    state->width = options.width;
    state->height = options.height;
    if (options.mode == Mode::headless) {
        state->surface = SDL_CreateRGBSurfaceWithFormat(0, options.width, options.height, 32,
                                                        SDL_PIXELFORMAT_ARGB8888);
        if (!state->surface) return sdl_fault();
        state->renderer = SDL_CreateSoftwareRenderer(state->surface);
    } else {
        if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
            state->mode = Mode::headless;  // nothing to shut down
            return sdl_fault();
        }
        Uint32 flags = 0;
        int at = SDL_WINDOWPOS_CENTERED;
        SDL_DisplayMode panel{};
        if (options.mode == Mode::full_screen && SDL_GetDesktopDisplayMode(0, &panel) == 0) {
            // Of the panel's size and place to begin with: a kiosk has no window manager that would
            // move it there.
            flags = SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_BORDERLESS;
            at = 0;
            state->width = panel.w;
            state->height = panel.h;
        }
        state->window = SDL_CreateWindow("", at, at, state->width, state->height, flags);
        if (!state->window) return sdl_fault();
        if (has_graphics_hardware())
            state->renderer = SDL_CreateRenderer(state->window, -1, SDL_RENDERER_PRESENTVSYNC);
        if (!state->renderer) {
            // Straight to the display, not by way of a texture of that same OpenGL.
            SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
            state->renderer = SDL_CreateRenderer(state->window, -1, SDL_RENDERER_SOFTWARE);
        }
        if (state->renderer)
            SDL_GetRendererOutputSize(state->renderer, &state->width, &state->height);
        SDL_ShowCursor(options.hide_cursor ? SDL_DISABLE : SDL_ENABLE);
        SDL_StopTextInput();
        state->wake_event = SDL_RegisterEvents(1);
    }
    if (!state->renderer) return sdl_fault();
    if (!ImGui_ImplSDLRenderer2_Init(state->renderer)) return sdl_fault();
    state->backend = true;
    return std::unique_ptr<Window>(new Window(std::move(state)));
}

bool Window::wait(base::Millis limit, const base::Clock& clock, Input& input) {
    State& s = *state_;
    if (s.mode == Mode::headless) {
        std::unique_lock lock(s.mutex);
        s.woken.wait_for(lock, limit, [&] { return s.wake_pending; });
        s.wake_pending = false;
        return true;
    }
    bool quit = false;
    SDL_Event event;
    const int milliseconds = static_cast<int>(std::clamp<std::int64_t>(limit.count(), 0, 60'000));
    if (SDL_WaitEventTimeout(&event, milliseconds) != 0) {
        do {
            s.take(event, clock.steady(), input, quit);
        } while (SDL_PollEvent(&event) != 0);
    }
    return !quit;
}

void Window::wake() {
    State& s = *state_;
    if (s.mode == Mode::headless) {
        {
            std::lock_guard lock(s.mutex);
            s.wake_pending = true;
        }
        s.woken.notify_one();
        return;
    }
    SDL_Event event{};
    event.type = s.wake_event;
    SDL_PushEvent(&event);
}

bool Window::exposed() {
    return std::exchange(state_->exposed, false);
}

void Window::begin_frame(base::Millis now) {
    State& s = *state_;
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(s.width), static_cast<float>(s.height)};
    const auto passed = s.last_frame.count() < 0 ? base::Millis{16} : now - s.last_frame;
    io.DeltaTime = std::clamp(static_cast<float>(passed.count()) / 1000, 0.001F, 1.0F);
    s.last_frame = now;
    ImGui_ImplSDLRenderer2_NewFrame();
    ImGui::NewFrame();
}

void Window::end_frame(theme::Colour ground) {
    State& s = *state_;
    ImGui::Render();
    SDL_SetRenderDrawColor(s.renderer, ground.r, ground.g, ground.b, 255);
    SDL_RenderClear(s.renderer);
    ImGui_ImplSDLRenderer2_RenderDrawData(ImGui::GetDrawData(), s.renderer);
    const bool prove = std::exchange(s.prove, false);
    if (prove && s.window && !s.prover) s.prover = std::make_unique<ScreenProver>(s.window);
    if (prove && s.prover) s.prover->remember(s.renderer, s.width, s.height);
    SDL_RenderPresent(s.renderer);
    if (prove) s.proof = s.prover ? s.prover->judge() : domain::ScreenProof::unknown;
}

void Window::prove_next_frame() {
    state_->prove = true;
}

std::optional<domain::ScreenProof> Window::take_proof() {
    return std::exchange(state_->proof, std::nullopt);
}

void Window::drop_frame() {
    ImGui::EndFrame();
}

paint::PictureId Window::show_mirrored(const domain::Picture& picture) {
    State& s = *state_;
    if (picture.empty()) return 0;
    if (!s.picture || s.picture_w != picture.width || s.picture_h != picture.height) {
        forget_picture();
        s.picture = SDL_CreateTexture(s.renderer, SDL_PIXELFORMAT_ARGB8888,
                                      SDL_TEXTUREACCESS_STREAMING, picture.width, picture.height);
        if (!s.picture) return 0;
        SDL_SetTextureScaleMode(s.picture, SDL_ScaleModeLinear);
        SDL_SetTextureBlendMode(s.picture, SDL_BLENDMODE_NONE);
        s.picture_w = picture.width;
        s.picture_h = picture.height;
    }
    void* pixels = nullptr;
    int pitch = 0;
    if (SDL_LockTexture(s.picture, nullptr, &pixels, &pitch) != 0) return 0;
    // Mirrored here, once per camera frame: the software renderer turns a picture pixel by pixel,
    // which costs more than the rest of the page.
    const auto width = static_cast<std::size_t>(picture.width);
    for (std::size_t y = 0; y < static_cast<std::size_t>(picture.height); ++y) {
        const std::uint8_t* from = picture.rgb.data() + (y + 1) * width * 3;
        auto* to = reinterpret_cast<std::uint32_t*>(static_cast<std::uint8_t*>(pixels) +
                                                    y * static_cast<std::size_t>(pitch));
        for (std::size_t x = 0; x < width; ++x) {
            from -= 3;
            to[x] = 0xFF000000U | static_cast<std::uint32_t>(from[0]) << 16U |
                    static_cast<std::uint32_t>(from[1]) << 8U | from[2];
        }
    }
    SDL_UnlockTexture(s.picture);
    return reinterpret_cast<paint::PictureId>(s.picture);
}

namespace {

// What was shown is overwritten before its memory is given back.
void destroy_overwritten(SDL_Texture* texture) {
    void* pixels = nullptr;
    int pitch = 0, height = 0;
    if (SDL_QueryTexture(texture, nullptr, nullptr, nullptr, &height) == 0 &&
        SDL_LockTexture(texture, nullptr, &pixels, &pitch) == 0) {
        std::fill_n(static_cast<std::uint8_t*>(pixels),
                    static_cast<std::size_t>(pitch) * static_cast<std::size_t>(height),
                    std::uint8_t{0});
        SDL_UnlockTexture(texture);
    }
    SDL_DestroyTexture(texture);
}

}  // namespace

void Window::forget_picture() {
    if (state_->picture) destroy_overwritten(std::exchange(state_->picture, nullptr));
}

paint::PictureId Window::show_page(std::size_t page, const domain::Picture& picture) {
    State& s = *state_;
    if (const auto known = s.pages.find(page); known != s.pages.end())
        return reinterpret_cast<paint::PictureId>(known->second);
    if (picture.empty()) return 0;
    SDL_Texture* texture =
        SDL_CreateTexture(s.renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING,
                          picture.width, picture.height);
    if (!texture) return 0;
    void* pixels = nullptr;
    int pitch = 0;
    if (SDL_LockTexture(texture, nullptr, &pixels, &pitch) != 0) {
        SDL_DestroyTexture(texture);
        return 0;
    }
    SDL_ConvertPixels(picture.width, picture.height, SDL_PIXELFORMAT_RGB24, picture.rgb.data(),
                      picture.width * 3, SDL_PIXELFORMAT_ARGB8888, pixels, pitch);
    SDL_UnlockTexture(texture);
    SDL_SetTextureScaleMode(texture, SDL_ScaleModeLinear);
    SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_NONE);
    s.pages[page] = texture;
    return reinterpret_cast<paint::PictureId>(texture);
}

void Window::forget_pages() {
    for (const auto& [page, texture] : state_->pages) destroy_overwritten(texture);
    state_->pages.clear();
}

base::Result<domain::Picture> Window::pixels() const {
    domain::Picture picture;
    picture.width = state_->width;
    picture.height = state_->height;
    picture.rgb.resize(static_cast<std::size_t>(picture.width) *
                       static_cast<std::size_t>(picture.height) * 3);
    if (SDL_RenderReadPixels(state_->renderer, nullptr, SDL_PIXELFORMAT_RGB24, picture.rgb.data(),
                             picture.width * 3) != 0)
        return sdl_fault();
    return picture;
}

}  // namespace ui::shell
