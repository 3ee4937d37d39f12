#include "app/care/caretaker.hpp"

#include "app/care/paper_forecast.hpp"
#include "base/bytes.hpp"
#include "base/pulse.hpp"
#include "drivers/printer/roll_use.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <filesystem>

namespace app {

namespace {

using base::Millis;
namespace fs = std::filesystem;

constexpr Millis look_every{60'000};
constexpr Millis prove_every{60'000};
constexpr Millis prove_again{1'000};
// One look may fall between two pictures of the screen; three in a row do not.
constexpr int proofs_that_convict = 3;
// What a program that was killed left half written; one that still writes is younger.
constexpr std::chrono::hours age_of_a_leftover{24};
constexpr std::string_view leftover = ".part";

std::string as_json(base::Instant at, const std::vector<std::string>& problems,
                    domain::ScreenProof screen) {
    const nlohmann::json document{{"at", base::iso8601_local(at)},
                                  {"problems", problems},
                                  {"screen", std::string(domain::name(screen))}};
    return document.dump();
}

// A ledger that is not there yet is one in which nothing stands.
domain::PaperUse use_of(domain::DeviceKind printer, const std::string& ledger, std::int64_t holds,
                        base::Instant now) {
    std::error_code problem;
    const bool none = !fs::exists(ledger, problem) && !problem;
    const auto bytes = base::read_file(ledger);
    domain::PaperUse use;
    if (bytes)
        use = paper_use(printer, drivers::printer::read_ledger(base::as_text(*bytes)).book, holds,
                        now);
    use.printer = printer;
    use.readable = none || bytes.has_value();
    return use;
}

}  // namespace

Caretaker::Caretaker(CareOptions options, const base::Clock& clock, base::EventLog& log)
    : options_(std::move(options)),
      clock_(clock),
      log_(log),
      started_(clock.steady()),
      night_(options_.settings, options_.terminal),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

Caretaker::~Caretaker() = default;

bool Caretaker::is_well() {
    const auto silent = base::silent_worker(real_.steady());
    const std::string worker = silent ? silent->worker : "";
    if (worker != silent_worker_) {
        silent_worker_ = worker;
        if (silent) log_.record(base::log::WorkerSilent{worker, silent->silent_for.count()});
    }
    return !silent && unseen_ < proofs_that_convict;
}

bool Caretaker::wants_proof() const {
    if (proved_at_ < Millis{0}) return true;
    return real_.steady() - proved_at_ >= (unseen_ > 0 ? prove_again : prove_every);
}

Millis Caretaker::due_in() const {
    if (unseen_ == 0) return look_every;
    return std::max(proved_at_ + prove_again - real_.steady(), Millis{0});
}

void Caretaker::screen_proved(domain::ScreenProof proof) {
    using domain::ScreenProof;
    proved_at_ = real_.steady();
    const bool unseen = proof == ScreenProof::frozen || proof == ScreenProof::blank;
    unseen_ = unseen ? unseen_ + 1 : 0;
    if (unseen && unseen_ < proofs_that_convict) return;
    if (proof == screen_) return;
    screen_ = proof;
    if (proof != ScreenProof::unknown)
        log_.record(base::log::ScreenProved{std::string(domain::name(proof))});
}

Millis Caretaker::since_start() const {
    return clock_.steady() - started_;
}

void Caretaker::change(std::string_view what, Pressure& kept, Pressure now,
                       std::int64_t freed_kib) {
    if (kept == now) return;
    kept = now;
    log_.record(base::log::PressureChanged{std::string(what), std::string(name(now)), freed_kib});
}

Caretaker::Wish Caretaker::watch_pressure() {
    Wish wish;
    if (const auto memory = read_memory()) {
        const auto now = memory_pressure(*memory, options_.settings.memory_mb, memory_);
        // Asked for once, when it becomes short: giving up again and again would only make it slow.
        wish.give_up_memory = now > memory_;
        change("memory", memory_, now, 0);
    }
    if (const auto disk = read_disk(options_.state_folder)) {
        const auto now = disk_pressure(*disk, disk_);
        if (now > disk_) (void)orders_.push(CleanUp{});
        change("disk", disk_, now, 0);
    }
    return wish;
}

Caretaker::Wish Caretaker::look(const CareView& view) {
    const auto real = real_.steady();
    Wish wish;
    if (looked_at_ < Millis{0} || real - looked_at_ >= look_every) {
        looked_at_ = real;
        wish = watch_pressure();
    }
    const auto due = night_.due({clock_.now(), since_start(), view.nobody_here, memory_});
    if (due.self_test) {
        const auto problems = self_test({view.health, view.post, memory_, disk_, screen_,
                                         view.catalogue_outdated, view.in_service, clock_.now()});
        log_.record(base::log::SelfTestDone{static_cast<std::int64_t>(problems.size())});
        (void)orders_.push(CleanUp{});
        (void)orders_.push(Report{as_json(clock_.now(), problems, screen_)});
    }
    wish.restart = due.restart;
    return wish;
}

namespace {
std::optional<int> known(int hours) {
    return hours < 0 ? std::nullopt : std::optional(hours);
}
}  // namespace

std::optional<int> Caretaker::paper_hours() const {
    return known(paper_hours_);
}
std::optional<int> Caretaker::roll_hours() const {
    return known(roll_hours_);
}

void Caretaker::read_papers(TellPapers tell) {
    if (!orders_.push(ToTell{tell})) tell({});
}

void Caretaker::work(const std::stop_token& stop) {
    const base::Pulse pulse("caretaker");
    constexpr std::chrono::minutes paper_every{30};
    (void)look_at_paper();
    while (!stop.stop_requested()) {
        if (const auto order = orders_.pop_for(stop, paper_every))
            std::visit([this](const auto& one) { carry_out(one); }, *order);
        else
            (void)look_at_paper();
    }
}

void Caretaker::carry_out(const Report& report) {
    const auto kept =
        base::write_file(options_.state_folder + "/care.json", base::to_bytes(report.json));
    if (!kept) log_.record(base::log::SelfTestNotKept{kept.error().code});
}

// Leftovers of our own only, in our own folder and not below it: what lies deeper has keepers of
// its own.
void Caretaker::carry_out(const CleanUp&) {
    std::error_code problem;
    std::int64_t files = 0, bytes = 0;
    const auto limit = fs::file_time_type::clock::now() - age_of_a_leftover;
    for (fs::directory_iterator at(options_.state_folder, problem), end; !problem && at != end;
         at.increment(problem)) {
        std::error_code one;
        if (!at->is_regular_file(one) || at->is_symlink(one) ||
            !at->path().filename().string().ends_with(leftover))
            continue;
        const auto written = at->last_write_time(one);
        if (one || written > limit) continue;
        const auto size = at->file_size(one);
        if (!fs::remove(at->path(), one)) continue;
        ++files;
        bytes += static_cast<std::int64_t>(size);
    }
    if (files > 0) log_.record(base::log::CleanedUp{files, bytes / 1024});
}

void Caretaker::carry_out(const ToTell& asked) {
    asked.tell(look_at_paper());
}

void Caretaker::foretell(std::string_view supply, const domain::PaperUse& use,
                         std::atomic<int>& hours) {
    constexpr int soon = 24;
    const int before = hours;
    const int now = use.forecast ? use.forecast->hours : -1;
    hours = now;
    if (now >= 0 && now < soon && (before < 0 || before >= soon))
        log_.record(base::log::SupplyForecast{std::string(supply), now});
}

std::vector<domain::PaperUse> Caretaker::look_at_paper() {
    using domain::DeviceKind;
    std::vector<domain::PaperUse> out;
    const auto now = clock_.now();
    if (const auto& ledger = options_.paper_ledger; !ledger.empty()) {
        const int sheets = options_.settings.sheets_in_full_tray;
        out.push_back(use_of(DeviceKind::document_printer, ledger, sheets, now));
        foretell("paper", out.back(), paper_hours_);
    }
    if (const auto& ledger = options_.slip_ledger; !ledger.empty()) {
        const auto lengths = base::read_file(drivers::printer::roll_use_file(ledger));
        const auto use = lengths ? drivers::printer::read_roll_use(base::as_text(*lengths))
                                 : drivers::printer::RollUse{};
        const auto slips = drivers::printer::slips_of_a_roll(use, options_.settings.roll_metres);
        out.push_back(use_of(DeviceKind::receipt_printer, ledger, slips, now));
        foretell("roll", out.back(), roll_hours_);
    }
    return out;
}

}  // namespace app
