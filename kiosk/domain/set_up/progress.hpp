// How far the set-up of a terminal has come: what was decided, what tests showed and when. Nothing
// of a citizen, and no secret of an enrolment. Pure values; any thread.
#pragma once

#include "base/clock.hpp"
#include "domain/set_up/decisions.hpp"

namespace domain::set_up {

enum class TestVerdict { passed, failed, unsupported };
std::string_view name(TestVerdict verdict);
std::optional<TestVerdict> verdict_from(std::string_view word);
// pass, fail, unsupported of an answer.
std::optional<TestVerdict> verdict_of_answer(std::string_view answer);

struct TestResult {
    std::string test;  // a word: touch, printer
    TestVerdict verdict{};
    bool by_person = false;  // else a machine judged
    base::Instant at{};
    std::string found{};  // what was seen, one line, Chinese
    friend bool operator==(const TestResult&, const TestResult&) = default;
};

struct Decided {
    Decision decision{};
    bool skipped = false;
    Values values{};  // without secrets
    std::vector<TestResult> tests{};
    base::Instant at{};
    std::string by{};  // a technician's label, or script
    friend bool operator==(const Decided&, const Decided&) = default;
};

struct Progress {
    std::string terminal;  // its number
    base::Instant begun{};
    std::vector<Decided> decided{};           // in the order of the decisions
    std::optional<base::Instant> finished{};  // everything was decided and confirmed
    std::optional<base::Instant> recorded{};  // a service record that holds all of it was signed
    bool was_recorded = false;                // an earlier state of it was
    friend bool operator==(const Progress&, const Progress&) = default;

    const Decided* find(Decision decision) const;
    // The first that is open; none: all are decided.
    std::optional<Decision> next() const;
    // Takes the place of an earlier answer to the same. What is finished stays so: the others
    // stand.
    void put(Decided decided);
};

// Values without those that must not be kept.
Values without_secrets(Decision decision, Values values);

// Of everything decided so far.
std::vector<Setting> settings_of(const Progress& progress);

// "printers.document_queue: 旧 → 新" is made of this.
struct Change {
    std::string key, before, after;
    friend bool operator==(const Change&, const Change&) = default;
};

}  // namespace domain::set_up
