#include "ui/shell/screen_proof.hpp"

#include <SDL.h>
#include <SDL_syswm.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>

#include <algorithm>
#include <utility>

namespace ui::shell {

namespace {

constexpr int rows_looked_at = 5;
constexpr std::uint32_t colours = 0xFFFFFF;
// A graphics card may show a frame one or two beats of the screen after it was handed over.
constexpr int looks = 6;
constexpr Uint32 between_looks_ms = 17;

// A question that the server refuses is no answer, not the end of the program.
class Forgiving {
  public:
    Forgiving() : before_(XSetErrorHandler([](Display*, XErrorEvent*) { return 0; })) {}
    ~Forgiving() { XSetErrorHandler(before_); }
    Forgiving(const Forgiving&) = delete;
    Forgiving& operator=(const Forgiving&) = delete;

  private:
    XErrorHandler before_;
};

}  // namespace

struct ScreenProver::Server {
    Display* display;
    ::Window window;

    // One row of what the screen shows where our window is; empty: it cannot be read.
    std::vector<std::uint32_t> row(int y, int width) const {
        const ::Window root = DefaultRootWindow(display);
        int left = 0, top = 0;
        ::Window child = 0;
        if (XTranslateCoordinates(display, window, root, 0, y, &left, &top, &child) == 0) return {};
        XImage* image = XGetImage(display, root, left, top, static_cast<unsigned>(width), 1,
                                  AllPlanes, ZPixmap);
        if (image == nullptr) return {};
        std::vector<std::uint32_t> out;
        for (int x = 0; x < width; ++x)
            out.push_back(static_cast<std::uint32_t>(XGetPixel(image, x, 0)) & colours);
        XDestroyImage(image);
        return out;
    }
};

ScreenProver::ScreenProver(SDL_Window* window) {
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (SDL_GetWindowWMInfo(window, &info) != SDL_TRUE || info.subsystem != SDL_SYSWM_X11) return;
    Display* display = info.info.x11.display;
    // Only where a pixel is 0xRRGGBB, which it is on every true-colour screen.
    if (DefaultDepth(display, DefaultScreen(display)) < 24) return;
    server_ = std::make_unique<Server>(Server{display, info.info.x11.window});
}

ScreenProver::~ScreenProver() = default;

void ScreenProver::remember(SDL_Renderer* renderer, int width, int height) {
    drawn_.clear();
    if (!server_) return;
    width_ = width;
    rows_.clear();
    std::vector<std::uint32_t> row(static_cast<std::size_t>(width));
    for (int i = 0; i < rows_looked_at; ++i) {
        const int y = height * (2 * i + 1) / (2 * rows_looked_at);
        const SDL_Rect place{0, y, width, 1};
        if (SDL_RenderReadPixels(renderer, &place, SDL_PIXELFORMAT_RGB888, row.data(), width * 4))
            return drawn_.clear();
        rows_.push_back(y);
        for (const std::uint32_t pixel : row) drawn_.push_back(pixel & colours);
    }
}

domain::ScreenProof ScreenProver::judge() {
    using domain::ScreenProof;
    const auto drawn = std::exchange(drawn_, {});  // may show somebody's page: not kept
    if (!server_ || drawn.empty()) return ScreenProof::unknown;
    const Forgiving refusals_are_answers;
    bool all_black = false;
    for (int look = 0; look < looks; ++look) {
        if (look > 0) SDL_Delay(between_looks_ms);
        std::vector<std::uint32_t> shown;
        for (const int y : rows_) {
            const auto row = server_->row(y, width_);
            if (row.empty()) return ScreenProof::unknown;
            shown.insert(shown.end(), row.begin(), row.end());
        }
        if (shown == drawn) return ScreenProof::drawn;
        all_black = std::ranges::all_of(shown, [](std::uint32_t pixel) { return pixel == 0; });
    }
    return all_black ? ScreenProof::blank : ScreenProof::frozen;
}

}  // namespace ui::shell
