// What the session asks the centre: sealed to the intake, carried by the post, opened here.
#include "app/genuine_paper.hpp"
#include "app/kiosk.hpp"
#include "offline/questions/booking_question.hpp"
#include "offline/questions/payment_question.hpp"
#include "offline/questions/progress_question.hpp"
#include "offline/questions/proof_question.hpp"

#include <algorithm>

namespace app {

namespace post = offline::post;
namespace questions = offline::questions;

void Kiosk::ask_centre(domain::Ticket ticket, post::QuestionKind kind,
                       const base::SecretText& question, ReadAnswer read) {
    const auto bytes =
        base::ByteView(reinterpret_cast<const std::uint8_t*>(question->data()), question->size());
    auto sealed = offline::sealing::SealedQuestion::make(*parts_.keys, parts_.clock.now(), bytes);
    questions_.push_back({ticket, kind, std::nullopt, std::move(read)});
    if (!sealed) {
        parts_.inbox.put(post::PostEvent{post::AskFinished{ticket, base::fail(sealed.error())}});
        return;
    }
    parts_.post.ask(ticket, kind, sealed->bytes());
    questions_.back().sealed.emplace(std::move(*sealed));
}

void Kiosk::answered(const post::AskFinished& finished) {
    const auto at = std::find_if(questions_.begin(), questions_.end(), [&](const auto& question) {
        return question.ticket == finished.ticket;
    });
    if (at == questions_.end()) return;  // a stranger's answer
    auto question = std::move(*at);
    questions_.erase(at);
    if (!finished.sealed_answer || !question.sealed) {
        const auto fault = finished.sealed_answer ? base::Fault{base::FaultCode::InternalError, {}}
                                                  : finished.sealed_answer.error();
        happen(question.read(base::fail(fault)));
        return;
    }
    auto opened = question.sealed->open_answer(*finished.sealed_answer);
    if (opened) parts_.log.record(base::log::QuestionAnswered{std::string(name(question.kind))});
    happen(question.read(std::move(opened)));
}

void Kiosk::run(const session::AskProgress& effect) {
    const auto question =
        questions::progress_question(effect.person->number().text(), effect.person->name());
    ask_centre(
        effect.ticket, post::QuestionKind::progress, question,
        [ticket = effect.ticket](base::Result<base::SecretText> answer) -> session::Event {
            if (!answer) return session::ProgressAnswered{ticket, base::fail(answer.error())};
            return session::ProgressAnswered{ticket, questions::read_progress_answer(**answer)};
        });
}
void Kiosk::run(const session::AskProof& effect) {
    const auto question =
        questions::proof_question({{effect.person->number().text(), effect.person->name()},
                                   effect.type,
                                   effect.answers,
                                   effect.copies_max,
                                   effect.request.text(),
                                   base::iso8601_local(parts_.clock.now())});
    ask_centre(effect.ticket, post::QuestionKind::proof, question,
               [ticket = effect.ticket](base::Result<base::SecretText> answer) -> session::Event {
                   if (!answer) return session::ProofAnswered{ticket, base::fail(answer.error())};
                   auto told = questions::read_proof_answer(**answer);
                   if (!told) return session::ProofAnswered{ticket, base::fail(told.error())};
                   return session::ProofAnswered{ticket, genuine(std::move(*told))};
               });
}
void Kiosk::run(const session::AskBooking& effect) {
    const auto question = questions::booking_question(
        {{effect.person->number().text(), effect.person->name()}, effect.wish});
    ask_centre(
        effect.ticket, post::QuestionKind::booking, question,
        [ticket = effect.ticket](base::Result<base::SecretText> answer) -> session::Event {
            if (!answer) return session::BookingAnswered{ticket, base::fail(answer.error())};
            return session::BookingAnswered{ticket, questions::read_booking_answer(**answer)};
        });
}
void Kiosk::run(const session::LookUpReceipt& effect) {
    parts_.post.look_up(effect.ticket, effect.code);
}

void Kiosk::run(const session::AskPayment& effect) {
    questions::PaymentAsked asked;
    asked.payer = {effect.person->number().text(), effect.person->name()};
    asked.number = effect.number;
    asked.key = effect.key;
    switch (effect.wish) {
        case session::PaymentWish::list:
            asked.action = questions::PaymentAction::list;
            break;
        case session::PaymentWish::create:
            asked.action = questions::PaymentAction::create;
            break;
        case session::PaymentWish::ask:
            asked.action = questions::PaymentAction::ask;
            break;
        case session::PaymentWish::cancel:
            asked.action = questions::PaymentAction::cancel;
            break;
    }
    ask_centre(effect.ticket, post::QuestionKind::payment, questions::payment_question(asked),
               [ticket = effect.ticket](base::Result<base::SecretText> answer) -> session::Event {
                   if (!answer) return session::PaymentAnswered{ticket, base::fail(answer.error())};
                   auto orders = questions::read_payment_answer(**answer);
                   if (!orders) return session::PaymentAnswered{ticket, base::fail(orders.error())};
                   return session::PaymentAnswered{ticket,
                                                   base::Secret<domain::PaymentOrders>(
                                                       domain::PaymentOrders{std::move(*orders)})};
               });
}

}  // namespace app
