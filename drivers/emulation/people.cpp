#include "drivers/emulation/people.hpp"

#include <toml++/toml.h>

#include <array>
#include <filesystem>
#include <optional>
#include <utility>

namespace drivers::emulation {

namespace {

using domain::CardType;
using domain::IdCardRecord;

constexpr std::array<std::pair<std::string_view, CardType>, 5> types{{
    {"resident", CardType::resident},
    {"hk_macao_taiwan", CardType::hk_macao_taiwan},
    {"foreigner_2017", CardType::foreigner_2017},
    {"foreigner_2023", CardType::foreigner_2023},
    {"unknown", CardType::unknown},
}};
constexpr std::array<std::pair<std::string_view, std::string IdCardRecord::*>, 9> fields{{
    {"name", &IdCardRecord::name},
    {"sex", &IdCardRecord::sex_code},
    {"ethnicity", &IdCardRecord::ethnicity_code},
    {"birth", &IdCardRecord::birth_yyyymmdd},
    {"address", &IdCardRecord::address},
    {"number", &IdCardRecord::number},
    {"authority", &IdCardRecord::authority},
    {"valid_from", &IdCardRecord::valid_from_yyyymmdd},
    {"valid_until", &IdCardRecord::valid_until},
}};
// Not on every kind of card.
constexpr std::array<std::pair<std::string_view, std::string IdCardRecord::*>, 6> more_fields{{
    {"english_name", &IdCardRecord::english_name},
    {"nationality", &IdCardRecord::nationality},
    {"pass_number", &IdCardRecord::pass_number},
    {"issue_count", &IdCardRecord::issue_count},
    {"card_version", &IdCardRecord::card_version},
    {"former_number_link", &IdCardRecord::former_number_link},
}};

// Adds to `problems` what is missing.
Person person_from(const toml::table& table, const std::string& id, std::string& problems) {
    const auto text = [&](std::string_view key) {
        auto value = table[key].value<std::string>();
        if (!value) problems += id + "." + std::string(key) + " ";
        return value.value_or("");
    };
    Person person;
    const auto type = text("type");
    bool known = false;
    for (const auto& [word, card_type] : types)
        if (word == type) person.record.type = card_type, known = true;
    if (!known) problems += id + ".type ";
    for (const auto& [key, place] : fields) person.record.*place = text(key);
    for (const auto& [key, place] : more_fields)
        person.record.*place = table[key].value_or(std::string());
    person.face.picture = table["face"]["picture"].value_or(std::string());
    std::array<double, 4> box{};
    for (std::size_t i = 0; i < box.size(); ++i) box[i] = table["face"]["box"][i].value_or(0.0);
    person.face.box = {box[0], box[1], box[2], box[3]};
    std::array<double, 5> eyes{};
    for (std::size_t i = 0; i < eyes.size(); ++i) eyes[i] = table["face"]["eyes"][i].value_or(0.0);
    person.face.eyes = {eyes[0], eyes[1], eyes[2], eyes[3], eyes[4]};
    if (eyes[4] <= 0) problems += id + ".face.eyes ";
    if (person.face.picture.empty() || box[2] <= 0 || box[3] <= 0) problems += id + ".face ";
    return person;
}

}  // namespace

base::Result<People> load_people(const std::string& folder) {
    People people;
    std::string problems;
    try {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.path().extension() != ".toml") continue;
            const auto id = entry.path().stem().string();
            people[id] = person_from(toml::parse_file(entry.path().string()), id, problems);
        }
    } catch (const toml::parse_error& error) {
        problems += std::string(error.description());
    } catch (const std::filesystem::filesystem_error&) {
        problems += folder;
    }
    if (!problems.empty()) return base::fail(base::FaultCode::EmulationFilesWrong, problems);
    if (people.empty())
        return base::fail(base::FaultCode::EmulationFilesWrong, folder + ": nobody");
    return people;
}

}  // namespace drivers::emulation
