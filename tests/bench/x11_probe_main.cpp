// Looks at a display from outside, so that every program on it is measured with the same eyes.
//   x11_probe wait X Y RRGGBB          until the pixel has the colour; prints CLOCK_MONOTONIC in ns
//   x11_probe press X Y PX PY TIMES    presses the button at X Y and waits until the pixel at PX PY
//                                      has changed; prints each time in microseconds; the finger is
//                                      moved away before it is lifted, so nothing is activated
// DISPLAY says which display. Ends with 1 when nothing happened within ten seconds.
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto patience = 10s;
constexpr auto look_again = 200us;

class Eye {
  public:
    explicit Eye(Display* display) : display_(display) {}
    unsigned long pixel(int x, int y) const {
        XImage* image =
            XGetImage(display_, DefaultRootWindow(display_), x, y, 1, 1, AllPlanes, ZPixmap);
        if (image == nullptr) return ~0UL;
        const unsigned long colour = XGetPixel(image, 0, 0) & 0xFFFFFFUL;
        XDestroyImage(image);
        return colour;
    }
    template <class Holds>
    bool until(Holds holds) const {
        const auto end = Clock::now() + patience;
        while (!holds()) {
            if (Clock::now() > end) return false;
            std::this_thread::sleep_for(look_again);
        }
        return true;
    }

  private:
    Display* display_;
};

int wait_for(const Eye& eye, const std::vector<std::string>& words) {
    const int x = std::stoi(words[0]), y = std::stoi(words[1]);
    const unsigned long colour = std::stoul(words[2], nullptr, 16);
    if (!eye.until([&] { return eye.pixel(x, y) == colour; })) return 1;
    std::printf("%lld\n", static_cast<long long>(Clock::now().time_since_epoch().count()));
    return 0;
}

int press(Display* display, const Eye& eye, const std::vector<std::string>& words) {
    const int x = std::stoi(words[0]), y = std::stoi(words[1]);
    const int px = std::stoi(words[2]), py = std::stoi(words[3]), times = std::stoi(words[4]);
    for (int i = 0; i < times; ++i) {
        XTestFakeMotionEvent(display, -1, x, y, CurrentTime);
        XSync(display, False);
        std::this_thread::sleep_for(400ms);  // past every guard against double presses
        const unsigned long before = eye.pixel(px, py);
        const auto pressed = Clock::now();
        XTestFakeButtonEvent(display, 1, True, CurrentTime);
        XFlush(display);
        if (!eye.until([&] { return eye.pixel(px, py) != before; })) return 1;
        const auto took =
            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - pressed);
        std::printf("%lld\n", static_cast<long long>(took.count()));
        XTestFakeMotionEvent(display, -1, 2, 2, CurrentTime);
        XTestFakeButtonEvent(display, 1, False, CurrentTime);
        XSync(display, False);
        if (!eye.until([&] { return eye.pixel(px, py) == before; })) return 1;
    }
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> words(arguments + std::min(count, 2), arguments + count);
    Display* display = XOpenDisplay(nullptr);
    if (display == nullptr) {
        std::fprintf(stderr, "x11_probe: no display\n");
        return 2;
    }
    const Eye eye(display);
    int code = 2;
    if (count == 5 && std::strcmp(arguments[1], "wait") == 0) code = wait_for(eye, words);
    if (count == 7 && std::strcmp(arguments[1], "press") == 0) code = press(display, eye, words);
    XCloseDisplay(display);
    return code;
}
