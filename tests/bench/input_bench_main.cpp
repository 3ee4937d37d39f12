// input-bench: how long a key or a stroke takes until its candidates are there, without drawing.
// One line per figure: name, value, unit, divided by tabs; medians and 99th percentiles.
#include "ui/ime/rime_composer.hpp"
#include "ui/ime/zinnia_handwriting.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <iostream>
#include <random>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using ui::ime::Script;

double milliseconds(const std::function<void()>& work) {
    const auto from = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

void print(const std::string& name, double value) {
    std::cout << name << '\t' << value << "\tms\n";
}

void report(const char* name, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    const auto at = [&](double part) {
        return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
    };
    print(std::string(name) + "_median", at(0.5));
    print(std::string(name) + "_p99", at(0.99));
}

// Random keys in rows of up to `longest`: harder than words, which have few readings.
void measure(ui::ime::RimeComposer& composer, Script script, const char* name,
             std::string_view keys, int longest) {
    std::mt19937 random(7);
    std::vector<double> times;
    composer.use(script);
    for (int row = 0; row < 120; ++row) {
        composer.clear();
        for (int i = 0; i < longest; ++i)
            times.push_back(milliseconds([&] {
                composer.type(keys[random() % keys.size()]);
                (void)composer.composition();
            }));
    }
    report(name, std::move(times));
}

// A character that grows stroke by stroke, each a wavy line of forty points.
void measure_handwriting() {
    ui::ime::ZinniaHandwriting handwriting;
    const double load = milliseconds([&] { handwriting.finish_preparing(); });
    print("handwriting_load", load);
    std::mt19937 random(7);
    std::uniform_real_distribution<float> part(0, 1);
    std::vector<double> times;
    for (int character = 0; character < 40; ++character) {
        domain::Strokes strokes;
        strokes.aspect = 1;
        for (int stroke = 0; stroke < 16; ++stroke) {
            auto& line = strokes.lines.emplace_back();
            const float x0 = part(random), y0 = part(random), x1 = part(random), y1 = part(random);
            for (int i = 0; i < 40; ++i) {
                const float t = static_cast<float>(i) / 39;
                const float wave = 0.02F * std::sin(9 * t);
                line.push_back({x0 + (x1 - x0) * t + wave, y0 + (y1 - y0) * t - wave});
            }
            times.push_back(milliseconds([&] { (void)handwriting.recognise(strokes, 24); }));
        }
    }
    report("handwriting_after_a_stroke", std::move(times));
}

}  // namespace

int main() {
    ui::ime::RimeComposer composer({});
    print("dictionaries_load", milliseconds([&] { composer.finish_preparing(); }));
    if (composer.state() != ui::ime::TextComposer::State::ready) return 1;
    measure(composer, Script::pinyin, "candidates_26_keys", "abcdefghijklmnopqrstuwxyz", 16);
    measure(composer, Script::nine_key, "candidates_9_keys", "23456789", 16);
    measure(composer, Script::strokes, "candidates_strokes", "hspnz", 10);
    measure_handwriting();
    return 0;
}
