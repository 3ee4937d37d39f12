#include "offline/post/hand_in_desk.hpp"

#include <algorithm>
#include <type_traits>

namespace offline::post {

namespace {

using base::FaultCode;

static_assert(attachments_max == papers::attachments_max);
static_assert(std::is_same_v<AttachmentId, sealing::AttachmentId>);

// One citizen at a time, and those whose end the app has not told yet.
constexpr std::ptrdiff_t sittings_of_one_client = 8;

tl::unexpected<base::Fault> wrong(const char* detail) {
    return base::fail(FaultCode::AttachmentWrong, detail);
}

// As the manifest's reader takes it: otherwise the fault would come at the end, at the accept.
bool is_word(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '-';
    });
}

}  // namespace

base::Status HandInDesk::reserve(ClientNumber client, const message::Reserve& message) {
    const auto found = sittings_.find(message.sub_id);
    if (found != sittings_.end() && found->second.client != client) drop(found);
    const auto others = std::count_if(sittings_.begin(), sittings_.end(), [&](const auto& one) {
        return one.second.client == client && one.first != message.sub_id;
    });
    if (others >= sittings_of_one_client)
        return base::fail(FaultCode::PostRefused, "too many reservations");
    TRY_STATUS(outbox_.reserve(message.sub_id, message.bytes));
    sittings_[message.sub_id].client = client;
    return {};
}

HandInDesk::Sittings::iterator HandInDesk::drop(Sittings::iterator sitting) {
    const domain::SubId sub_id = sitting->first;
    const auto next = sittings_.erase(sitting);  // its writers first
    outbox_.abandon(sub_id);
    return next;
}

void HandInDesk::abandon(ClientNumber client, const domain::SubId& sub_id) {
    const auto found = sittings_.find(sub_id);
    if (found != sittings_.end() && found->second.client == client) drop(found);
}

bool HandInDesk::gone(ClientNumber client) {
    const std::size_t before = sittings_.size();
    for (auto it = sittings_.begin(); it != sittings_.end();)
        it = it->second.client == client ? drop(it) : std::next(it);
    return sittings_.size() != before;
}

base::Status HandInDesk::begin(ClientNumber client, const message::AttachmentBegin& message) {
    const auto found = sittings_.find(message.sub_id);
    if (found == sittings_.end() || found->second.client != client) return wrong("not reserved");
    const bool elsewhere = std::any_of(sittings_.begin(), sittings_.end(), [&](const auto& one) {
        return one.second.writings.contains(message.attachment);
    });
    if (elsewhere) return wrong("begun before");
    if (!is_word(message.kind)) return wrong("kind");
    auto writer = TRY(outbox_.begin_attachment(message.sub_id, message.attachment, message.kind));
    found->second.writings.emplace(message.attachment, Writing{message.id, 0, std::move(writer)});
    return {};
}

HandInDesk::Sitting* HandInDesk::find(ClientNumber client, const AttachmentId& attachment,
                                      std::int64_t id) {
    for (auto& [sub_id, sitting] : sittings_) {
        const auto found = sitting.writings.find(attachment);
        if (sitting.client == client && found != sitting.writings.end() && found->second.id == id)
            return &sitting;
    }
    return nullptr;
}

base::Status HandInDesk::take(ClientNumber client, const message::AttachmentChunk& message) {
    Sitting* sitting = find(client, message.attachment, message.id);
    if (sitting == nullptr) return wrong("not begun");
    Writing& writing = sitting->writings.at(message.attachment);
    const base::Status taken = writing.at == message.offset ? writing.writer.append(message.bytes)
                                                            : base::Status(wrong("offset"));
    if (taken)
        writing.at += static_cast<std::int64_t>(message.bytes.size());
    else
        sitting->writings.erase(message.attachment);
    return taken;
}

base::Result<KeptAttachment> HandInDesk::end(ClientNumber client,
                                             const message::AttachmentEnd& message) {
    Sitting* sitting = find(client, message.attachment, message.id);
    if (sitting == nullptr) return wrong("not begun");
    const auto line = sitting->writings.at(message.attachment).writer.finish();
    sitting->writings.erase(message.attachment);
    if (!line) return base::fail(line.error());
    return KeptAttachment{line->id, line->digest, line->length, line->kind};
}

}  // namespace offline::post
