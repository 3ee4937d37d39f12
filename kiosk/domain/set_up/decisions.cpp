#include "domain/set_up/decisions.hpp"

#include "base/assert.hpp"
#include "base/bytes.hpp"
#include "base/messages.hpp"
#include "domain/device_places.hpp"
#include "domain/set_up/wifi.hpp"
#include "domain/touch_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace domain::set_up {

namespace {

using base::MessageId;

constexpr std::array<std::string_view, decision_count> names{
    "language", "network",  "clock",  "enrolment", "devices", "screen",
    "reader",   "printers", "camera", "sound",     "pack",    "mode"};

Field word(std::string_view key, MessageId label, std::vector<Word> words,
           std::string_view setting = {}) {
    return {key, Takes::word, label, true, setting, std::move(words)};
}
Field verdict(std::string_view key, MessageId label) {
    return {key, Takes::verdict, label, true};
}
Field plain(std::string_view key, Takes takes, MessageId label, std::string_view setting = {}) {
    return {key, takes, label, false, setting};
}
Field between(std::string_view key, Takes takes, MessageId label, double least, double most,
              std::string_view setting) {
    return {key, takes, label, false, setting, {}, least, most};
}

std::vector<Question> make_questions() {
    using enum MessageId;
    return {{Decision::language,
             set_up_language,
             set_up_language_question,
             false,
             {word("language", set_up_language,
                   {{"zh", set_up_word_chinese}, {"en", set_up_word_english}})}},
            {Decision::network,
             set_up_network,
             set_up_network_question,
             false,
             {word("kind", set_up_field_network_kind,
                   {{"ethernet", set_up_word_ethernet},
                    {"wifi", set_up_word_wifi},
                    {"proxy", set_up_word_proxy},
                    {"none", set_up_word_no_network}}),
              plain("ssid", Takes::network, set_up_field_ssid),
              plain("passphrase", Takes::passphrase, set_up_field_passphrase),
              plain("proxy", Takes::address, set_up_field_proxy)}},
            {Decision::clock,
             set_up_clock,
             set_up_clock_question,
             false,
             {word("set_by", set_up_field_set_by,
                   {{"network", set_up_word_by_network}, {"hand", set_up_word_by_hand}})}},
            {Decision::enrolment,
             set_up_enrolment,
             set_up_enrolment_question,
             false,
             {word("how", set_up_field_how,
                   {{"invitation", set_up_word_invitation},
                    {"code", set_up_word_code},
                    {"enrolled", set_up_word_enrolled}}),
              plain("invitation", Takes::secret, set_up_field_invitation),
              plain("code", Takes::secret, set_up_field_code),
              plain("root", Takes::text, set_up_field_root)}},
            {Decision::devices,
             set_up_devices,
             set_up_devices_question,
             false,
             {plain("card_reader", Takes::text, set_up_field_card_reader, "kiosk.card_reader"),
              plain("card_reader_port", Takes::path, set_up_field_card_reader_port,
                    "kiosk.card_reader_port"),
              plain("camera_device", Takes::path, set_up_field_camera, "kiosk.camera_device"),
              plain("document_camera", Takes::path, set_up_field_document_camera,
                    "kiosk.document_camera"),
              plain("code_scanner", Takes::text, set_up_field_code_scanner, "kiosk.code_scanner"),
              plain("document_queue", Takes::text, set_up_field_document_queue,
                    "printers.document_queue"),
              plain("receipt_printer", Takes::text, set_up_field_receipt_printer,
                    "printers.receipt_printer"),
              between("receipt_dots", Takes::whole, set_up_field_receipt_dots, 384, 576,
                      "printers.receipt_dots")}},
            {Decision::screen,
             set_up_screen,
             set_up_screen_question,
             false,
             {between("width", Takes::whole, set_up_field_width, 320, 7680, "kiosk.width"),
              between("height", Takes::whole, set_up_field_height, 320, 7680, "kiosk.height"),
              between("pixels_per_mm", Takes::number, set_up_field_pixels_per_mm, 1, 40,
                      "kiosk.pixels_per_mm"),
              between("lower_edge_mm", Takes::number, set_up_field_lower_edge, 0, 2000,
                      "kiosk.lower_edge_mm"),
              plain("touch_matrix", Takes::matrix, set_up_field_touch_matrix, "kiosk.touch_matrix"),
              verdict("display", set_up_field_display), verdict("touch", set_up_field_touch)}},
            {Decision::reader,
             set_up_reader,
             set_up_reader_question,
             true,
             {{"id_card_reader", Takes::place, set_up_field_reader_place, true,
               "device_places.id_card_reader"},
              plain("document_printer", Takes::place, set_up_field_printer_place,
                    "device_places.document_printer"),
              plain("receipt_printer", Takes::place, set_up_field_slip_place,
                    "device_places.receipt_printer"),
              plain("camera", Takes::place, set_up_field_camera_place, "device_places.camera"),
              plain("headphones", Takes::place, set_up_field_headphones_place,
                    "device_places.headphones")}},
            {Decision::printers,
             set_up_printers,
             set_up_printers_question,
             true,
             {verdict("documents", set_up_field_documents), verdict("slips", set_up_field_slips)}},
            {Decision::camera,
             set_up_camera,
             set_up_camera_question,
             true,
             {verdict("aim", set_up_field_aim), verdict("light", set_up_field_light)}},
            {Decision::sound,
             set_up_sound,
             set_up_sound_question,
             true,
             {verdict("speaker", set_up_field_speaker),
              plain("quiet_from", Takes::time, set_up_field_quiet_from, "sound.quiet_from"),
              plain("quiet_to", Takes::time, set_up_field_quiet_to, "sound.quiet_to"),
              between("quiet_volume", Takes::whole, set_up_field_quiet_volume, 1, 3,
                      "sound.quiet_volume")}},
            {Decision::pack,
             set_up_pack,
             set_up_pack_question,
             true,
             {word("catalogue", set_up_field_catalogue,
                   {{"present", set_up_word_present}, {"later", set_up_word_later}})}},
            {Decision::mode,
             set_up_mode,
             set_up_mode_question,
             false,
             {word("profile", set_up_field_profile,
                   {{"hall", set_up_word_hall},
                    {"booth", set_up_word_booth},
                    {"village", set_up_word_village},
                    {"station", set_up_word_station},
                    {"portable", set_up_word_portable}},
                   "kiosk.profile")}}};
}

std::string in_chinese(MessageId id) {
    return std::string(base::text(id, base::Locale::zh));
}

std::string one_of(const std::vector<Word>& words) {
    std::string out;
    for (const auto& one : words) out += (out.empty() ? "" : " | ") + std::string(one.word);
    return out;
}

bool is_word(const std::vector<Word>& words, const std::string& value) {
    return std::ranges::any_of(words, [&](const Word& one) { return one.word == value; });
}

template <class Number>
bool is_between(const std::string& value, Number least, Number most) {
    Number number{};
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    return error == std::errc{} && end == value.data() + value.size() && number >= least &&
           number <= most;
}

bool is_time(const std::string& value) {
    return value.size() == 5 && value[2] == ':' && is_between(value.substr(0, 2), 0, 23) &&
           is_between(value.substr(3), 0, 59);
}

bool has_no_control_characters(const std::string& value) {
    return base::is_valid_utf8(value) && std::ranges::none_of(value, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

// Empty: the value is good by itself.
std::string expected_instead(const Field& field, const std::string& value) {
    const auto text = [](MessageId id, const Field& of) {
        return base::text(
            id, base::Locale::zh,
            {{"least", fmt::format("{}", of.least)}, {"most", fmt::format("{}", of.most)}});
    };
    if (value.size() > value_bytes_max || !has_no_control_characters(value))
        return in_chinese(MessageId::set_up_expects_short);
    switch (field.takes) {
        case Takes::word:
            return is_word(field.words, value) ? "" : one_of(field.words);
        case Takes::verdict:
            return is_word(verdict_words(), value) ? "" : one_of(verdict_words());
        case Takes::whole:
            return is_between(value, static_cast<long>(field.least), static_cast<long>(field.most))
                       ? ""
                       : text(MessageId::config_expects_whole_number, field);
        case Takes::number:
            return is_between(value, field.least, field.most)
                       ? ""
                       : text(MessageId::config_expects_number, field);
        case Takes::path:
            return value.empty() || value.starts_with('/')
                       ? ""
                       : in_chinese(MessageId::set_up_expects_path);
        case Takes::address:
            return value.starts_with("http://") && value.size() > 7
                       ? ""
                       : in_chinese(MessageId::set_up_expects_proxy);
        case Takes::place:
            return place_from(value) ? "" : in_chinese(MessageId::config_expects_place);
        case Takes::time:
            return is_time(value) ? "" : in_chinese(MessageId::config_expects_time_of_day);
        case Takes::matrix:
            return touch_matrix_from(value) ? ""
                                            : in_chinese(MessageId::config_expects_touch_matrix);
        case Takes::network:
            return is_network_name(value) ? "" : in_chinese(MessageId::set_up_expects_ssid);
        case Takes::passphrase:
            return is_passphrase(value) ? "" : in_chinese(MessageId::set_up_expects_passphrase);
        case Takes::text:
        case Takes::secret:
            break;
    }
    return {};
}

// A key that belongs to one answer only: needed with it, nothing to say without.
struct Belongs {
    Decision decision;
    std::string_view key, to, value;
    bool needed;
};
constexpr std::array belongings{
    Belongs{Decision::network, "proxy", "kind", "proxy", true},
    // Without a name a network that was joined before is looked at.
    Belongs{Decision::network, "ssid", "kind", "wifi", false},
    Belongs{Decision::network, "passphrase", "kind", "wifi", false},
    Belongs{Decision::enrolment, "invitation", "how", "invitation", true},
    Belongs{Decision::enrolment, "code", "how", "code", true},
    Belongs{Decision::enrolment, "root", "how", "code", false}};

void check_belongings(Decision decision, const Values& values, std::vector<AnswerFault>& out) {
    for (const auto& one : belongings) {
        if (one.decision != decision) continue;
        const auto chosen = values.find(std::string(one.to));
        const bool wanted = chosen != values.end() && chosen->second == one.value;
        const auto found = values.find(std::string(one.key));
        const bool there = found != values.end() && !found->second.empty();
        const std::string with = fmt::format("{} = \"{}\"", one.to, one.value);
        if (wanted && one.needed && !there)
            out.push_back(
                {std::string(one.key), in_chinese(MessageId::config_is_missing),
                 base::text(MessageId::set_up_expects_with, base::Locale::zh, {{"what", with}})});
        if (!wanted && there)
            out.push_back({std::string(one.key), in_chinese(MessageId::set_up_is_too_much),
                           base::text(MessageId::set_up_expects_only_with, base::Locale::zh,
                                      {{"what", with}})});
    }
}

// Whose passphrase it is.
void check_passphrase(Decision decision, const Values& values, std::vector<AnswerFault>& out) {
    const auto passphrase = values.find("passphrase"), ssid = values.find("ssid");
    const bool there = passphrase != values.end() && !passphrase->second.empty();
    if (decision == Decision::network && there && (ssid == values.end() || ssid->second.empty()))
        out.push_back({"ssid", in_chinese(MessageId::config_is_missing),
                       in_chinese(MessageId::set_up_expects_ssid)});
}

}  // namespace

bool is_secret(Takes takes) {
    return takes == Takes::secret || takes == Takes::passphrase;
}

std::string_view name(Decision decision) {
    return names.at(static_cast<std::size_t>(decision));
}

std::optional<Decision> decision_from(std::string_view word) {
    const auto found = std::ranges::find(names, word);
    if (found == names.end()) return std::nullopt;
    return static_cast<Decision>(found - names.begin());
}

const std::vector<Word>& verdict_words() {
    static const std::vector<Word> words{{"pass", base::MessageId::set_up_word_pass},
                                         {"fail", base::MessageId::set_up_word_fail},
                                         {"unsupported", base::MessageId::set_up_word_unsupported}};
    return words;
}

const std::vector<Question>& questions() {
    static const std::vector<Question> all = make_questions();
    KIOSK_ASSERT(all.size() == decision_count);
    return all;
}

const Question& question(Decision decision) {
    return questions().at(static_cast<std::size_t>(decision));
}

std::vector<AnswerFault> faults_of(Decision decision, const Values& values) {
    std::vector<AnswerFault> out;
    const auto& fields = question(decision).fields;
    for (const auto& field : fields) {
        const auto found = values.find(std::string(field.key));
        if (found == values.end()) {
            if (field.needed)
                out.push_back({std::string(field.key), in_chinese(MessageId::config_is_missing),
                               expected_instead(field, "")});
            continue;
        }
        // Nothing answered to what need not be.
        if (found->second.empty() && !field.needed) continue;
        auto expected = expected_instead(field, found->second);
        if (expected.empty()) continue;
        const bool hidden = is_secret(field.takes) || found->second.size() > 200 ||
                            !has_no_control_characters(found->second);
        out.push_back({std::string(field.key), hidden ? "…" : "\"" + found->second + "\"",
                       std::move(expected)});
    }
    for (const auto& [key, value] : values)
        if (std::ranges::none_of(fields, [&](const Field& one) { return one.key == key; }))
            out.push_back({key.substr(0, 60), in_chinese(MessageId::set_up_is_unknown),
                           in_chinese(MessageId::config_expects_known_key)});
    check_belongings(decision, values, out);
    check_passphrase(decision, values, out);
    return out;
}

std::vector<Setting> settings_of(Decision decision, const Values& values) {
    std::vector<Setting> out;
    for (const auto& field : question(decision).fields) {
        const auto found = values.find(std::string(field.key));
        if (field.setting.empty() || found == values.end()) continue;
        // Nothing is an answer to where a device is: there is none. To a number it is none at all.
        const bool may_be_empty = field.takes == Takes::text || field.takes == Takes::path ||
                                  field.takes == Takes::matrix;
        if (found->second.empty() && !may_be_empty) continue;
        const auto dot = field.setting.find('.');
        out.push_back({std::string(field.setting.substr(0, dot)),
                       std::string(field.setting.substr(dot + 1)), found->second, field.takes});
    }
    // No proxy is said, too, so that the one of before goes.
    if (decision == Decision::network) {
        const auto proxy = values.find("proxy");
        out.push_back({"post", "proxy", proxy == values.end() ? std::string{} : proxy->second,
                       Takes::address});
    }
    return out;
}

}  // namespace domain::set_up
