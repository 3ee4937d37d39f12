// Notice on personal data → card → masked identity, confirmed.
#include "domain/dates.hpp"
#include "session/inactivity.hpp"
#include "session/machine.hpp"

namespace session {

using namespace flows;
using base::FaultCode;

namespace {

// What another try of the same person with the same card can mend.
bool placing_again_may_help(FaultCode code) {
    switch (code) {
        case FaultCode::CardFrameGarbled:
        case FaultCode::CardLiftedEarly:
        case FaultCode::CardReadFailed:
        case FaultCode::CardReaderSilent:
        case FaultCode::CardNotIdCard:
            return true;
        default:
            return false;
    }
}

// The card that could not be read still lies on the reader (UX-105).
bool lies_there(FaultCode code) {
    return code == FaultCode::CardReadFailed || code == FaultCode::CardFrameGarbled ||
           code == FaultCode::CardNotIdCard;
}

constexpr int reads_before_another_way = 5;

void read_again(const AwaitingCard& here, base::Fault problem, Machine& machine) {
    AwaitingCard next = here;
    next.ticket = machine.new_ticket();
    next.card_found = next.in_the_way = false;
    next.problem = std::move(problem);
    ++next.failed_reads;
    machine.run(LogFault{"id_card_reader", next.problem->code});
    machine.run(ReadCard{next.ticket});
    machine.go(std::move(next));
}

void refuse(const AwaitingCard& here, base::Fault fault, Machine& machine) {
    machine.run(LogFault{"id_card_reader", fault.code});
    if (machine.session.card_unread)
        machine.run(WatchForCard{machine.new_ticket()});  // whether it is taken
    else
        machine.run(StopCardReader{});
    const bool again = fault.code != FaultCode::CardReaderAbsent;
    machine.go(CardRefused{here.purpose, here.item_code, std::move(fault), again, here.speaking});
}

// Once, and as an offer: who stays with what there is loses nothing (UX-201).
void offer_elder_mode(const domain::CitizenIdentity& person, Machine& machine) {
    auto& session = machine.session;
    const int age = domain::full_years_between(person.birth_date(), machine.today());
    if (age < elder_offer_age || session.comfort.elder || session.elder_offered) return;
    session.elder_offered = true;
    session.elder_offer = machine.world.now;
}

void identified(const AwaitingCard& here, const domain::IdCardRecord& record, Machine& machine) {
    machine.session.card_present = true;
    machine.session.card_unread = false;
    machine.session.last_touch = machine.world.now;
    auto person = domain::CitizenIdentity::from_card(record, machine.today());
    if (!person) return refuse(here, std::move(person).error(), machine);
    if (domain::full_years_between(person->birth_date(), machine.today()) < 14)
        return refuse(here, base::Fault{FaultCode::CardHolderUnder14, {}}, machine);
    if (!domain::ethnicity_is_known(person->ethnicity_code()))
        machine.run(LogUnknownEthnicity{person->ethnicity_code()});
    Journey journey;
    journey.item_code = here.item_code;
    journey.notice_acknowledged_at = here.notice_acknowledged_at;
    journey.chip_photo = base::Secret<std::vector<std::uint8_t>>(record.photo);
    journey.person = base::Secret<domain::CitizenIdentity>(std::move(*person));
    if (here.purpose == Purpose::progress) {
        machine.ask_progress(AskingProgress{{}, journey.person, machine.world.now});
    } else if (here.purpose == Purpose::speak && here.speaking) {
        SpeakingUp said = *here.speaking;
        said.person = journey.person;
        said.page = SpeakPage::check;
        machine.go(std::move(said));
    } else if (here.purpose == Purpose::pay) {
        machine.ask_due(journey.person);
    } else if (here.purpose == Purpose::booking) {
        BookingTalk talk;
        talk.person = journey.person;
        talk.item_code = here.item_code;
        machine.ask_booking(std::move(talk), {});
    } else {
        offer_elder_mode(*journey.person, machine);
        machine.go(ConfirmingIdentity{std::move(journey)});
    }
}

}  // namespace

void Machine::ask_for_card(Purpose purpose, std::string item_code, std::string notice_at) {
    const auto ticket = new_ticket();
    run(ReadCard{ticket});
    go(AwaitingCard{purpose,
                    std::move(item_code),
                    std::move(notice_at),
                    ticket,
                    false,
                    false,
                    std::nullopt,
                    0,
                    world.now,
                    {}});
}

bool handle(const ReadingNotice& here, const Event& event, Machine& machine) {
    if (as<NoticeAccepted>(event)) {
        machine.ask_for_card(here.purpose, here.item_code, base::iso8601_local(machine.world.now));
        std::get<AwaitingCard>(machine.session.state).speaking = here.speaking;
    } else if (as<WentBack>(event)) {
        if (here.speaking)
            machine.go(*here.speaking);
        else if (here.purpose == Purpose::apply || !here.item_code.empty())
            machine.go(ReadingGuide{here.item_code, GuidePage::overview, false, here.from});
        else if (here.purpose == Purpose::pay || here.purpose == Purpose::booking)
            machine.end("ended");
        else
            machine.go(ChoosingProgressWay{});
    } else {
        return false;
    }
    return true;
}

bool handle(const AwaitingCard& here, const Event& event, Machine& machine) {
    if (const auto* seen = as<CardSeen>(event)) {
        if (seen->ticket != here.ticket) return true;
        AwaitingCard next = here;
        next.card_found = true;
        next.found_at = machine.world.now;
        next.problem.reset();
        machine.session.last_touch = machine.world.now;
        machine.go(std::move(next));
    } else if (as<CardInTheWay>(event) || as<CardRemoved>(event)) {
        const auto* way = as<CardInTheWay>(event);
        if ((way ? way->ticket : as<CardRemoved>(event)->ticket) != here.ticket) return true;
        if (way) machine.session.card_unread = true;
        AwaitingCard next = here;
        next.in_the_way = way != nullptr;
        machine.go(std::move(next));
    } else if (const auto* read = as<CardRead>(event)) {
        if (read->ticket != here.ticket) return true;
        if (read->record) {
            identified(here, **read->record, machine);
            return true;
        }
        const base::Fault& fault = read->record.error();
        machine.session.card_unread = lies_there(fault.code);
        if (placing_again_may_help(fault.code) && here.failed_reads + 1 < reads_before_another_way)
            read_again(here, fault, machine);
        else
            refuse(here, fault, machine);
    } else if (as<WentBack>(event)) {
        machine.run(StopCardReader{});
        machine.go(ReadingNotice{here.purpose, here.item_code, {}, here.speaking});
    } else if (as<TimePassed>(event)) {
        const auto quiet_since = std::max(here.since, machine.session.last_touch);
        if (machine.world.now - quiet_since >= card_wait_limit) machine.end("timed_out");
    } else {
        return false;
    }
    return true;
}

bool handle(const CardRefused& here, const Event& event, Machine& machine) {
    if (as<CardTriedAgain>(event) && here.may_try_again) {
        machine.ask_for_card(here.purpose, here.item_code, base::iso8601_local(machine.world.now));
        std::get<AwaitingCard>(machine.session.state).speaking = here.speaking;
    } else if (as<WentBack>(event)) {
        machine.go(ReadingNotice{here.purpose, here.item_code, {}, here.speaking});
    } else {
        return false;
    }
    return true;
}

bool handle(const ConfirmingIdentity& here, const Event& event, Machine& machine) {
    if (as<IdentityConfirmed>(event))
        machine.after_identity(here.journey);
    else if (as<WentBack>(event))
        machine.go(ReadingGuide{here.journey.item_code});
    else
        return false;
    return true;
}

}  // namespace session
