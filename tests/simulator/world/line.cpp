// The line between terminals and centre: each exchange has a fate, and every one that a terminal
// began ends at the terminal, as its worker sees to.
#include "tests/simulator/world/world.hpp"

namespace simulator {

using namespace offline;
using base::FaultCode;
using base::Millis;

namespace {

constexpr std::size_t answers_remembered = 64;

void flip(base::Bytes& bytes, Seeded& random) {
    const std::uint64_t bit = random.next();
    // The high bit: no text survives it, so what happens does not hang on what the keys drew.
    if (!bytes.empty()) bytes[bit % bytes.size()] ^= 0x80;
}

sync::Answer plain(long status) {
    return {status, "text/html", {}, base::to_bytes("<html>请登录 WLAN</html>")};
}

}  // namespace

Fate World::fate_of(const Machine& machine, const Kind& kind) {
    Fate fate = draw_fate(swarm_, of_line_);
    if (const auto decided = script ? script(machine, kind) : std::nullopt) return *decided;
    if (machine.partitioned || !centre_) return Fate::refused;
    if (machine.expired) return Fate::shut_out;
    for (const auto& id : kind.ids) {
        const auto* intent = intent_of(domain::SubId::parse(id).value());
        if (fate == Fate::delivered && !quiet_ && intent != nullptr && intent->centre_fails_on_it)
            return Fate::centre_fails;
    }
    return fate;
}

void World::send(Machine& machine, std::int64_t reference, sync::Exchange exchange) {
    ++exchanges;
    ++machine.in_flight;
    const Kind kind = kind_of(exchange);
    const Fate fate = fate_of(machine, kind);
    for (auto& check : checks_) check->sent(machine, exchange, fate);
    ++fates[fate];
    std::string what = machine.name() + " sends " + std::string(kind.what);
    for (const auto& id : kind.ids)
        if (const auto* intent = intent_of(domain::SubId::parse(id).value()))
            what += " " + intent->name();
    trace.add(now_, what + ": " + std::string(name(fate)));
    carry(machine, reference, exchange, fate);
}

void World::give(Machine& machine, Millis in, std::int64_t reference,
                 base::Result<sync::Answer> answer) {
    plan(in, [this, &machine, reference, answer = std::move(answer),
              incarnation = machine.incarnation] {
        if (machine.incarnation != incarnation) return;
        --machine.in_flight;
        ++answers_taken;
        const std::string said = answer ? std::to_string(answer->status) : std::string("nothing");
        const std::size_t log_before = machine.log.lines.size();
        step(machine, "is answered " + said, [&] {
            for (auto& check : checks_) check->returned(machine, answer);
            machine.post->answered(reference, answer);
        });
        for (std::size_t i = log_before; i < machine.log.lines.size(); ++i)
            if (machine.log.lines[i].find("EpochSuperseded") != std::string::npos)
                call_technician(machine);
    });
}

base::Result<sync::Answer> World::ask_centre(const sync::Exchange& exchange, bool overheard) {
    if (!centre_) return base::fail(FaultCode::NetworkUnreachable, "nobody listens");
    auto answer = centre_->handle(exchange);
    trace.add(now_, "centre answers " + std::string(kind_of(exchange).what) + " " +
                        std::to_string(answer.status));
    for (auto& check : checks_) check->centre_answered(exchange, answer);
    if (overheard && answer.status == 200 && !kind_of(exchange).ids.empty()) {
        if (answers_before_.size() == answers_remembered)
            answers_before_.erase(answers_before_.begin());
        answers_before_.push_back(answer.body);
    }
    return answer;
}

sync::Answer World::tampered(Fate fate, sync::Answer answer) {
    switch (fate) {
        case Fate::truncated:
            answer.body.resize(answer.body.size() * of_line_.below(1000) / 1000);
            break;
        case Fate::answer_flipped:
            flip(answer.body, of_line_);
            break;
        case Fate::replayed:
            if (!answers_before_.empty())
                answer.body = answers_before_[of_line_.below(answers_before_.size())];
            break;
        case Fate::forged: {
            const auto bytes = papers::wire::receipt(answer.body);
            const auto& keys = realm_.keys();
            if (!bytes) break;
            auto receipt = papers::CentreReceipt::verify(*bytes, keys);
            if (!receipt) break;
            receipt->kind = papers::ReceiptKind::r2;  // what would let the terminal delete
            receipt->case_number = "11000101DEM000110Q4990511001000202611229999";
            auto forged = base::to_bytes("");
            if (auto made = receipt->sign(realm_.stranger)) forged = std::move(*made);
            // One stranger gives his own name, the next one the centre's.
            const auto true_name = sealing::key_id(
                realm_.intake.receipt_key(suite, centre_clock_.now())->public_key());
            std::string text(base::as_text(forged));
            const auto at = text.find(sealing::key_id(realm_.stranger.public_key()));
            if (of_line_.chance(500) && at != std::string::npos)
                text.replace(at, true_name.size(), true_name);
            answer.body = papers::wire::encode_receipt(base::to_bytes(text));
            break;
        }
        default:
            break;
    }
    return answer;
}

void World::carry(Machine& machine, std::int64_t reference, const sync::Exchange& exchange,
                  Fate fate) {
    const Millis there = of_line_.between(Millis{20}, Millis{800});
    const Millis back = of_line_.between(Millis{20}, Millis{800});
    const Millis given_up = exchange.limit > Millis{0} ? exchange.limit : Millis{30'000};
    const Millis late = of_line_.between(Millis{300'000}, Millis{900'000});
    const auto nothing = [](const char* why) {
        return base::Result<sync::Answer>(base::fail(FaultCode::NetworkUnreachable, why));
    };
    const auto arrives = [&](Millis in, const sync::Exchange& what) {
        plan(in, [this, what] { [[maybe_unused]] const auto unheard = ask_centre(what); });
    };
    switch (fate) {
        case Fate::refused:
            return give(machine, there, reference, nothing("connection refused"));
        case Fate::shut_out:
            return give(machine, there, reference,
                        base::fail(FaultCode::CentreRefused, "certificate"));
        case Fate::lost_before:
            return give(machine, given_up, reference, nothing("timed out"));
        case Fate::answer_lost:
            arrives(there, exchange);
            return give(machine, given_up, reference, nothing("timed out"));
        case Fate::delayed:
            arrives(late, exchange);
            return give(machine, given_up, reference, nothing("timed out"));
        case Fate::cut_midway: {
            const std::size_t arrived = exchange.body.size() * of_line_.below(1000) / 1000;
            plan(there, [this, exchange, arrived] {
                if (!centre_ || kind_of(exchange).what != "slice") return;
                trace.add(now_, "centre hears a part of a slice");
                centre_->hear_part(exchange, arrived);
            });
            return give(machine, there, reference, nothing("connection reset"));
        }
        case Fate::portal:
            return give(machine, there, reference, plain(200));
        case Fate::centre_fails:
            return give(machine, there + back, reference, plain(500));
        case Fate::overloaded: {
            auto answer = plain(503);
            answer.retry_after = retry_after_script;
            if (!script && of_line_.chance(500))
                answer.retry_after = of_line_.between(Millis{10'000}, Millis{1'200'000});
            return give(machine, there, reference, answer);
        }
        case Fate::gateway_failed:
            arrives(there, exchange);
            return give(machine, there + back, reference, plain(502));
        case Fate::duplicated:
            arrives(late, exchange);
            break;
        default:
            break;
    }
    auto on_its_way = exchange;
    if (fate == Fate::request_flipped) flip(on_its_way.body, of_line_);
    plan(there, [this, &machine, reference, back, fate, on_its_way = std::move(on_its_way),
                 incarnation = machine.incarnation] {
        auto answer = ask_centre(on_its_way, fate != Fate::replayed && fate != Fate::forged);
        if (answer) answer = tampered(fate, std::move(*answer));
        if (machine.incarnation == incarnation) give(machine, back, reference, std::move(answer));
    });
}

}  // namespace simulator
