// 好差评: never chosen beforehand, never needed, never in the way.
#include "session/inactivity.hpp"
#include "session/machine.hpp"

#include <algorithm>

namespace session {

using namespace flows;

namespace {

// What there is to say more about a rating of this level.
bool asks_more(const catalogue::Pack& pack, int level) {
    if (!pack.voice) return false;
    const auto& reasons = pack.voice->reasons;
    return std::any_of(reasons.begin(), reasons.end(), [&](const auto& reason) {
        return std::find(reason.levels.begin(), reason.levels.end(), level) != reason.levels.end();
    });
}

template <class List>
bool has_key(const List& list, const std::string& key) {
    return std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.key == key; });
}

// The page of the reasons.
bool say_more(const Rating& here, const Event& event, Machine& machine) {
    const auto& rules = *machine.world.pack.voice;
    Rating next = here;
    next.since = machine.world.now;
    if (const auto* toggled = as<ReasonToggled>(event)) {
        if (!has_key(rules.reasons, toggled->key)) return false;
        const auto at = std::find(next.reasons.begin(), next.reasons.end(), toggled->key);
        if (at == next.reasons.end())
            next.reasons.push_back(toggled->key);
        else
            next.reasons.erase(at);
    } else if (const auto* rated = as<DimensionRated>(event)) {
        if (!has_key(rules.dimensions, rated->key) || rated->level < 1 || rated->level > 5)
            return false;
        std::erase_if(next.dimensions, [&](const auto& one) { return one.key == rated->key; });
        next.dimensions.push_back({rated->key, rated->level});
    } else if (const auto* typed = as<TextTyped>(event)) {
        if (typed->key != voice_text_field) return false;
        next.text = typed->text;
    } else if (const auto* focused = as<FieldFocused>(event)) {
        if (focused->key != voice_text_field) return false;
        next.writing = true;
    } else if (as<VoiceWritten>(event) && here.writing) {
        next.writing = false;
    } else if (as<RatingSubmitted>(event)) {
        machine.keep_rating(here, false);
        return true;
    } else {
        return false;
    }
    machine.go(std::move(next));
    return true;
}

}  // namespace

// Whoever rates waits for nothing: they go, and the page of farewell says what became of it.
void Machine::keep_rating(const Rating& rating, bool timed_out) {
    catalogue::Voice voice;
    voice.sub_id = world.fresh_id;
    voice.realm = world.settings.realm;
    voice.terminal = world.settings.terminal;
    voice.division = world.settings.division;
    voice.kind = catalogue::VoiceKind::rating;
    voice.text = rating.text;
    if (rating.rater)
        voice.person = base::Secret<catalogue::VoicePerson>(
            {rating.rater->name(), rating.rater->number().text()});
    voice.about_item = rating.item_code;
    voice.about_case = rating.about_case;
    voice.level = rating.level;
    voice.step = "receipt";
    voice.dimensions = rating.dimensions;
    voice.reasons = rating.reasons;
    voice.said_at = base::iso8601_local(world.now);
    if (timed_out)
        end("finished");
    else
        say_goodbye(rating.paper);
    const auto ticket = new_ticket();
    run(KeepVoice{ticket, std::move(voice), true});
    if (auto* farewell = std::get_if<Farewell>(&session.state)) {
        farewell->rated = Farewell::Rated::keeping;
        farewell->ticket = ticket;
    }
}

bool handle(const Rating& here, const Event& event, Machine& machine) {
    if (here.level != 0 && say_more(here, event, machine)) return true;
    if (const auto* rated = as<Rated>(event)) {
        if (rated->level < 1 || rated->level > 5 || here.level != 0) return true;
        machine.run(LogRating{here.item_code, rated->level});
        Rating next = here;
        next.level = rated->level;
        next.since = machine.world.now;
        if (asks_more(machine.world.pack, rated->level))
            machine.go(std::move(next));
        else if (machine.world.pack.voice)
            machine.keep_rating(next, false);
        else
            machine.say_goodbye(here.paper);
    } else if (as<RatingSkipped>(event)) {
        machine.say_goodbye(here.paper);
    } else if (as<TimePassed>(event)) {
        if (machine.world.now - here.since <
            finished_limit(machine.session, machine.world.settings.times))
            return true;
        // No answer records nothing; what was chosen counts without more.
        if (here.level != 0)
            machine.keep_rating(here, true);
        else
            machine.end("finished");
    } else {
        return false;
    }
    return true;
}

}  // namespace session
