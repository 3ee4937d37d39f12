#include "drivers/id_card/sdt_id_card_reader.hpp"

#include "base/pulse.hpp"
#include "drivers/id_card/codec/card_content.hpp"
#include "drivers/id_card/codec/card_record.hpp"
#include "drivers/id_card/codec/status_words.hpp"

#include <utility>

namespace drivers::id_card {

namespace {

using base::Fault;
using base::FaultCode;
using base::Millis;

constexpr Millis find_pause{350};
constexpr Millis notice_pause{1000};  // the first page, all night long
constexpr Millis module_check_pause{3000};
constexpr int tries_per_card = 3;

// Whether the link itself is in doubt, so that it must be opened anew.
bool is_link_fault(FaultCode code) {
    return code == FaultCode::CardReaderAbsent || code == FaultCode::CardReaderUnplugged ||
           code == FaultCode::CardReaderSilent || code == FaultCode::CardReaderModuleFailed;
}

// Nothing there that could be opened, as opposed to something that does not work. One that another
// program holds, or that we may not open, is looked for like one that is not there.
bool is_absence(FaultCode code) {
    return code == FaultCode::CardReaderAbsent || code == FaultCode::CardReaderUnplugged;
}

}  // namespace

SdtIdCardReader::SdtIdCardReader(std::unique_ptr<ReaderWire> wire, DeviceSink sink)
    : sink_(sink),
      health_(domain::DeviceKind::id_card_reader, std::move(sink)),
      link_(std::move(wire)),
      worker_([this](std::stop_token stop) { run(stop); }) {}

void SdtIdCardReader::run(std::stop_token stop) {
    const base::Pulse pulse("id_card_reader");
    link_.on_plugging([this] {
        recovery_.plugging();
        wanted_.nudge();
    });
    bring_up(stop);
    while (!stop.stop_requested()) {
        if (auto change = wanted_.wait_change(stop, seen_, pause())) {
            request_ = change->request;
            if (request_) watched_for_.reset();
        }
        if (stop.stop_requested()) break;
        if (!is_up(stop)) continue;
        if (request_)
            look_for_card(stop);
        else if (watched_for_)
            watch_card(stop);
        else
            check_module(stop);
    }
}

Millis SdtIdCardReader::pause() const {
    if (!link_.is_open()) return recovery_.pause();
    if (request_ && request_->purpose == Purpose::notice) return notice_pause;
    return request_ || watched_for_ ? find_pause : module_check_pause;
}

// Opens it when that is due, and earlier when a card is to be read.
bool SdtIdCardReader::is_up(std::stop_token stop) {
    if (link_.is_open()) return true;
    const bool read = request_ && request_->purpose == Purpose::read;
    if (recovery_.is_due() || (read && recovery_.may_try_early())) return bring_up(stop);
    if (read)
        finish(base::fail(health_.now().fault.value_or(Fault{FaultCode::CardReaderAbsent, {}})));
    return false;
}

bool SdtIdCardReader::bring_up(std::stop_token stop) {
    if (auto up = link_.open(stop); !up) {
        link_lost(up.error());
        return false;
    }
    recovery_.worked();
    answering_.seen();
    watched_by_ = read_card_management_number;
    health_.ready();
    return true;
}

void SdtIdCardReader::look_for_card(std::stop_token stop) {
    const auto found = link_.ask(find_card, stop);
    if (!found) {
        if (is_link_fault(found.error().code)) return link_lost(found.error());
        return finish(base::fail(found.error()));
    }
    if (found->sw3 != sw_card_found) {
        must_lift_ = false;
        if (read_lies_ && request_->purpose == Purpose::read && still_lies(stop))
            return say_in_the_way();
        read_lies_ = false;
        if (unread_for_) sink_(CardRemoved{*std::exchange(unread_for_, std::nullopt)});
        return;
    }
    if (must_lift_) return say_in_the_way();
    wanted_.while_current(seen_, [&] { sink_(CardFound{request_->ticket}); });
    if (request_->purpose == Purpose::notice) return request_.reset();
    auto record = read_found_card(stop);
    if (!record && is_link_fault(record.error().code)) return link_lost(record.error());
    must_lift_ = record || record.error().code != FaultCode::CardLiftedEarly;
    if (record) watched_for_ = request_->ticket;
    read_lies_ = record.has_value();
    if (!record && must_lift_) unread_for_ = request_->ticket;
    finish(std::move(record));
    if (read_lies_) note_number(stop);
}

// The first page has nobody to tell; there the card is simply not seen.
void SdtIdCardReader::say_in_the_way() {
    if (request_->purpose != Purpose::read || unread_for_ == request_->ticket) return;
    unread_for_ = request_->ticket;
    wanted_.while_current(seen_, [&] { sink_(CardInTheWay{request_->ticket}); });
}

// Most modules do not find a card again that they have read, though it lies there.
bool SdtIdCardReader::still_lies(std::stop_token stop) {
    auto reply = link_.ask(watched_by_, stop);
    if (!reply) return false;
    base::wipe(reply->data);
    return status_word(reply->sw3).next == NextStep::go_on;
}

SdtIdCardReader::Record SdtIdCardReader::read_found_card(std::stop_token stop) {
    Fault last{FaultCode::CardReadFailed, {}};
    for (int attempt = 0; attempt < tries_per_card; ++attempt) {
        if (attempt > 0 && TRY(link_.ask(find_card, stop)).sw3 != sw_card_found)
            return base::fail(FaultCode::CardLiftedEarly);
        auto reply = link_.ask(select_card, stop);
        if (reply && status_word(reply->sw3).next == NextStep::go_on)
            reply = link_.ask(read_text_and_photo, stop);
        if (!reply) return base::fail(reply.error());
        const auto word = status_word(reply->sw3);
        last = {word.fault, word.word};
        switch (word.next) {
            case NextStep::find_again:
                break;
            case NextStep::go_on:
                trust(true);
                return decoded(std::move(*reply), stop);
            case NextStep::place_again:
                if (reply->sw3 == sw_card_distrusts_module) trust(false);
                return base::fail(lifted_or(last, stop));
            case NextStep::resend:
            case NextStep::out_of_service:
            case NextStep::give_up:
                return base::fail(last);
        }
    }
    return base::fail(last);
}

// One card may not trust the module; when card after card does not, it is the module.
void SdtIdCardReader::trust(bool trusted) {
    constexpr int suspicious = 3;
    const bool was_suspect = distrusting_cards_ >= suspicious;
    distrusting_cards_ = trusted ? 0 : distrusting_cards_ + 1;
    if (trusted && was_suspect) health_.ready();
    if (distrusting_cards_ >= suspicious)
        health_.say(
            {domain::DeviceState::degraded, domain::Supply::unknown,
             Fault{FaultCode::CardReaderModuleFailed, status_word(sw_card_distrusts_module).word}});
}

SdtIdCardReader::Record SdtIdCardReader::decoded(Reply reply, std::stop_token stop) {
    if (reply.sw3 != sw_success) return base::fail(FaultCode::CardReadFailed, "content absent");
    const base::Secret data(std::move(reply.data));
    const auto parts = TRY(split_text_and_photo(*data));
    auto record = base::Secret(TRY(decode_record(parts.text, parts.photo)));
    if (TRY(is_from_before(*data, stop)))
        return base::fail(FaultCode::CardReadFailed, "content stale");
    last_card_.read(*data);
    return record;
}

// The module gives out the card before, although another one lies there. The same card again is
// the usual case, and has the same number. Where the number of the one before is known and this one
// does not say its own, nobody knows whose content that is: then the card is laid on again.
base::Result<bool> SdtIdCardReader::is_from_before(base::ByteView content, std::stop_token stop) {
    if (!last_card_.is_content_of_the_last(content) || !last_card_.is_number_known()) return false;
    auto number = TRY(link_.ask(read_card_management_number, stop));
    const bool another = number.sw3 == sw_success && last_card_.is_another_card(number.data);
    base::wipe(number.data);
    if (number.sw3 != sw_success && number.sw3 != sw_unknown_command)
        return base::fail(FaultCode::CardReadFailed, "content doubtful");
    return another;
}

// Asked for once the citizen has the record: nobody waits for it.
void SdtIdCardReader::note_number(std::stop_token stop) {
    if (watched_by_ != read_card_management_number) return;
    auto number = link_.ask(read_card_management_number, stop);
    if (!number) return;  // the watch says what is the matter
    if (number->sw3 == sw_success) last_card_.numbered(number->data);
    base::wipe(number->data);
}

Fault SdtIdCardReader::lifted_or(Fault fault, std::stop_token stop) {
    const auto found = link_.ask(find_card, stop);
    if (found && found->sw3 == sw_no_card) return {FaultCode::CardLiftedEarly, fault.safe_detail};
    return fault;
}

// A removed card has no event of its own (quirk Q5): something on it can no longer be read.
void SdtIdCardReader::watch_card(std::stop_token stop) {
    auto reply = link_.ask(watched_by_, stop);
    if (!reply) {
        // One bad answer does not mean that the card is gone: it is asked again.
        if (is_link_fault(reply.error().code)) link_lost(reply.error());
        return;
    }
    base::wipe(reply->data);
    if (status_word(reply->sw3).next == NextStep::go_on) return;
    if (reply->sw3 == sw_unknown_command && watched_by_ == read_card_management_number) {
        watched_by_ = read_newest_address;
        return;
    }
    const auto ticket = *std::exchange(watched_for_, std::nullopt);
    if (reply->sw3 == sw_unknown_command) return sink_(CardWatchEnded{ticket});
    must_lift_ = read_lies_ = false;
    sink_(CardRemoved{ticket});
}

void SdtIdCardReader::check_module(std::stop_token stop) {
    const auto status = link_.ask(sam_status, stop);
    if (status) {
        recovery_.worked();
        answering_.seen();
    } else if (status.error().code == FaultCode::CardReaderSilent) {
        // Nobody waits for it, and one silence may be noise.
        if (answering_.missed()) link_lost(status.error());
    } else if (is_link_fault(status.error().code)) {
        link_lost(status.error());
    }
}

void SdtIdCardReader::finish(Record record) {
    // A watch goes on: it ends with a card, never with a fault.
    if (!request_ || request_->purpose == Purpose::notice) return;
    const auto ticket = std::exchange(request_, std::nullopt)->ticket;
    wanted_.while_current(seen_, [&] { sink_(CardReadFinished{ticket, std::move(record)}); });
}

void SdtIdCardReader::link_lost(const Fault& fault) {
    // Whether a card has had its turn is remembered: one forgotten there must not be read again.
    // The last card's marks are kept, too: a module that fell silent may have had power all along.
    link_.close();
    health_.unavailable(is_absence(fault.code) ? recovery_.absent(fault) : recovery_.failed(fault));
    if (unread_for_) sink_(CardWatchEnded{*std::exchange(unread_for_, std::nullopt)});
    finish(base::fail(fault));
}

}  // namespace drivers::id_card
