// What the office answered, and whether that will do.
#include "session/inactivity.hpp"
#include "session/machine.hpp"

#include <algorithm>

namespace session {

using namespace flows;

void Machine::ask_replies(AskingReplies request) {
    request.ticket = new_ticket();
    request.since = world.now;
    run(AskReplies{request.ticket, request.act, request.number, request.sub_id, request.person});
    go(std::move(request));
}

bool handle(const AskingReplies& here, const Event& event, Machine& machine) {
    ShowingReplies page{here.person, here.sub_id, {}, {}};
    if (const auto* answered = as<RepliesAnswered>(event)) {
        if (answered->ticket != here.ticket) return true;
        if (answered->replies)
            page.replies = *answered->replies;
        else
            page.fault = answered->replies.error();
    } else if (as<WentBack>(event)) {
        machine.go(ChoosingProgressWay{});
        return true;
    } else if (as<TimePassed>(event)) {
        if (machine.world.now - here.since < progress_limit) return true;
        page.fault = base::Fault{base::FaultCode::NetworkUnreachable, {}};
    } else {
        return false;
    }
    machine.session.last_touch = machine.world.now;
    machine.go(std::move(page));
    return true;
}

bool handle(const ShowingReplies& here, const Event& event, Machine& machine) {
    if (const auto* judged = as<ReplyJudged>(event)) {
        const bool asked = std::any_of(here.replies.begin(), here.replies.end(),
                                       [&](const domain::VoiceReply& reply) {
                                           return reply.asks && reply.number == judged->number;
                                       });
        if (!asked) return false;
        AskingReplies request;
        request.person = here.person;
        request.sub_id = here.sub_id;
        request.act = judged->content ? domain::ReplyAct::content : domain::ReplyAct::not_yet;
        request.number = judged->number;
        machine.ask_replies(std::move(request));
    } else if (as<RepliesOpened>(event)) {
        AskingReplies request;
        request.person = here.person;
        request.sub_id = here.sub_id;
        machine.ask_replies(std::move(request));
    } else if (as<WentBack>(event)) {
        machine.go(ChoosingProgressWay{});
    } else {
        return false;
    }
    return true;
}

}  // namespace session
