#include "tests/screens/compare.hpp"

#include "ui/shell/png.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace comparison {

namespace {

void write(const std::filesystem::path& path, const domain::Picture& picture, std::string& words) {
    if (auto done = ui::shell::write_png(path, picture); !done)
        words += fmt::format(" (could not write {})", path.string());
}

}  // namespace

Verdict pictures(const domain::Picture& actual, const domain::Picture& expected,
                 const std::filesystem::path& folder, const std::string& name,
                 const Tolerance& tolerance) {
    Verdict verdict;
    std::error_code error;
    if (actual.width != expected.width || actual.height != expected.height) {
        verdict.words = fmt::format("{}: {}×{} instead of {}×{}", name, actual.width, actual.height,
                                    expected.width, expected.height);
        std::filesystem::create_directories(folder, error);
        write(folder / (name + ".actual.png"), actual, verdict.words);
        write(folder / (name + ".expected.png"), expected, verdict.words);
        return verdict;
    }
    domain::Picture marked = expected;
    long differing = 0;
    int left = actual.width, right = -1, top = actual.height, bottom = -1;
    for (int y = 0; y < actual.height; ++y) {
        for (int x = 0; x < actual.width; ++x) {
            const auto at = static_cast<std::size_t>(y * actual.width + x) * 3;
            int most = 0;
            for (std::size_t i = at; i < at + 3; ++i)
                most = std::max(most, std::abs(int{actual.rgb[i]} - int{expected.rgb[i]}));
            // What is the same fades, what differs is red.
            for (std::size_t i = at; i < at + 3; ++i)
                marked.rgb[i] = static_cast<std::uint8_t>(192 + expected.rgb[i] / 4);
            if (most <= tolerance.channel) continue;
            ++differing;
            marked.rgb[at] = 220;
            marked.rgb[at + 1] = marked.rgb[at + 2] = 0;
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
    }
    const long all = static_cast<long>(actual.width) * actual.height;
    verdict.same = static_cast<double>(differing) <= tolerance.part * static_cast<double>(all);
    if (verdict.same) return verdict;
    verdict.words = fmt::format("{}: {} of {} pixels differ, between ({}, {}) and ({}, {})", name,
                                differing, all, left, top, right, bottom);
    std::filesystem::create_directories(folder, error);
    write(folder / (name + ".actual.png"), actual, verdict.words);
    write(folder / (name + ".expected.png"), expected, verdict.words);
    write(folder / (name + ".difference.png"), marked, verdict.words);
    return verdict;
}

}  // namespace comparison
