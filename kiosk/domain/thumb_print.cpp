#include "domain/thumb_print.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace domain {

namespace {

constexpr int darkest_paper = 90;   // of 255
constexpr int least_contrast = 40;  // ink against its paper
constexpr double least_ink = 0.06;  // of the frame
constexpr double most_ink = 0.75;   // more is a hand or the dark, not a print
constexpr double least_ridges = 5;  // crossed by a line through the print, on average

// The frame's part of the picture, each pixel the mean of those below it. Ink is red or dark, so
// green and blue tell it from the paper better than all three.
GreyPicture cut_out(const Picture& frame) {
    const double h = frame.height * print_frame_height, w = h * print_aspect;
    const double left = (frame.width - w) / 2, top = (frame.height - h) / 2;
    GreyPicture out{print_width, print_height, {}};
    out.grey.reserve(static_cast<std::size_t>(print_width) * print_height);
    const auto edge = [](double from, double size, int i, int parts) {
        return static_cast<int>(std::lround(from + size * i / parts));
    };
    for (int row = 0; row < print_height; ++row) {
        const int y0 = edge(top, h, row, print_height), y1 = edge(top, h, row + 1, print_height);
        for (int column = 0; column < print_width; ++column) {
            const int x0 = edge(left, w, column, print_width);
            const int x1 = edge(left, w, column + 1, print_width);
            int sum = 0, count = 0;
            for (int y = y0; y < std::max(y1, y0 + 1); ++y)
                for (int x = x0; x < std::max(x1, x0 + 1); ++x) {
                    const auto at =
                        (static_cast<std::size_t>(y) * static_cast<std::size_t>(frame.width) +
                         static_cast<std::size_t>(x)) *
                        3;
                    sum += (frame.rgb[at + 1] + frame.rgb[at + 2]) / 2;
                    ++count;
                }
            out.grey.push_back(static_cast<std::uint8_t>(sum / count));
        }
    }
    return out;
}

// The grey below which that part of the pixels lies.
int grey_at(const GreyPicture& picture, double part) {
    std::array<std::size_t, 256> count{};
    for (const auto grey : picture.grey) ++count[grey];
    std::size_t seen = 0;
    for (int grey = 0; grey < 256; ++grey) {
        seen += count[static_cast<std::size_t>(grey)];
        if (static_cast<double>(seen) >= part * static_cast<double>(picture.grey.size()))
            return grey;
    }
    return 255;
}

// How many ridges the rows that hold ink cross, on average.
double ridges(const GreyPicture& print, int ink) {
    int rows = 0, crossed = 0;
    for (int y = 0; y < print.height; ++y) {
        int here = 0;
        bool inked = false;
        for (int x = 0; x < print.width; ++x) {
            const bool now = print.grey[static_cast<std::size_t>(y * print.width + x)] < ink;
            here += now && !inked;
            inked = now;
        }
        rows += here > 0;
        crossed += here;
    }
    return rows == 0 ? 0 : static_cast<double>(crossed) / rows;
}

PrintQuality quality_of(const GreyPicture& print) {
    const int paper = grey_at(print, 0.9), darkest = grey_at(print, 0.03);
    if (paper < darkest_paper) return PrintQuality::too_dark;
    if (paper - darkest < least_contrast) return PrintQuality::no_print;
    const int ink = (paper + darkest) / 2;
    const auto inked =
        static_cast<double>(std::count_if(print.grey.begin(), print.grey.end(),
                                          [&](std::uint8_t grey) { return grey < ink; })) /
        static_cast<double>(print.grey.size());
    if (inked < least_ink || inked > most_ink) return PrintQuality::no_print;
    return ridges(print, ink) < least_ridges ? PrintQuality::blurred : PrintQuality::good;
}

}  // namespace

ThumbPicture thumb_picture(const Picture& frame) {
    if (frame.height * print_frame_height < print_height ||
        frame.width < frame.height * print_frame_height * print_aspect)
        return {};
    auto print = cut_out(frame);
    ThumbPicture out{quality_of(print), {}};
    if (out.quality == PrintQuality::good)
        out.print = base::Secret<GreyPicture>(std::move(print));
    else
        print.wipe();
    return out;
}

}  // namespace domain
