// How a terminal is, in few bytes: POST /v1/t/{terminal}/heartbeat, signed by the terminal, on the
// connection of a hello. Its answer, signed by the receipt key and bound to the number, says up to
// which report the centre knows, and brings commands (command.hpp). Counts, versions and words;
// nothing of a citizen, nothing of what the outbox holds. Pure.
//
// Field names are short because a metered line pays for them:
//   v 1, k "hb", i id of the certificate, c its file (empty: the centre knows it), n number, t at
//   ms a app, p post (versions), g pack, gv its version, ks key set, s page, d proof, z pause f
//   flags: 1 the app is there, 2 takes submissions, 4 pack outdated, 8 revoked x parts that are not
//   simply well: "PART STATE SUPPLY FAULT|-" st app started at s, ss sessions, sk kept, m memory
//   KiB, fd disk free %, ph hours of paper or -1, rh hours of the receipt printer's roll (left out
//   where it is not known, as by terminals of before), w waiting, o sending, e attention, om oldest
//   waiting minutes or -1, ou outbox used %, l line, ct clock trust, cd days of the certificate or
//   -1, r reports "NUMBER SERIAL DIGEST OUTCOME", signature
#pragma once

#include "base/clock.hpp"
#include "offline/sealing/certificate.hpp"
#include "offline/sealing/keys/key_set.hpp"

#include <string>
#include <vector>

namespace offline::papers {

inline constexpr std::size_t heartbeat_bytes_max = 8192;  // with the certificate
inline constexpr std::size_t heartbeat_parts_max = 16;
inline constexpr std::size_t heartbeat_reports_max = 8;
inline constexpr std::size_t heartbeat_commands_max = 4;

// What became of a command, told until the centre says that it knows. `serial` and `digest` as the
// command had them; outcome: "done", a fault's name, or "refused-" and why.
struct CommandReport {
    std::int64_t number = 0;  // of this report: rises, never given twice
    std::int64_t serial = 0;
    std::string digest;   // 16 hex digits, see command_digest()
    std::string outcome;  // a word
    friend bool operator==(const CommandReport&, const CommandReport&) = default;
};
std::string as_line(const CommandReport& report);
base::Result<CommandReport> command_report(std::string_view line);

struct PartLine {
    std::string part, state, supply, fault;  // words of domain; fault empty: none
    friend bool operator==(const PartLine&, const PartLine&) = default;
};

struct HeartbeatContent {
    std::string app, post;  // versions; app empty: it has said nothing yet
    std::string pack;
    std::int64_t pack_version = 0, key_set = 0;
    std::string page;
    std::int64_t proof = 0;  // domain::ScreenProof
    std::string pause;
    bool app_there = false, taking = false, pack_outdated = false, revoked = false;
    std::vector<PartLine> parts;
    std::int64_t started_s = 0, sessions = 0, kept = 0, memory_kib = 0, disk_free_percent = -1;
    std::int64_t paper_hours = -1, roll_hours = -1;
    std::int64_t waiting = 0, sending = 0, attention = 0, oldest_minutes = -1, outbox_percent = 0;
    std::int64_t line = 0;         // domain::Line
    std::int64_t clock_trust = 0;  // domain::ClockTrust
    std::int64_t certificate_days = -1;
    friend bool operator==(const HeartbeatContent&, const HeartbeatContent&) = default;
};
// What a person would want to hear of at once: without counters that move with every citizen.
std::string matter_of(const HeartbeatContent& content);

struct Heartbeat {
    std::string certificate_id;
    base::Bytes certificate;  // file, or empty
    std::int64_t number = 1;  // rises
    base::Instant at{};       // by the terminal's floor
    HeartbeatContent content;
    std::vector<CommandReport> reports;
    friend bool operator==(const Heartbeat&, const Heartbeat&) = default;
};

struct HeartbeatTaken {
    std::string terminal;
    std::int64_t number = 0;
    std::int64_t reports_up_to = 0;     // the terminal need not tell these any more
    std::vector<std::string> commands;  // files
    friend bool operator==(const HeartbeatTaken&, const HeartbeatTaken&) = default;
};

namespace wire {

base::Result<base::Bytes> encode(const Heartbeat& heartbeat, const sealing::Signer& terminal_key);
// Reads without believing: the signature is checked by signed_by(). BytesMalformed.
base::Result<Heartbeat> heartbeat(base::ByteView body);
// SignatureWrong.
base::Status signed_by(base::ByteView body, const sealing::TerminalCertificate& certificate);
// Of what is kept at the centre: the content alone, as CBOR.
base::Bytes encode(const HeartbeatContent& content);
base::Result<HeartbeatContent> heartbeat_content(base::ByteView bytes);

base::Result<base::Bytes> encode(const HeartbeatTaken& taken, const sealing::Signer& receipt_key);
base::Result<HeartbeatTaken> heartbeat_taken(base::ByteView body, const sealing::KeySet& keys);

}  // namespace wire

}  // namespace offline::papers
