// What goes out and when: I11 (a poisoned one lets the others pass), I19 (few at a time, not more
// than so many, and nothing before the time the centre named), I22 (clocks decide nothing).
#include "tests/simulator/checks/checks.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace simulator {

using namespace offline;
using base::Millis;

namespace {

constexpr int in_flight_most = 2;
constexpr Millis window{600'000};
constexpr Millis longest_wait{24 * 3'600'000};  // whatever the centre names
// Full jitter may draw short waits several times; a loop that does not wait makes thousands.
constexpr std::size_t failures_in_window_most = 80;

class TrafficChecks final : public Check {
  public:
    using Check::Check;

    void sent(Machine& machine, const sync::Exchange& exchange, Fate fate) override {
        State& state = states_[machine.number];
        if (state.incarnation != machine.incarnation) state = State{machine.incarnation};
        if (machine.in_flight > in_flight_most) broken("I19", machine.name() + " sends too much");
        if (world_.now() < state.not_before)
            broken("I19", machine.name() + " does not wait as the centre asked");
        if (jumping_) broken("I22", machine.name() + " sends because its clock jumped");
        poison(machine, kind_of(exchange), fate);
    }

    void returned(Machine& machine, const base::Result<sync::Answer>& answer) override {
        State& state = states_[machine.number];
        if (state.incarnation != machine.incarnation) state = State{machine.incarnation};
        if (answer && answer->retry_after > Millis{0} && answer->status == 503)
            state.not_before = world_.now() + std::min(answer->retry_after, longest_wait);
        if (answer && (answer->status == 200 || answer->status == 204)) return;
        state.failures.push_back(world_.now());
        while (state.failures.front() + window < world_.now()) state.failures.pop_front();
        if (state.failures.size() > failures_in_window_most)
            broken("I19", machine.name() + " tries without end");
    }

    // Everything that was due was done just before the jump: the same look again sends nothing,
    // and the next look is at the same time.
    void clock_jumped(Machine& machine) override {
        jumping_ = true;
        const Millis due = machine.post->tick();
        jumping_ = false;
        if (std::clamp(due, world_.now() + Millis{1}, world_.now() + Millis{3'600'000}) !=
            machine.wake)
            broken("I22", machine.name() + " waits for another time because its clock jumped");
    }

    void nudged(Machine& machine) override { states_[machine.number].not_before = Millis{0}; }

  private:
    struct State {
        std::uint64_t incarnation = 0;
        Millis not_before = {};
        std::deque<Millis> failures = {};
        std::set<int> tried = {};                             // intents
        std::pair<int, Millis> last_alone = {-1, Millis{0}};  // intent and when
    };

    // Alone and twice in a row, although another was there already before the first time and was
    // not tried yet?
    void poison(Machine& machine, const Kind& kind, Fate fate) {
        State& state = states_[machine.number];
        const Intent* tried = nullptr;
        for (const auto& id : kind.ids)
            if (const auto* one = world_.intent_of(domain::SubId::parse(id).value())) {
                tried = one;
                state.tried.insert(one->number);
            }
        if (tried == nullptr) return;
        const auto [before, at] = std::exchange(
            state.last_alone, {kind.ids.size() == 1 ? tried->number : -1, world_.now()});
        if (fate != Fate::centre_fails || before != tried->number) return;
        const auto uploads = machine.post->outbox().uploads(100);  // on a lane of their own
        if (!uploads) return;
        const auto only_uploads = [&](const Intent& intent) {
            return std::any_of(uploads->begin(), uploads->end(),
                               [&](const auto& photo) { return photo.seq == intent.slip->seq; });
        };
        for (const auto& other : world_.intents())
            if (other->machine == machine.number && other->told == Told::kept &&
                !other->forgotten && !other->at_rest && !other->centre_fails_on_it &&
                other->kept_at < at && !state.tried.contains(other->number) &&
                !only_uploads(*other))
                broken("I11", other->name() + " is held up by " + tried->name());
    }

    bool jumping_ = false;
    std::map<int, State> states_;
};

}  // namespace

std::unique_ptr<Check> traffic_checks(World& world) {
    return std::make_unique<TrafficChecks>(world);
}

}  // namespace simulator
