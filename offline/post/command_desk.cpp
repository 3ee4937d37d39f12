#include "offline/post/command_desk.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace offline::post {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;
using formats::Texts;
namespace refusal = papers::refusal;

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t open_max = 8;
constexpr std::size_t reports_max = 64;
constexpr std::size_t file_bytes_max = 64 << 10;
constexpr std::chrono::hours longest_silence{24};  // of who was handed a command
constexpr std::int64_t numbers_at_once = 64;       // of heartbeats: a flush for so many

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}
base::Instant instant(std::int64_t value) {
    return base::Instant{base::Millis{value}};
}

// SERIAL DIGEST KIND EXPIRES HANDED UNTIL TEXT
std::string line_of(const OpenCommand& one) {
    return std::to_string(one.serial) + " " + one.digest + " " +
           std::string(domain::name(one.kind)) + " " + std::to_string(ms(one.expires_at)) + " " +
           std::to_string(ms(one.handed_at)) + " " + std::to_string(ms(one.notice.until)) + " " +
           one.notice.text;
}

std::optional<OpenCommand> open_command(std::string_view line) {
    std::array<std::string_view, 6> words;
    for (auto& word : words) {
        const auto end = line.find(' ');
        if (end == std::string_view::npos) return std::nullopt;
        word = line.substr(0, end);
        line.remove_prefix(end + 1);
    }
    const auto number = [](std::string_view text) -> std::int64_t {
        std::int64_t out = -1;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
        return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? out : -1;
    };
    const auto kind = papers::command_kind_from(words[2]);
    const std::int64_t serial = number(words[0]), expires = number(words[3]),
                       handed = number(words[4]), until = number(words[5]);
    if (!kind || serial < 1 || std::min({expires, handed, until}) < 0) return std::nullopt;
    return OpenCommand{
        serial,           std::string(words[1]), *kind, {std::string(line), instant(until)},
        instant(expires), instant(handed)};
}

}  // namespace

base::Result<CommandDesk> CommandDesk::open(std::string path, std::string terminal,
                                            const sealing::PinnedRoot& root, store::Disk& disk,
                                            base::EventLog& log) {
    CommandDesk desk(std::move(path), std::move(terminal), root, disk, log);
    if (!disk.exists(desk.path_)) {
        TRY_STATUS(desk.write());
        return desk;
    }
    const base::Bytes bytes = TRY(disk.read(desk.path_, 0, file_bytes_max + 1));
    TRY_STATUS(desk.read(bytes));
    return desk;
}

base::Status CommandDesk::read(base::ByteView bytes) {
    const auto damaged = base::fail(FaultCode::OutboxCorrupt, path_);
    if (bytes.size() > file_bytes_max) return damaged;
    const auto record = formats::record_from_json(bytes);
    if (!record) return damaged;
    Fields in(*record, FaultCode::OutboxCorrupt, path_);
    TRY_STATUS(in.exactly("v", 1));
    highest_ = TRY(in.integer("highest", 0, no_limit));
    // Those in between may have been used: they were written ahead.
    number_ = TRY(in.integer("number", 0, no_limit));
    last_report_ = TRY(in.integer("last_report", 0, no_limit));
    const Texts open = TRY(in.texts("open", open_max));
    for (const auto& line : open) {
        auto one = open_command(line);
        if (!one) return damaged;
        open_.push_back(std::move(*one));
    }
    const Texts notice = TRY(in.texts("notice", 1));
    if (!notice.empty()) {
        auto one = open_command(notice.front());
        if (!one) return damaged;
        notice_ = {one->serial, std::move(one->notice)};
    }
    const Texts reports = TRY(in.texts("reports", reports_max));
    for (const auto& line : reports) {
        auto one = papers::command_report(line);
        if (!one) return damaged;
        reports_.push_back(std::move(*one));
    }
    return in.finish();
}

base::Status CommandDesk::write() const {
    Texts open, notice, reports;
    for (const auto& one : open_) open.push_back(line_of(one));
    if (notice_) {
        OpenCommand shown;
        shown.serial = notice_->first;
        shown.digest = "-";
        shown.notice = notice_->second;
        notice.push_back(line_of(shown));
    }
    for (const auto& one : reports_) reports.push_back(as_line(one));
    const base::Bytes bytes = formats::to_json(Record{{"v", std::int64_t{1}},
                                                      {"highest", highest_},
                                                      {"number", number_},
                                                      {"last_report", last_report_},
                                                      {"open", std::move(open)},
                                                      {"notice", std::move(notice)},
                                                      {"reports", std::move(reports)}});
    return store::replace_file(*disk_, path_, bytes);
}

bool CommandDesk::is_known(const std::string& digest) const {
    return std::ranges::any_of(open_, [&](const auto& one) { return one.digest == digest; }) ||
           std::ranges::any_of(reports_, [&](const auto& one) { return one.digest == digest; });
}

void CommandDesk::report(std::int64_t serial, const std::string& digest,
                         const std::string& outcome) {
    // Nobody hears them: the newest say more. What was done is told before what was refused.
    if (reports_.size() >= reports_max) {
        const auto refused = std::ranges::find_if(reports_, [](const auto& one) {
            return one.outcome.starts_with(papers::refused_begins);
        });
        reports_.erase(refused == reports_.end() ? reports_.begin() : refused);
    }
    reports_.push_back({++last_report_, serial, digest, outcome});
}

base::Status CommandDesk::refuse(std::int64_t serial, const std::string& digest,
                                 std::string_view why) {
    log_->record(base::log::CommandRefusedHere{serial, std::string(why)});
    report(serial, digest, std::string(papers::refused_begins) + std::string(why));
    return write();
}

base::Status CommandDesk::take(std::string_view file, base::Instant now) {
    const std::string digest = papers::command_digest(file);
    // Given again because the centre has not heard yet what became of it.
    if (is_known(digest)) return {};
    const auto command = papers::Command::verify(file, root_);
    if (!command) switch (command.error().code) {
            case FaultCode::BytesMalformed:
                return refuse(0, digest, refusal::malformed);
            case FaultCode::RealmMismatch:
                return refuse(0, digest, refusal::realm);
            default:
                return refuse(0, digest, refusal::signature);
        }
    const std::int64_t serial = command->serial;
    if (is_withdrawn_(command->issuer)) return refuse(serial, digest, refusal::signature);
    if (command->terminal != terminal_) return refuse(serial, digest, refusal::terminal);
    if (serial <= highest_) return refuse(serial, digest, refusal::serial);
    const auto before = *this;
    highest_ = serial;  // used up, whatever becomes of it
    const auto done = [&]() -> base::Status {
        if (command->expires_at <= now) return refuse(serial, digest, refusal::expired);
        const auto kind = papers::command_kind_from(command->kind);
        if (!kind) return refuse(serial, digest, refusal::unknown);
        if (open_.size() >= open_max)
            return base::fail(FaultCode::PostRefused, "too many commands wait");
        open_.push_back({serial, digest, *kind, command->notice, command->expires_at, {}});
        if (*kind == domain::CommandKind::notice) notice_ = {serial, command->notice};
        return write();
    }();
    if (!done) {  // not written down: as if it had never come
        highest_ = before.highest_;
        open_ = before.open_;
        notice_ = before.notice_;
        reports_ = before.reports_;
    }
    return done;
}

base::Status CommandDesk::handed(std::int64_t serial, base::Instant now) {
    const auto found =
        std::ranges::find_if(open_, [&](const auto& one) { return one.serial == serial; });
    if (found == open_.end()) return {};
    found->handed_at = now;
    return write();
}

base::Status CommandDesk::ended(std::int64_t serial, const std::string& outcome) {
    const auto found =
        std::ranges::find_if(open_, [&](const auto& one) { return one.serial == serial; });
    if (found == open_.end()) return {};
    log_->record(
        base::log::CommandCarriedOut{std::string(domain::name(found->kind)), serial, outcome});
    const OpenCommand over = *found;
    open_.erase(found);
    // An empty sentence took the one before away.
    if (notice_ && notice_->first == serial && notice_->second.text.empty()) notice_.reset();
    report(serial, over.digest, outcome);
    return write();
}

base::Status CommandDesk::expire(base::Instant now) {
    bool any = false;
    // Handed over and never answered: what became of it is not known.
    const auto silent = std::ranges::find_if(open_, [now](const auto& one) {
        return one.handed_at != base::Instant{} && one.expires_at + longest_silence <= now;
    });
    if (silent != open_.end()) TRY_STATUS(ended(silent->serial, "unanswered"));
    for (auto it = open_.begin(); it != open_.end();) {
        if (it->expires_at > now || it->handed_at != base::Instant{}) {
            ++it;
            continue;
        }
        log_->record(base::log::CommandRefusedHere{it->serial, std::string(refusal::expired)});
        report(it->serial, it->digest,
               std::string(papers::refused_begins) + std::string(refusal::expired));
        it = open_.erase(it);
        any = true;
    }
    if (notice_ && notice_->second.until <= now) {
        notice_.reset();
        any = true;
    }
    return any ? write() : base::Status{};
}

std::vector<papers::CommandReport> CommandDesk::reports() const {
    return {reports_.begin(),
            reports_.begin() + static_cast<std::ptrdiff_t>(
                                   std::min(reports_.size(), papers::heartbeat_reports_max))};
}

base::Status CommandDesk::known_up_to(std::int64_t report) {
    const auto gone =
        std::erase_if(reports_, [&](const auto& one) { return one.number <= report; });
    return gone > 0 ? write() : base::Status{};
}

std::int64_t CommandDesk::next_number() {
    if (next_number_ > number_ || next_number_ == 0) {
        next_number_ = number_ + 1;
        number_ += numbers_at_once;
        [[maybe_unused]] const auto ignored = write();
    }
    return next_number_++;
}

}  // namespace offline::post
