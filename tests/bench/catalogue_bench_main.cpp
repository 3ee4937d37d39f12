// catalogue_bench FOLDER: what a pack of 2 000 items costs: taking it (its signature, reading,
// every rule) beside the bare parser on the same bytes, a search at every keystroke, opening an
// item until it is drawn, and memory. Prints one line a figure: name, value, unit, by tabs.
#include "app/present/present.hpp"
#include "app/training/samples/samples.hpp"
#include "base/heap.hpp"
#include "catalogue/search.hpp"
#include "catalogue_queries.hpp"
#include "large_county.hpp"
#include "offline/sealing/signing.hpp"
#include "ui/shell/interface.hpp"

#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace {

namespace samples = app::training::samples;
namespace sealing = offline::sealing;

constexpr std::size_t items = 2'000;
constexpr std::size_t most_found = 8;  // as many as the search page shows
constexpr int loads = 5;

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(1);
}

double milliseconds(const std::function<void()>& work) {
    const auto from = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from)
        .count();
}

double quantile(std::vector<double> values, double part) {
    std::sort(values.begin(), values.end());
    return values.at(static_cast<std::size_t>(static_cast<double>(values.size() - 1) * part + 0.5));
}
double median(std::vector<double> values) {
    return quantile(std::move(values), 0.5);
}

void print(const std::string& name, double value, const char* unit) {
    std::printf("%s\t%.4g\t%s\n", name.c_str(), value, unit);
    std::fflush(stdout);
}

// In a process of its own, so that nothing of the making is left in the heap that is measured.
void make_pack(const std::string& folder, const sealing::SigningKey& key) {
    const pid_t child = ::fork();
    if (child == 0) {
        const auto bytes = base::to_bytes(large_county(items));
        const auto signature = key.sign(sealing::context::pack, bytes);
        const bool made = signature && base::write_file(folder + "/pack.json", bytes) &&
                          base::write_file(folder + "/pack.sig", *signature);
        ::_exit(made ? 0 : 1);
    }
    int status = 1;
    if (child < 0 || ::waitpid(child, &status, 0) != child || status != 0)
        give_up("the pack could not be made");
}

catalogue::Pack load(const std::string& folder, const sealing::PublicKey& key) {
    const auto verify = [&](base::ByteView pack, base::ByteView signature) {
        return sealing::verify(key, sealing::context::pack, pack, signature);
    };
    std::vector<catalogue::PackProblem> problems;
    auto pack = catalogue::load_pack(folder, domain::Realm::training, 1, verify, &problems);
    if (!pack) {
        for (const auto& problem : problems)
            std::fprintf(stderr, "%s: %s\n", problem.place.c_str(), problem.text.c_str());
        give_up("the pack was refused");
    }
    if (pack->items.size() != items) give_up("another number of items");
    return std::move(*pack);
}

double resident_bytes() {
    base::give_back_freed_memory();
    std::ifstream statm("/proc/self/statm");
    double all = 0, resident = 0;
    statm >> all >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

catalogue::Pack first_load(const std::string& folder, const sealing::PublicKey& key) {
    const double before = resident_bytes();
    auto pack = load(folder, key);
    const double grown = resident_bytes() - before;
    print("memory per 1000 items", grown / 1e6 * 1000 / static_cast<double>(items), "MB");
    return pack;
}

// Turn by turn, so that a machine that slows down does so for both.
void taking_it(const std::string& folder, const sealing::PublicKey& key) {
    const auto bytes = base::read_file(folder + "/pack.json");
    const auto signature = base::read_file(folder + "/pack.sig");
    if (!bytes || !signature) give_up("the pack is gone");
    std::vector<double> taken, verified, parsed;
    for (int i = 0; i < loads; ++i) {
        taken.push_back(milliseconds([&] { (void)load(folder, key); }));
        verified.push_back(milliseconds([&] {
            if (!sealing::verify(key, sealing::context::pack, *bytes, *signature))
                give_up("another signature");
        }));
        parsed.push_back(milliseconds([&] {
            if (nlohmann::json::parse(*bytes).empty()) give_up("an empty pack");
        }));
    }
    print("pack.json of 2000 items", static_cast<double>(bytes->size()) / 1e6, "MB");
    print("load, verify and lint 2000 items", median(taken) / 1000, "s");
    print("of that, the signature", median(verified) / 1000, "s");
    print("floor: nlohmann::json::parse of the same bytes", median(parsed) / 1000, "s");
    print("load, verify and lint: over the floor", median(taken) / median(parsed), "times");
}

void searching(const catalogue::Pack& pack) {
    std::vector<double> every;
    double slowest = 0;
    std::string which;
    std::size_t found = 0, nothing = 0;
    for (const auto& query : queries())
        for (const auto& typed : keystrokes(query)) {
            std::vector<double> times;
            std::size_t hits = 0;
            for (int i = 0; i < 5; ++i)
                times.push_back(milliseconds(
                    [&] { hits = catalogue::find_services(pack, typed, most_found).size(); }));
            ++(hits > 0 ? found : nothing);
            every.push_back(median(times));
            if (every.back() <= slowest) continue;
            slowest = every.back();
            which = typed;
        }
    if (found == 0 || nothing == 0) give_up("the queries find everything or nothing");
    print("search, a keystroke, median", median(every), "ms");
    print("search, a keystroke, slowest (" + which + ")", slowest, "ms");
}

struct Panel {
    Panel() {
        ui::shell::Interface::Options options;
        options.icon_font = CW_ICON_FONT;
        auto made = ui::shell::Interface::create(options, clock);
        if (!made) give_up("no panel: " + made.error().safe_detail);
        interface = std::move(*made);
        interface->finish_preparing_input();
    }
    base::ManualClock clock{samples::morning()};
    std::unique_ptr<ui::shell::Interface> interface;
};

// A press on the row of a list until the guide's first page is drawn, in memory by the software
// renderer. Characters that no page has shown yet are drawn for the first time, too.
void opening_items(const catalogue::Pack& pack) {
    Panel panel;
    const samples::Terminal terminal;
    const session::World world{pack, terminal.settings, terminal.health, terminal.now,
                               domain::SubId{{1, 2, 3}}};
    domain::PostStatus post;
    post.line = domain::Line::online;
    post.taking = true;
    const auto page_of = [&](const session::Session& now) {
        return app::present({now, &pack, terminal.settings, terminal.health, post, terminal.now});
    };
    session::Session session = session::begin(world).session;
    session.state = flows::ChoosingService{};
    for (int warm = 0; warm < 3; ++warm) panel.interface->frame(page_of(session).screen);

    std::vector<double> times, presented;
    for (std::size_t i = 0; i < items; i += 9) {
        times.push_back(milliseconds([&] {
            const session::Event chosen = session::ItemChosen{pack.items[i].code};
            session = session::step(std::move(session), chosen, world).session;
            app::Page page;
            presented.push_back(milliseconds([&] { page = page_of(session); }));
            panel.interface->frame(page.screen);
        }));
        if (std::get_if<flows::ReadingGuide>(&session.state) == nullptr)
            give_up("the item did not open");
        session = session::step(std::move(session), session::WentBack{}, world).session;
        panel.interface->frame(page_of(session).screen);
    }
    print("open an item, median", median(times), "ms");
    print("open an item, 99th percentile", quantile(times, 0.99), "ms");
    print("of that, its page without drawing, median", median(presented), "ms");
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) give_up("catalogue_bench FOLDER");
    const std::string folder = words[1];
    const auto key = sealing::SigningKey::generate();
    make_pack(folder, key);
    const auto pack = first_load(folder, key.public_key());
    taking_it(folder, key.public_key());
    searching(pack);
    opening_items(pack);
}
