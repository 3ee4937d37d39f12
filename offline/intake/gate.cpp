#include "offline/intake/gate.hpp"

#include <fmt/format.h>

namespace offline::intake {

std::shared_ptr<void> Gate::enter() {
    if (++inside_ > most_) {
        --inside_;
        return nullptr;
    }
    return {this, [this](void*) { --inside_; }};
}

void Gate::count(const std::string& request, int status) {
    std::lock_guard lock(mutex_);
    ++answers_[{request, status}];
}

std::map<std::pair<std::string, int>, std::int64_t> Gate::answers() const {
    std::lock_guard lock(mutex_);
    return answers_;
}

std::string metrics_text(const Gate& gate, CaseStore& store) {
    std::string out =
        "# HELP intake_answers_total Requests by kind and answer since the start.\n"
        "# TYPE intake_answers_total counter\n";
    for (const auto& [of, count] : gate.answers())
        out += fmt::format("intake_answers_total{{request=\"{}\",answer=\"{}\"}} {}\n", of.first,
                           of.second, count);
    const auto gauge = [&](const char* name, const char* help, std::int64_t value) {
        out += fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", name, help, value);
    };
    gauge("intake_requests_in_flight", "Requests inside now.", gate.inside());
    const auto counts = store.counts();
    gauge("intake_database_up", "1: the store answered.", counts ? 1 : 0);
    if (!counts) return out;
    gauge("intake_cases", "Cases stored.", counts->cases);
    gauge("intake_quarantine", "Refused submissions kept aside.", counts->refusals);
    gauge("intake_effects_waiting", "Complete cases whose effect waits.", counts->waiting_effects);
    gauge("intake_effects", "Cases that had their effect.", counts->effects);
    gauge("intake_cases_dead", "Cases that an operator must look at.", counts->dead);
    return out;
}

}  // namespace offline::intake
