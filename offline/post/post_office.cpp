#include "offline/post/post_office.hpp"

#include "base/assert.hpp"
#include "offline/papers/wire.hpp"

#include <algorithm>

namespace offline::post {

namespace {

using base::FaultCode;
using base::Millis;

constexpr Millis question_limit{15000};
// On the workers of parcels, whose own numbers rise from 1.
constexpr std::int64_t heartbeat_reference = -1, bundle_reference = -2;
constexpr Millis first_scrub{10 * 60'000};  // not while the machine starts
constexpr Millis scrub_every{std::int64_t{7} * 24 * 3'600'000};

}  // namespace

PostOffice::PostOffice(const OfficeOptions& options, outbox::Outbox& outbox,
                       const sealing::KeySet& keys, sync::ClockFloor& floor,
                       const base::Clock& clock, base::EventLog& log, PostServer& server)
    : centre_(options.centre),
      courier_set_up_(options.courier),
      floor_(floor),
      outbox_(outbox),
      clock_(clock),
      log_(log),
      server_(server),
      desk_(outbox),
      parcels_(outbox),
      small_worker_(options.centre, letters_to(true)),
      bulk_worker_(options.centre, letters_to(true)),
      question_worker_(options.centre, letters_to(false)),
      delivery_(options.delivery, parcels_, keys, floor, clock, log,
                [this](std::int64_t reference, sync::Exchange exchange) {
                    hello_went_ |= exchange.path == "/v1/hello";
                    // Never more than one of them is on its way on each, and one of the fleet's:
                    // the queue has room.
                    auto& worker = exchange.bulk ? bulk_worker_ : small_worker_;
                    KIOSK_ASSERT(worker.give(reference, std::move(exchange)));
                }),
      keys_(keys) {}

sync::CentreWorker::Sink PostOffice::letters_to(bool delivery) {
    return [this, delivery](std::int64_t reference, base::Result<sync::Answer> answer) {
        put_letter({delivery, reference, std::move(answer)});
    };
}

void PostOffice::serve_feeds(feeds::FeedOptions options, feeds::FeedStore& store, store::Disk& disk,
                             const sealing::PinnedRoot& root, sealing::KeySet& keys) {
    feeds_ =
        std::make_unique<FeedLane>(centre_, std::move(options), store, disk, outbox_.terminal(),
                                   root, keys, clock_, log_, [this] { wake_.ring(); });
}

void PostOffice::serve_packages(sync::CentreAddress repository, releases::FetchOptions options,
                                const feeds::FeedStore& feeds, releases::PackageShelf shelf,
                                const sealing::KeySet& keys) {
    options.terminal = outbox_.terminal().certificate.terminal;
    options.now = [this] { return floor_.now(); };
    packages_ = std::make_unique<PackageLane>(std::move(repository), std::move(options), feeds,
                                              std::move(shelf), keys, clock_, log_,
                                              [this] { wake_.ring(); });
}

void PostOffice::serve_service_records(ServiceBook book, const OfficeOptions& options,
                                       const sealing::KeySet& keys) {
    service_ = std::make_unique<ServiceLane>(centre_, std::move(book), outbox_.terminal(), keys,
                                             options.delivery.retry, ~options.delivery.seed, clock_,
                                             log_, [this] { wake_.ring(); });
}

void PostOffice::serve_fleet(FleetOptions options, CommandDesk desk, const sealing::KeySet& keys) {
    desk.withdrawn(
        [this](const std::string& kid) { return feeds_ && feeds_->driver().is_withdrawn(kid); });
    fleet_ = std::make_unique<FleetLane>(
        std::move(options), std::move(desk), outbox_.terminal(), keys, floor_, clock_, log_,
        [this](const message::CommandGiven& command) {
            if (app_ != 0) server_.send(app_, command);
        },
        [this](sync::Exchange exchange) {
            if (!bulk_worker_.give(bundle_reference, std::move(exchange)))
                put_letter(
                    {true, bundle_reference, base::fail(FaultCode::PostRefused, "too many")});
        },
        [this] { wake_.ring(); });
}

base::Result<KeptRecord> PostOffice::keep_service_record(const papers::ServiceContent& content) {
    if (!service_) return base::fail(FaultCode::PostRefused, "no service records here");
    return service_->append(content, outbox_.epoch());
}

void PostOffice::run(int stop) {
    server_.run(*this, stop, wake_);
    {
        std::lock_guard lock(mutex_);
        ended_ = true;
    }
    errand_done_.notify_all();
}

bool PostOffice::on_its_thread(const std::function<void(outbox::Outbox&)>& work) {
    Errand errand{&work};
    std::unique_lock lock(mutex_);
    if (ended_) return false;
    errands_.push_back(&errand);
    wake_.ring();
    errand_done_.wait(lock, [&] { return errand.done || ended_; });
    std::erase(errands_, &errand);
    return errand.done;
}

void PostOffice::run_errands(const std::vector<Errand*>& errands) {
    for (Errand* errand : errands) {
        (*errand->work)(outbox_);
        std::lock_guard lock(mutex_);
        errand->done = true;
    }
    if (errands.empty()) return;
    errand_done_.notify_all();
    outbox_moved_ = true;
}

void PostOffice::put_letter(Letter letter) {
    {
        std::lock_guard lock(mutex_);
        letters_.push_back(std::move(letter));
    }
    wake_.ring();
}

void PostOffice::welcomed(ClientNumber client) {
    clients_.insert(client);
    server_.send(client, message::StatusNow{told_});
}

void PostOffice::gone(ClientNumber client) {
    clients_.erase(client);
    if (app_ == client) {
        app_ = 0;
        if (fleet_) fleet_->app_gone();
    }
    outbox_moved_ |= desk_.gone(client);
    if (courier_for_ == client) courier_for_ = 0;
    std::erase_if(questions_,
                  [client](const auto& asked) { return asked.second.client == client; });
}

void PostOffice::received(ClientNumber client, ClientMessage message) {
    std::visit([&](auto& m) { on(client, m); }, message);
}

void PostOffice::use(const sealing::TerminalCertificate& renewed) {
    if (outbox_.use(renewed)) delivery_.nudge();
}

void PostOffice::take_no_more() {
    if (revoked_) return;
    revoked_ = outbox_moved_ = true;
    log_.record(base::log::CertificateState{"revoked", 0});
}

bool PostOffice::refuses(ClientNumber client, std::int64_t id) {
    if (revoked_)
        server_.send(client, message::Failed{id, {FaultCode::TerminalRevoked, "by the centre"}});
    return revoked_;
}

void PostOffice::on(ClientNumber client, message::Reserve& message) {
    if (refuses(client, message.id)) return;
    const auto reserved = desk_.reserve(client, message);
    outbox_moved_ = true;
    if (reserved)
        server_.send(client, message::Reserved{message.id});
    else
        server_.send(client, message::Failed{message.id, reserved.error()});
}

void PostOffice::on(ClientNumber client, message::Abandon& message) {
    desk_.abandon(client, message.sub_id);
    outbox_moved_ = true;
}

void PostOffice::on(ClientNumber client, message::AttachmentBegin& message) {
    if (const auto begun = desk_.begin(client, message); !begun)
        server_.send(client, message::Failed{message.id, begun.error()});
}

void PostOffice::on(ClientNumber client, message::AttachmentChunk& message) {
    if (const auto taken = desk_.take(client, message); !taken)
        server_.send(client, message::Failed{message.id, taken.error()});
}

void PostOffice::on(ClientNumber client, message::AttachmentEnd& message) {
    const auto kept = desk_.end(client, message);
    if (kept)
        server_.send(client, message::AttachmentKept{message.id, *kept});
    else
        server_.send(client, message::Failed{message.id, kept.error()});
}

void PostOffice::on(ClientNumber client, message::Accept& message) {
    if (refuses(client, message.id)) return;
    const auto lane = message.lane == Lane::urgent ? papers::Lane::urgent : papers::Lane::normal;
    const auto receipt = outbox_.accept(
        {message.sub_id, std::move(message.item_code), message.item_version, message.captured_at,
         std::move(message.envelope), std::move(message.attachments), lane,
         message.amends ? message.amends->text() : std::string{}, message.key_set});
    outbox_moved_ = true;
    if (receipt) desk_.accepted(message.sub_id);
    if (!receipt) {
        log_.record(base::log::SubmissionNotKept{receipt.error().code, message.sub_id.reference()});
        return server_.send(client, message::Failed{message.id, receipt.error()});
    }
    log_.record(base::log::SubmissionKept{receipt->local_number, receipt->seq});
    server_.send(client, message::Accepted{message.id, *receipt});
}

void PostOffice::on(ClientNumber client, message::LookUp& message) {
    auto status = outbox_.look_up(message.receipt_code);
    if (!status) {
        // A code that does not read is for the citizen simply not found.
        const auto code = status.error().code == FaultCode::BytesMalformed
                              ? FaultCode::AnswerNotFound
                              : status.error().code;
        return server_.send(client,
                            message::Failed{message.id, {code, status.error().safe_detail}});
    }
    // The centre's word, as the feed of statuses brought it last; also without a line.
    if (const auto known = feeds_ ? feeds_->driver().status_of(status->local_number)
                                  : std::optional<papers::CaseStatus>{};
        known && status->delivery == domain::Delivery::received) {
        status->centre_state = known->state;
        status->since = base::iso8601_local(known->since);
    }
    server_.send(client, message::Found{message.id, *status});
}

void PostOffice::on(ClientNumber client, message::Ask& message) {
    const std::int64_t reference = next_question_++;
    const auto& terminal = outbox_.terminal();
    auto body =
        papers::wire::encode(papers::wire::AskRequest{terminal.certificate.file, message.kind,
                                                      std::move(message.question)},
                             terminal.key);
    if (!body) return server_.send(client, message::Failed{message.id, body.error()});
    sync::Exchange exchange{sync::Method::post, "/v1/questions", std::move(*body)};
    exchange.limit = question_limit;
    const bool given = question_worker_.give(reference, std::move(exchange));
    if (!given)
        return server_.send(client,
                            message::Failed{message.id, {FaultCode::PostRefused, "too many"}});
    questions_[reference] = {client, message.id, std::move(message.kind)};
}

void PostOffice::on(ClientNumber, message::ReceiptShown& message) {
    const auto stored = outbox_.receipt_shown(message.local_number);
    outbox_moved_ = true;
    // Not stored: it is offered again after a restart, which is harmless.
    if (!stored) log_.record(base::log::SubmissionNotKept{stored.error().code, "none"});
}

base::Result<domain::OutboxStock> PostOffice::stock() {
    const auto counts = TRY(outbox_.counts());
    auto piles = TRY(outbox_.piles());
    const auto use = TRY(outbox_.disk_use());
    domain::OutboxStock out;
    out.waiting = counts.queued;
    out.sending = counts.sending;
    out.attention = counts.attention;
    out.oldest = piles.oldest;
    out.bytes = piles.bytes;
    out.used_percent = std::clamp(use.percent, 0, 1000);
    out.causes = std::move(piles.causes);
    out.clock_trust = floor_.trust();
    out.last_contact = last_contact_;
    out.sticks = !courier_set_up_.stick_folder.empty();
    return out;
}

void PostOffice::on(ClientNumber client, message::StockAsked& message) {
    const auto known = stock();
    if (known)
        server_.send(client, message::Stock{message.id, *known});
    else
        server_.send(client, message::Failed{message.id, known.error()});
}

void PostOffice::on(ClientNumber client, message::CourierBegin& message) {
    base::Fault fault;
    if (courier_set_up_.stick_folder.empty()) {
        fault = {FaultCode::MediumUnfit, "no place for a stick"};
    } else if (courier_) {
        fault = {FaultCode::PostRefused, "one at a time"};
    } else if (auto begun =
                   CourierErrand::begin(courier_set_up_.command, message.work,
                                        courier_set_up_.stick_folder, [this] { wake_.ring(); })) {
        courier_ = std::move(*begun);
        courier_for_ = client;
        courier_id_ = message.id;
        return;
    } else {
        fault = begun.error();
    }
    server_.send(client, message::Failed{message.id, fault});
}

void PostOffice::tell_courier() {
    if (!courier_) return;
    auto news = courier_->take_news();
    if (courier_for_ != 0)
        for (auto& line : news.lines)
            server_.send(courier_for_, message::CourierSaid{courier_id_, std::move(line)});
    if (!news.ended) return;
    courier_.reset();
    outbox_moved_ = true;
    if (courier_for_ == 0) return;
    if (*news.ended)
        server_.send(courier_for_, message::CourierDone{courier_id_, **news.ended});
    else
        server_.send(courier_for_, message::Failed{courier_id_, news.ended->error()});
}

void PostOffice::answer_question(std::int64_t reference, const base::Result<sync::Answer>& answer) {
    const auto found = questions_.find(reference);
    if (found == questions_.end()) return;  // the app that asked is gone
    const Asked asked = std::move(found->second);
    questions_.erase(found);
    auto body = sync::body_of(answer);
    if (body) body = papers::wire::answer(*body);
    if (!body) {
        base::Fault fault = body.error();
        if (fault.code == FaultCode::BytesMalformed) fault.code = FaultCode::CentreNonsense;
        return server_.send(asked.client, message::Failed{asked.id, fault});
    }
    log_.record(base::log::QuestionAnswered{asked.kind});
    server_.send(asked.client, message::Answered{asked.id, std::move(*body)});
}

void PostOffice::on(ClientNumber client, message::AppReported& message) {
    if (!fleet_) return;
    if (app_ != client) fleet_->app_gone();  // another one than before
    app_ = client;
    fleet_->app_said(message.report);
}

void PostOffice::on(ClientNumber, message::CommandDone& message) {
    if (fleet_) fleet_->command_done(message);
}

// On the connection that the hello has opened: behind it in the same queue.
void PostOffice::follow_hello() {
    if (!std::exchange(hello_went_, false) || !fleet_) return;
    auto now = stock();
    if (!now) return;
    PostFacts facts{std::move(*now), delivery_.line(), told_.taking, revoked_, keys_.version()};
    if (auto heartbeat = fleet_->behind_hello(facts))
        if (!small_worker_.give(heartbeat_reference, std::move(*heartbeat)))
            fleet_->answered(base::fail(FaultCode::PostRefused, "too many"));
}

base::Millis PostOffice::rounds_done() {
    std::vector<Letter> letters;
    std::vector<Errand*> errands;
    {
        std::lock_guard lock(mutex_);
        letters.swap(letters_);
        errands.swap(errands_);
    }
    run_errands(errands);
    for (const auto& letter : letters) {
        if (letter.is_parcel && letter.reference == heartbeat_reference)
            fleet_->answered(letter.answer);
        else if (letter.is_parcel && letter.reference == bundle_reference)
            fleet_->uploaded(letter.answer);
        else if (letter.is_parcel)
            delivery_.answered(letter.reference, letter.answer);
        else
            answer_question(letter.reference, letter.answer);
        outbox_moved_ |= letter.is_parcel && letter.reference > 0;
    }
    // Asked for at once, but only once: a centre may name one that it does not give out.
    if (const auto version = delivery_.newer_key_set(); feeds_ && version > key_set_asked_for_) {
        key_set_asked_for_ = version;
        feeds_->nudge();
    }
    tell_courier();
    Millis next = delivery_.tick();
    follow_hello();
    if (fleet_) next = std::min(next, fleet_->round(delivery_.line() == domain::Line::online));
    if (feeds_) next = std::min(next, feeds_->round(delivery_.line() == domain::Line::online));
    if (packages_)
        next = std::min(next, packages_->round(delivery_.line() == domain::Line::online));
    if (service_) next = std::min(next, service_->round(delivery_.line() == domain::Line::online));
    if (feeds_ && feeds_->driver().revoked()) take_no_more();
    // Until a hello is good again: a line that is cut does not make the program younger.
    if (too_old_ && (delivery_.line() == domain::Line::online || delivery_.waits() == "version"))
        too_old_->follow(delivery_.waits() == "version", clock_.now());
    tell_status();
    if (notice_ != nullptr) {
        notice_->alive();
        next = std::min(next, clock_.steady() + notice_->due_in());
    }
    return next;
}

void PostOffice::answers_sent() {
    const auto done = outbox_.checkpoint_when_due();
    const auto fault = done ? std::nullopt : std::optional(done.error().code);
    if (fault && fault != checkpoint_fault_) log_.record(base::log::CheckpointFailed{*fault});
    outbox_moved_ |= checkpoint_fault_ && !fault;  // it may take submissions again
    checkpoint_fault_ = fault;
    scrub_when_due();
}

// A slice with each round, until all was read; then again in a week.
void PostOffice::scrub_when_due() {
    const Millis now = clock_.steady();
    if (next_scrub_ == Millis{0}) next_scrub_ = now + first_scrub;
    if (now < next_scrub_) return;
    const auto slice = outbox_.scrub();
    outbox_moved_ = true;
    if (!slice || slice->round_done) next_scrub_ = now + scrub_every;
}

void PostOffice::tell_status() {
    const bool line_moved = delivery_.line() != line_told_;
    if (delivery_.line() == domain::Line::online) last_contact_ = clock_.now();
    if (line_moved) {
        line_told_ = delivery_.line();
        log_.record(
            base::log::LineChanged{line_told_ == domain::Line::online ? "online" : "offline"});
    }
    if (!outbox_moved_ && !line_moved) return;
    outbox_moved_ = false;
    domain::PostStatus status;
    status.line = line_told_;
    status.revoked = revoked_;
    const auto counts = outbox_.counts();
    auto unshown = outbox_.unshown();
    const auto room = outbox_.has_room();
    if (counts && unshown && room) {
        status.taking = *room && !revoked_;
        status.waiting = counts->queued;
        status.sending = counts->sending;
        status.attention = counts->attention;
        status.unshown = std::move(*unshown);
    }
    if (status == told_) return;
    told_ = status;
    for (const ClientNumber client : clients_) server_.send(client, message::StatusNow{told_});
}

}  // namespace offline::post
