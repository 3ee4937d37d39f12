#include "offline/post/fleet_lane.hpp"

#include "offline/papers/support_bundle.hpp"
#include "offline/papers/wire.hpp"
#include "offline/post/app_report_text.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace offline::post {

namespace {

using base::FaultCode;
using base::Millis;
namespace wire = papers::wire;

constexpr Millis heartbeat_limit{10'000};
constexpr Millis upload_limit{10 * 60'000};
constexpr Millis a_minute{60'000}, a_day{24 * 3'600'000};
constexpr Millis far_away{3'600'000};
constexpr Millis app_is_late{2 * 60'000};
constexpr Millis look_for_nobody_every{5'000};
// Of the day's bytes so much may be spent at once; the rest comes in evenly.
constexpr std::int64_t at_once_parts = 4;
// Before the first was counted: with a handshake of its own.
constexpr std::int64_t first_cost = 4'000;
constexpr int upload_tries_max = 8;

std::int64_t minutes(Millis time) {
    return std::chrono::duration_cast<std::chrono::minutes>(time).count();
}

// Simply well, and nothing to be known of its supply: not worth its bytes.
bool is_plain(const domain::PartReport& part) {
    return part.state == domain::DeviceState::ready && part.fault.empty() &&
           (part.supply == domain::Supply::unknown || part.supply == domain::Supply::plenty);
}

}  // namespace

FleetLane::FleetLane(FleetOptions options, CommandDesk desk, const outbox::Terminal& terminal,
                     const sealing::KeySet& keys, sync::ClockFloor& floor, const base::Clock& clock,
                     base::EventLog& log, Tell tell, Upload upload, std::function<void()> wake)
    : options_(std::move(options)),
      desk_(std::move(desk)),
      terminal_(terminal),
      keys_(keys),
      floor_(floor),
      clock_(clock),
      log_(log),
      tell_(std::move(tell)),
      upload_(std::move(upload)),
      wake_(std::move(wake)),
      began_(clock.steady()),
      purse_(options_.bytes_per_day / at_once_parts),
      purse_at_(clock.steady()),
      nobody_served_(options_.session_lock) {}

void FleetLane::note(const base::Status& written) {
    const auto fault = written ? std::nullopt : std::optional(written.error().code);
    if (fault && fault != fault_) log_.record(base::log::CommandRefusedHere{0, "not-kept"});
    fault_ = fault;
}

void FleetLane::app_said(const domain::AppReport& report) {
    app_ = report;
    app_there_ = true;
    // One that was started after it had been told to start again has done so.
    std::vector<std::int64_t> done;
    for (const auto& one : desk_.open_commands())
        if (one.kind == domain::CommandKind::restart && one.handed_at != base::Instant{} &&
            report.started_at > one.handed_at)
            done.push_back(one.serial);
    for (const auto serial : done) command_done({serial, "done"});
    hand_over();
}

void FleetLane::app_gone() {
    app_there_ = false;
    handed_here_.clear();
}

void FleetLane::command_done(const message::CommandDone& done) {
    note(desk_.ended(done.serial, done.outcome));
    news_ = true;
}

void FleetLane::hand(OpenCommand command) {
    if (!handed_here_.insert(command.serial).second) return;
    note(desk_.handed(command.serial, clock_.now()));
    tell_({command.serial, command.kind, std::move(command.notice)});
}

void FleetLane::hand_over() {
    if (!app_there_) return;
    const auto open = desk_.open_commands();
    for (const auto& one : open)
        if (one.kind != domain::CommandKind::support_bundle) hand(one);
    // The sentence of before stands there again after the app was away.
    const auto& notice = desk_.notice();
    if (notice && handed_here_.insert(notice->first).second)
        tell_({notice->first, domain::CommandKind::notice, notice->second});
}

papers::HeartbeatContent FleetLane::content(const PostFacts& facts) const {
    papers::HeartbeatContent out;
    out.post = options_.software;
    out.app_there = app_there_;
    out.taking = facts.taking;
    out.revoked = facts.revoked;
    out.key_set = facts.key_set;
    out.line = static_cast<std::int64_t>(facts.line);
    out.clock_trust = static_cast<std::int64_t>(facts.stock.clock_trust);
    out.waiting = facts.stock.waiting;
    out.sending = facts.stock.sending;
    out.attention = facts.stock.attention;
    out.outbox_percent = facts.stock.used_percent;
    if (facts.stock.oldest)
        out.oldest_minutes = std::max<std::int64_t>(
            0, minutes(std::chrono::duration_cast<Millis>(clock_.now() - *facts.stock.oldest)));
    const auto& certificate = terminal_.certificate;
    if (certificate.not_after != sealing::without_end)
        out.certificate_days = std::max<std::int64_t>(
            0, std::chrono::floor<std::chrono::days>(certificate.not_after - floor_.now()).count());
    if (!app_) return out;
    out.app = app_->version;
    out.pack = app_->pack;
    out.pack_version = app_->pack_version;
    out.pack_outdated = app_->pack_outdated;
    out.page = app_->page;
    out.proof = static_cast<std::int64_t>(app_->proof);
    out.pause = app_->pause;
    out.started_s = app_->started_at.time_since_epoch().count() / 1000;
    out.sessions = app_->sessions;
    out.kept = app_->kept;
    out.memory_kib = app_->memory_kib;
    out.disk_free_percent = app_->disk_free_percent;
    out.paper_hours = app_->paper_hours;
    out.roll_hours = app_->roll_hours;
    for (const auto& part : app_->parts)
        if (!is_plain(part) && out.parts.size() < papers::heartbeat_parts_max)
            out.parts.push_back({std::string(domain::name(part.part)),
                                 std::string(domain::name(part.state)),
                                 std::string(domain::name(part.supply)), part.fault});
    return out;
}

bool FleetLane::may_spend(std::int64_t bytes) {
    const Millis now = clock_.steady();
    const std::int64_t most = options_.bytes_per_day / at_once_parts;
    const std::int64_t daily = options_.bytes_per_day - most;
    // In whole bytes: what is left of a byte's time is kept for the next.
    const std::int64_t grown = (now - purse_at_).count() * daily / a_day.count();
    if (grown > 0) {
        purse_ = std::min(most, purse_ + grown);
        purse_at_ += Millis{grown * a_day.count() / daily};
    }
    return purse_ >= bytes;
}

std::optional<sync::Exchange> FleetLane::behind_hello(const PostFacts& facts) {
    const Millis now = clock_.steady();
    // Not into a line that is not there. After a start the app may be a moment behind: that is no
    // news.
    if (under_way_ || facts.line != domain::Line::online || (!app_ && now - began_ < app_is_late))
        return std::nullopt;
    const auto says = content(facts);
    const std::string matter = papers::matter_of(says);
    const auto reports = desk_.reports();
    const bool changed = matter != told_ || news_ || !reports.empty();
    const Millis since = now - last_sent_;
    const bool due = !ever_sent_ || since >= options_.every ||
                     (changed && (nudged_ || since >= options_.news_gap));
    const std::int64_t cost = last_cost_ > 0 ? last_cost_ : first_cost;
    if (!due || !may_spend(cost)) return std::nullopt;
    const std::int64_t number = desk_.next_number();
    const auto& certificate = terminal_.certificate;
    papers::Heartbeat heartbeat;
    heartbeat.certificate_id = certificate.id();
    if (certificate_told_ != heartbeat.certificate_id) heartbeat.certificate = certificate.file;
    heartbeat.number = number;
    heartbeat.at = floor_.now();
    heartbeat.content = says;
    heartbeat.reports = reports;
    auto body = wire::encode(heartbeat, terminal_.key);
    if (!body) return std::nullopt;
    under_way_ = {number, matter};
    last_sent_ = now;
    ever_sent_ = true;
    news_ = nudged_ = false;
    sync::Exchange exchange{sync::Method::post, "/v1/t/" + certificate.terminal + "/heartbeat",
                            std::move(*body)};
    exchange.limit = heartbeat_limit;
    return exchange;
}

base::Result<papers::HeartbeatTaken> FleetLane::believe(base::ByteView body) const {
    auto taken = TRY(wire::heartbeat_taken(body, keys_));
    if (taken.terminal != terminal_.certificate.terminal || taken.number != under_way_->number)
        return base::fail(FaultCode::CentreNonsense, "of another heartbeat");
    return taken;
}

void FleetLane::answered(const base::Result<sync::Answer>& answer) {
    if (!under_way_) return;
    if (answer) {
        last_cost_ = answer->line_bytes;
        purse_ -= answer->line_bytes;
    } else {
        purse_ -= last_cost_ > 0 ? last_cost_ : first_cost;  // what broke off cost as well
    }
    const auto body = sync::body_of(answer);
    const auto taken =
        body ? believe(*body) : base::Result<papers::HeartbeatTaken>(base::fail(body.error()));
    const UnderWay sent = *std::exchange(under_way_, std::nullopt);
    if (!taken) {
        // It wants to see the certificate, or it is another centre than before: with the next.
        if (answer && answer->status == 409) certificate_told_.clear();
        news_ = true;
        return;
    }
    log_.record(base::log::HeartbeatSent{sent.number, answer->line_bytes});
    told_ = sent.matter;
    certificate_told_ = terminal_.certificate.id();
    note(desk_.known_up_to(taken->reports_up_to));
    const std::size_t reports_before = desk_.reports().size();
    for (const auto& command : taken->commands) note(desk_.take(command, floor_.now()));
    if (desk_.reports().size() > reports_before) news_ = true;
    hand_over();
}

std::string FleetLane::bundle_path(std::int64_t serial) const {
    return fmt::format("{}/{}.tar.gz", options_.folder, serial);
}

std::string FleetLane::being_made(std::int64_t serial) const {
    return bundle_path(serial) + ".making";
}

void FleetLane::end_bundle(const std::string& outcome) {
    errand_.reset();
    nobody_served_.let_go();
    uploading_ = false;
    upload_failures_ = 0;
    // Said first: a bundle that is gone while its command is still open would be made anew.
    const std::int64_t over = std::exchange(bundle_, 0);
    command_done({over, outcome});
    ::unlink(bundle_path(over).c_str());
    ::unlink(being_made(over).c_str());
    ::unlink(report_path().c_str());
    swept_ = false;
}

// Not begun: its time may come to an end meanwhile.
void FleetLane::wait_for_nobody(const OpenCommand& command) {
    bundle_ = 0;
    waits_for_nobody_ = true;
    swept_ = false;
    if (command.handed_at != base::Instant{}) note(desk_.handed(command.serial, {}));
}

void FleetLane::begin_bundle() {
    waits_for_nobody_ = false;
    const auto& open = desk_.open_commands();
    const auto next =
        std::ranges::find(open, domain::CommandKind::support_bundle, &OpenCommand::kind);
    if (next == open.end()) return;
    // Made before a restart of the post: the centre may have it, and takes no other one.
    auto& disk = store::real_disk();
    const bool made_before = disk.exists(bundle_path(next->serial));
    if (!made_before && !nobody_served_.take()) return wait_for_nobody(*next);
    bundle_ = next->serial;
    note(desk_.handed(bundle_, clock_.now()));
    if (made_before) return;
    if (options_.support_command.empty())
        return end_bundle(std::string(base::name(FaultCode::PostRefused)));
    if (const auto made = disk.make_folder(options_.folder); !made)
        return end_bundle(std::string(base::name(made.error().code)));
    auto command = options_.support_command;
    command.push_back(being_made(bundle_));
    if (app_ && base::write_file(report_path(), base::to_bytes(app_report_text(*app_, app_there_))))
        command.insert(command.end(), {"--log", report_path()});
    auto begun = SupportErrand::begin(std::move(command), wake_);
    if (!begun) return end_bundle(std::string(base::name(begun.error().code)));
    errand_ = std::move(*begun);
}

// One is whole when it stands under its name.
base::Status FleetLane::name_bundle() {
    auto& disk = store::real_disk();
    TRY_STATUS(disk.rename(being_made(bundle_), bundle_path(bundle_)));
    ::unlink(report_path().c_str());
    return disk.sync_folder(options_.folder);
}

// What no open command wants any more: its time was over, or the power went while it was made.
void FleetLane::sweep_bundles() {
    const auto& open = desk_.open_commands();
    if (bundle_ != 0 && !errand_ && !uploading_ &&
        std::ranges::find(open, bundle_, &OpenCommand::serial) == open.end()) {
        bundle_ = 0;
        // The next one has its own tries.
        upload_failures_ = 0;
        next_upload_ = {};
    }
    auto& disk = store::real_disk();
    const auto names = disk.list(options_.folder);
    if (!names) return;
    for (const auto& name : *names) {
        const std::string path = options_.folder + "/" + name;
        const bool wanted = path == bundle_path(bundle_) || path.starts_with(being_made(bundle_)) ||
                            (errand_ && path == report_path()) ||
                            std::ranges::any_of(open, [&](const OpenCommand& one) {
                                return one.kind == domain::CommandKind::support_bundle &&
                                       path == bundle_path(one.serial);
                            });
        if (!wanted) ::unlink(path.c_str());
    }
}

void FleetLane::care_for_bundle(bool online) {
    if (bundle_ == 0) begin_bundle();
    if (bundle_ == 0) return;
    if (errand_) {
        const auto made = errand_->ended();
        if (!made) return;
        errand_.reset();
        // Somebody came while it was made: it is made anew when they have gone.
        if (!nobody_served_.still_when_let_go()) {
            ::unlink(being_made(bundle_).c_str());
            ::unlink(report_path().c_str());
            const auto& open = desk_.open_commands();
            const auto own = std::ranges::find(open, bundle_, &OpenCommand::serial);
            if (own != open.end()) return wait_for_nobody(*own);
            bundle_ = 0;
            return;
        }
        if (!*made) return end_bundle(std::string(base::name(FaultCode::InternalError)));
        if (const auto named = name_bundle(); !named)
            return end_bundle(std::string(base::name(named.error().code)));
    }
    if (uploading_ || !online || clock_.steady() < next_upload_) return;
    auto file =
        store::real_disk().read(bundle_path(bundle_), 0, wire::support_bundle_bytes_max + 1);
    if (!file) return end_bundle(std::string(base::name(file.error().code)));
    if (file->size() > wire::support_bundle_bytes_max)
        return end_bundle(std::string(base::name(FaultCode::SubmissionTooLarge)));
    auto body = wire::encode(
        wire::SupportBundle{terminal_.certificate.file, bundle_, std::move(*file)}, terminal_.key);
    if (!body) return end_bundle(std::string(base::name(body.error().code)));
    uploading_ = true;
    sync::Exchange exchange{sync::Method::post,
                            "/v1/t/" + terminal_.certificate.terminal + "/support-bundles",
                            std::move(*body)};
    exchange.limit = upload_limit;
    exchange.bulk = true;
    upload_(std::move(exchange));
}

void FleetLane::uploaded(const base::Result<sync::Answer>& answer) {
    if (!uploading_) return;
    uploading_ = false;
    const auto done = [&]() -> base::Status {
        const auto body = TRY(sync::body_of(answer));
        const auto kept = TRY(wire::support_bundle_kept(body, keys_));
        if (kept.terminal != terminal_.certificate.terminal || kept.serial != bundle_)
            return base::fail(FaultCode::CentreNonsense, "of another bundle");
        return {};
    }();
    if (done) return end_bundle("done");
    // The centre does not want it, or it failed too often: it is made anew by another command.
    if (done.error().code == FaultCode::CentreRefused || ++upload_failures_ >= upload_tries_max)
        return end_bundle(std::string(base::name(done.error().code)));
    next_upload_ = clock_.steady() + a_minute * (1 << upload_failures_);
}

Millis FleetLane::round(bool online) {
    const auto open_before = desk_.open_commands().size();
    note(desk_.expire(floor_.now()));
    if (!swept_ || desk_.open_commands().size() != open_before) sweep_bundles();
    swept_ = true;
    care_for_bundle(online);
    const Millis far =
        clock_.steady() + (waits_for_nobody_ && bundle_ == 0 ? look_for_nobody_every : far_away);
    return bundle_ != 0 && !errand_ && !uploading_ && online
               ? std::max(next_upload_, clock_.steady() + Millis{1000})
               : far;
}

}  // namespace offline::post
