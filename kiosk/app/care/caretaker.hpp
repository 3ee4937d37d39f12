// The terminal looks after itself: whether its workers answer and what it draws is seen, how short
// memory and disk are, the self-test, the clean-up and the fresh start of the quiet hours. Main
// thread; files are read and removed by a worker of its own. It decides by care/pressure and
// care/night; the loop does what it asks for.
//
// In the state folder: care.json, the last self-test (no person in it), read by kiosk-technician
// report.
#pragma once

#include "app/care/night.hpp"
#include "base/bounded_queue.hpp"
#include "base/event_log.hpp"
#include "domain/supplies.hpp"

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace app {

struct CareOptions {
    domain::CareSettings settings;
    std::string terminal;       // 15 digits
    std::string state_folder;   // whose disk is watched, and where old leftovers go
    std::string paper_ledger;   // of the document printer; empty: none
    std::string slip_ledger{};  // of the receipt printer; empty: none
};

// What it looks at, as the app has it.
struct CareView {
    bool nobody_here = false;
    bool in_service = false;
    bool catalogue_outdated = false;
    const domain::TerminalHealth& health;
    const domain::PostStatus& post;
};

class Caretaker {
  public:
    // `clock`: the terminal's; threads and screen are watched in real time.
    Caretaker(CareOptions options, const base::Clock& clock, base::EventLog& log);
    ~Caretaker();
    Caretaker(const Caretaker&) = delete;
    Caretaker& operator=(const Caretaker&) = delete;

    // May the service manager be told that all is well? Not while a worker hangs or what is drawn
    // does not come to the screen. Logs a change.
    bool is_well();
    // It is time to look whether the next frame stands on the screen.
    bool wants_proof() const;
    void screen_proved(domain::ScreenProof proof);
    domain::ScreenProof screen() const { return screen_; }
    // How long the loop may wait before it is asked again.
    base::Millis due_in() const;

    struct Wish {
        bool give_up_memory = false;  // what can be made again
        bool restart = false;         // of the program; nobody is here
    };
    // Once per tick of the session. Looks at most once a minute.
    Wish look(const CareView& view);

    Pressure memory() const { return memory_; }
    Pressure disk() const { return disk_; }
    // Until the document printer's tray is empty; none: not known. As of the last look.
    std::optional<int> paper_hours() const;
    std::optional<int> roll_hours() const;  // until the receipt printer's roll is used up

    // Looks at the ledgers of paper now; `tell` is called once, on the caretaker's worker, or at
    // once and with nothing when that one is far behind.
    using TellPapers = std::function<void(std::vector<domain::PaperUse>)>;
    void read_papers(TellPapers tell);

  private:
    struct Report {
        std::string json;  // care.json
    };
    struct CleanUp {};
    struct ToTell {
        TellPapers tell;
    };
    using Order = std::variant<Report, CleanUp, ToTell>;

    base::Millis since_start() const;
    Wish watch_pressure();
    void change(std::string_view what, Pressure& kept, Pressure now, std::int64_t freed_kib);
    void work(const std::stop_token& stop);
    void carry_out(const Report& report);  // writes it down
    void carry_out(const CleanUp&);
    void carry_out(const ToTell& asked);
    std::vector<domain::PaperUse> look_at_paper();
    void foretell(std::string_view supply, const domain::PaperUse& use, std::atomic<int>& hours);

    const CareOptions options_;
    const base::Clock& clock_;
    base::EventLog& log_;
    const base::SystemClock real_;
    const base::Millis started_;
    NightWatch night_;
    base::Millis looked_at_{-1};
    base::Millis proved_at_{-1};
    domain::ScreenProof screen_ = domain::ScreenProof::unknown;
    int unseen_ = 0;             // proofs in a row that failed
    std::string silent_worker_;  // as it was told; empty: none
    Pressure memory_ = Pressure::ample, disk_ = Pressure::ample;
    std::atomic<int> paper_hours_{-1}, roll_hours_{-1};  // written by the worker
    base::BoundedQueue<Order> orders_{8};
    std::jthread thread_;  // last: ends before what it uses
};

}  // namespace app
