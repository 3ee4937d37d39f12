// Citizens: they hand in, get no answer and ask again, some with other words under the same id.
#include "offline/sealing/sealing.hpp"
#include "offline/sealing/streams/sealed_stream.hpp"
#include "tests/simulator/world/world.hpp"

namespace simulator {

using namespace offline;
using base::Millis;

void World::plan_citizens() {
    for (int i = 0; i < swarm_.submissions; ++i) {
        const Millis at = of_people_.between(Millis{0}, swarm_.faulty_for * 3 / 4);
        plan(at, [this] {
            const int machine = static_cast<int>(of_people_.below(machines_.size()));
            const bool readable = !of_people_.chance(swarm_.reader_refuses / 3);
            const bool attaches = of_people_.chance(swarm_.attaches);
            const int photos = attaches ? 1 + static_cast<int>(of_people_.below(2)) : 0;
            Intent& intent = new_intent(machine, readable, photos);
            intent.centre_fails_on_it = of_people_.chance(swarm_.centre_fails_on_it / 3);
            offer(intent, intent.given);
            const int again = static_cast<int>(of_people_.below(3));
            for (int n = 0; n < again; ++n) {
                const bool asks = of_people_.chance(swarm_.asks_again);
                const bool alters = of_people_.chance(swarm_.alters);
                const Millis in = of_people_.between(Millis{1000}, Millis{900'000});
                if (asks && !alters) plan(in, [this, &intent] { ask_again(intent); });
                if (!alters) continue;
                plan(in, [this, &intent] {
                    outbox::Acceptance other = intent.given;
                    const auto key = *machines_.at(static_cast<std::size_t>(intent.machine))->keys;
                    other.envelope =
                        sealing::seal_submission(
                            key, centre_clock_.now(), other.sub_id,
                            base::to_bytes(submission_text(intent.number + 1000, true)))
                            .value();
                    ++happened["altered"];
                    offer(intent, other);
                });
            }
        });
    }
}

domain::SubId World::draw_id() {
    domain::SubId id;
    for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(of_people_.below(256));
    return id;
}

Intent& World::new_intent(int machine, bool readable, int photos) {
    auto intent = std::make_unique<Intent>();
    intent->number = static_cast<int>(intents_.size());
    intent->machine = machine;
    intent->readable = readable;
    intent->given.sub_id = draw_id();
    intent->given.item_code = item_code;
    intent->given.item_version = 3;
    intent->given.captured_at = centre_clock_.now();
    seal(*intent, photos);
    by_id_[intent->given.sub_id] = intent->number;
    intents_.push_back(std::move(intent));
    return *intents_.back();
}

// As the app does it, when its submission has the id that it has now.
void World::seal(Intent& intent, int photos) {
    const auto& keys = *machines_.at(static_cast<std::size_t>(intent.machine))->keys;
    const auto& id = intent.given.sub_id;
    intent.given.envelope =
        sealing::seal_submission(keys, centre_clock_.now(), id,
                                 base::to_bytes(submission_text(intent.number, intent.readable)))
            .value();
    intent.given.attachments.clear();
    intent.photos.clear();
    for (int i = 0; i < photos; ++i) {
        const sealing::AttachmentId photo = draw_id().bytes;
        auto sealer =
            sealing::StreamSealer::begin(domain::Realm::training,
                                         keys.sealing_key(centre_clock_.now()).value(), {id, photo})
                .value();
        base::Bytes content = base::to_bytes(canary);
        content.resize(1000 + of_people_.below(180'000), 'p');
        base::Bytes sealed = sealer.append(content).value();
        const base::Bytes end = sealer.finish().value();
        sealed.insert(sealed.end(), end.begin(), end.end());
        intent.given.attachments.push_back(photo);
        intent.photos.push_back(std::move(sealed));
    }
}

// It does not know whether the post still has what was captured: it asks, and else writes it anew.
base::Result<domain::LocalReceipt> World::hand_over(Machine& machine, const Intent& intent,
                                                    const outbox::Acceptance& given) {
    auto answer = machine.post->accept(given);
    if (answer || answer.error().code != base::FaultCode::AttachmentWrong) return answer;
    auto& outbox = machine.post->outbox();
    outbox.abandon(given.sub_id);
    for (std::size_t i = 0; i < intent.photos.size(); ++i) {
        auto writer = TRY(outbox.begin_attachment(given.sub_id, given.attachments[i], "photo"));
        TRY_STATUS(writer.append(intent.photos[i]));
        TRY(writer.finish());
    }
    return machine.post->accept(given);
}

Intent& World::hand_in(int machine, bool readable, int photos) {
    Intent& intent = new_intent(machine, readable, photos);
    offer(intent, intent.given);
    return intent;
}

void World::ask_again(Intent& intent) {
    if (intent.told != Told::kept) {
        const domain::SubId id = makers_.id_again(intent.given.sub_id, of_people_);
        if (id != intent.given.sub_id) {
            by_id_[id] = intent.number;
            intent.given.sub_id = id;
            seal(intent, static_cast<int>(intent.photos.size()));
        }
    }
    ++happened["asked again"];
    offer(intent, intent.given);
}

void World::offer(Intent& intent, const outbox::Acceptance& given) {
    Machine& machine = *machines_.at(static_cast<std::size_t>(intent.machine));
    if (!machine.post) return;  // out of service: nothing was said
    std::optional<base::Result<domain::LocalReceipt>> answer;
    const auto incarnation = machine.incarnation;
    // Sometimes the answer does not reach the screen, whatever became of the submission.
    const bool heard = !of_people_.chance(swarm_.asks_again / 3);
    step(machine, "is offered " + intent.name(),
         [&] { answer = hand_over(machine, intent, given); });
    const bool altered = given.envelope != intent.given.envelope;
    if (!answer) return;
    trace.add(now_, intent.name() + (*answer ? " is kept" : " is not kept") +
                        (altered ? ", altered" : "") + (heard ? "" : ", unheard"));
    if (machine.incarnation != incarnation || !heard) {
        intent.unanswered = true;
        const Millis soon = of_people_.between(Millis{5000}, Millis{60'000});
        if (of_people_.chance(700) && !quiet_) plan(soon, [this, &intent] { ask_again(intent); });
        return;
    }
    for (auto& check : checks_) check->told(intent, *answer);
    if (altered && *answer) intent.given = given;  // the machine knew nothing of the first words
    if (*answer) {
        intent.told = Told::kept;
        intent.slip = **answer;
        intent.kept_at = now_;
        intent.kept_line = trace.lines();
        intent.forgotten = false;
        intent.at_rest = false;
    } else if (intent.told == Told::nothing) {
        intent.told = Told::refused;
    }
}

}  // namespace simulator
