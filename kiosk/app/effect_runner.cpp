// The effects of the session, carried out: the only place that moves devices, the post and paper.
#include "app/kiosk.hpp"
#include "app/notice_paper.hpp"
#include "app/papers.hpp"
#include "base/messages.hpp"
#include "catalogue/submission_json.hpp"
#include "documents/test_page.hpp"
#include "offline/sealing/envelope.hpp"

namespace app {

namespace post = offline::post;

void Kiosk::run(const session::WatchForCard& effect) {
    parts_.devices.id_card_reader->start_watch(effect.ticket);
}
void Kiosk::run(const session::ReadCard& effect) {
    card_read_started_ = parts_.clock.steady();
    parts_.devices.id_card_reader->start_read(effect.ticket);
}
void Kiosk::run(const session::StopCardReader&) {
    parts_.devices.id_card_reader->stop();
}

void Kiosk::run(const session::CheckFace& effect) {
    parts_.devices.camera->start();
    parts_.devices.face_checker->start_check(effect.ticket, effect.chip_photo);
}
void Kiosk::run(const session::StopFaceCheck&) {
    parts_.devices.face_checker->stop();
    parts_.devices.camera->stop();
}

void Kiosk::run(const session::StartCamera&) {
    parts_.devices.camera->start();
}
void Kiosk::run(const session::StopCamera&) {
    parts_.devices.camera->stop();
}
void Kiosk::run(const session::TakeThumbPicture& effect) {
    const auto frame = parts_.devices.camera->frames().get();
    print_wanted_ = PrintWanted{effect.ticket, frame ? frame->number : 0, parts_.clock.steady()};
}
// The frame after the next: the finger that presses 拍摄 shakes the one that is being taken.
bool Kiosk::take_print_picture() {
    constexpr base::Millis patience{2000};
    if (!print_wanted_) return false;
    const auto wanted = *print_wanted_;
    const auto frame = parts_.devices.camera->frames().get();
    domain::ThumbPicture picture;
    if (frame && frame->picture && frame->number > wanted.after + 1)
        picture = domain::thumb_picture(*frame->picture);
    else if (health_.camera.state != domain::DeviceState::unavailable &&
             parts_.clock.steady() - wanted.since < patience)
        return false;
    print_wanted_.reset();
    happen(session::ThumbPictureTaken{wanted.ticket, std::move(picture)});
    return true;
}
void Kiosk::run(const session::DrawLetter& effect) {
    auto letter = letter_document(*parts_.pack, effect.submission, session_.locale,
                                  base::local_date(parts_.clock.now()), parts_.settings.masking);
    if (!effect.chosen) letter.choice.clear();
    papers_.picture(effect.ticket, std::move(letter));
}

void Kiosk::run(const session::ReserveRoom& effect) {
    // No material of any service is photographed here: whatever the item asks for stands in the
    // envelope, signature and print included, and that has a largest size.
    constexpr std::int64_t wrapped_key_and_tags = 1024;
    const auto most = static_cast<std::int64_t>(offline::sealing::envelope::largest_padded);
    parts_.post.reserve(effect.ticket, effect.sub_id, most + wrapped_key_and_tags);
}
void Kiosk::run(const session::AbandonRoom& effect) {
    parts_.post.abandon(effect.sub_id);
}
void Kiosk::run(const session::SealAndKeep& effect) {
    const auto& submission = effect.submission;
    hand_over(effect.ticket, submission.sub_id, submission.application.item_code,
              submission.application.item_version,
              [&] { return catalogue::submission_json(submission); });
}
void Kiosk::hand_over(domain::Ticket ticket, const domain::SubId& sub_id,
                      const std::string& item_code, std::int64_t item_version,
                      const std::function<base::SecretText()>& plaintext) {
    if (!sealed_ || sealed_->sub_id != sub_id) {
        const auto text = plaintext();
        const auto bytes =
            base::ByteView(reinterpret_cast<const std::uint8_t*>(text->data()), text->size());
        auto envelope =
            offline::sealing::seal_submission(*parts_.keys, parts_.clock.now(), sub_id, bytes);
        if (!envelope) {
            parts_.inbox.put(
                post::PostEvent{post::AcceptFinished{ticket, base::fail(envelope.error())}});
            return;
        }
        sealed_ = {sub_id, item_code, item_version, parts_.clock.now(), std::move(*envelope)};
        sealed_->key_set = parts_.keys->version();
    }
    parts_.post.accept(ticket, *sealed_);
}

void Kiosk::run(const session::PrintReceipt& effect) {
    papers_.draw(
        effect.ticket,
        receipt_document(*parts_.pack,
                         {effect.receipt, effect.item_code, effect.masked_name, effect.copy},
                         session_.locale),
        effect.copy, effect.printer == domain::DeviceKind::receipt_printer ? parts_.slip_dots : 0);
}
void Kiosk::run(const session::PrintBooking& effect) {
    papers_.draw(effect.ticket, booking_document(*parts_.pack, effect.booking, session_.locale),
                 false,
                 effect.printer == domain::DeviceKind::receipt_printer ? parts_.slip_dots : 0);
}
void Kiosk::run(const session::PrintLetter& effect) {
    papers_.draw(effect.ticket,
                 letter_document(*parts_.pack, effect.submission, session_.locale,
                                 base::local_date(parts_.clock.now()), parts_.settings.masking));
}
void Kiosk::run(const session::PrintBill& effect) {
    papers_.draw(
        effect.ticket,
        bill_document(*parts_.pack, effect.order->all.at(0), effect.masked_name, session_.locale),
        effect.copy, effect.printer == domain::DeviceKind::receipt_printer ? parts_.slip_dots : 0);
}
// Nothing is drawn, but it goes the way of every paper: not to the printer when its session is
// over.
void Kiosk::run(const session::PrintProof& effect) {
    parts_.inbox.put(
        PaperDrawn{effect.ticket, drivers::PrintJob{"proof", effect.pages, effect.pdf, false, {}}});
}
void Kiosk::run(const session::PrintList& effect) {
    papers_.draw(effect.ticket,
                 notice_document(*parts_.pack, effect, parts_.settings.terminal, session_.locale,
                                 parts_.clock.now()),
                 false,
                 effect.printer == domain::DeviceKind::receipt_printer ? parts_.slip_dots : 0);
}
void Kiosk::run(const session::PurgePrinter&) {
    parts_.devices.document_printer->purge();
    if (parts_.devices.receipt_printer) parts_.devices.receipt_printer->purge();
}

void Kiosk::run(const session::MarkReceiptShown& effect) {
    parts_.post.receipt_shown(effect.local_number);
}

void Kiosk::run(const session::CallForCard& effect) {
    parts_.log.record(base::log::CardCalledFor{effect.time});
    announcer_.call(base::text(base::MessageId::card_left_title, session_.locale));
}
void Kiosk::run(const session::CallForPaper& effect) {
    auto words = base::text(base::MessageId::receipt_paper_waits, session_.locale,
                            {{"m", std::to_string(effect.sheets)}});
    announcer_.call(words);
}
void Kiosk::run(const session::LookForCode& effect) {
    using drivers::LookWith;
    if (effect.camera) parts_.devices.camera->start();
    parts_.devices.code_reader->start(
        effect.ticket, effect.camera ? LookWith::scanner_and_camera : LookWith::scanner);
}
void Kiosk::run(const session::StopLookingForCode& effect) {
    parts_.devices.code_reader->stop();
    if (effect.camera) parts_.devices.camera->stop();
}
void Kiosk::run(const session::ReportCardLeft&) {
    parts_.log.record(base::log::CardLeftBehind{});
}

void Kiosk::run(const session::ReportCabinetOpened& effect) {
    parts_.log.record(
        base::log::CabinetOpened{std::string(domain::name(effect.door)), effect.permitted ? 1 : 0});
}
void Kiosk::run(const session::CallPowerOut&) {
    announcer_.call(base::text(base::MessageId::power_call, session_.locale));
}
void Kiosk::run(const session::LightPanel& effect) {
    if (parts_.devices.cabinet) parts_.devices.cabinet->set_brightness(effect.percent);
}

void Kiosk::run(const session::CheckTechnician& effect) {
    if (parts_.desk != nullptr)
        return parts_.desk->check(effect.ticket, parts_.keys, effect.card_number, effect.pin);
    parts_.inbox.put(session::TechnicianChecked{
        effect.ticket, base::fail(base::FaultCode::FileUnreadable, "technicians"), {}});
}
void Kiosk::run(const session::CheckCentreAnswer& effect) {
    if (parts_.desk != nullptr)
        return parts_.desk->check_answer(effect.ticket, parts_.keys, effect.challenged,
                                         effect.nonce, effect.answer);
    parts_.inbox.put(
        session::TechnicianChecked{effect.ticket, base::fail(base::FaultCode::AnswerWrong), {}});
}
void Kiosk::run(const session::AskStock& effect) {
    parts_.post.ask_stock(effect.ticket);
}
void Kiosk::run(const session::RunCourier& effect) {
    parts_.post.courier(effect.ticket, effect.work);
}
void Kiosk::run(const session::TryCentreNow&) {
    parts_.post.nudge();
}
void Kiosk::run(const session::ReadAudit& effect) {
    if (parts_.desk != nullptr) parts_.desk->read_audit(effect.ticket);
}
void Kiosk::run(const session::ReadSupplies& effect) {
    domain::Supplies supplies;
    supplies.ink = parts_.devices.document_printer->ink();
    if (parts_.care == nullptr) {
        parts_.inbox.put(session::SuppliesRead{effect.ticket, std::move(supplies)});
        return;
    }
    parts_.care->read_papers([&inbox = parts_.inbox, ticket = effect.ticket,
                              supplies](std::vector<domain::PaperUse> papers) {
        auto all = supplies;
        all.papers = std::move(papers);
        inbox.put(session::SuppliesRead{ticket, std::move(all)});
    });
}
void Kiosk::run(const session::NotePaperChange& effect) {
    auto& devices = parts_.devices;
    auto& printer = effect.printer == domain::DeviceKind::receipt_printer
                        ? devices.receipt_printer
                        : devices.document_printer;
    if (printer != nullptr) return printer->paper_changed(effect.ticket);
    parts_.inbox.put(
        drivers::PaperChangeNoted{effect.ticket, base::fail(base::FaultCode::PrinterAbsent)});
}
void Kiosk::run(const session::RecordAct& effect) {
    if (effect.act == "sign_out")
        parts_.log.record(base::log::TechnicianLeft{effect.label, effect.outcome});
    else if (effect.act != "sign_in")
        parts_.log.record(base::log::TechnicianActed{effect.label, effect.act, effect.outcome});
    if (parts_.desk != nullptr)
        parts_.desk->record({parts_.clock.now(), effect.label, effect.act, effect.outcome});
}
void Kiosk::run(const session::ReadSetUp& effect) {
    if (parts_.desk != nullptr)
        parts_.desk->read_set_up(effect.ticket);
    else
        parts_.inbox.put(session::SetUpKnown{
            effect.ticket, base::fail(base::FaultCode::ConfigInvalid, "no desk")});
}
void Kiosk::run(const session::KeepSetUp& effect) {
    if (parts_.desk != nullptr)
        parts_.desk->keep_set_up(effect.ticket, effect.decided, effect.finished);
    else
        parts_.inbox.put(session::SetUpKept{effect.ticket,
                                            base::fail(base::FaultCode::ConfigInvalid, "no desk")});
}
void Kiosk::run(const session::InviteTerminal& effect) {
    if (parts_.desk != nullptr) parts_.desk->invite(effect.invitation);
}
void Kiosk::run(const session::JoinNetwork& effect) {
    if (parts_.desk != nullptr) parts_.desk->join(effect.name, effect.passphrase);
}
void Kiosk::run(const session::PrintTestPage& effect) {
    const bool slip = effect.printer == domain::DeviceKind::receipt_printer;
    if (slip && !parts_.devices.receipt_printer) {
        parts_.inbox.put(
            PaperDrawn{effect.ticket, base::fail(base::FaultCode::PrinterAbsent, "slip")});
        return;
    }
    papers_.draw(effect.ticket,
                 documents::test_page(parts_.settings.realm == domain::Realm::training), false,
                 slip ? parts_.slip_dots : 0);
}
void Kiosk::run(const session::PlayTestSound&) {
    announcer_.call(base::text(base::MessageId::set_up_test_voice, session_.locale));
}
void Kiosk::run(const session::KeepPause& effect) {
    parts_.pause = effect.pause;
    if (effect.pause)
        parts_.log.record(
            base::log::ServicePaused{std::string(domain::name(effect.pause->reason))});
    else
        parts_.log.record(base::log::ServiceResumed{});
    if (parts_.desk != nullptr) parts_.desk->keep_pause(effect.pause);
}
void Kiosk::run(const session::RestartProgram& effect) {
    if (!effect.set_up_goes_on_for.empty() && parts_.desk != nullptr)
        parts_.desk->set_up_goes_on(effect.set_up_goes_on_for);
    ending_ = Ending::restart;
}
void Kiosk::run(const session::ShutDownMachine&) {
    ending_ = Ending::shut_down;
}

void Kiosk::run(const session::LogSessionStarted&) {
    centre_.session_began();
    parts_.log.record(base::log::SessionStarted{static_cast<std::int64_t>(session_in_effect_)});
}
void Kiosk::run(const session::LogSessionEnded& effect) {
    parts_.log.record(
        base::log::SessionEnded{static_cast<std::int64_t>(session_in_effect_), effect.how});
}
void Kiosk::run(const session::LogFault& effect) {
    parts_.log.record(base::log::DeviceFault{effect.device, effect.fault});
}
void Kiosk::run(const session::LogUnknownEthnicity& effect) {
    parts_.log.record(base::log::CardEthnicityUnknown{effect.code});
}
void Kiosk::run(const session::LogFaceOutcome& effect) {
    parts_.log.record(base::log::FaceCompared{effect.outcome});
}
void Kiosk::run(const session::LogRating& effect) {
    parts_.log.record(base::log::RatingGiven{effect.item_code, effect.level});
}

namespace {

// What the page of the problem shows, so that the two can be brought together.
std::string reference_of(const session::State& state) {
    const auto* here = std::get_if<flows::HandingIn>(&state);
    return here == nullptr ? "none" : here->submission.sub_id.reference();
}

}  // namespace

bool Kiosk::receive(const post::PostEvent& event) {
    struct Translate {
        Kiosk& kiosk;
        void operator()(const post::ReserveFinished& e) {
            kiosk.happen(session::RoomReserved{e.ticket, e.reserved});
        }
        // No page of a service has attachments yet: nobody here begins one.
        void operator()(const post::AttachmentFinished&) {}
        void operator()(const post::AcceptFinished& e) {
            if (e.receipt) {
                kiosk.centre_.submission_kept();
                kiosk.parts_.log.record(
                    base::log::SubmissionKept{e.receipt->local_number, e.receipt->seq});
                if (std::erase(kiosk.unshown_, e.ticket) != 0)
                    kiosk.parts_.post.receipt_shown(e.receipt->local_number);
            } else {
                std::erase(kiosk.unshown_, e.ticket);
                kiosk.parts_.log.record(base::log::SubmissionNotKept{
                    e.receipt.error().code, reference_of(kiosk.session_.state)});
            }
            kiosk.happen(session::SubmissionKept{e.ticket, e.receipt});
        }
        void operator()(const post::LookUpFinished& e) {
            if (e.status)
                kiosk.happen(session::ProgressAnswered{e.ticket, std::vector{*e.status}});
            else
                kiosk.happen(session::ProgressAnswered{e.ticket, base::fail(e.status.error())});
        }
        void operator()(const post::AskFinished& e) { kiosk.answered(e); }
        void operator()(const post::StockKnown& e) {
            kiosk.happen(session::StockKnown{e.ticket, e.stock});
        }
        void operator()(const post::CourierSaid& e) {
            kiosk.happen(session::CourierSaid{e.ticket, e.line});
        }
        void operator()(const post::CourierFinished& e) {
            kiosk.happen(session::CourierFinished{e.ticket, e.all_well});
        }
        void operator()(const post::CommandGiven& e) {
            kiosk.centre_.take(e);
            kiosk.obey();
        }
        void operator()(const post::StatusChanged& e) { kiosk.post_says(e.status); }
    };
    std::visit(Translate{*this}, event);
    return true;
}

}  // namespace app
