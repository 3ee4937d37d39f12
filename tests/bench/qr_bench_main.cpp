// Measures how many codes are read, how exactly and how fast, beside ZXing-C++ used plainly and
// ZBar, in one run: over pictures of a folder (an argument, or none), over generated ones, and over
// generated video. One line a figure: name, value, unit, separated by tabs.
#include "code_pictures.hpp"
#include "code_readers.hpp"
#include "code_scenes.hpp"
#include "drivers/qr/code_finder.hpp"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

namespace {

using bench::CodePicture;
using bench::Text;
using Reader = std::function<Text(const domain::Picture&)>;

struct Contender {
    std::string name;
    Reader read;
};
struct Score {
    int exact = 0, wrong = 0, invented = 0;  // invented: where there is no code
    double ms = 0, slowest = 0;              // over the pictures that hold a code
};

void say(const std::string& name, double value, const char* unit) {
    std::printf("%s\t%g\t%s\n", name.c_str(), value, unit);
    std::fflush(stdout);
}

double ms_of(const std::function<void()>& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
        .count();
}

// Of all this program's processors, OpenCV's helpers included: what else the machine does while a
// reader works is not its work, and would hit the longer one oftener.
double processor_ms_of(const std::function<void()>& work) {
    const auto now = [] {
        timespec time{};
        ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    };
    const double began = now();
    work();
    return now() - began;
}

double percentile(std::vector<double> values, double part) {
    std::sort(values.begin(), values.end());
    const auto last = static_cast<double>(values.size() - 1);
    return values[static_cast<std::size_t>(part * last + 0.5)];
}

constexpr int runs_each = 7;

// One picture, the contenders in turn, run for run: what slows the machine for a while slows all of
// them. The first run of each warms up; its text counts, its time does not.
std::vector<double> medians_ms(const domain::Picture& picture,
                               const std::vector<Contender>& contenders, std::vector<Text>& texts) {
    std::vector<std::vector<double>> runs(contenders.size());
    for (std::size_t i = 0; i < contenders.size(); ++i) texts[i] = contenders[i].read(picture);
    for (int run = 0; run < runs_each; ++run)
        for (std::size_t i = 0; i < contenders.size(); ++i)
            runs[i].push_back(processor_ms_of([&] { contenders[i].read(picture); }));
    std::vector<double> out;
    for (auto& of_one : runs) out.push_back(percentile(std::move(of_one), 0.5));
    return out;
}

void add(Score& score, const CodePicture& picture, const Text& text, double ms) {
    if (picture.text) score.ms += ms, score.slowest = std::max(score.slowest, ms);
    if (!text) return;
    if (!picture.text)
        ++score.invented;
    else
        ++(*text == *picture.text ? score.exact : score.wrong);
}

std::vector<Score> scores_of(const std::vector<CodePicture>& pictures,
                             const std::vector<Contender>& contenders) {
    std::vector<Score> scores(contenders.size());
    for (const auto& one : pictures) {
        std::vector<Text> texts(contenders.size());
        const auto ms = medians_ms(one.picture, contenders, texts);
        for (std::size_t i = 0; i < contenders.size(); ++i) add(scores[i], one, texts[i], ms[i]);
    }
    return scores;
}

void compare(const std::string& set, const std::vector<CodePicture>& pictures,
             const std::vector<Contender>& contenders) {
    const auto codes = std::count_if(pictures.begin(), pictures.end(),
                                     [](const auto& one) { return one.text.has_value(); });
    if (codes == 0) return;
    const auto count = static_cast<double>(codes);
    say(set + ": pictures with a code", count, "");
    say(set + ": pictures without one", static_cast<double>(pictures.size()) - count, "");
    const auto scores = scores_of(pictures, contenders);
    for (std::size_t i = 0; i < contenders.size(); ++i) {
        const auto& score = scores[i];
        const auto name = set + ": " + contenders[i].name;
        say(name + ", exact", score.exact, "pictures");
        say(name + ", wrong text", score.wrong, "pictures");
        say(name + ", false positives", score.invented, "pictures");
        say(name + ", mean processor time", score.ms / count, "ms");
        say(name + ", slowest", score.slowest, "ms");
    }
    say(set + ": recall above plain", 100.0 * (scores[0].exact - scores[1].exact) / count,
        "points");
    say(set + ": processor time over pictures with a code, of plain", scores[0].ms / scores[1].ms,
        "times");
}

constexpr unsigned scenes_each = 20;
constexpr int frames_at_most = 45;  // three seconds

void compare_generated(const std::vector<Contender>& contenders) {
    std::vector<CodePicture> pictures;
    for (unsigned seed = 1; seed <= scenes_each; ++seed)
        for (const auto& [trouble, name] : bench::troubles) {
            const bench::Scene with(seed, trouble), without(seed, trouble, false);
            pictures.push_back({name, with.frame(0), with.text()});
            pictures.push_back({name, without.frame(0), std::nullopt});
        }
    compare("generated", pictures, contenders);
}

// What a frame costs is spent while the next one is taken; only the last one's is waited for.
double time_to_read(const bench::Scene& scene, const Reader& read, int& wrong) {
    for (int number = 0; number < frames_at_most; ++number) {
        const auto frame = scene.frame(number);
        Text text;
        const double cost = ms_of([&] { text = read(frame); });
        if (!text) continue;
        wrong += *text != scene.text() ? 1 : 0;
        return 1000 * number / bench::frames_per_second + cost;
    }
    return 1000 * frames_at_most / bench::frames_per_second;
}

void compare_video(const std::vector<Contender>& others) {
    auto contenders = others;
    contenders[0].read = nullptr;  // ours has a state that begins anew with every scene
    for (const auto& contender : contenders) {
        std::vector<double> all;
        int wrong = 0;
        for (const auto& [trouble, name] : bench::troubles) {
            std::vector<double> times;
            for (unsigned seed = 1; seed <= scenes_each; ++seed) {
                drivers::qr::FrameFinder finder;
                const Reader ours = [&](const domain::Picture& frame) -> Text {
                    const auto found = finder.find(frame);
                    return found ? Text(**found) : std::nullopt;
                };
                times.push_back(time_to_read(bench::Scene(seed, trouble),
                                             contender.read ? contender.read : ours, wrong));
            }
            say("video: " + contender.name + ", " + name + ", 95th percentile",
                percentile(times, 0.95), "ms");
            all.insert(all.end(), times.begin(), times.end());
        }
        say("video: " + contender.name + ", time to first read, 95th percentile",
            percentile(all, 0.95), "ms");
        say("video: " + contender.name + ", wrong text", wrong, "scenes");
    }
}

void measure_empty_frames() {
    constexpr int frames = 70;  // five rounds of all looks
    const auto room = bench::empty_room(1920, 1080);
    drivers::qr::FrameFinder finder;
    std::vector<double> costs;
    for (int i = 0; i < frames; ++i) costs.push_back(ms_of([&] { finder.find(room); }));
    say("empty 1080p frame: ours, median", percentile(costs, 0.5), "ms");
    say("empty 1080p frame: ours, 95th percentile", percentile(costs, 0.95), "ms");
    std::vector<double> plain, zbar;
    for (int i = 0; i < 15; ++i) {
        plain.push_back(ms_of([&] { bench::read_plain(room); }));
        zbar.push_back(ms_of([&] { bench::read_zbar(room); }));
    }
    say("empty 1080p frame: ZXing-C++ plain, median", percentile(plain, 0.5), "ms");
    say("empty 1080p frame: ZBar, median", percentile(zbar, 0.5), "ms");
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<Contender> contenders{{"ours", bench::read_ours},
                                            {"ZXing-C++ plain", bench::read_plain},
                                            {"ZBar", bench::read_zbar}};
    if (argc > 1) {
        auto pictures = bench::pictures_in(argv[1]);
        const auto damaged =
            std::erase_if(pictures, [](const auto& one) { return one.picture.empty(); });
        say("samples: files that cannot be decoded", static_cast<double>(damaged), "");
        compare("samples", pictures, contenders);
    }
    compare_generated(contenders);
    measure_empty_frames();
    compare_video(contenders);
    return 0;
}
