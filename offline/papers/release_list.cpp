#include "offline/papers/release_list.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace offline::papers {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;
using formats::Texts;

constexpr std::size_t name_max = 64, version_max = 64, architecture_max = 16, path_max = 200;
constexpr std::size_t software_max = 32, terminals_max = 256;
constexpr std::int64_t latest = 253'402'300'799'000;  // the year 9999

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}

bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return is_small(c) || (c >= 'A' && c <= 'Z');
}

// The rules of Debian's policy manual (5.6.7, 5.6.12), tighter: no epoch, because file names of
// repositories leave it out.
bool is_name(std::string_view text) {
    return text.size() >= 2 && text.size() <= name_max &&
           (is_small(text[0]) || is_digit(text[0])) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_small(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
           });
}
bool is_version(std::string_view text) {
    return !text.empty() && text.size() <= version_max && is_digit(text[0]) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.' || c == '~';
           });
}
bool is_architecture(std::string_view text) {
    return !text.empty() && text.size() <= architecture_max && is_small(text[0]) &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return is_small(c) || is_digit(c) || c == '-'; });
}

// Below an address, and never above it.
bool is_path(std::string_view text) {
    if (text.empty() || text.size() > path_max) return false;
    for (std::string_view rest = text;;) {
        const auto end = std::min(rest.find('/'), rest.size());
        const auto part = rest.substr(0, end);
        const bool plain = std::all_of(part.begin(), part.end(), [](char c) {
            return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.' || c == '_' ||
                   c == '~';
        });
        if (part.empty() || part == "." || part == ".." || !plain) return false;
        if (end == rest.size()) return true;
        rest.remove_prefix(end + 1);
    }
}

bool is_beginning(std::string_view text) {
    return text.size() >= 2 && text.size() <= 15 && std::all_of(text.begin(), text.end(), is_digit);
}

template <class List>
bool ascending(const List& list) {
    return std::adjacent_find(list.begin(), list.end(),
                              [](const auto& a, const auto& b) { return a >= b; }) == list.end();
}

Texts lines_of(std::vector<ReleasePackage> packages) {
    std::sort(packages.begin(), packages.end());
    Texts out;
    for (const auto& package : packages) out.push_back(text(package));
    return out;
}

base::Result<std::vector<ReleasePackage>> packages_in(Fields& in, const char* name) {
    const Texts lines = TRY(in.texts(name, release_packages_max));
    std::vector<ReleasePackage> out;
    std::int64_t bytes = 0;
    for (const auto& line : lines) {
        out.push_back(TRY(release_package(line)));
        bytes += out.back().length;
    }
    // Each version of a package once; in the release itself, each package once (below).
    const auto same = [](const ReleasePackage& a, const ReleasePackage& b) {
        return a.name == b.name && a.version == b.version;
    };
    if (!ascending(out) || bytes > release_bytes_max ||
        std::adjacent_find(out.begin(), out.end(), same) != out.end())
        return in.wrong(name);
    return out;
}

base::Result<ReleaseList> list_in(const Record& record) {
    Fields in(record, FaultCode::BytesMalformed, "release");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "release"));
    ReleaseList out;
    const std::string realm = TRY(in.text("realm", 16));
    out.realm = TRY(domain::realm_from(realm));
    out.release = TRY(in.integer("release", 1, std::int64_t{1} << 53));
    out.software = TRY(in.text("software", software_max));
    if (!is_version(out.software)) return in.wrong("software");
    out.made_at = base::Instant{base::Millis{TRY(in.integer("made_at", 0, latest))}};
    out.expires_at =
        base::Instant{base::Millis{TRY(in.integer("expires_at", ms(out.made_at) + 1, latest))}};
    out.window_from = static_cast<int>(TRY(in.integer("window_from", 0, minutes_of_a_day)));
    out.window_to = static_cast<int>(TRY(in.integer("window_to", 0, minutes_of_a_day)));
    if (out.window_from == out.window_to) return in.wrong("window_to");
    out.terminals = TRY(in.texts("terminals", terminals_max));
    if (!ascending(out.terminals) ||
        !std::all_of(out.terminals.begin(), out.terminals.end(), is_beginning))
        return in.wrong("terminals");
    out.packages = TRY(packages_in(in, "packages"));
    out.fallback = TRY(packages_in(in, "fallback"));
    const auto same_name = [](const ReleasePackage& a, const ReleasePackage& b) {
        return a.name == b.name;
    };
    if (out.packages.empty() || std::adjacent_find(out.packages.begin(), out.packages.end(),
                                                   same_name) != out.packages.end())
        return in.wrong("packages");
    out.suite = TRY(sealing::suite_in(in));
    TRY(in.text("kid", 16));
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.finish());
    return out;
}

}  // namespace

std::string text(const ReleasePackage& package) {
    return package.name + " " + package.version + " " + package.architecture + " " +
           std::to_string(package.length) + " " + base::to_hex(package.digest) + " " + package.path;
}

base::Result<ReleasePackage> release_package(std::string_view line) {
    const auto wrong = [] { return base::fail(FaultCode::BytesMalformed, "release: a package"); };
    std::array<std::string_view, 6> words;
    std::string_view rest = line;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto end = rest.find(' ');
        if ((end == std::string_view::npos) != (i + 1 == words.size())) return wrong();
        words.at(i) = rest.substr(0, end);
        if (end != std::string_view::npos) rest.remove_prefix(end + 1);
    }
    if (!is_name(words[0]) || !is_version(words[1]) || !is_architecture(words[2]) ||
        !is_path(words[5]))
        return wrong();
    ReleasePackage out;
    out.name = words[0];
    out.version = words[1];
    out.architecture = words[2];
    out.path = words[5];
    std::from_chars(words[3].data(), words[3].data() + words[3].size(), out.length);
    const auto digest = base::from_hex(words[4]);
    if (!digest || digest->size() != out.digest.size()) return wrong();
    std::copy(digest->begin(), digest->end(), out.digest.begin());
    // Written back it must be the same line.
    if (out.length < 1 || out.length > package_bytes_max || text(out) != line) return wrong();
    return out;
}

base::Result<base::Bytes> ReleaseList::issue(const sealing::Signer& release_key) const {
    Texts beginnings = terminals;
    std::sort(beginnings.begin(), beginnings.end());
    const Record record = TRY(sealing::signed_by_kid({{"v", std::int64_t{1}},
                                                      {"kind", std::string("release")},
                                                      {"realm", std::string(domain::name(realm))},
                                                      {"release", release},
                                                      {"software", software},
                                                      {"made_at", ms(made_at)},
                                                      {"expires_at", ms(expires_at)},
                                                      {"window_from", std::int64_t{window_from}},
                                                      {"window_to", std::int64_t{window_to}},
                                                      {"terminals", std::move(beginnings)},
                                                      {"packages", lines_of(packages)},
                                                      {"fallback", lines_of(fallback)}},
                                                     release_key, sealing::context::release));
    TRY(list_in(record));
    return formats::to_json(record);
}

base::Result<ReleaseList> ReleaseList::verify(base::ByteView file, const sealing::KeySet& keys) {
    const Record record = TRY(formats::record_from_json(file));
    ReleaseList out = TRY(list_in(record));
    TRY_STATUS(sealing::verify_by_kid(record, keys, sealing::KeyPurpose::release,
                                      sealing::context::release));
    if (out.realm != keys.realm()) return base::fail(FaultCode::RealmMismatch, "release");
    return out;
}

base::Result<ReleaseList> ReleaseList::read(base::ByteView file) {
    const Record record = TRY(formats::record_from_json(file));
    return list_in(record);
}

bool ReleaseList::is_for(std::string_view terminal) const {
    return terminals.empty() ||
           std::any_of(terminals.begin(), terminals.end(), [&](const std::string& beginning) {
               return terminal.starts_with(beginning);
           });
}

bool ReleaseList::is_open(base::Instant now) const {
    const auto day = std::chrono::hours(24);
    const auto into = (now.time_since_epoch() + base::china_offset) % day;
    const auto minute = std::chrono::duration_cast<std::chrono::minutes>(into).count();
    return window_from < window_to ? minute >= window_from && minute < window_to
                                   : minute >= window_from || minute < window_to;
}

}  // namespace offline::papers
