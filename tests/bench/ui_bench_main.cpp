// How long pages take to draw and to answer a press, in memory by the software renderer, and
// whether two thousand people leave anything behind. Prints one line a figure: name, value, unit.
#include "../unit/session/samples.hpp"
#include "app/present/present.hpp"
#include "base/heap.hpp"
#include "ui/shell/interface.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace {

using session::samples::Walker;
using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}
double quantile(std::vector<double> values, double part) {
    std::sort(values.begin(), values.end());
    const auto last = static_cast<double>(values.size() - 1);
    return values.at(static_cast<std::size_t>(last * part + 0.5));
}
void print(const std::string& name, double value, const char* unit) {
    std::printf("%s\t%.4g\t%s\n", name.c_str(), value, unit);
    std::fflush(stdout);
}

app::Page page_of(const Walker& walker) {
    domain::PostStatus post;
    post.line = domain::Line::offline;
    post.taking = true;
    return app::present({walker.session, &session::samples::pack(), walker.terminal.settings,
                         walker.terminal.health, post, walker.terminal.now});
}

struct Panel {
    Panel() {
        ui::shell::Interface::Options options;
        options.icon_font = CW_ICON_FONT;
        interface = ui::shell::Interface::create(options, clock).value();
    }
    double draw(const app::Page& page) {
        const auto start = Clock::now();
        interface->frame(page.screen);
        return ms_since(start);
    }
    base::ManualClock clock{session::samples::morning()};
    std::unique_ptr<ui::shell::Interface> interface;
};

void steady_pages(Panel& panel) {
    Walker form;
    form.to_form();
    const std::vector<std::pair<std::string, Walker>> pages{
        {"home", Walker{}},
        {"home, elder", Walker{}.on(session::ElderModeToggled{})},
        {"identity", Walker{}.to_identity()},
        {"form", form},
        {"letter", Walker{}.to_letter()},
        {"receipt", Walker{}.to_receipt()}};
    double slowest = 0;
    std::string which;
    std::vector<double> every;
    for (const auto& [name, walker] : pages) {
        const auto page = page_of(walker);
        for (int warm = 0; warm < 3; ++warm) panel.draw(page);
        std::vector<double> times;
        for (int i = 0; i < 60; ++i) times.push_back(panel.draw(page));
        every.insert(every.end(), times.begin(), times.end());
        if (quantile(times, 0.5) > slowest) {
            slowest = quantile(times, 0.5);
            which = name;
        }
    }
    print("steady page, slowest of all (" + which + ")", slowest, "ms");
    print("frame of a steady page, 99th percentile", quantile(every, 0.99), "ms");
    print("frame of a steady page, slowest", quantile(every, 1), "ms");
}

bool differs(const domain::Picture& a, const domain::Picture& b) {
    return a.rgb != b.rgb;
}

// Hanzi that no page has shown, a different three hundred each time.
std::string three_hundred_hanzi(int round) {
    std::string text;
    for (char32_t c = 0x5000 + static_cast<char32_t>(round) * 300; text.size() < 900; ++c) {
        text += static_cast<char>(0xE0 | (c >> 12));
        text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        text += static_cast<char>(0x80 | (c & 0x3F));
    }
    return text;
}

void warmed_page(Panel& panel) {
    std::vector<double> times;
    for (int round = 0; round < 40; ++round) {
        const auto text = three_hundred_hanzi(round);
        panel.interface->forget_glyphs();
        panel.draw(page_of(Walker{}));
        panel.interface->warm_glyphs(text);
        // So many idle turns as the slices need, and some for what else is warmed.
        for (int turn = 0; turn < 200; ++turn) panel.interface->wait(base::Millis{1});
        auto page = page_of(Walker{});
        page.screen.name = "rare";
        page.screen.blocks = {
            ui::screens::TextCard{{}, {ui::screens::Paragraph{{}, {}, text, false, {}}}}};
        times.push_back(panel.draw(page));
    }
    print("page with 300 new Hanzi after pre-warming, 99th percentile", quantile(times, 0.99),
          "ms");
}

void press_to_pixel(Panel& panel) {
    const auto page = page_of(Walker{});
    std::vector<double> times;
    for (int i = 0; i < 100; ++i) {
        panel.draw(page);
        panel.clock.forward(base::Millis{2000});  // past every guard against ghost touches
        const auto before = panel.interface->pixels().value();
        const auto* tile = panel.interface->tree().find("services");
        const auto start = Clock::now();
        panel.interface->press(tile->hit.centre_x(), tile->hit.centre_y());
        panel.interface->frame(page.screen);
        const double took = ms_since(start);
        if (!differs(before, panel.interface->pixels().value())) std::exit(1);
        times.push_back(took);
        panel.interface->move(2, 2);
        panel.interface->release();
        panel.draw(page);
    }
    print("press to changed pixel, 95th percentile", quantile(times, 0.95), "ms");
}

// Hanzi of the extensions, where the rare characters of names are.
std::string rare_name(std::mt19937& random, int length) {
    std::uniform_int_distribution<char32_t> one(0x3400, 0x4DBF);
    std::string name;
    for (int i = 0; i < length; ++i) {
        const char32_t c = one(random);
        name += static_cast<char>(0xE0 | (c >> 12));
        name += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        name += static_cast<char>(0x80 | (c & 0x3F));
    }
    return name;
}

// What the process itself has written; pages of the mapped font files do not count.
double own_memory_mb() {
    std::ifstream status("/proc/self/status");
    std::string word;
    double kilobytes = 0;
    while (status >> word)
        if (word == "RssAnon:") status >> kilobytes;
    return kilobytes / 1024;
}

// Least squares, per thousand.
double slope(const std::vector<double>& values, double step) {
    const auto n = static_cast<double>(values.size());
    double sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double x = static_cast<double>(i) * step, y = values[i];
        sx += x, sy += y, sxx += x * x, sxy += x * y;
    }
    return 1000 * (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

// As many as a terminal sees in a busy day and night.
void two_thousand_journeys(Panel& panel) {
    std::mt19937 random(20261122);
    constexpr int journeys = 2000, step = 50;
    int widest = 0;
    std::vector<double> memory;
    for (int i = 0; i < journeys; ++i) {
        Walker walker;
        auto card = session::samples::good_card();
        card.name = rare_name(random, 2 + i % 5);
        walker.to_card();
        const auto ticket = walker.in<flows::AwaitingCard>()->ticket;
        walker.on(session::CardRead{ticket, base::Secret<domain::IdCardRecord>(card)});
        for (const bool elder : {false, true}) {
            if (elder) walker.on(session::ElderModeToggled{});
            panel.draw(page_of(walker));
        }
        panel.interface->end_session();
        panel.draw(page_of(Walker{}));
        panel.interface->forget_glyphs();
        base::give_back_freed_memory();  // as the terminal does between two people
        const auto atlas = panel.interface->atlas_size();
        widest = std::max({widest, atlas.w, atlas.h});
        // The first fifth fills what is kept for good.
        if (i >= journeys / 5 && i % step == 0) memory.push_back(own_memory_mb());
    }
    const auto fifth = static_cast<std::ptrdiff_t>(memory.size() / 5);
    const double first = quantile({memory.begin(), memory.begin() + fifth}, 0.5);
    const double last = quantile({memory.end() - fifth, memory.end()}, 0.5);
    print("memory after two thousand journeys", last, "MB");
    print("memory, slope over the journeys", slope(memory, step), "MB per 1000");
    print("memory, growth over the journeys", 100 * (last / first - 1), "%");
    print("atlas, widest side over the journeys", widest, "px");
}

}  // namespace

int main() {
    Panel panel;
    panel.interface->finish_preparing_input();
    steady_pages(panel);
    warmed_page(panel);
    press_to_pixel(panel);
    two_thousand_journeys(panel);
}
