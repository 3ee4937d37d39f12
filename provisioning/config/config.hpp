// The one configuration file, read once at the start of each program. Every problem is reported at
// once, with its key, what stands there and what is expected; unknown keys are problems. Each
// program hands its folders their own options and nobody else reads the file.
#pragma once

#include "base/result.hpp"
#include "domain/cabinet.hpp"
#include "domain/care_settings.hpp"
#include "domain/code_scanner.hpp"
#include "domain/device_places.hpp"
#include "domain/face_policy.hpp"
#include "domain/identifiers.hpp"
#include "domain/idle_times.hpp"
#include "domain/masking.hpp"
#include "domain/quiet_hours.hpp"
#include "domain/touch_matrix.hpp"
#include "domain/touch_settings.hpp"
#include "domain/usb_id.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace provisioning::config {

struct Terminal {
    domain::Realm realm = domain::Realm::training;
    domain::SuiteId suite = domain::SuiteId::one;  // signs and seals here; the intake takes both
    std::string id;                                // 12-digit division + 3, e.g. 000101001001001
    std::string state_folder;  // absolute; keys/, outbox/, pack/ … live below it
    std::string root_key;      // file: the pinned offline root
    std::string key_set;       // file: the key set signed by the root
    std::string post_socket;   // path of kiosk-post's local socket
    std::string feeds_folder;  // what kiosk-post gets from the centre; the state folder's feeds/
    // Serves nobody before its set-up was finished (set_up_settings.hpp).
    bool set_up_required = false;
};

struct Kiosk {
    int width = 1080, height = 1920;
    double pixels_per_mm = 4.034;      // of the real panel
    double lower_edge_mm = 850;        // of the panel, from the floor
    domain::TouchMatrix touch_matrix;  // mends what the panel says of a finger
    bool full_screen = true;
    std::string pack_folder;                      // pack.json + pack.sig, staged by the post
    std::string models_folder;                    // face models; empty = comparison not available
    std::string icon_font;                        // tabler-icons.ttf
    std::string rime_folder;                      // shared data of librime
    std::string photo_decoder;                    // plug-in program; empty = none
    std::string camera_device = "/dev/video0";    // looks at the citizen
    std::string document_camera;                  // looks at paper; empty = none
    std::optional<domain::UsbId> card_reader_id;  // of one on USB that no table knows
    std::string card_reader_port;                 // serial port; empty = the card reader is on USB
    int card_reader_speed = 0;                    // of that port; 0 = whatever it answers to
    domain::CodeScanner code_scanner;
    std::vector<std::string> identity_beginnings;  // with what electronic identities here begin
    // Who may sign in as a technician: a list signed by the centre; empty = by its answer only.
    std::string technician_roster;
    // The program that turns the machine off and its words; empty = whoever started the kiosk does
    // it, told by the exit status.
    std::vector<std::string> shut_down_command;
    bool face_check_wanted = false;  // the training profile asks for it
    std::string profile = "hall";    // what kind of place: hall, booth, village, station, portable
};

struct Printers {
    std::string document_queue;    // queue of this machine's cupsd, or ipp:// here; empty = none
    bool receipt_printer = false;  // on USB; else slips come out of the documents' printer
    std::optional<domain::UsbId> receipt_printer_id;  // of one that no table knows
    int receipt_dots = 576;                           // its paper: 576 = 80 mm, 384 = 58 mm
};

struct Post {
    std::string outbox_folder;
    std::string courier_folder;  // marks of bundles on sticks; in the state folder if not named
    std::string stick_folder;    // where a courier's stick is mounted; empty = none here
    std::string terminal_key;    // file: the terminal's signing key
    std::string terminal_certificate;
    std::string tpm;  // the chip that opens the key's file, as tpm2-tss names it; empty: none
    std::string intake_url;  // http://127.0.0.1:8470
    // Files for https://: the authority that the centre's certificate is of, and what this terminal
    // shows. No other authority counts.
    std::string tls_ca, tls_certificate, tls_key;
    std::string proxy;  // http://host:port; empty: none, whatever the environment says
    std::int64_t quota_mb = 512;
    std::int64_t ballast_mb = 32;  // given up when receipts meet a full disk
    std::string mirror_folder;     // on a second medium; empty = none
    std::int64_t backoff_base_ms = 2000;
    std::int64_t backoff_cap_ms = 900000;
    std::int64_t first_contact_jitter_ms = 20000;
    std::int64_t hello_every_s = 60;  // while the line is good; more on one that is paid by bytes
};

struct Intake {
    std::string folder;  // intake.sqlite and the keys that open and sign
    std::string listen_host = "127.0.0.1";
    int listen_port = 8470;
    std::string database;  // postgresql://…; empty: intake.sqlite in the folder
    // With a certificate it speaks TLS 1.3 only, and only to terminals that the authority knows.
    std::string tls_certificate, tls_key, tls_client_ca;
    std::string pack_folder;  // the same signed pack: submissions are validated with it
    // The proxy before the web console whose word is taken for who asks; empty: none.
    std::string console_proxy;
};

// Where new versions of the programs come from, and where kiosk-update keeps them.
struct Updates {
    std::string repository;  // http(s)://…, the owner's apt repository; empty: couriers bring them
    std::string repository_ca;  // file: its authority; empty: those that the system trusts
    std::string folder;         // kiosk-update's own; in the state folder if not named
};

struct Config {
    Terminal terminal;
    Kiosk kiosk;
    Printers printers;
    domain::IdleTimes times;
    domain::MaskingPolicy masking;
    domain::FacePolicy face;
    domain::TouchSettings touch;
    domain::DevicePlaces device_places;
    domain::QuietHours quiet;
    domain::CareSettings care;
    domain::CabinetSettings cabinet;
    Post post;
    Updates updates;
    Intake intake;
    bool set_up_finished = false;  // not of this file: of the set-up's settings
};

struct Problem {
    std::string key;    // kiosk.width
    std::string found;  // what stands there, or "missing"
    std::string expected;
    int line = 0;  // of the file, from 1; where a key is missing, of its section; 0: none
    friend bool operator==(const Problem&, const Problem&) = default;
};

struct ReadConfig {
    Config config;  // meaningful when there is no problem
    std::vector<Problem> problems;
};

// Relative paths are taken from the file's own folder. What the set-up decided
// (set_up_settings.hpp) is laid over the file.
ReadConfig read_config(const std::string& path);
// The text alone, without what a set-up decided.
ReadConfig read_config_text(const std::string& toml, const std::string& folder);
std::string as_text(
    const std::vector<Problem>& problems);  // one line each, in Chinese, for technicians

}  // namespace provisioning::config
