#include "provisioning/config/config.hpp"

#include "base/messages.hpp"
#include "domain/print_queue_address.hpp"
#include "domain/scanned_code.hpp"
#include "provisioning/config/cabinet_section.hpp"
#include "provisioning/config/face_section.hpp"
#include "provisioning/config/section_reader.hpp"
#include "provisioning/config/updates_section.hpp"

#include <arpa/inet.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>

namespace provisioning::config {
namespace {

using base::Locale;
using base::MessageId;

void read_terminal(SectionReader section, Terminal& out) {
    std::string realm;
    section.text("realm", realm);
    if (!realm.empty()) {
        if (const auto parsed = domain::realm_from(realm))
            out.realm = *parsed;
        else
            section.report("realm", realm, in_chinese(MessageId::config_expects_realm));
    }
    std::string suite(domain::name(out.suite));
    section.text("suite", suite, Presence::optional);
    if (const auto parsed = domain::suite_from(suite))
        out.suite = *parsed;
    else
        section.report("suite", suite, in_chinese(MessageId::config_expects_suite));
    section.text("id", out.id);
    const bool is_number = std::ranges::all_of(out.id, [](char c) { return c >= '0' && c <= '9'; });
    if (!out.id.empty() && (out.id.size() != 15 || !is_number))
        section.report("id", out.id, in_chinese(MessageId::config_expects_terminal_id));
    section.path("state_folder", out.state_folder);
    section.path("root_key", out.root_key);
    section.path("key_set", out.key_set);
    section.path("post_socket", out.post_socket);
    out.feeds_folder = out.state_folder + "/feeds";
    section.path("feeds_folder", out.feeds_folder, Presence::optional);
    read_one_of<bool>(section, "set_up", out.set_up_required,
                      {{"none", false}, {"required", true}});
    section.finish();
}

void read_code_scanner(SectionReader& section, domain::CodeScanner& out) {
    std::string text;
    section.text("code_scanner", text, Presence::optional);
    if (const auto scanner = domain::code_scanner_from(text))
        out = *scanner;
    else
        section.report("code_scanner", text, in_chinese(MessageId::config_expects_scanner));
}

// Words with spaces between them.
void read_identity_beginnings(SectionReader& section, std::vector<std::string>& out) {
    std::string text;
    section.text("identity_beginnings", text, Presence::optional);
    std::istringstream words(text);
    for (std::string word; words >> word;) out.push_back(word);
    if (std::ranges::any_of(out, [](const std::string& word) {
            return word.size() < domain::shortest_identity_beginning;
        }))
        section.report("identity_beginnings", text,
                       in_chinese(MessageId::config_expects_identity_beginnings));
}

// "usb", or "usb:VVVV:PPPP" for one that no table knows; false: nothing stands there.
bool read_on_usb(SectionReader& section, const char* key, std::optional<domain::UsbId>& id) {
    constexpr std::string_view usb = "usb", with_ids = "usb:";
    std::string text;
    section.text(key, text, Presence::optional);
    if (text.starts_with(with_ids))
        id = domain::usb_id_from(std::string_view(text).substr(with_ids.size()));
    const bool is_there = text == usb || id;
    if (!text.empty() && !is_there) section.report(key, text, "usb | usb:VVVV:PPPP");
    return is_there;
}

void read_card_reader(SectionReader& section, Kiosk& out) {
    const bool on_usb = read_on_usb(section, "card_reader", out.card_reader_id);
    section.path("card_reader_port", out.card_reader_port, Presence::optional);
    if (on_usb && !out.card_reader_port.empty())
        section.report("card_reader_port", out.card_reader_port,
                       in_chinese(MessageId::config_expects_one_reader));
    section.whole_number("card_reader_speed", out.card_reader_speed, 0, 115200);
    if (constexpr std::array speeds{0, 9600, 19200, 38400, 57600, 115200};
        std::find(speeds.begin(), speeds.end(), out.card_reader_speed) == speeds.end())
        section.report("card_reader_speed", std::to_string(out.card_reader_speed),
                       "0, 115200, 57600, 38400, 19200, 9600");
}

void read_touch_matrix(SectionReader& section, domain::TouchMatrix& out) {
    std::string text;
    section.text("touch_matrix", text, Presence::optional);
    if (text.empty()) return;
    if (const auto matrix = domain::touch_matrix_from(text))
        out = *matrix;
    else
        section.report("touch_matrix", text, in_chinese(MessageId::config_expects_touch_matrix));
}

// A program by its whole path, and its words.
void read_shut_down_command(SectionReader& section, std::vector<std::string>& out) {
    std::string text;
    section.text("shut_down_command", text, Presence::optional);
    std::istringstream words(text);
    for (std::string word; words >> word;) out.push_back(word);
    if (!out.empty() && !out.front().starts_with('/'))
        section.report("shut_down_command", text, "/usr/bin/systemctl poweroff");
}

void read_kiosk(SectionReader section, Kiosk& out) {
    section.whole_number("width", out.width, 320, 7680);
    section.whole_number("height", out.height, 320, 7680);
    section.number("pixels_per_mm", out.pixels_per_mm, 1, 40);
    section.number("lower_edge_mm", out.lower_edge_mm, 0, 2000);
    read_touch_matrix(section, out.touch_matrix);
    section.flag("full_screen", out.full_screen);
    section.path("pack_folder", out.pack_folder);
    section.path("models_folder", out.models_folder, Presence::optional);
    section.path("icon_font", out.icon_font);
    section.path("rime_folder", out.rime_folder);
    section.path("photo_decoder", out.photo_decoder, Presence::optional);
    section.path("camera_device", out.camera_device, Presence::optional);
    section.path("document_camera", out.document_camera, Presence::optional);
    if (!out.document_camera.empty() && out.document_camera == out.camera_device)
        section.report("document_camera", out.document_camera,
                       in_chinese(MessageId::config_expects_another_camera));
    read_card_reader(section, out);
    read_code_scanner(section, out.code_scanner);
    read_identity_beginnings(section, out.identity_beginnings);
    section.path("technician_roster", out.technician_roster, Presence::optional);
    read_shut_down_command(section, out.shut_down_command);
    section.flag("face_check_wanted", out.face_check_wanted);
    read_one_of<std::string>(section, "profile", out.profile,
                             {{"hall", "hall"},
                              {"booth", "booth"},
                              {"village", "village"},
                              {"station", "station"},
                              {"portable", "portable"}});
    section.finish();
}

void read_printers(SectionReader section, Printers& out) {
    section.text("document_queue", out.document_queue, Presence::optional);
    if (!out.document_queue.empty() && !domain::print_queue_address(out.document_queue))
        section.report("document_queue", out.document_queue,
                       in_chinese(MessageId::config_expects_print_queue));
    out.receipt_printer = read_on_usb(section, "receipt_printer", out.receipt_printer_id);
    int dots = out.receipt_dots;
    section.whole_number("receipt_dots", dots, 384, 576);
    if (dots == 384 || dots == 576)
        out.receipt_dots = dots;
    else
        section.report("receipt_dots", std::to_string(dots), "384 | 576");
    section.finish();
}

void read_seconds(SectionReader& section, const std::string& key, base::Millis& out, int least,
                  int most) {
    int whole = static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(out).count());
    section.whole_number(key, whole, least, most);
    out = std::chrono::seconds{whole};
}

// The lower bounds are UX-060's; the upper ones keep a forgotten session from lying open for long.
void read_mode_times(SectionReader& section, const std::string& mode, domain::ModeTimes& out) {
    constexpr int longest = 900, longest_warning = 120, least_warning = 20;
    read_seconds(section, mode + "browse_s", out.browse.quiet, 30, longest);
    read_seconds(section, mode + "browse_warning_s", out.browse.warning, least_warning,
                 longest_warning);
    read_seconds(section, mode + "signed_in_s", out.signed_in.quiet, 60, longest);
    read_seconds(section, mode + "signed_in_warning_s", out.signed_in.warning, least_warning,
                 longest_warning);
    read_seconds(section, mode + "input_s", out.input.quiet, 120, longest);
    read_seconds(section, mode + "input_warning_s", out.input.warning, least_warning,
                 longest_warning);
    read_seconds(section, mode + "finished_s", out.finished, 20, 300);
}

void read_times(SectionReader section, domain::IdleTimes& out) {
    read_mode_times(section, "", out.standard);
    read_mode_times(section, "elder_", out.elder);
    section.whole_number("slow_percent", out.slow_percent, 100, 200);
    read_seconds(section, "help_pause_s", out.help_pause, 60, 600);
    section.finish();
}

// 21:00 as minutes of the day.
void read_time_of_day(SectionReader& section, const char* key, int& out) {
    std::string text;
    section.text(key, text, Presence::optional);
    if (text.empty()) return;
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    int minutes = -1;
    if (text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4)) {
        const int hour = (text[0] - '0') * 10 + text[1] - '0';
        const int minute = (text[3] - '0') * 10 + text[4] - '0';
        if (hour < 24 && minute < 60) minutes = hour * 60 + minute;
    }
    if (minutes < 0)
        section.report(key, text, in_chinese(MessageId::config_expects_time_of_day));
    else
        out = minutes;
}

void read_sound(SectionReader section, domain::QuietHours& out) {
    read_time_of_day(section, "quiet_from", out.from);
    read_time_of_day(section, "quiet_to", out.to);
    section.whole_number("quiet_volume", out.volume, 1, 3);
    section.finish();
}

void read_care(SectionReader section, domain::CareSettings& out) {
    read_time_of_day(section, "window_from", out.window.from);
    read_time_of_day(section, "window_to", out.window.to);
    section.whole_number("restart_after_days", out.restart_after_days, 0, 365);
    section.whole_number("memory_mb", out.memory_mb, 256, 65'536);
    section.whole_number("sheets_in_full_tray", out.sheets_in_full_tray, 0, 10'000);
    section.whole_number("roll_metres", out.roll_metres, 0, 500);
    section.finish();
}

void read_touch(SectionReader section, domain::TouchSettings& out) {
    bool repeats = out.delete_repeats_after.has_value();
    section.flag("delete_repeats", repeats);
    auto after = out.delete_repeats_after->count();
    section.whole_number("delete_repeat_ms", after, domain::delete_repeats_least.count(),
                         domain::delete_repeats_most.count());
    out.delete_repeats_after = repeats ? std::optional(base::Millis{after}) : std::nullopt;
    auto again = out.same_key_again.count();
    section.whole_number("same_key_ms", again, domain::same_key_least.count(),
                         domain::same_key_most.count());
    out.same_key_again = base::Millis{again};
    section.finish();
}

void read_ends(SectionReader& section, const char* key, domain::KeptEnds& out,
               std::initializer_list<const char*> ways) {
    std::vector<std::pair<const char*, domain::KeptEnds>> named;
    for (const char* way : ways) named.emplace_back(way, *domain::kept_ends_from(way));
    read_one_of(section, key, out, named);
}

void read_masking(SectionReader section, domain::MaskingPolicy& out) {
    using domain::KeptName;
    read_ends(section, "id", out.id_number, {"3+4", "1+1", "3+3", "4+4", "6+3"});
    read_ends(section, "phone", out.phone, {"3+4", "3+2", "0+4"});
    read_ends(section, "account", out.account, {"0+4", "4+4", "0+3"});
    read_one_of<KeptName>(section, "name", out.name,
                          {{"last", KeptName::last}, {"first", KeptName::first}});
    read_one_of<bool>(section, "letter", out.letter, {{"full", false}, {"masked", true}});
    section.finish();
}

void read_place(SectionReader& section, const char* key, domain::Place& out) {
    std::string name;
    section.text(key, name, Presence::optional);
    if (name.empty()) return;
    if (const auto place = domain::place_from(name))
        out = *place;
    else
        section.report(key, name, in_chinese(MessageId::config_expects_place));
}

void read_device_places(SectionReader section, domain::DevicePlaces& out) {
    read_place(section, "id_card_reader", out.id_card_reader);
    read_place(section, "document_printer", out.document_printer);
    read_place(section, "receipt_printer", out.receipt_printer);
    read_place(section, "camera", out.camera);
    read_place(section, "headphones", out.headphones);
    if (out.id_card_reader == out.document_printer)
        section.report("document_printer", std::string(domain::name(out.document_printer)),
                       in_chinese(MessageId::config_expects_free_place));
    section.finish();
}

void read_post(SectionReader section, domain::Realm realm, const std::string& state_folder,
               Post& out) {
    constexpr std::int64_t one_day_ms = 24 * 60 * 60 * 1000;
    section.path("outbox_folder", out.outbox_folder);
    section.path("courier_folder", out.courier_folder, Presence::optional);
    section.path("stick_folder", out.stick_folder, Presence::optional);
    if (out.courier_folder.empty()) out.courier_folder = state_folder + "/courier";
    section.path("terminal_key", out.terminal_key);
    section.path("terminal_certificate", out.terminal_certificate);
    section.text("tpm", out.tpm, Presence::optional);
    section.text("intake_url", out.intake_url);
    const bool is_secure = out.intake_url.starts_with("https://");
    if (!out.intake_url.empty()) {
        if (realm == domain::Realm::service && !is_secure)
            section.report("intake_url", out.intake_url,
                           in_chinese(MessageId::config_expects_secure_address));
        else if (!is_secure && !out.intake_url.starts_with("http://"))
            section.report("intake_url", out.intake_url,
                           in_chinese(MessageId::config_expects_address));
    }
    const auto with_tls = is_secure ? Presence::required : Presence::optional;
    section.path("tls_ca", out.tls_ca, with_tls);
    section.path("tls_certificate", out.tls_certificate, with_tls);
    section.path("tls_key", out.tls_key, with_tls);
    section.text("proxy", out.proxy, Presence::optional);
    if (!out.proxy.empty() && !out.proxy.starts_with("http://"))
        section.report("proxy", out.proxy, in_chinese(MessageId::config_expects_address));
    section.whole_number("quota_mb", out.quota_mb, 1, 1'048'576);
    section.whole_number("ballast_mb", out.ballast_mb, 0, 1024);
    section.path("mirror_folder", out.mirror_folder, Presence::optional);
    section.whole_number("backoff_base_ms", out.backoff_base_ms, 1, one_day_ms);
    section.whole_number("backoff_cap_ms", out.backoff_cap_ms, out.backoff_base_ms, one_day_ms);
    section.whole_number("first_contact_jitter_ms", out.first_contact_jitter_ms, 0, one_day_ms);
    section.whole_number("hello_every_s", out.hello_every_s, 60, 14'400);
    section.finish();
}

void read_intake(SectionReader section, Intake& out) {
    section.path("folder", out.folder);
    section.text("listen_host", out.listen_host, Presence::optional);
    section.whole_number("listen_port", out.listen_port, 1, 65535);
    section.path("pack_folder", out.pack_folder);
    section.text("database", out.database, Presence::optional);
    if (!out.database.empty() && !out.database.starts_with("postgresql://") &&
        !out.database.starts_with("postgres://"))
        section.report("database", "…", "postgresql://…");
    section.path("tls_certificate", out.tls_certificate, Presence::optional);
    const auto with_tls = out.tls_certificate.empty() ? Presence::optional : Presence::required;
    section.path("tls_key", out.tls_key, with_tls);
    section.path("tls_client_ca", out.tls_client_ca, with_tls);
    section.text("console_proxy", out.console_proxy, Presence::optional);
    std::array<unsigned char, 16> address{};
    if (!out.console_proxy.empty() &&
        ::inet_pton(AF_INET, out.console_proxy.c_str(), address.data()) != 1 &&
        ::inet_pton(AF_INET6, out.console_proxy.c_str(), address.data()) != 1)
        section.report("console_proxy", out.console_proxy, "127.0.0.1");
    section.finish();
}

// The named table; a missing or misshapen one is reported unless it may be absent.
const toml::table* section_of(const toml::table& document, std::string_view name, Presence presence,
                              std::vector<Problem>& problems) {
    const toml::node* node = document.get(name);
    if (node && node->is_table()) return node->as_table();
    if (node || presence == Presence::required)
        problems.push_back({std::string(name),
                            node ? another_kind(*node) : in_chinese(MessageId::config_is_missing),
                            in_chinese(MessageId::config_expects_section), line_of(node)});
    return nullptr;
}

}  // namespace

std::optional<toml::table> parse_table(const std::string& text, std::vector<Problem>& problems) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        const auto place = error.source().begin;
        problems.push_back({"toml", std::string(error.description()),
                            base::text(MessageId::config_expects_toml, Locale::zh,
                                       {{"line", std::to_string(place.line)},
                                        {"column", std::to_string(place.column)}}),
                            static_cast<int>(place.line)});
        return std::nullopt;
    }
}

ReadConfig read_config_text(const std::string& text, const std::string& folder) {
    ReadConfig read;
    const auto document = parse_table(text, read.problems);
    return document ? read_config_table(*document, folder) : read;
}

ReadConfig read_config_table(const toml::table& document, const std::string& folder) {
    ReadConfig read;
    auto& problems = read.problems;
    const auto section = [&](const char* name, Presence presence = Presence::required) {
        return SectionReader(name, section_of(document, name, presence, problems), folder,
                             problems);
    };
    read_terminal(section("terminal"), read.config.terminal);
    read_kiosk(section("kiosk"), read.config.kiosk);
    read_printers(section("printers", Presence::optional), read.config.printers);
    read_times(section("times", Presence::optional), read.config.times);
    read_sound(section("sound", Presence::optional), read.config.quiet);
    read_care(section("care", Presence::optional), read.config.care);
    read_masking(section("masking", Presence::optional), read.config.masking);
    read_face(section("face", Presence::optional), read.config.face);
    read_touch(section("touch", Presence::optional), read.config.touch);
    read_device_places(section("device_places", Presence::optional), read.config.device_places);
    read_cabinet(section("cabinet", Presence::optional), read.config.cabinet);
    read_post(section("post"), read.config.terminal.realm, read.config.terminal.state_folder,
              read.config.post);
    read_updates(section("updates", Presence::optional), read.config.terminal.state_folder,
                 read.config.updates);
    // Only the training state folder and the centre itself have an intake.
    read_intake(section("intake", Presence::optional), read.config.intake);
    for (const auto& [key, node] : document) {
        constexpr std::string_view known[] = {
            "terminal", "kiosk",  "device_places", "times",   "touch",    "masking", "sound",
            "post",     "intake", "face",          "cabinet", "printers", "care",    "updates"};
        if (std::ranges::find(known, key.str()) == std::end(known))
            problems.push_back({std::string(key.str()), "[" + std::string(key.str()) + "]",
                                in_chinese(MessageId::config_expects_known_key), line_of(&node)});
    }
    // In the order of the file, as who mends it reads it.
    std::ranges::stable_sort(problems, {}, &Problem::line);
    return read;
}

ReadConfig read_config(const std::string& path) {
    ReadConfig read;
    bool finished = false;
    const auto document = read_document(path, finished, read.problems);
    if (!document) return read;
    read = read_config_table(*document, std::filesystem::absolute(path).parent_path().string());
    read.config.set_up_finished = finished;
    return read;
}

std::string as_text(const std::vector<Problem>& problems) {
    std::string lines;
    for (const Problem& problem : problems) {
        if (problem.line > 0)
            lines += base::text(MessageId::config_problem_place, Locale::zh,
                                {{"line", std::to_string(problem.line)}});
        lines +=
            base::text(
                MessageId::config_problem_line, Locale::zh,
                {{"key", problem.key}, {"found", problem.found}, {"expected", problem.expected}}) +
            "\n";
    }
    return lines;
}

}  // namespace provisioning::config
