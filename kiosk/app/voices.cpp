// What somebody says to the office: sealed and kept, its slip, and what the centre answered.
#include "app/kiosk.hpp"
#include "app/papers.hpp"
#include "catalogue/voice.hpp"
#include "offline/questions/reply_question.hpp"

namespace app {

namespace post = offline::post;
namespace questions = offline::questions;

void Kiosk::run(const session::KeepVoice& effect) {
    if (effect.unshown) unshown_.push_back(effect.ticket);
    const auto& pack = *parts_.pack;
    // The format has one version: as the item's of an application, it counts from one.
    constexpr std::int64_t version = 1;
    hand_over(effect.ticket, effect.voice.sub_id, pack.voice->item_code, version,
              [&] { return catalogue::voice_json(effect.voice, pack); });
}

void Kiosk::run(const session::PrintVoiceReceipt& effect) {
    papers_.draw(effect.ticket,
                 voice_receipt_document(*parts_.pack, {effect.receipt, effect.kind, effect.copy},
                                        session_.locale),
                 effect.copy,
                 effect.printer == domain::DeviceKind::receipt_printer ? parts_.slip_dots : 0);
}

void Kiosk::run(const session::AskReplies& effect) {
    questions::ReplyAsked asked;
    asked.act = effect.act;
    asked.number = effect.number;
    if (effect.person)
        asked.person = {effect.person->number().text(), effect.person->name()};
    else
        asked.sub_id = effect.sub_id;
    ask_centre(effect.ticket, post::QuestionKind::reply, questions::reply_question(asked),
               [ticket = effect.ticket](base::Result<base::SecretText> answer) -> session::Event {
                   if (!answer) return session::RepliesAnswered{ticket, base::fail(answer.error())};
                   return session::RepliesAnswered{ticket, questions::read_reply_answer(**answer)};
               });
}

}  // namespace app
