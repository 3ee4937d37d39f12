// What is asked on the wizard's pages: choices, fields, verdicts, and what the machine knows.
#include "app/present/set_up.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace app {

using domain::set_up::Decision;
using domain::set_up::Field;
using domain::set_up::Takes;
using screens::Tone;

namespace {

using session::SetUpAnswered;

std::string value_of(const flows::SettingUp& here, const std::string& key) {
    const auto found = here.values.find(key);
    return found == here.values.end() ? std::string{} : found->second;
}

std::string id_of(const std::string& key, std::size_t number) {
    return "set_up:" + key + ":" + std::to_string(number);
}

const Field& field_of(const flows::SettingUp& here, std::string_view key) {
    const auto& fields = domain::set_up::question(here.decision).fields;
    for (const auto& field : fields)
        if (field.key == key) return field;
    return fields.front();
}

void choices(const flows::SettingUp& here, const Field& field, PageBuilder& b) {
    screens::Choices list;
    list.radio = true;
    std::size_t number = 0;
    for (const auto& word : field.words) {
        const std::string value(word.word);
        list.choices.push_back({b.bind(id_of(std::string(field.key), number++),
                                       SetUpAnswered{std::string(field.key), value}),
                                b.say(word.label),
                                {},
                                {},
                                value_of(here, std::string(field.key)) == value});
    }
    b.add(std::move(list));
}

// The options in one row; the first of each pair is what is kept.
void options(const flows::SettingUp& here, std::string key, screens::IconName icon,
             std::string label, const std::vector<std::pair<std::string, std::string>>& known,
             PageBuilder& b) {
    screens::OptionRow row{std::move(icon), std::move(label), {}};
    std::size_t number = 0;
    for (const auto& [value, text] : known)
        row.options.push_back({b.bind(id_of(key, number++), SetUpAnswered{key, value}), text,
                               here.values.contains(key) && value_of(here, key) == value});
    b.add(std::move(row));
}

// `label`: none where the test's name stands above.
void verdict(const flows::SettingUp& here, std::string_view key, screens::IconName icon,
             PageBuilder& b, MessageId label = MessageId::set_up_result) {
    std::vector<std::pair<std::string, std::string>> known;
    for (const auto& word : domain::set_up::verdict_words())
        known.emplace_back(std::string(word.word), b.say(word.label));
    options(here, std::string(key), std::move(icon), b.say(label), known, b);
}

void test_strip(const std::string& key, screens::IconName icon, MessageId name, std::string note,
                MessageId button, bool busy, PageBuilder& b) {
    screens::Strip strip{std::move(icon), b.say(name), std::move(note), {}, Tone::plain};
    if (!busy)
        strip.button = b.secondary("set_up_test:" + key, button, session::SetUpTestWanted{key});
    b.add(std::move(strip));
}

// The record has all of it.
std::string briefly(const std::string& found) {
    constexpr std::size_t most = 90;  // bytes, thirty Hanzi
    constexpr std::string_view comma = "、";
    if (found.size() <= most) return found;
    const auto cut = found.rfind(comma, most);
    return cut == std::string::npos ? found : found.substr(0, cut) + " 等";
}

// What a machine, or somebody, found of a test so far.
std::string found_words(const flows::SettingUp& here, std::string_view test, PageBuilder& b) {
    for (const auto& result : here.tests) {
        if (result.test != test) continue;
        if (b.locale() == base::Locale::zh && !result.found.empty()) return briefly(result.found);
        const auto& word =
            domain::set_up::verdict_words().at(static_cast<std::size_t>(result.verdict));
        return b.say(word.label);
    }
    return {};
}

void typed(const flows::SettingUp& here, const std::string& key, std::string label,
           std::string hint, screens::Keyboard keyboard, std::size_t most, screens::Field& field,
           PageBuilder& b) {
    field.id = b.bind(key, session::FieldFocused{key});
    field.label = std::move(label);
    field.hint = std::move(hint);
    field.value = base::SecretText(value_of(here, key));
    field.keyboard = keyboard;
    field.focused = here.focused == key;
    field.max_code_points = most;
    field.sensitivity = screens::Sensitivity::open;
    for (const auto& fault : here.faults)
        if (fault.key == key)
            field.error =
                b.locale() == base::Locale::zh ? fault.expected : b.say(MessageId::set_up_missing);
}

using domain::set_up::JoinOutcome;

// What came of the network that was asked for last; what is wrong with a field stands at the field,
// which may be all that is shown above the keys.
void add_join_outcome(const flows::SettingUp& here, PageBuilder& b) {
    if (!here.known.join || *here.known.join == JoinOutcome::wrong_passphrase ||
        *here.known.join == JoinOutcome::no_such_network)
        return;
    const bool joined = *here.known.join == JoinOutcome::joined;
    b.add(screens::Notice{
        joined ? Tone::success : Tone::danger,
        joined ? "circle-check" : "alert-circle",
        b.say(domain::set_up::sentence(*here.known.join), {{"name", value_of(here, "ssid")}}),
        {},
        false});
}

void wifi(const flows::SettingUp& here, PageBuilder& b) {
    add_join_outcome(here, b);
    screens::Field name;
    typed(here, "ssid", b.say(MessageId::set_up_field_ssid),
          b.say(MessageId::set_up_wifi_ssid_hint), screens::Keyboard::pinyin,
          domain::set_up::network_name_bytes_max, name, b);
    if (here.known.join == JoinOutcome::no_such_network)
        name.error = b.say(domain::set_up::sentence(*here.known.join));
    b.add(std::move(name));
    screens::Field passphrase;
    typed(here, "passphrase", b.say(MessageId::set_up_field_passphrase),
          b.say(MessageId::set_up_wifi_passphrase_hint), screens::Keyboard::ascii,
          domain::set_up::passphrase_most, passphrase, b);
    passphrase.value = here.passphrase ? here.passphrase : base::SecretText(std::string{});
    passphrase.sensitivity = screens::Sensitivity::personal;
    if (here.known.join == JoinOutcome::wrong_passphrase)
        passphrase.error = b.say(domain::set_up::sentence(*here.known.join));
    b.add(std::move(passphrase));
    b.add(screens::ButtonRow{{b.secondary("set_up_join", MessageId::set_up_wifi_join,
                                          session::SetUpJoinWanted{}, "wifi")}});
}

void network(const flows::SettingUp& here, PageBuilder& b) {
    b.add(screens::Strip{"wifi", line_words(b), {}, {}, Tone::info});
    choices(here, field_of(here, "kind"), b);
    if (value_of(here, "kind") == "wifi") return wifi(here, b);
    if (value_of(here, "kind") != "proxy") return;
    screens::Field host, port;
    typed(here, "proxy_host", b.say(MessageId::set_up_proxy_host), value_of(here, "proxy"),
          screens::Keyboard::money, 15, host, b);
    typed(here, "proxy_port", b.say(MessageId::set_up_proxy_port), "3128",
          screens::Keyboard::number, 5, port, b);
    b.add(std::move(host));
    b.add(std::move(port));
}

void clock(const flows::SettingUp& here, PageBuilder& b) {
    screens::KeyValues card;
    const auto now = base::iso8601_local(b.in.now);
    card.rows = {{b.say(MessageId::set_up_now_is),
                  now.substr(0, 10) + " " + now.substr(11, 8),
                  true,
                  {},
                  {},
                  {},
                  {}}};
    b.add(std::move(card));
    choices(here, field_of(here, "set_by"), b);
}

void enrolment(const flows::SettingUp& here, PageBuilder& b) {
    if (here.scanning) {
        screens::CameraPreview preview;
        preview.guidance = b.say(MessageId::set_up_enrol_scan);
        preview.lamp_text = b.say(MessageId::face_lamp);
        preview.frame = screens::PreviewFrame::code;
        if (here.foreign)
            b.add(screens::Notice{
                Tone::warn, "alert-triangle", b.say(MessageId::set_up_enrol_foreign), {}, false});
        b.add(std::move(preview));
        return;
    }
    const bool enrolled = here.known.enrolled;
    const bool asked = here.fault || !here.faults.empty();  // to go on without
    screens::Notice notice{
        enrolled ? Tone::success
        : asked  ? Tone::danger
                 : Tone::info,
        enrolled ? "circle-check" : "file-certificate",
        b.say(enrolled ? MessageId::set_up_enrolled_yes : MessageId::set_up_enrolled_no),
        {},
        false};
    if (!enrolled && !here.known.said.empty()) notice.lines = {here.known.said};
    b.add(std::move(notice));
    b.add(screens::ButtonRow{{b.secondary(
        "set_up_scan", enrolled ? MessageId::set_up_enrol_again : MessageId::set_up_word_invitation,
        session::SetUpScanWanted{}, "qrcode")}});
}

void devices(const flows::SettingUp& here, PageBuilder& b) {
    using domain::DeviceKind;
    constexpr std::array<std::pair<DeviceKind, MessageId>, 6> shown{
        {{DeviceKind::id_card_reader, MessageId::set_up_field_card_reader},
         {DeviceKind::camera, MessageId::set_up_field_camera},
         {DeviceKind::document_printer, MessageId::set_up_field_document_queue},
         {DeviceKind::receipt_printer, MessageId::set_up_field_receipt_printer},
         {DeviceKind::code_scanner, MessageId::set_up_field_code_scanner},
         {DeviceKind::document_camera, MessageId::set_up_field_document_camera}}};
    screens::KeyValues card;
    auto health = b.in.health;
    for (const auto& [kind, label] : shown) {
        const auto& device = domain::part(health, kind);
        const bool there = device.state != domain::DeviceState::unavailable;
        if (!there && !domain::is_broken(device)) continue;
        auto words =
            b.say(there ? MessageId::set_up_device_found : MessageId::set_up_device_missing);
        if (!there && device.fault) words += "：" + fault_words(b, *device.fault);
        card.rows.push_back(fact(b, label, std::move(words)));
    }
    b.add(std::move(card));
    // Each with nothing, what stands there, what was found, and what it mostly is.
    const auto row = [&](const char* key, screens::IconName icon, std::vector<std::string> usual) {
        const auto now = here.values.contains(key) ? value_of(here, key) : std::string{};
        if (!now.empty() && std::find(usual.begin(), usual.end(), now) == usual.end())
            usual.insert(usual.begin(), now);
        if (const auto found = here.known.found.find(key); found != here.known.found.end())
            for (const auto& one : found->second)
                if (std::find(usual.begin(), usual.end(), one) == usual.end()) usual.push_back(one);
        std::vector<std::pair<std::string, std::string>> known{{"", b.say(MessageId::set_up_none)}};
        for (const auto& one : usual) known.emplace_back(one, value_words(b, key, one));
        options(here, key, std::move(icon), b.say(field_of(here, key).label), known, b);
    };
    row("camera_device", "camera", {});
    row("document_queue", "printer", {});
    row("receipt_printer", "receipt", {"usb"});
    row("code_scanner", "scan", {"hid"});
}

void screen(const flows::SettingUp& here, PageBuilder& b) {
    const auto& panel = b.in.settings;
    const double pixels = std::hypot(panel.panel_width, panel.panel_height);
    std::vector<std::pair<std::string, std::string>> sizes;
    for (const double inches : {15.6, 21.5, 27.0, 32.0, 43.0})
        sizes.emplace_back(decimal(pixels / (inches * 25.4), 3), decimal(inches, 1));
    options(here, "pixels_per_mm", "ruler-measure", b.say(MessageId::set_up_diagonal), sizes, b);
    std::vector<std::pair<std::string, std::string>> edges;
    for (const char* edge : {"700", "750", "800", "850", "900"}) edges.emplace_back(edge, edge);
    options(here, "lower_edge_mm", "arrow-up", b.say(MessageId::set_up_field_lower_edge), edges, b);
    test_strip("display", "device-desktop", MessageId::set_up_field_display, {},
               MessageId::set_up_test_display, false, b);
    verdict(here, "display", "eye", b);
    const auto found = found_words(here, "calibration", b);
    const bool calibrated = !value_of(here, "touch_matrix").empty();
    test_strip("touch_matrix", "focus-centered", MessageId::set_up_field_touch_matrix,
               !found.empty() ? found
                              : b.say(calibrated ? MessageId::set_up_calibrated_yes
                                                 : MessageId::set_up_calibrated_no),
               MessageId::set_up_test_calibrate, false, b);
    test_strip("touch", "hand-finger", MessageId::set_up_field_touch, found_words(here, "touch", b),
               MessageId::set_up_test_touch, false, b);
    verdict(here, "touch", "hand-click", b);
}

void reader(const flows::SettingUp& here, PageBuilder& b) {
    using domain::Place;
    screens::DevicePicture picture =
        b.reader_picture(screens::DevicePictureKind::place_card, {}, false);
    if (const auto place = domain::place_from(value_of(here, "id_card_reader"))) {
        picture.places.id_card_reader = *place;
        picture.where = b.say(MessageId::reader_is, {{"place", b.place(*place)}});
    }
    picture.caption = b.say(MessageId::set_up_field_reader_place);
    b.add(std::move(picture));
    const auto side = [&](MessageId label, screens::IconName icon,
                          std::array<std::pair<Place, MessageId>, 3> places) {
        std::vector<std::pair<std::string, std::string>> known;
        for (const auto& [place, words] : places)
            known.emplace_back(std::string(domain::name(place)), b.say(words));
        screens::OptionRow row{std::move(icon), b.say(label), {}};
        for (const auto& [value, text] : known)
            row.options.push_back(
                {b.bind("set_up:reader:" + value, SetUpAnswered{"id_card_reader", value}), text,
                 value_of(here, "id_card_reader") == value});
        b.add(std::move(row));
    };
    side(MessageId::set_up_above, "map-pin",
         {{{Place::above_left, MessageId::set_up_at_left},
           {Place::above_middle, MessageId::set_up_at_middle},
           {Place::above_right, MessageId::set_up_at_right}}});
    side(MessageId::set_up_right, "map-pin",
         {{{Place::right_top, MessageId::set_up_at_top},
           {Place::right_middle, MessageId::set_up_at_middle},
           {Place::right_bottom, MessageId::set_up_at_bottom}}});
    side(MessageId::set_up_below, "map-pin",
         {{{Place::below_left, MessageId::set_up_at_left},
           {Place::below_middle, MessageId::set_up_at_middle},
           {Place::below_right, MessageId::set_up_at_right}}});
    side(MessageId::set_up_left, "map-pin",
         {{{Place::left_top, MessageId::set_up_at_top},
           {Place::left_middle, MessageId::set_up_at_middle},
           {Place::left_bottom, MessageId::set_up_at_bottom}}});
}

void printers(const flows::SettingUp& here, PageBuilder& b) {
    const auto note = [&](const char* key, const char* test) {
        return here.printing == key ? b.say(MessageId::set_up_test_printing)
                                    : found_words(here, test, b);
    };
    test_strip("documents", "printer", MessageId::set_up_field_documents,
               note("documents", "printer"), MessageId::set_up_test_print, !here.printing.empty(),
               b);
    verdict(here, "documents", "file-text", b);
    test_strip("slips", "receipt", MessageId::set_up_field_slips, note("slips", "slip"),
               MessageId::set_up_test_slip, !here.printing.empty(), b);
    verdict(here, "slips", "receipt", b);
}

void camera(const flows::SettingUp& here, PageBuilder& b) {
    screens::CameraPreview preview;
    preview.guidance = b.say(MessageId::set_up_camera_guide);
    preview.lamp_text = b.say(MessageId::face_lamp);
    b.add(std::move(preview));
    verdict(here, "aim", "focus-centered", b, MessageId::set_up_field_aim);
    verdict(here, "light", "sun", b, MessageId::set_up_field_light);
}

void sound(const flows::SettingUp& here, PageBuilder& b) {
    test_strip("speaker", "volume", MessageId::set_up_field_speaker, {},
               MessageId::set_up_test_sound, false, b);
    verdict(here, "speaker", "ear", b);
    options(here, "quiet_from", "moon", b.say(MessageId::set_up_field_quiet_from),
            {{"20:00", "20:00"}, {"21:00", "21:00"}, {"22:00", "22:00"}}, b);
    options(here, "quiet_to", "sun", b.say(MessageId::set_up_field_quiet_to),
            {{"06:00", "06:00"}, {"07:00", "07:00"}, {"08:00", "08:00"}}, b);
    options(here, "quiet_volume", "speakerphone", b.say(MessageId::set_up_field_quiet_volume),
            {{"1", "1"}, {"2", "2"}, {"3", "3"}}, b);
}

void pack(const flows::SettingUp& here, PageBuilder& b) {
    const bool present = b.pack.version > 0;
    b.add(screens::Notice{present ? Tone::success : Tone::warn,
                          "book",
                          present ? b.say(MessageId::set_up_pack_version,
                                          {{"n", std::to_string(b.pack.version)},
                                           {"items", std::to_string(b.pack.items.size())}})
                                  : b.say(MessageId::set_up_pack_none),
                          {},
                          false});
    choices(here, field_of(here, "catalogue"), b);
}

// What is wrong stands first. A field that is typed into says its own.
void add_faults(const flows::SettingUp& here, PageBuilder& b) {
    if (here.known.set_aside && here.decision == Decision::language)
        b.add(screens::Notice{
            Tone::warn, "alert-triangle", b.say(MessageId::set_up_aside), {}, false});
    if (here.fault && here.fault->safe_detail == flows::clock_not_synchronised)
        b.add(screens::Notice{Tone::danger,
                              "alert-circle",
                              b.say(MessageId::set_up_clock_not_synchronised),
                              {},
                              false});
    else if (here.fault)
        b.add(screens::Notice{Tone::danger,
                              "alert-circle",
                              b.say(MessageId::set_up_not_kept),
                              {fault_words(b, *here.fault), here.fault->safe_detail},
                              false});
    if (here.faults.empty() || here.decision == Decision::enrolment) return;
    screens::Notice notice{
        Tone::danger, "alert-circle", b.say(MessageId::set_up_missing), {}, false};
    for (const auto& fault : here.faults) {
        const auto& field = field_of(here, fault.key);
        auto line = b.say(field.label);
        // What is chosen needs no more words than its name.
        const bool chosen = field.takes == Takes::word || field.takes == Takes::verdict ||
                            field.takes == Takes::place;
        if (b.locale() == base::Locale::zh && !chosen) line += "：应为 " + fault.expected;
        notice.lines.push_back(std::move(line));
    }
    b.add(std::move(notice));
}

}  // namespace

std::string decimal(double value, int digits) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

std::string value_words(const PageBuilder& b, const std::string& key, const std::string& value) {
    if (value.empty()) return b.say(MessageId::set_up_none);
    if (const auto place = domain::place_from(value)) return b.place(*place);
    for (const auto& one : domain::set_up::questions())
        for (const auto& field : one.fields)
            if (field.setting == key)
                for (const auto& word : field.words)
                    if (word.word == value) return b.say(word.label);
    if (key == "kiosk.touch_matrix") return b.say(MessageId::set_up_calibrated_yes);
    if (value == "usb" || value == "hid") return "USB";
    // Of a camera by its place the port tells most: …-usb-0:3:1.0-video-index0.
    constexpr std::string_view before = "-usb-", after = ":1.";
    if (const auto from = value.find(before); from != std::string::npos) {
        const auto port = value.substr(from + before.size());
        return "USB " + port.substr(0, port.find(after));
    }
    return value.starts_with('/') ? value.substr(value.rfind('/') + 1) : value;
}

std::string setting_label(const PageBuilder& b, const std::string& key) {
    if (key == "post.proxy") return b.say(MessageId::set_up_field_proxy);
    for (const auto& one : domain::set_up::questions())
        for (const auto& field : one.fields)
            if (field.setting == key) return b.say(field.label);
    return key;
}

void add_set_up_question(const flows::SettingUp& here, PageBuilder& b) {
    add_faults(here, b);
    switch (here.decision) {
        case Decision::language:
            return choices(here, field_of(here, "language"), b);
        case Decision::network:
            return network(here, b);
        case Decision::clock:
            return clock(here, b);
        case Decision::enrolment:
            return enrolment(here, b);
        case Decision::devices:
            return devices(here, b);
        case Decision::screen:
            return screen(here, b);
        case Decision::reader:
            return reader(here, b);
        case Decision::printers:
            return printers(here, b);
        case Decision::camera:
            return camera(here, b);
        case Decision::sound:
            return sound(here, b);
        case Decision::pack:
            return pack(here, b);
        case Decision::mode:
            return choices(here, field_of(here, "profile"), b);
    }
}

}  // namespace app
