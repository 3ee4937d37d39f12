// Terminals, line, centre, clocks and people in one thread and in virtual time. Everything is an
// event in one queue; at equal times the order in which they were planned decides. First faults of
// all kinds (safety), then none (liveness): what was promised must come true within a bound.
#pragma once

#include "tests/simulator/world/check.hpp"
#include "tests/simulator/world/fate.hpp"
#include "tests/simulator/world/trace.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>

namespace simulator {

// Who makes the two ends: mutants put wrappers here.
struct Makers {
    PostMaker post = make_post;
    CentreMaker centre = make_centre;
    // The id under which a citizen's app asks again after no answer came.
    std::function<domain::SubId(const domain::SubId&, Seeded&)> id_again =
        [](const domain::SubId& id, Seeded&) { return id; };
};

// Everything that waits is tried again within the cap; a centre may have named an hour, and half
// of it comes on top; the rest is room for a few tries in a row.
inline constexpr base::Millis drained_within{4 * 3'600'000};

class World {
  public:
    World(std::uint64_t seed, const Swarm& swarm, Makers makers = {});
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    // The whole run; ends at the first breach.
    void run();

    // For scenarios, which decide what happens themselves.
    // Now, by a new citizen, with so many photos.
    Intent& hand_in(int machine, bool readable = true, int photos = 0);
    void ask_again(Intent& intent);
    void run_for(base::Millis time);
    void run_until_drained();  // no faults any more; asks the checks at the end
    // Decides before the dice do.
    std::function<std::optional<Fate>(const Machine&, const Kind&)> script;
    base::Millis retry_after_script{};  // of Fate::overloaded by script

    void boot(Machine& machine);
    void kill(Machine& machine);
    void cut_power(Machine& machine, std::size_t from);
    void copy_disk(Machine& machine);  // what restore_disk puts back
    void restore_disk(Machine& machine);
    Machine& clone(Machine& machine);
    void jump_clock(Machine& machine, base::Millis by);
    void stop_centre();
    void start_centre();
    void back_up_centre();
    void restore_centre();
    void rotate_keys();                 // at the centre
    void give_keys(Machine& machine);   // a technician brings the newest set
    void give_epoch(Machine& machine);  // a technician has looked and lets it go on
    void step(Machine& machine, const std::string& what, const std::function<void()>& work);

    // What is there.
    std::vector<std::unique_ptr<Machine>>& machines() { return machines_; }
    std::vector<std::unique_ptr<Intent>>& intents() { return intents_; }
    Intent* intent_of(const domain::SubId& id);
    Centre* centre() { return centre_.get(); }
    const std::vector<Effect>& effects();  // also while the centre is down
    const Effect* effect_of(const domain::SubId& id);
    const Realm& realm() const { return realm_; }
    const std::filesystem::path& folder() const { return folder_; }  // of the centre
    base::Millis now() const { return now_; }
    int centre_restores() const { return centre_restores_; }
    Trace trace;
    std::vector<Breach> breaches;
    std::int64_t exchanges = 0, answers_taken = 0;
    std::map<Fate, std::int64_t> fates;
    std::map<std::string, std::int64_t> happened;

  private:
    struct Event {
        base::Millis at{};
        std::uint64_t order = 0;
        std::function<void()> work;
        bool operator<(const Event& other) const {
            return at != other.at ? at > other.at : order > other.order;
        }
    };
    void plan(base::Millis in, std::function<void()> work);
    bool play_next(base::Millis until);
    void settle(Machine& machine);
    void wake_at(Machine& machine, base::Millis due);
    void add_machine(int identity);

    // people.cpp
    void plan_citizens();
    Intent& new_intent(int machine, bool readable, int photos);
    void seal(Intent& intent, int photos);
    base::Result<domain::LocalReceipt> hand_over(Machine& machine, const Intent& intent,
                                                 const offline::outbox::Acceptance& given);
    void offer(Intent& intent, const offline::outbox::Acceptance& given);
    domain::SubId draw_id();

    // line.cpp
    void send(Machine& machine, std::int64_t reference, offline::sync::Exchange exchange);
    void give(Machine& machine, base::Millis in, std::int64_t reference,
              base::Result<offline::sync::Answer> answer);
    base::Result<offline::sync::Answer> ask_centre(const offline::sync::Exchange& exchange,
                                                   bool overheard = true);
    offline::sync::Answer tampered(Fate fate, offline::sync::Answer answer);
    Fate fate_of(const Machine& machine, const Kind& kind);
    void carry(Machine& machine, std::int64_t reference, const offline::sync::Exchange& exchange,
               Fate fate);

    void call_technician(Machine& machine);

    // happenings.cpp
    void plan_happening();
    void happen();
    void end_faults();
    bool is_drained();

    std::uint64_t seed_;
    Swarm swarm_;
    Makers makers_;
    Realm realm_;
    Seeded of_people_, of_line_, of_disks_, of_happenings_, of_clocks_;
    base::Millis now_{};
    std::uint64_t order_ = 0;
    std::vector<Event> queue_;  // a heap

    std::filesystem::path folder_;
    MachineClock centre_clock_;
    CollectedLog centre_log_;
    std::unique_ptr<Centre> centre_;
    std::vector<Effect> last_effects_;
    int centre_restores_ = 0;
    bool backed_up_ = false;

    std::vector<std::unique_ptr<Machine>> machines_;
    std::vector<std::unique_ptr<Intent>> intents_;
    std::map<domain::SubId, int> by_id_;
    std::vector<base::Bytes> answers_before_;  // what an eavesdropper may play again
    std::vector<std::unique_ptr<Check>> checks_;
    bool quiet_ = false;  // liveness

    friend class Check;
};

}  // namespace simulator
