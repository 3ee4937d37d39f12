// The twelve decisions by which a machine becomes a terminal, in their order: what is asked, what
// may be answered and what each answer becomes in the configuration. The wizard on the screen and
// kiosk-technician set-up ask the same. Pure values; any thread.
#pragma once

#include "base/message_id.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace domain::set_up {

enum class Decision {
    language,   // of the wizard itself
    network,    // how the centre is reached
    clock,      // who says that the time is right
    enrolment,  // the invitation of the centre
    devices,    // what is there and where
    screen,     // its size, its colours, its touch
    reader,     // where people find the devices
    printers,   // test pages
    camera,     // aim and light
    sound,      // loudspeaker, quiet hours
    pack,       // what can be done here
    mode        // what kind of place this is
};
inline constexpr int decision_count = 12;
std::string_view name(Decision decision);
std::optional<Decision> decision_from(std::string_view word);

enum class Takes {
    word,     // one of Field::words
    verdict,  // pass, fail, unsupported: what a person saw or heard
    whole,
    number,
    path,       // absolute, or nothing
    text,       // as the configuration takes it
    address,    // http://host:port
    place,      // of domain/device_places.hpp
    time,       // 21:00
    matrix,     // six numbers of domain/touch_matrix.hpp, or nothing
    network,    // the name of a wireless one
    secret,     // a one-time code: never kept, never shown again
    passphrase  // of a wireless network: a secret, too
};
bool is_secret(Takes takes);

struct Word {
    std::string_view word;
    base::MessageId label;
};

struct Field {
    std::string_view key;
    Takes takes;
    base::MessageId label;
    bool needed = false;
    std::string_view setting{};  // section.key of the configuration; empty: it becomes none
    std::vector<Word> words{};
    double least = 0, most = 0;  // of whole and number
};

struct Question {
    Decision decision;
    base::MessageId title, question;
    bool may_be_skipped;
    std::vector<Field> fields;
};
// In the order in which they are asked.
const std::vector<Question>& questions();
const Question& question(Decision decision);
// The words of a verdict with their labels.
const std::vector<Word>& verdict_words();

// Key → what was answered, as text whatever it is.
using Values = std::map<std::string, std::string>;

inline constexpr std::size_t value_bytes_max = 2048;

struct AnswerFault {
    std::string key, found, expected;  // expected is Chinese, as all that technicians read
    friend bool operator==(const AnswerFault&, const AnswerFault&) = default;
};
// Everything that is wrong with one answer, by itself; what the configuration says to it as a
// whole is asked of its own reader. Secrets are not repeated in what was found.
std::vector<AnswerFault> faults_of(Decision decision, const Values& values);

// One value of the configuration; `takes` says how it is written there.
struct Setting {
    std::string section, key, value;
    Takes takes;
    friend bool operator==(const Setting&, const Setting&) = default;
};
// What a good answer becomes in the configuration.
std::vector<Setting> settings_of(Decision decision, const Values& values);

}  // namespace domain::set_up
